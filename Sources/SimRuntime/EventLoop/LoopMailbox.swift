import CLinux
import Glibc
import Synchronization

/// Messages to a loop from any thread, in order. Posting wakes the loop; a post from the loop's own
/// thread is read in its next turn and costs no system call.
final class LoopMailbox<Message: Sendable>: Sendable {
    private struct State {
        var messages: [Message] = []
        var isOpen = true
        var home: LoopHome?
    }

    private enum Wake {
        case none, descriptor
        case turn(LoopHome)
    }

    private let state = Mutex(State())
    private let readEnd: Int32
    private let writeEnd: Int32

    /// An eventfd where there is one, a pipe for the portable twin.
    init(_ kind: PollerKind) throws(SocketFailure) {
        switch kind {
        case .epoll:
            readEnd = eventfd(0, Int32(O_NONBLOCK | O_CLOEXEC))
            writeEnd = readEnd
        case .poll:
            var ends: [Int32] = [-1, -1]
            guard sim_pipe(&ends) == 0 else { throw SocketFailure(call: "pipe2") }
            readEnd = ends[0]
            writeEnd = ends[1]
        }
        guard readEnd >= 0 else { throw SocketFailure(call: "eventfd") }
    }

    deinit {
        close(readEnd)
        if writeEnd != readEnd { close(writeEnd) }
    }

    /// False when the loop has ended and nobody will read the message.
    @discardableResult
    func post(_ message: Message) -> Bool {
        let (isOpen, wake) = state.withLock { state -> (Bool, Wake) in
            guard state.isOpen else { return (false, .none) }
            state.messages.append(message)
            guard state.messages.count == 1 else { return (true, .none) }
            if let home = state.home, home.isHere { return (true, .turn(home)) }
            return (true, .descriptor)
        }
        switch wake {
        case .none: break
        case .turn(let home): home.resumeNextTurn()
        case .descriptor:
            var one: UInt64 = 1
            // A full pipe or counter already wakes the loop.
            _ = write(writeEnd, &one, 8)
        }
        return isOpen
    }

    /// Begins delivery on the loop's own thread.
    func attach(to loop: EventLoop, _ receive: @escaping (Message) -> Void) {
        let channel = MailboxChannel(self, receive)
        let token = loop.register(readEnd, channel, interest: .read)
        let home = LoopHome(loop, token)
        state.withLock { $0.home = home }
    }

    /// Ends delivery, on the loop's own thread; nobody reads what is posted from then on.
    func detach(from loop: EventLoop) {
        let home = state.withLock { state in
            defer { state.home = nil }
            return state.home
        }
        if let home { loop.unregister(home.token) }
    }

    /// Refuses messages from now on and returns those nobody has read.
    func seal() -> [Message] {
        state.withLock { state in
            state.isOpen = false
            state.home = nil
            let left = state.messages
            state.messages = []
            return left
        }
    }

    /// Takes back what woke the poller.
    fileprivate func quiet() {
        var sink: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        _ = read(readEnd, &sink, MemoryLayout.size(ofValue: sink))
    }

    fileprivate func take() -> [Message] {
        state.withLock { state in
            let messages = state.messages
            state.messages = []
            return messages
        }
    }
}

/// The loop that reads a mailbox, for posts from its own thread.
///
/// Unchecked: a mailbox forgets its home before the loop ends.
/// That the loop is touched by its own thread only, where `isHere` holds, protects it.
private struct LoopHome: @unchecked Sendable {
    let token: EventLoop.Token
    private unowned let loop: EventLoop
    private let thread = pthread_self()

    init(_ loop: EventLoop, _ token: EventLoop.Token) {
        self.loop = loop
        self.token = token
    }

    var isHere: Bool { pthread_equal(thread, pthread_self()) != 0 }

    func resumeNextTurn() { loop.resumeNextTurn(token) }
}

private final class MailboxChannel<Message: Sendable>: LoopChannel {
    private let mailbox: LoopMailbox<Message>
    private let receive: (Message) -> Void

    init(_ mailbox: LoopMailbox<Message>, _ receive: @escaping (Message) -> Void) {
        self.mailbox = mailbox
        self.receive = receive
    }

    func becameReady(_ readiness: Readiness) {
        mailbox.quiet()
        resume()
    }

    func resume() {
        for message in mailbox.take() { receive(message) }
    }
}
