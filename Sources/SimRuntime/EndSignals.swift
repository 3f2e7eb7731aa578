import Glibc
import Synchronization

/// Waiting for Control-C or a terminate request.
///
/// A signal that comes while nobody waits, or a second one, ends the process at once: the user
/// means it. Make it before any other thread; one per process.
package final class EndSignals: Sendable {
    private let readEnd: Int32
    private let waiter: SignalWaiter

    package init() throws(SocketFailure) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw SocketFailure(call: "pipe") }
        readEnd = ends[0]
        let writeEnd = ends[1]
        let isWaiting = isWaiting
        waiter = try SignalWaiter { _ in
            guard isWaiting.value.withLock({ exchange in
                defer { exchange = false }
                return exchange
            }) else { _exit(130) }
            var byte: UInt8 = 1
            _ = write(writeEnd, &byte, 1)
        }
    }

    private let isWaiting = Flag()

    private final class Flag: Sendable {
        let value = Mutex(false)
    }

    /// Returns after the first signal.
    package func wait() {
        isWaiting.value.withLock { $0 = true }
        var byte: UInt8 = 0
        while read(readEnd, &byte, 1) < 0, errno == EINTR {}
    }
}
