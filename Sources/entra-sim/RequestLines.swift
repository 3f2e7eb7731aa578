import Dispatch
import EntraSim
import SimRuntime
import Synchronization

/// The lines about answered requests, written on a thread of their own: a terminal that stands
/// still or a pipe nobody reads delays no answer.
final class RequestLines: Sendable {
    /// Requests that wait to be written; later ones are counted only.
    private static let limit = 10_000
    /// How long an end waits for the rest to be written.
    private static let patience = DispatchTimeInterval.seconds(1)

    private struct State {
        var waiting: [AnsweredRequest] = []
        var dropped = 0
    }

    private let state = Mutex(State())
    private let loop: WorkLoop
    private let write: @Sendable (String) -> Void

    /// - Parameter write: gets lines as they come; may block.
    init(_ write: @escaping @Sendable (String) -> Void) throws(SocketFailure) {
        loop = try WorkLoop(name: "request lines")
        self.write = write
    }

    func add(_ request: AnsweredRequest) {
        let isFirst = state.withLock { state in
            guard state.waiting.count < Self.limit else {
                state.dropped += 1
                return false
            }
            state.waiting.append(request)
            return state.waiting.count == 1
        }
        if isFirst { loop.execute { self.writeWaiting() } }
    }

    /// Writes what waits, unless nobody takes it.
    func finish() {
        let isWritten = DispatchSemaphore(value: 0)
        loop.execute { isWritten.signal() }
        _ = isWritten.wait(timeout: .now() + Self.patience)
    }

    private func writeWaiting() {
        let taken = state.withLock { state in
            defer { state = State() }
            return state
        }
        guard !taken.waiting.isEmpty else { return }
        var lines = taken.waiting.map(\.line)
        if taken.dropped > 0 { lines.append("… \(taken.dropped) more, not written in time") }
        write(lines.joined(separator: "\n"))
    }
}
