import SimCore
import SimHTTP
import SimIdentity
import SimPortal
import Testing

@testable import EntraSim

/// A simulator without listeners of its own use: requests go through the door by hand, once from
/// bytes to bytes and once as any other.
private struct Door {
    static let discovery = "/contoso.example/v2.0/.well-known/openid-configuration"
    static let keys = "/contoso.example/discovery/v2.0/keys"

    let desk: Desk
    let door: FrontDoor
    let lane: QuickLane

    init() throws {
        desk = try Desk()
        door = FrontDoor(.https)
        door.open(desk.simulator.services)
        lane = try #require(door.quickAnswers(loop: 1))
    }

    static func bytes(_ target: String, _ fields: String = "") -> [UInt8] {
        Array("GET \(target) HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n".utf8)
    }

    /// nil where the request is left to the ordinary way.
    func quick(_ target: String, _ fields: String = "") throws -> [UInt8]? {
        let bytes = Self.bytes(target, fields)
        guard let request = PlainRequest.find(in: bytes.span, from: 0) else { return nil }
        var output: [UInt8] = []
        let isAnswered = lane.answer(
            request, in: bytes.span, from: "127.0.0.1", into: &output)
        #expect(isAnswered == !output.isEmpty)
        return isAnswered ? output : nil
    }

    func ordinary(_ target: String, _ fields: String = "") throws -> [UInt8] {
        var parser = HTTPRequestParser(remoteAddress: "127.0.0.1")
        parser.append(Self.bytes(target, fields))
        guard case .request(let received) = try parser.next() else { return [] }
        let response = try #require(door.answer(received.request))
        var output: [UInt8] = []
        try HTTPSerializer.append(
            response, to: &output,
            date: Array(desk.simulator.services.clock.now.httpDate.utf8))
        return output
    }

    func journal() -> [JournalEntry] { desk.simulator.services.journal.entries() }
}

