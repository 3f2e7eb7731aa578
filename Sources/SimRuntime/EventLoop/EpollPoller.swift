import CLinux
import Glibc

/// `epoll`, level-triggered.
final class EpollPoller: Poller {
    private static let batch = 256
    private let epoll: Int32
    private let buffer = UnsafeMutablePointer<epoll_event>.allocate(capacity: batch)

    init() throws(SocketFailure) {
        epoll = epoll_create1(Int32(bitPattern: UInt32(O_CLOEXEC)))
        guard epoll >= 0 else { throw SocketFailure(call: "epoll_create1") }
    }

    deinit {
        close(epoll)
        buffer.deallocate()
    }

    func add(_ descriptor: Int32, token: UInt64, interest: Interest) {
        control(EPOLL_CTL_ADD, descriptor, token, interest)
    }

    func update(_ descriptor: Int32, token: UInt64, interest: Interest) {
        control(EPOLL_CTL_MOD, descriptor, token, interest)
    }

    func remove(_ descriptor: Int32) {
        var event = epoll_event()
        epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, &event)
    }

    func wait(milliseconds: Int32, events: inout [PollEvent]) {
        events.removeAll(keepingCapacity: true)
        let count = epoll_wait(epoll, buffer, Int32(Self.batch), milliseconds)
        guard count > 0 else { return }
        for index in 0..<Int(count) {
            let event = buffer[index]
            var readiness: Readiness = []
            if event.events & sim_epoll_in != 0 { readiness.insert(.readable) }
            if event.events & sim_epoll_out != 0 { readiness.insert(.writable) }
            if event.events & sim_epoll_closed != 0 { readiness.insert(.closed) }
            events.append(PollEvent(token: event.data.u64, readiness: readiness))
        }
    }

    private func control(
        _ operation: Int32, _ descriptor: Int32, _ token: UInt64, _ interest: Interest
    ) {
        var event = epoll_event()
        if interest.contains(.read) { event.events |= sim_epoll_in }
        if interest.contains(.write) { event.events |= sim_epoll_out }
        event.data.u64 = token
        epoll_ctl(epoll, operation, descriptor, &event)
    }
}
