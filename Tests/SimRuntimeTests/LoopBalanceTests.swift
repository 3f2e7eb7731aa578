import SimCore
import SimHTTP
import Synchronization
import TestWire
import Testing

@testable import SimRuntime

@Suite("Which quick loop goes on with a connection")
struct LoopBalanceTests {
    private static let free = LoopSituation.Use(ran: 0.3, waited: 0)
    private static let crowded = LoopSituation.Use(ran: 0.5, waited: 0.4)

    private func advice(
        own: LoopSituation.Use, _ others: [Int: LoopSituation.Use], connections: Int = 8
    ) -> LoopBalance.Advice {
        LoopSituation(number: 0, own: own, others: others, connections: connections).advice
    }

    @Test("a loop that never waits for its core keeps what it has, however busy it is")
    func keeping() {
        #expect(advice(own: LoopSituation.Use(ran: 1, waited: 0), [1: Self.free]) == .stay)
        #expect(advice(own: Self.free, [1: Self.crowded]) == .stay)
    }

    @Test("a loop that waits for its core gives a connection to one whose core is free")
    func giving() {
        #expect(advice(own: Self.crowded, [1: Self.free]) == .give(1))
    }

    @Test("of several free loops the idlest is given to, the first of equals")
    func idlest() {
        let idle = LoopSituation.Use(ran: 0.1, waited: 0)
        #expect(advice(own: Self.crowded, [1: Self.free, 2: idle, 3: Self.crowded]) == .give(2))
        #expect(advice(own: Self.crowded, [3: idle, 2: idle]) == .give(2))
    }

    @Test("nothing is given to a loop that has no time for one connection more")
    func full() {
        let busy = LoopSituation.Use(ran: 0.9, waited: 0)
        // One of 8 connections asks for 0.0625 of a core, one of 4 for 0.125.
        #expect(advice(own: Self.crowded, [1: busy], connections: 8) == .give(1))
        #expect(advice(own: Self.crowded, [1: busy], connections: 4) == .stay)
    }

    @Test("where no core is free connections go where their packets arrive")
    func following() {
        #expect(advice(own: Self.crowded, [1: Self.crowded, 2: Self.crowded]) == .follow)
    }

    @Test("where the system tells nothing of other loops, or there is none, nothing moves")
    func alone() {
        #expect(advice(own: Self.crowded, [:]) == .stay)
    }

    @Test(
        "waiting counts from a fifth of the time the core is wanted, and a twentieth of all time",
        arguments: [
            (ran: 0.4, waited: 0.1, competes: true), (ran: 0.41, waited: 0.1, competes: false),
            (ran: 0.1, waited: 0.05, competes: true), (ran: 0.1, waited: 0.049, competes: false),
            (ran: 0, waited: 0, competes: false),
        ])
    func boundary(_ ran: Double, _ waited: Double, _ competes: Bool) {
        #expect(LoopSituation.Use(ran: ran, waited: waited).competes == competes)
    }
}

@Suite("Connections that change loops", .timeLimit(.minutes(1)))
struct MovingConnectionTests {
    /// Every connection moves after every request: to the next loop, and back where it came from
    /// when the packets say so.
    private func configuration(_ poller: PollerKind, follows: Bool) -> ServerConfiguration {
        var configuration = ServerConfiguration(loops: 3, poller: poller)
        configuration.balance.interval = .zero
        configuration.balance.advice = { follows ? .follow : .give(($0.number + 1) % 3) }
        return configuration
    }

    private static func line(_ target: String) -> String {
        "GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n"
    }

    @Test(
        "lose no request and no answer, whole, in parts or pipelined",
        arguments: PollerKind.allCases, [true, false])
    func answers(_ poller: PollerKind, _ follows: Bool) throws {
        let threads = Mutex<Set<Int>>([])
        let handler = FunctionHandler { request, _ in
            threads.withLock { _ = $0.insert(ThreadStripe.current) }
            return HTTPResponse(status: 200, body: Array("<\(request.target)>".utf8))
        }
        try withServer(configuration(poller, follows: follows), handler) { server in
            let clients = try (0..<12).map { _ in try WireClient(port: server.boundPort) }
            for round in 0..<30 {
                for (index, client) in clients.enumerated() {
                    let first = Self.line("/\(index)/\(round)")
                    switch round % 3 {
                    case 0: client.send(first)
                    case 1:
                        let half = first.count / 2
                        client.send(String(first.prefix(half)))
                        client.send(String(first.dropFirst(half)))
                    case _: client.send(Self.line("/before") + first)
                    }
                }
                for (index, client) in clients.enumerated() {
                    #expect(client.read(until: "</\(index)/\(round)>") != nil)
                }
            }
        }
        // Where a thread is counted, all loops had their part.
        if !follows, ThreadGauge()?.times != nil {
            #expect(threads.withLock { $0.count } == 3)
        }
    }

    @Test("keep their TLS session", arguments: PollerKind.allCases)
    func secured(_ poller: PollerKind) async throws {
        let server = try HTTPServer.start(
            configuration(poller, follows: false), handler: FunctionHandler.echo,
            clock: FixedClock(testMoment), tls: TestTLS.context(names: ["localhost", "127.0.0.1"]))
        defer { server.stop(grace: .zero) }
        try await withClient { client in
            for number in 0..<40 {
                let answer = try await client.perform(
                    HTTPRequest(method: .get, target: "/\(number)"),
                    to: local(server.boundPort, .https), trust: TestTLS.trust())
                #expect(String(decoding: answer.body, as: UTF8.self) == "GET /\(number)")
            }
            #expect(client.statistics.connectionsOpened == 1)
        }
    }

    @Test("are closed when the server stops, and it ends")
    func stopping() throws {
        let server = try HTTPServer.start(
            configuration(.epoll, follows: false), handler: FunctionHandler.echo,
            clock: FixedClock(testMoment))
        let clients = try (0..<12).map { _ in try WireClient(port: server.boundPort) }
        for client in clients { client.send(Self.line("/")) }
        for client in clients { #expect(client.read(until: "GET /") != nil) }
        server.stop(grace: .seconds(20))
        for client in clients { #expect(client.readToEnd() != nil) }
    }
}

@Suite("What the system tells of a thread", .timeLimit(.minutes(1)))
struct ThreadGaugeTests {
    @Test(
        "is read from two numbers; anything else is nothing",
        arguments: [
            ("12 34 5\n", ThreadTimes(ran: 12, waited: 34)),
            ("0 0 0\n", ThreadTimes(ran: 0, waited: 0)),
            ("", nil), ("12", nil), ("12 34", nil), (" 1 2 3", nil), ("1 x 3", nil),
            ("-1 2 3", nil),
        ] as [(String, ThreadTimes?)])
    func text(_ text: String, _ times: ThreadTimes?) {
        #expect(ThreadGauge.times(in: text.utf8) == times)
    }

    @Test("grows with what the thread computes")
    func growth() throws {
        // Absent where the kernel does not count; then connections stay where they are.
        guard let gauge = ThreadGauge(), let before = gauge.times else { return }
        var sum: UInt64 = 1
        var after = before
        while after.ran == before.ran {
            for number in 0..<100_000 { sum = sum &* 31 &+ UInt64(number) }
            after = try #require(gauge.times)
        }
        #expect(after.ran > before.ran && after.waited >= before.waited && sum != 0)
    }
}
