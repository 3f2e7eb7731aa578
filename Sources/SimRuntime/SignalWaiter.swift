import CLinux
import Glibc

/// Turns SIGINT and SIGTERM into calls of a function on a thread of its own, where anything may
/// be done: the signals are blocked and waited for, so no code runs inside a signal handler.
///
/// Make it before any other thread, since threads inherit the blocked signals. One per process.
package final class SignalWaiter: Sendable {
    package enum Signal: Sendable {
        /// SIGINT: Control-C.
        case interrupt
        /// SIGTERM.
        case terminate
    }

    private let thread: LoopThread

    /// - Parameter received: called for each signal; the second one usually ends the process.
    package init(_ received: @escaping @Sendable (Signal) -> Void) throws(SocketFailure) {
        sim_block_end_signals()
        thread = try LoopThread(name: "signals") {
            while true {
                switch sim_wait_end_signal() {
                case SIGINT: received(.interrupt)
                case SIGTERM: received(.terminate)
                default: return
                }
            }
        }
    }
}
