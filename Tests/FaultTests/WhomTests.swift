import EntraSim
import SimCore
import SimHTTP
import TestWire
import Testing

@Suite("A fault for one person, group, app or tenant")
struct WhomTests {
    @Test(
        "finds the person behind a sign-in hint, by any name",
        arguments: [
            (#"{"user": "adele.vance@contoso.example"}"#, true),
            (#"{"user": "Adele Vance"}"#, true), (#"{"user": "lee.gu@contoso.example"}"#, false),
            (#"{"group": "Retail"}"#, true), (#"{"group": "Nobody"}"#, false),
            (#"{"tenant": "contoso"}"#, true), (#"{"tenant": "contoso.onmicrosoft.com"}"#, true),
            (#"{"app": "Claresia"}"#, true), (#"{"app": "Claras"}"#, false),
            (#"{"method": "GET", "path": "*/authorize"}"#, true),
            (#"{"method": "POST"}"#, false), (#"{"path": "*/token"}"#, false),
            (#"{"tenant": "fabrikam"}"#, false), (#"{"address": "127.0.0.1"}"#, true),
            (#"{"address": "127.0.0.2"}"#, false), (#"{"header": {"X-Test": "ru*"}}"#, true),
            (#"{"header": {"x-test": "ba*"}}"#, false), (#"{"header": {"x-other": "*"}}"#, false),
            (#"{"call": 1}"#, true), (#"{"call": 2}"#, false),
            (#"{"user": "Adele Vance", "app": "Claras"}"#, false),
        ])
    func hint(whom: String, strikes: Bool) async throws {
        let running = try Running()
        try running.simulator.faults.add(
            #"{"where": "authorize", "whom": \#(whom), "what": {"status": 418}}"#)
        let target = try running.authorizeTarget() + "&login_hint=adele.vance%40contoso.example"
        let answer = try await running.get(target, ["X-Test": "run-7"])
        #expect((answer.status == 418) == strikes)
    }

    @Test(
        "finds the tenant of a sample app, and the app by either name",
        arguments: [
            (#"{"tenant": "contoso"}"#, true), (#"{"tenant": "fabrikam"}"#, false),
            (#"{"app": "claras"}"#, true), (#"{"app": "Claresia"}"#, false),
        ])
    func appOfTenant(whom: String, strikes: Bool) async throws {
        let running = try Running()
        try running.simulator.faults.add(
            #"{"where": "apps", "whom": \#(whom), "what": {"status": 418}}"#)
        #expect((try await running.get("/apps/claras/").status == 418) == strikes)
    }

    @Test("does not touch the control API, nor health")
    func control() async throws {
        let running = try Running()
        for site in ["portal", "apps", "graph", "discovery"] {
            try running.simulator.faults.add(
                #"{"where": "\#(site)", "what": {"status": 418}}"#)
        }
        #expect(try await running.get("/sim/v1/health").status == 200)
        #expect(try await running.get("/portal").status == 418)
        #expect(try await running.get("/apps/claras/").status == 418)
        #expect(try await running.get(Running.discovery).status == 418)
    }

    @Test("strikes the sample apps as any client sees them, the provisioning service among them")
    func sampleApp() async throws {
        let running = try Running()
        try running.simulator.faults.add(
            #"{"where": {"site": "apps", "path": "/apps/claras/*"}, "what": {"status": 503}}"#)
        _ = try? await running.simulator.provisioning(of: "Claras").runCycle()
        let sent = running.simulator.journal.exchanges().filter { $0.direction == .outbound }
        #expect(!sent.isEmpty && sent.allSatisfy { $0.status == 503 })
    }

    @Test("a simulator stops at once although a client hangs on it")
    func stopping() throws {
        let running = try Running()
        try running.simulator.faults.add(#"{"where": "jwks", "what": {"hang": true}}"#)
        let client = try running.wire()
        client.send("GET \(Running.keys) HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(client.hasNothingYet())
        running.simulator.stop()
        #expect(client.readToEnd() == "")
    }
}
