import Glibc

/// POSIX `poll`: the portable twin.
final class PollPoller: Poller {
    private var entries: [pollfd] = []
    private var tokens: [UInt64] = []
    private var indexes: [Int32: Int] = [:]

    func add(_ descriptor: Int32, token: UInt64, interest: Interest) {
        indexes[descriptor] = entries.count
        entries.append(pollfd(fd: descriptor, events: Self.events(interest), revents: 0))
        tokens.append(token)
    }

    func update(_ descriptor: Int32, token: UInt64, interest: Interest) {
        guard let index = indexes[descriptor] else { return }
        entries[index].events = Self.events(interest)
        tokens[index] = token
    }

    func remove(_ descriptor: Int32) {
        guard let index = indexes.removeValue(forKey: descriptor) else { return }
        entries.swapAt(index, entries.count - 1)
        tokens.swapAt(index, tokens.count - 1)
        entries.removeLast()
        tokens.removeLast()
        if index < entries.count { indexes[entries[index].fd] = index }
    }

    func wait(milliseconds: Int32, events: inout [PollEvent]) {
        events.removeAll(keepingCapacity: true)
        let count = entries.withUnsafeMutableBufferPointer {
            poll($0.baseAddress, nfds_t($0.count), milliseconds)
        }
        guard count > 0 else { return }
        for (index, entry) in entries.enumerated() where entry.revents != 0 {
            var readiness: Readiness = []
            if entry.revents & Int16(POLLIN) != 0 { readiness.insert(.readable) }
            if entry.revents & Int16(POLLOUT) != 0 { readiness.insert(.writable) }
            if entry.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0 {
                readiness.insert(.closed)
            }
            events.append(PollEvent(token: tokens[index], readiness: readiness))
        }
    }

    private static func events(_ interest: Interest) -> Int16 {
        var events: Int32 = 0
        if interest.contains(.read) { events |= POLLIN }
        if interest.contains(.write) { events |= POLLOUT }
        return Int16(events)
    }
}
