/// What a loop calls when a descriptor is ready.
protocol LoopChannel: AnyObject {
    func becameReady(_ readiness: Readiness)
    /// Called one turn after `EventLoop.resumeNextTurn`.
    func resume()
}

/// One thread's loop over descriptors and timers.
///
/// Created, used and dropped inside the closure of its thread: it is not `Sendable`, so the
/// compiler proves that nobody else touches it. Others reach it through a `LoopMailbox`.
final class EventLoop {
    /// A channel's registration. The generation tells a descriptor from its predecessor of the
    /// same number, whose event may still be in the batch.
    typealias Token = UInt64
    typealias TimerID = TimerQueue<() -> Void>.ID

    private struct Slot {
        var generation: UInt32 = 0
        var channel: (any LoopChannel)?
    }

    private let poller: any Poller
    private var slots: [Slot] = []
    private var timers = TimerQueue<() -> Void>()
    private var events: [PollEvent] = []
    private var resumptions: [Token] = []
    private var isStopped = false
    /// The time at the start of this turn.
    private(set) var now = MonotonicTime.current
    /// Called once per turn before anything else.
    var turnBegan: (() -> Void)?

    init(_ kind: PollerKind) throws(SocketFailure) {
        poller = try kind.makePoller()
    }

    func register(
        _ descriptor: Int32, _ channel: any LoopChannel, interest: Interest
    ) -> Token {
        let index = Int(descriptor)
        while slots.count <= index { slots.append(Slot()) }
        slots[index].generation &+= 1
        slots[index].channel = channel
        let token = UInt64(slots[index].generation) << 32 | UInt64(UInt32(bitPattern: descriptor))
        poller.add(descriptor, token: token, interest: interest)
        return token
    }

    func update(_ token: Token, interest: Interest) {
        poller.update(Self.descriptor(token), token: token, interest: interest)
    }

    /// Forgets the channel. The caller closes the descriptor afterwards.
    func unregister(_ token: Token) {
        guard channel(token) != nil else { return }
        poller.remove(Self.descriptor(token))
        slots[Int(Self.descriptor(token))].channel = nil
    }

    /// The channel of a registration that still stands.
    func channel(_ token: Token) -> (any LoopChannel)? {
        let index = Int(Self.descriptor(token))
        guard index < slots.count, slots[index].generation == UInt32(token >> 32) else {
            return nil
        }
        return slots[index].channel
    }

    /// Runs `action` on this loop after `delay`, once.
    @discardableResult
    func schedule(after delay: Duration, _ action: @escaping () -> Void) -> TimerID {
        timers.add(MonotonicTime.current + delay, action)
    }

    func cancel(_ timer: TimerID) {
        timers.cancel(timer)
    }

    /// Calls the channel's `resume` in the next turn, after the others had theirs.
    func resumeNextTurn(_ token: Token) {
        resumptions.append(token)
    }

    /// Ends `run` after this turn.
    func stop() {
        isStopped = true
    }

    func run() {
        while !isStopped {
            turn()
        }
    }

    private func turn() {
        var timeout: Int64 = -1
        if !resumptions.isEmpty {
            timeout = 0
        } else if let deadline = timers.nextDeadline {
            timeout = MonotonicTime.current.milliseconds(until: deadline, limit: 60_000)
        }
        poller.wait(milliseconds: Int32(timeout), events: &events)
        now = .current
        turnBegan?()
        let resumed = resumptions
        resumptions.removeAll(keepingCapacity: true)
        for event in events {
            channel(event.token)?.becameReady(event.readiness)
        }
        for token in resumed {
            channel(token)?.resume()
        }
        while let action = timers.popDue(at: now) {
            action()
        }
    }

    private static func descriptor(_ token: Token) -> Int32 {
        Int32(bitPattern: UInt32(truncatingIfNeeded: token))
    }
}