@Suite("Published documents from bytes to bytes")
struct QuickAnswerTests {
    @Test(
        "are the bytes the ordinary way makes, and the journal says the same",
        arguments: [
            (Door.discovery, ""), (Door.keys, "Accept: application/json\r\n"),
            ("/common/discovery/keys", "User-Agent: probe/1\r\nx-client-SKU: MSAL\r\n"),
            (
                "/organizations/v2.0/.well-known/openid-configuration",
                "client-request-id: 1B4E28BA-2fa1-41d2-883f-0016d3cca427\r\n"
            ),
            (Door.discovery, "client-request-id: none\r\n"),
            (Door.discovery, "Cookie: fpc=AbC; x-ms-gateway-slice=estsfd; esctxs=1\r\n"),
        ])
    func same(_ target: String, _ fields: String) throws {
        // The same seed, so the same identifiers and cookies.
        let (one, other) = (try Door(), try Door())
        for _ in 0..<3 {
            let quick = try #require(try one.quick(target, fields))
            let ordinary = try other.ordinary(target, fields)
            #expect(
                Self.comparable(quick, one) == Self.comparable(ordinary, other))
        }
        #expect(one.journal().map(\.number) == [1, 2, 3])
        for (mine, theirs) in zip(one.journal(), other.journal()) {
            #expect(mine.direction == .inbound && mine.exchange.at == theirs.exchange.at)
            #expect(mine.exchange.request == theirs.exchange.request)
            #expect(mine.exchange.response?.headers == theirs.exchange.response?.headers)
            #expect(mine.exchange.response?.status == 200)
        }
    }

    /// Two simulators have two ports.
    private static func comparable(_ bytes: [UInt8], _ door: Door) -> String {
        String(decoding: bytes, as: UTF8.self)
            .replacing(door.desk.simulator.services.origin, with: "https://localhost")
            .split(separator: "\r\n").filter { !$0.hasPrefix("Content-Length") }
            .joined(separator: "\n")
    }

    @Test(
        "are left to the ordinary way when anything else is asked",
        arguments: [
            ("/contoso.example/v2.0/.well-known/openid-configuration?appid=a", ""),
            ("/Contoso.Example/v2.0/.well-known/openid-configuration", ""),
            ("/contoso.example/oauth2/v2.0/authorize", ""), ("/", ""),
            (Door.discovery, "x-entra-sim-fault: aadsts=50076\r\n"),
            (Door.discovery, "X-Entra-Sim-User-Risk: high\r\n"),
            (Door.discovery, "Cookie: fpc=AbC; esctx=AQABAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n"),
            (Door.discovery, "cookie: a=b\r\nCookie: esctx=\r\n"),
        ])
    func ordinary(_ target: String, _ fields: String) throws {
        let door = try Door()
        #expect(try door.quick(target, fields) == nil)
        #expect(door.journal().isEmpty)
    }

    @Test("show the clock's time, also when it is moved between two of them")
    func clock() async throws {
        let door = try Door()
        let before = String(decoding: try #require(try door.quick(Door.keys)), as: UTF8.self)
        #expect(before.contains("\r\nDate: Mon, 05 Jan 2026 08:00:00 GMT\r\n"))
        #expect(before.contains("; expires=Wed, 04-Feb-2026 08:00:00 GMT; "))
        try await door.desk.perform(.clock(.advance(by: .days(1))))
        let after = String(decoding: try #require(try door.quick(Door.keys)), as: UTF8.self)
        #expect(after.contains("\r\nDate: Tue, 06 Jan 2026 08:00:00 GMT\r\n"))
        #expect(after.contains("; expires=Thu, 05-Feb-2026 08:00:00 GMT; "))
    }

    @Test("end for keys with the first rollover; other documents stay")
    func rollover() async throws {
        let door = try Door()
        #expect(try door.quick(Door.keys) != nil)
        try await door.desk.perform(.keys(tenant: "contoso", .rotate(KeyRotation())))
        #expect(try door.quick(Door.keys) == nil)
        #expect(try door.quick(Door.discovery) != nil)
        let now = String(decoding: try door.ordinary(Door.keys), as: UTF8.self)
        #expect(now.ranges(of: #""kid""#).count == 3)
    }

    @Test("make way for fault rules as long as there are any")
    func faults() throws {
        let door = try Door()
        let faults = door.desk.simulator.services.faults
        #expect(try door.quick(Door.discovery) != nil)
        try door.desk.simulator.faults.add(#"{"where": "token", "what": {"aadsts": 50076}}"#)
        #expect(faults.isArmed)
        #expect(try door.quick(Door.discovery) == nil)
        _ = faults.removeAll()
        #expect(try door.quick(Door.discovery) != nil)
    }

    @Test("are counted, and numbered with all other exchanges")
    func counted() throws {
        let door = try Door()
        _ = try door.ordinary(Door.discovery)
        _ = try door.quick(Door.discovery)
        _ = try door.ordinary(Door.keys)
        #expect(
            door.journal().map(\.exchange.request.target)
                == [Door.discovery, Door.discovery, Door.keys])
        #expect(door.journal().map(\.number) == [1, 2, 3])
        let metrics = door.desk.simulator.services.metrics.exposition(gauges: [])
        #expect(
            metrics.contains(#"entra_sim_requests_total{surface="login",status="2xx"} 3"#))
    }
}

@Suite("What belongs to the loops for costly work")
struct CostlySurfaceTests {
    @Test(
        "signatures, searches and control; documents, pages and apps do not",
        arguments: [
            ("POST", "/t/oauth2/v2.0/token", true), ("POST", "/t/login", true),
            ("GET", "/t/oauth2/v2.0/authorize?client_id=a", true), ("GET", "/v1.0/users", true),
            ("GET", "/portal", true), ("GET", "/sim/v1/health", true),
            ("GET", "/t/discovery/v2.0/keys", false), ("HEAD", "/t/discovery/keys", false),
            ("GET", "/common/reprocess", false), ("POST", "/apps/claras/scim/v2/Users", false),
        ])
    func rows(_ method: String, _ target: String, _ isCostly: Bool) {
        let request = HTTPRequest(method: HTTPMethod(rawValue: method), target: target)
        #expect(FrontDoor(.https).isCostly(request) == isCostly)
    }
}
