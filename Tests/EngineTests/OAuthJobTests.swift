import SimCore
import SimPortal
import SimProvisioning
import Testing

@testable import EntraSim

@Suite("Jobs with access tokens in a running simulator — provisioning.md §10.1, §10.2")
struct OAuthJobTests {
    private static let crew = [
        "ines@harbour.example", "joao@harbour.example", "kari@harbour.example",
    ]

    @Test(
        "client credentials, in header or form, provision through three virtual days of tokens",
        arguments: ["header", "body"])
    func threeDays(_ location: String) async throws {
        let harbour = try Harbour(ledger: Harbour.ledger(location: location))
        let ran = try await harbour.simulator.clock.advance(by: .days(3))
        let cycles = ran.filter { $0.what.hasPrefix("Ledger:") }
        #expect(cycles.count == 108)
        #expect(cycles.first?.what == "Ledger: initial cycle, 4 created, 2 updated")
        #expect(cycles.dropFirst().allSatisfy { $0.what.hasSuffix("nothing to send") })
        #expect(try await harbour.people("ledger") == Self.crew)
        // A token of an hour serves two cycles 40 minutes apart, not a third.
        let requests = harbour.tokenRequests()
        #expect(requests.count == 54)
        #expect(requests.allSatisfy { $0.status == 200 })
        #expect(try harbour.runner("Ledger").jobState.statusCode == .active)
    }

    @Test(
        "a workload identity, as client assertion or by exchange, does too",
        arguments: ["clientAssertion", "tokenExchange"])
    func federation(_ exchange: String) async throws {
        let harbour = try Harbour(manifest: Harbour.manifest(exchange: exchange), minutes: 360)
        let ran = try await harbour.simulator.clock.advance(by: .days(3))
        let cycles = ran.filter { $0.what.hasPrefix("Manifest:") }
        #expect(cycles.count == 108)
        #expect(cycles.allSatisfy { !$0.what.contains("failed") })
        #expect(try await harbour.people("manifest") == Self.crew)
        // Six hours: nine cycles with one token.
        let requests = harbour.tokenRequests("manifest")
        #expect(requests.count == 12)
        #expect(requests.allSatisfy { $0.status == 200 })
    }

    @Test(
        "a fork's jobs get their tokens from the fork's own apps, by secret and by federation",
        arguments: ["Ledger", "Manifest"])
    func forked(_ app: String) async throws {
        let harbour = try Harbour()
        try await harbour.simulator.branches.fork("test-1")
        let run = try await harbour.simulator.provisioning(of: app, in: "test-1").runCycle()
        #expect(run.state == .succeeded)
        #expect(run.counts.created > 0)
        let name = app.lowercased()
        #expect(harbour.tokenRequests("\(name)-test-1").map(\.status) == [200])
        #expect(harbour.tokenRequests(name).isEmpty)
    }

    @Test("a member who joins on the second day is sent with a later token")
    func joiner() async throws {
        let harbour = try Harbour()
        _ = try await harbour.simulator.clock.advance(by: .days(1))
        try harbour.simulator.directory.disable(user: "kari@harbour.example")
        let ran = try await harbour.simulator.clock.advance(by: .days(1))
        #expect(ran.contains { $0.what == "Ledger: incremental cycle, 1 disabled" })
        #expect(ran.contains { $0.what == "Manifest: incremental cycle, 1 disabled" })
    }

    @Test("a revoked client: quarantine at once; its new secret entered: recovery")
    func revoked() async throws {
        let folder = try DataFolder()
        let harbour = try Harbour { $0.dataFolder = folder.path }
        try await harbour.ledger.runCycle()
        try await harbour.press("keys/client-entra/revoke", of: "ledger")
        let failed = try await harbour.ledger.runCycle()
        #expect(failed.state == .failed)
        let quarantine = try #require(try harbour.runner("Ledger").jobState.quarantine)
        #expect(quarantine.reason == .encounteredQuarantineException)
        #expect(
            quarantine.error.code
                == "SystemForCrossDomainIdentityManagementCredentialValidationFailure")
        #expect(quarantine.error.message.contains("invalid_client"))
        #expect(quarantine.error.message.contains("Response Status Code: Unauthorized"))
        // Manifest has a client of its own.
        #expect(try await harbour.manifest.runCycle().state == .succeeded)

