/// The one seam to the operating system's readiness interface. Level-triggered.
protocol Poller: AnyObject {
    func add(_ descriptor: Int32, token: UInt64, interest: Interest)
    func update(_ descriptor: Int32, token: UInt64, interest: Interest)
    func remove(_ descriptor: Int32)
    /// Waits until something is ready or the time is over; -1 waits without end.
    /// Replaces the content of `events`.
    func wait(milliseconds: Int32, events: inout [PollEvent])
}

/// What a channel wants to hear about.
struct Interest: OptionSet, Hashable, Sendable {
    let rawValue: UInt8
    static let read = Interest(rawValue: 1)
    static let write = Interest(rawValue: 2)
}

/// A descriptor that is ready.
struct PollEvent: Hashable, Sendable {
    let token: UInt64
    var readiness: Readiness
}

struct Readiness: OptionSet, Hashable, Sendable {
    let rawValue: UInt8
    static let readable = Readiness(rawValue: 1)
    static let writable = Readiness(rawValue: 2)
    /// Both directions are shut, or an error is pending.
    static let closed = Readiness(rawValue: 4)
}

/// Which implementation of the seam a loop runs on.
package enum PollerKind: String, CaseIterable, Sendable {
    /// Linux.
    case epoll
    /// POSIX `poll`: portable, linear in the number of connections.
    case poll

    func makePoller() throws(SocketFailure) -> any Poller {
        switch self {
        case .epoll: try EpollPoller()
        case .poll: PollPoller()
        }
    }
}
