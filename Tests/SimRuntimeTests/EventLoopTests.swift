import CLinux
import Glibc
import SimCore
import Testing

@testable import SimRuntime

@Suite("A poller, whichever it is")
struct PollerTests {
    /// Two connected stream sockets.
    private func pair() throws -> (Int32, Int32) {
        var ends: [Int32] = [-1, -1]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        return (ends[0], ends[1])
    }

    private func events(_ poller: any Poller, wait: Int32 = 0) -> [PollEvent] {
        var events: [PollEvent] = [PollEvent(token: 99, readiness: [])]
        poller.wait(milliseconds: wait, events: &events)
        return events.sorted { $0.token < $1.token }
    }

    @Test(
        "reports what is ready, as long as it is, and only what is wanted",
        arguments: PollerKind.allCases)
    func readiness(_ kind: PollerKind) throws {
        let poller = try kind.makePoller()
        let (first, second) = try pair()
        defer { close(second) }
        poller.add(first, token: 7, interest: .read)
        #expect(events(poller) == [])
        var byte: UInt8 = 1
        write(second, &byte, 1)
        #expect(events(poller, wait: 1_000) == [PollEvent(token: 7, readiness: .readable)])
        #expect(events(poller) == [PollEvent(token: 7, readiness: .readable)])
        poller.update(first, token: 8, interest: [.read, .write])
        #expect(events(poller) == [PollEvent(token: 8, readiness: [.readable, .writable])])
        poller.update(first, token: 8, interest: [])
        #expect(events(poller) == [])
        poller.remove(first)
        close(first)
    }

    @Test(
        "reports the end of a peer, and nothing of a descriptor removed",
        arguments: PollerKind.allCases)
    func ends(_ kind: PollerKind) throws {
        let poller = try kind.makePoller()
        let pairs = try (0..<3).map { _ in try pair() }
        for (index, ends) in pairs.enumerated() {
            poller.add(ends.0, token: UInt64(index), interest: .read)
        }
        for ends in pairs { close(ends.1) }
        #expect(events(poller, wait: 1_000).map(\.token) == [0, 1, 2])
        #expect(events(poller).allSatisfy { $0.readiness.contains(.closed) })
        poller.remove(pairs[0].0)
        #expect(events(poller).map(\.token) == [1, 2])
        poller.remove(pairs[2].0)
        #expect(events(poller).map(\.token) == [1])
        for ends in pairs { close(ends.0) }
    }
}

@Suite("Timers")
struct TimerTests {
    private func at(_ nanoseconds: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: nanoseconds)
    }

    @Test("fall due in order, equal ones as they were set, cancelled ones never")
    func order() {
        var queue = TimerQueue<Int>()
        var ids: [Int: TimerQueue<Int>.ID] = [:]
        for (index, deadline) in [50, 20, 40, 20, 10, 30, 20].enumerated() {
            ids[index] = queue.add(at(Int64(deadline)), index)
        }
        if let id = ids[4] { queue.cancel(id) }
        #expect(queue.nextDeadline == at(20))
        #expect(queue.popDue(at: at(19)) == nil)
        var due: [Int] = []
        while let action = queue.popDue(at: at(40)) { due.append(action) }
        #expect(due == [1, 3, 6, 5, 2])
        #expect(queue.nextDeadline == at(50))
        #expect(queue.popDue(at: .never) == 0)
        #expect(queue.nextDeadline == nil)
    }

    @Test("a deadline beyond time is never, and a wait is rounded up")
    func arithmetic() {
        #expect(at(1) + .seconds(Int64.max / 1_000_000) == .never)
        #expect(at(0).milliseconds(until: at(1), limit: 60_000) == 1)
        #expect(at(5).milliseconds(until: at(5), limit: 60_000) == 0)
        #expect(at(0).milliseconds(until: .never, limit: 60_000) == 60_000)
    }
}

@Suite("An event loop")
struct EventLoopTests {
    @Test("takes messages in order and runs timers", arguments: PollerKind.allCases)
    func messages(_ kind: PollerKind) throws {
        let loop = try EventLoop(kind)
        let mailbox = try LoopMailbox<Int>(kind)
        var seen: [Int] = []
        mailbox.attach(to: loop) { message in
            seen.append(message)
            if message == 1_000 { loop.schedule(after: .milliseconds(1)) { loop.stop() } }
        }
        let poster = try LoopThread(name: "poster") {
            for number in 1...1_000 { mailbox.post(number) }
        }
        loop.run()
        poster.join()
        #expect(seen == Array(1...1_000))
        #expect(mailbox.seal() == [])
        #expect(!mailbox.post(1))
    }

    @Test("does not deliver an event of a descriptor's predecessor", arguments: PollerKind.allCases)
    func generations(_ kind: PollerKind) throws {
        final class Silent: LoopChannel {
            func becameReady(_ readiness: Readiness) {}
            func resume() {}
        }
        let loop = try EventLoop(kind)
        let descriptor = sim_reserve_descriptor()
        let first = loop.register(descriptor, Silent(), interest: [])
        loop.unregister(first)
        let second = loop.register(descriptor, Silent(), interest: [])
        #expect(first != second)
        #expect(loop.channel(first) == nil)
        #expect(loop.channel(second) != nil)
        loop.unregister(second)
        close(descriptor)
    }
}

@Suite("The machine's randomness")
struct SystemRandomTests {
    @Test("gives as many bytes as asked, not the same twice")
    func bytes() {
        let random = SystemRandom()
        let purpose = RandomPurpose("test")
        #expect(random.bytes(0, for: purpose).isEmpty)
        let first = random.bytes(5_000, for: purpose)
        #expect(first.count == 5_000)
        #expect(first != random.bytes(5_000, for: purpose))
    }
}