        let page = try await harbour.press("keys/client-entra/secret", of: "ledger")
        let start = try #require(page.firstRange(of: "class=\"secret\" tabindex=\"0\">"))
        let secret = String(page[start.upperBound...].prefix { $0 != "<" })
        try await harbour.set("Ledger") { $0.clientSecret = secret }
        let ran = try await harbour.simulator.clock.advance(by: .days(1))
        #expect(try harbour.runner("Ledger").jobState.quarantine == nil)
        let after = ran.filter { $0.what.hasPrefix("Ledger:") }
        // Quarantined until the next attempt after six hours, then every 40 minutes again.
        #expect(after.first?.at == "2026-01-05T14:00:00Z")
        #expect(after.count == 1 + 27)
        #expect(after.allSatisfy { !$0.what.contains("failed") })
    }

    @Test("a wrong secret entered: the token at hand serves on, then quarantine, then recovery")
    func wrongSecret() async throws {
        let harbour = try Harbour()
        try await harbour.ledger.runCycle()
        try await harbour.set("Ledger") { $0.clientSecret = "wrong" }
        // Other credentials need another token, whatever the old one is still good for.
        #expect(try await harbour.ledger.runCycle().state == .failed)
        try await harbour.set("Ledger") { $0.clientSecret = Harbour.secret }
        #expect(try await harbour.ledger.runCycle().state == .succeeded)
        #expect(try harbour.runner("Ledger").jobState.quarantine == nil)
    }

    @Test("the token ends while nobody looks: the next cycle has a new one, not a 401")
    func idle() async throws {
        let harbour = try Harbour { $0.runsJobsOnSchedule = false }
        try await harbour.ledger.runCycle()
        let before = harbour.simulator.journal.latest
        _ = try await harbour.simulator.clock.advance(by: .days(2))
        #expect(try await harbour.ledger.runCycle().state == .succeeded)
        #expect(harbour.tokenRequests(after: before).count == 1)
        #expect(!harbour.simulator.journal.exchanges(after: before).contains { $0.status == 401 })
    }

    @Test("a token the target forgot is replaced after one 401, and the call sent again")
    func forgotten() async throws {
        let harbour = try Harbour()
        try await harbour.ledger.runCycle()
        try harbour.simulator.faults.add(
            #"{"where": "scim", "when": {"times": 1}, "what": {"status": 401}}"#)
        let before = harbour.simulator.journal.latest
        #expect(try await harbour.ledger.runCycle().state == .succeeded)
        let sent = harbour.simulator.journal.exchanges(after: before).filter {
            $0.direction == .outbound
        }
        #expect(sent.prefix(3).map(\.status) == [401, 200, 200])
        #expect(sent[1].target.hasSuffix("/oauth2/token"))
        #expect(sent[0].target == sent[2].target)
    }

    @Test("no secret, token or assertion in journal, wire, log, status or settings shown")
    func secrecy() async throws {
        let harbour = try Harbour()
        let wire = try await harbour.perform(
            .provisioning(tenant: "harbour", app: "Ledger", .run(recordsWire: true)))
        _ = try await harbour.perform(
            .provisioning(tenant: "harbour", app: "Manifest", .run(recordsWire: true)))
        try await harbour.set("Ledger") { $0.clientSecret = "another-secret" }
        let failed = try await harbour.perform(
            .provisioning(tenant: "harbour", app: "Ledger", .run(recordsWire: true)))
        #expect(failed["state"] == "Failed")
        let shown = try await harbour.perform(.application(tenant: "harbour", .show("Ledger")))
        #expect(shown["provisioning"]?["authentication"]?["hasClientSecret"] == true)
        // Sent by the job and received by the sample app, both.
        let exchanges = harbour.simulator.journal.exchanges()
        #expect(Set(exchanges.map(\.direction)).count == 2)
        let journal = exchanges.map { "\($0.target) \($0.requestBody) \($0.responseBody)" }
            .joined()
        let texts = [
            wire.text, failed.text, shown.text, journal,
            try await harbour.ledger.logTexts().joined(),
            try await harbour.manifest.logTexts().joined(), try harbour.ledger.statusText(),
        ].joined()
        #expect(texts.contains("grant_type=client_credentials"))
        for secret in [
            Harbour.secret, "sail+", "another-secret", "eyJ",
            Base64.encode(Array("entra:sail".utf8)).dropLast(4).description,
        ] {
            #expect(!texts.contains(secret), "\(secret)")
        }
        // Token requests are part of `--wire`, in front of the calls that waited for them.
        let first = wire["wire"]?.arrayValue?.first
        #expect(first?["url"]?.stringValue?.hasSuffix("/apps/ledger/oauth2/token") == true)
        #expect(first?["responseBody"]?.stringValue?.contains("‹") == true)
    }

    @Test("Test Connection asks for a token of its own, with saved or other credentials")
    func testConnection() async throws {
        let harbour = try Harbour()
        try await harbour.ledger.runCycle()
        let before = harbour.simulator.journal.latest
        #expect(try await harbour.test()["success"] == true)
        #expect(harbour.tokenRequests(after: before).count == 1)
        let wrong = try await harbour.test { $0.clientSecret = "wrong" }
        #expect(wrong["success"] == false)
        #expect(wrong["httpStatus"] == "401")
        #expect(
            wrong["text"]?.stringValue?.contains(
                "We were not able to acquire an access token for your application.") == true)
        // A client without the scope gets a token, and 403 from SCIM.
        let reader = try await harbour.test {
            $0.clientID = "reader"
            $0.clientSecret = "r"
        }
        #expect(reader["httpStatus"] == "403")
        let nowhere = try await harbour.test { $0.location = .unsupported("cookie") }
        #expect(
            nowhere["message"]
                == """
                Supported CredentialLocationInRequest is required. This parameter determines \
                whether client credentials are included in the request header or body during \
                token acquisition.
                """)
        // Nothing of it was stored.
        #expect(try await harbour.ledger.runCycle().state == .succeeded)
    }

    @Test("a workload app that is disabled gets no token: the reason is the login endpoint's")
    func disabledApp() async throws {
        let harbour = try Harbour()
        var settings = ApplicationSettings()
        settings.accountEnabled = false
        _ = try await harbour.perform(.application(tenant: "harbour", .set("Manifest", settings)))
        let answer = try await harbour.test("Manifest")
        #expect(answer["success"] == false)
        #expect(
            answer["code"] == "SystemForCrossDomainIdentityManagementInvalidCredentials")
        #expect(answer["message"]?.stringValue?.contains("7000112") == true)
        #expect(answer["httpStatus"] == .null)
    }

    @Test("another app's token can be presented; the target does not trust it")
    func otherApp() async throws {
        let harbour = try Harbour()
        let answer = try await harbour.test("Manifest") { $0.application = .set("Ledger") }
        #expect(answer["httpStatus"] == "401")
        #expect(
            answer["message"]?.stringValue?.contains("subject is not trusted") == true)
        await #expect(throws: ControlError.self) {
            try await harbour.test("Manifest") { $0.application = .set("Legder") }
        }
    }

    @Test("on demand and preview use the job's token")
    func sharedToken() async throws {
        let harbour = try Harbour()
        _ = try await harbour.ledger.previewText()
        _ = try await harbour.perform(
            .provisioning(
                tenant: "harbour", app: "Ledger", .onDemand(.user("ines@harbour.example"))))
        try await harbour.ledger.runCycle()
        #expect(harbour.tokenRequests().count == 1)
        #expect(try await harbour.people("ledger") == Self.crew)
    }

    @Test("what is configured survives a restart; tokens do not")
    func restart() async throws {
        let folder = try DataFolder()
        let secret = "stored secret"
        do {
            let harbour = try Harbour { $0.dataFolder = folder.path }
            try await harbour.set("Ledger") { $0.clientSecret = secret }
            harbour.simulator.stop()
        }
        let again = try Harbour { $0.dataFolder = folder.path }
        let job = try again.runner("Ledger").configured()
        guard case .clientCredentials(let client) = job.configuration.authentication else {
            Issue.record("\(job.configuration.authentication)")
            return
        }
        #expect(client.clientSecret == secret)
        #expect(client.location == .header)
        #expect(try await again.manifest.runCycle().state == .succeeded)
    }
}
