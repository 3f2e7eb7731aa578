import EntraSim
import SimCore
import SimHTTP
import Testing

extension SummaryTableTests {
    @Test("Workload identity", arguments: ["clientAssertion", "tokenExchange"])
    func workloadIdentity(exchange: String) async throws {
        // AT1, a token of the tenant, is exchanged for AT2 of the target; no secret is stored.
        let scene = try Scene()
        let control = try ControlClient(scene)
        let settings: JSONValue = [
            "provisioning": [
                "authentication": [
                    "type": "WorkloadIdentity", "clientId": "entra-workload",
                    "tokenEndpoint": "{origin}/apps/claresia/oauth2/token",
                    "exchange": .string(exchange),
                ]
            ]
        ]
        #expect(try await control.send(.patch, "apps/Claresia", settings).status == 200)
        let job = scene.provisioning("Claresia")
        #expect(try await job.testConnection().isSuccess)
        let before = scene.journal.latest
        let outcome = try await job.runCycle()
        #expect(outcome.state == .succeeded && outcome.counts.created == 18)
        let asked = scene.sent(after: before, "POST").filter {
            $0.target.hasSuffix("/oauth2/token")
        }
        #expect(asked.count == 1)
        let form = try #require(asked.first).requestBody
        // What is presented is a token of the tenant, and of no use to who reads the journal.
        let name = exchange == "tokenExchange" ? "subject_token=" : "client_assertion="
        #expect(form.contains(name) && !form.contains("eyJ") && !form.contains("client_secret"))
        // Without the target's trust there is neither token nor cycle.
        let stranger: JSONValue = [
            "provisioning": ["authentication": ["application": "Claras"]]
        ]
        #expect(try await control.send(.patch, "apps/Claresia", stranger).status == 200)
        #expect(try await !job.testConnection().isSuccess)
        #expect(try await job.runCycle().isInQuarantine)
    }
}

// gallery-validation.md §7.21, §7.22.
extension OnboardingSuite {
    /// Test 21: a token for client credentials, of 60 to 360 minutes, that SCIM accepts. An app
    /// without a token endpoint is skipped, which leaves its authentication model failed.
    func credentials(_ endpoint: String, _ client: (id: String, secret: String)) async throws {
        let answer = try await scene.browser.post(
            endpoint,
            [
                "grant_type": "client_credentials", "client_id": client.id,
                "client_secret": client.secret,
            ])
        #expect(answer.status == 200)
        #expect(try (60...360).contains(lifetime(answer)))
        #expect(try await users(token(answer)) == 200)
        #expect(try await users("not-that-token") == 401)
        let wrong = try await scene.browser.post(
            endpoint,
            ["grant_type": "client_credentials", "client_id": client.id, "client_secret": "no"])
        #expect(wrong.status == 401)
    }

    /// Test 22: a token of the login endpoint for the app itself is exchanged at the target.
    func federation(
        _ endpoint: String, client: String, app: (id: String, secret: String)
    ) async throws {
        let issued = try await scene.browser.post(
            "/contoso.example/oauth2/v2.0/token",
            [
                "grant_type": "client_credentials", "client_id": app.id,
                "client_secret": app.secret, "scope": "api://\(app.id)/.default",
            ])
        #expect(issued.status == 200)
        let answer = try await scene.browser.post(
            endpoint,
            [
                "grant_type": "client_credentials", "client_id": client,
                "client_assertion": try token(issued),
                "client_assertion_type":
                    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "baseAddress": scene.simulator.baseURL + target.base,
            ])
        #expect(answer.status == 200)
        #expect(try (60...360).contains(lifetime(answer)))
        #expect(try await users(token(answer)) == 200)
    }

    private func token(_ answer: HTTPResponse) throws -> String {
        try #require(try answer.json["access_token"]?.stringValue)
    }

    /// In minutes, rounded down.
    private func lifetime(_ answer: HTTPResponse) throws -> Int64 {
        (try answer.json["expires_in"]?.intValue ?? 3_600) / 60
    }

    /// Status of a read with a token.
    private func users(_ token: String) async throws -> Int {
        try await scene.browser.get(
            "\(target.base)/Users?startIndex=1&count=1", ["Authorization": "Bearer \(token)"]
        ).status
    }
}
