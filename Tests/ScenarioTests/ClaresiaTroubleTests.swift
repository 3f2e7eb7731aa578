import EntraSim
import SimCore
import SimCrypto
import SimHTTP
import Testing

@Suite("Claresia: troubleshooting")
struct ClaresiaTroubleTests {
    @Test("step 12: a redirect URI typed wrong gives 50011; correcting it signs in")
    func redirectTypedWrong() async throws {
        let scene = try Scene()
        let client = try OIDCClient.claresia(scene)
        try scene.directory.setRedirectURIs(["http://localhost/calback"], of: "Claresia")
        let refused = try await scene.browser.get(client.authorizeTarget())
        #expect(refused.refusal == 50_011)
        #expect(refused.text.contains("http://localhost/callback"))
        try scene.directory.setRedirectURIs(["http://localhost/callback"], of: "Claresia")
        #expect(
            try await client.signIn("adele.vance@contoso.example").redirected?["code"] != nil)
    }

    @Test("step 12: a wrong verb gives 900561; the right one works", arguments: ["GET", "PUT"])
    func wrongVerb(_ verb: String) async throws {
        let scene = try Scene()
        let client = try OIDCClient.claresia(scene)
        let refused = try await scene.browser.send(
            HTTPRequest(
                method: HTTPMethod(rawValue: verb), target: "/\(client.tenant)/oauth2/v2.0/token"))
        #expect(refused.refusal == 900_561)
        let answer = try await client.token([
            "grant_type": "client_credentials", "scope": "https://graph.microsoft.com/.default",
        ])
        #expect(answer.status == 200)
    }

    @Test("step 12: a PUT on the sign-in page gives 900561 too")
    func wrongVerbOnAuthorize() async throws {
        let scene = try Scene()
        let client = try OIDCClient.claresia(scene)
        let refused = try await scene.browser.send(
            HTTPRequest(method: .put, target: client.authorizeTarget()))
        #expect(refused.refusal == 900_561)
    }

    @Test("step 12: ID tokens not ticked gives 700054; ticking the box is the remedy")
    func idTokensNotTicked() async throws {
        let scene = try Scene()
        let client = try OIDCClient.claresia(scene)
        try scene.directory.setIDTokens(issued: false, by: "Claresia")
        let implicit = ["response_type": "id_token", "response_mode": "fragment"]
        let refused = try await scene.browser.get(client.authorizeTarget(implicit))
        #expect(refused.refusal == 700_054)
        try scene.directory.setIDTokens(issued: true, by: "Claresia")
        let answer = try await client.signIn("adele.vance@contoso.example", implicit)
        #expect(answer.redirected?["id_token"] != nil)
    }

    @Test("step 12: a wrong bearer puts the job into quarantine; the right one ends it")
    func quarantine() async throws {
        let scene = try Scene()
        let claresia = scene.provisioning("Claresia")
        try await claresia.runCycle()
        try scene.directory.setProvisioning(of: "Claresia", token: "expired")
        try scene.directory.disable(user: "adele.vance@contoso.example")
        let before = scene.journal.latest
        let failed = try await claresia.runCycle()
        #expect(failed.state == .failed && failed.isInQuarantine)
        #expect(failed.errorCode != nil)
        #expect(scene.sent(after: before, "POST", "PATCH", "PUT", "DELETE").isEmpty)
        #expect(try claresia.statusText().contains("\"code\": \"Quarantine\""))
        // While it lasts the job looks again later and later, not every 40 minutes.
        let ran = try await scene.clock.advance(by: .seconds(2 * 3_600))
        #expect(ran.filter { $0.what.hasPrefix("Claresia:") }.count <= 1)
        try scene.directory.setProvisioning(of: "Claresia", token: "claresia-demo-scim-token")
        try await claresia.restart()
        let healed = try await claresia.runCycle()
        #expect(healed.state == .succeeded && !healed.isInQuarantine && healed.isInitial)
        #expect(try await scene.team("claresia").person("adele.vance@contoso.example").isArchived)
    }

    @Test("step 12: the bearer expired; a new one pasted in, the next attempt ends the quarantine")
    func expiredBearer() async throws {
        let scene = try Scene()
        let claresia = scene.provisioning("Claresia")
        try await claresia.runCycle()
        try scene.directory.setProvisioning(of: "Claresia", token: "expired-long-ago")
        try scene.directory.disable(user: "adele.vance@contoso.example")
        try await scene.clock.advance(by: .seconds(3 * 3_600))
        #expect(try claresia.statusText().contains("EncounteredQuarantineException"))
        #expect(
            try claresia.statusText().contains(
                "SystemForCrossDomainIdentityManagementCredentialValidationFailure"))
        #expect(try await claresia.testConnection().status == 401)
        try scene.directory.setProvisioning(of: "Claresia", token: "claresia-demo-scim-token")
        #expect(try await claresia.testConnection().isSuccess)
        // Pasting it in restarts nothing; the attempt due six hours after the first finds it good.
        #expect(try claresia.statusText().contains("\"code\": \"Quarantine\""))
        try await scene.clock.advance(by: .seconds(4 * 3_600))
        #expect(try claresia.statusText().contains("\"code\": \"Active\""))
        #expect(try await scene.team("claresia").person("adele.vance@contoso.example").isArchived)
    }

    @Test("step 12: Test Connection with a wrong token names 401, the right token clears it")
    func unauthorized() async throws {
        let scene = try Scene()
        let claresia = scene.provisioning("Claresia")
        let refused = try await claresia.testConnection(token: "wrong")
        #expect(!refused.isSuccess && refused.status == 401)
        #expect(refused.text.contains("HTTP 401 Unauthorized"))
        #expect(!refused.text.contains("wrong\n"))
        #expect(try await claresia.testConnection().isSuccess)
    }

    @Test("step 12: Test Connection with a token that may only read names 403")
    func forbidden() async throws {
        let scene = try Scene()
        let claresia = scene.provisioning("Claresia")
        let before = scene.journal.latest
        let refused = try await claresia.testConnection(token: "claresia-demo-read-only-token")
        #expect(try await claresia.testConnection().isSuccess)
        let asked = scene.sent(after: before)
        #expect(asked.count > 1 && asked.allSatisfy { $0.method == "GET" })
        #expect(!refused.isSuccess && refused.status == 403)
        #expect(refused.text.contains("HTTP 403 Forbidden"))
    }
}
