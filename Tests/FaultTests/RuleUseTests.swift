import EntraSim
import SimCore
import SimHTTP
import Testing

@Suite("Fault rules at work")
struct RuleUseTests {
    @Test("hold for one app until their time is over")
    func window() async throws {
        let running = try Running()
        try running.simulator.faults.add(
            #"{"where": "token", "whom": {"app": "Contoso Nightly Job"}, "when": {"expiresIn": "10m"}, "what": {"aadsts": 50076}}"#
        )
        #expect(try await running.askToken().errorCode == 50_076)
        try await running.simulator.clock.advance(by: .seconds(599))
        #expect(try await running.askToken().errorCode == 50_076)
        try await running.simulator.clock.advance(by: .seconds(1))
        #expect(try await running.askToken().status == 200)
    }

    @Test("leave other apps alone")
    func otherApp() async throws {
        let running = try Running()
        try running.simulator.faults.add(
            #"{"where": "token", "whom": {"app": "Claresia"}, "what": {"status": 503}}"#)
        #expect(try await running.askToken().status == 200)
    }

    @Test("are added, listed, refused and cleared over the control API")
    func control() async throws {
        let running = try Running()
        let body = #"{"name":"mfa","where":"token","when":{"times":1},"what":{"aadsts":50076}}"#
        let added = try await control(running, .post, "/faults", body)
        #expect(added.status == 201 && added.json?["id"] == "f1")
        #expect(added.json?["rule"]?.text == body)
        #expect(try await running.askToken().status == 400)
        #expect(try await running.askToken().status == 200)
        let list = try await control(running, .get, "/faults")
        #expect(list.json?["value"]?.arrayValue?.first?["hits"] == 1)
        #expect(list.json?["value"]?.arrayValue?.first?["state"] == "spent")
        #expect(list.json?["hits"]?.arrayValue?.first?["rule"] == "f1")
        #expect(list.json?["hits"]?.arrayValue?.first?["at"] == "2026-01-05T08:00:00.000Z")
        let typo = try await control(
            running, .post, "/faults", #"{"where":"token","wat":{"hang":true}}"#)
        #expect(typo.status == 400 && typo.text.contains("did you mean 'what'?"))
        #expect(try await control(running, .delete, "/faults/maf").status == 404)
        #expect(try await control(running, .delete, "/faults/mfa").status == 204)
        let cleared = try await control(running, .delete, "/faults")
        #expect(cleared.json?["cleared"] == 0)
    }

    @Test("give the same hits for the same seed and commands")
    func deterministic() async throws {
        var runs: [[FaultHit]] = []
        var answers: [[Int]] = []
        for seed in [5, 5, 6] as [UInt64] {
            let running = try Running(seed: seed)
            try running.simulator.faults.add(
                #"{"where": "jwks", "when": {"probability": 0.5}, "what": {"status": 503}}"#)
            var statuses: [Int] = []
            for _ in 0..<40 { statuses.append(try await running.get(Running.keys).status) }
            answers.append(statuses)
            runs.append(try running.simulator.faults.hits())
        }
        #expect(runs[0] == runs[1] && answers[0] == answers[1])
        #expect(answers[0] != answers[2])
    }

    @Test("strike by a header on its own request only; a header nobody understands is refused")
    func header() async throws {
        let running = try Running()
        let struck = try await running.askToken(["x-entra-sim-fault": "aadsts=50076; times=1"])
        #expect(struck.errorCode == 50_076)
        #expect(try await running.askToken().status == 200)
        let typo = try await running.askToken(["x-entra-sim-fault": "adsts=50076"])
        #expect(typo.status == 400 && typo.text.contains("did you mean 'aadsts'?"))
    }

    @Test(
        "strike a sign-in name that spells a number",
        arguments: [
            ("aadsts50053@contoso.example", "temporarily locked"),
            ("AADSTS90072@contoso.example", "AADSTS90072"),
            ("aadsts50053x@contoso.example", "We couldn&#39;t find an account"),
        ])
    func signInName(name: String, text: String) async throws {
        let running = try Running()
        let page = try await running.get(try running.authorizeTarget())
        let cookie = page.headers.values("Set-Cookie").first { $0.hasPrefix("esctx=") }
            .map { String($0.prefix { $0 != ";" }) }
        let field = try #require(page.text.firstRange(of: #"name="flowtoken" value=""#))
        let flow = page.text[field.upperBound...].prefix { $0 != "\"" }
        let form = FormFields(["flowtoken": String(flow), "login": name]).encoded()
        let answer = try await running.send(
            .post, "/contoso.example/login", ["Cookie": cookie ?? ""], form: form
        ).get()
        let shown = answer.text + (answer.headers["Location"] ?? "")
        #expect(shown.contains(text) || shown.contains(text.replacing("&#39;", with: "'")))
    }

    private func control(
        _ running: Running, _ method: HTTPMethod, _ path: String, _ body: String? = nil
    ) async throws -> HTTPResponse {
        var headers: HTTPHeaders = ["Authorization": "Bearer \(running.simulator.controlToken)"]
        if body != nil { headers.append("Content-Type", "application/json") }
        return try await running.send(
            method, "/sim/v1" + path, headers, json: body
        ).get()
    }
}
