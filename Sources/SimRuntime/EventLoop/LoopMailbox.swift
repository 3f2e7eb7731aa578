import CLinux
import Glibc
import Synchronization

/// Messages to a loop from any thread, in order. Posting wakes the loop.
final class LoopMailbox<Message: Sendable>: Sendable {
    private struct State {
        var messages: [Message] = []
        var isOpen = true
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
        let (isOpen, wakes) = state.withLock { state in
            guard state.isOpen else { return (false, false) }
            state.messages.append(message)
            return (true, state.messages.count == 1)
        }
        if wakes {
            var one: UInt64 = 1
            // A full pipe or counter already wakes the loop.
            _ = write(writeEnd, &one, 8)
        }
        return isOpen
    }

    /// Begins delivery on the loop's own thread.
    func attach(to loop: EventLoop, _ receive: @escaping (Message) -> Void) {
        let channel = MailboxChannel(self, receive)
        _ = loop.register(readEnd, channel, interest: .read)
    }

    /// Refuses messages from now on and returns those nobody has read.
    func seal() -> [Message] {
        state.withLock { state in
            state.isOpen = false
            let left = state.messages
            state.messages = []
            return left
        }
    }

    fileprivate func take() -> [Message] {
        var sink: [UInt64] = [0, 0, 0, 0, 0, 0, 0, 0]
        _ = read(readEnd, &sink, 64)
        return state.withLock { state in
            let messages = state.messages
            state.messages = []
            return messages
        }
    }
}

private final class MailboxChannel<Message: Sendable>: LoopChannel {
    private let mailbox: LoopMailbox<Message>
    private let receive: (Message) -> Void

    init(_ mailbox: LoopMailbox<Message>, _ receive: @escaping (Message) -> Void) {
        self.mailbox = mailbox
        self.receive = receive
    }

    func becameReady(_ readiness: Readiness) {
        for message in mailbox.take() { receive(message) }
    }

    func resume() {}
}
