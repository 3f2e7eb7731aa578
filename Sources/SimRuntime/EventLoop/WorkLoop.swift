/// A thread that runs pieces of work one after the other: at once, or when they are due.
///
/// Work must not block for long; what it waits for comes back as another piece of work.
package final class WorkLoop: Sendable {
    private enum Message: Sendable {
        case run(@Sendable () -> Void)
        case schedule(after: Duration, @Sendable () -> Void)
        case host(@Sendable (EventLoop) -> Void)
        case stop
    }

    private let mailbox: LoopMailbox<Message>
    private let thread: LoopThread

    /// - Parameter name: shown by debuggers; 15 bytes at most.
    package init(name: String, poller kind: PollerKind = .epoll) throws(SocketFailure) {
        let mailbox = try LoopMailbox<Message>(kind)
        self.mailbox = mailbox
        thread = try LoopThread(name: name) {
            // A loop needs a poller; without one the mailbox stays closed and work is refused.
            guard let loop = try? EventLoop(kind) else {
                _ = mailbox.seal()
                return
            }
            mailbox.attach(to: loop) { message in
                switch message {
                case .run(let work): work()
                case .schedule(let delay, let work): loop.schedule(after: delay, work)
                case .host(let begin): begin(loop)
                case .stop: loop.stop()
                }
            }
            loop.run()
        }
    }

    /// Runs `work` on the loop's thread, after what was given before. False when it has stopped.
    @discardableResult
    package func execute(_ work: @escaping @Sendable () -> Void) -> Bool {
        mailbox.post(.run(work))
    }

    /// Runs `work` on the loop's thread once `delay` of the machine's time has passed.
    package func schedule(after delay: Duration, _ work: @escaping @Sendable () -> Void) {
        mailbox.post(.schedule(after: delay, work))
    }

    /// Begins something that has descriptors of its own on this loop. False when it has stopped.
    func host(_ begin: @escaping @Sendable (EventLoop) -> Void) -> Bool {
        mailbox.post(.host(begin))
    }

    /// Whether the caller runs on the loop.
    package var isHere: Bool { thread.isHere }

    /// Ends the thread after the work under way; later work is refused. Waits for the end.
    package func stop() {
        mailbox.post(.stop)
        thread.join()
        _ = mailbox.seal()
    }
}
