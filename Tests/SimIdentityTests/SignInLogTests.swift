import SimCore
import SimDirectory
import SimErrors
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("The sign-in log — Graph's signIn, issue 4 point 8")
struct SignInLogTests {
    @Test("one sign-in leaves an entry for each stop, under one correlation id")
    func interactive() throws {
        let browser = Browser()
        try browser.add(policy("mfa", .enabled, demand(.mfa)))
        let wrong = try browser.enterPassword("ada", "guess", at: browser.authorizeTarget())
        let factor = try browser.submit(wrong, ["passwd": "pw-ada"])
        let stay = try browser.enterShownCode(factor)
        let answer = try browser.finish(stay)
        #expect(browser.signIns.codes == [50_126, 50_074, 50_140, 0])
        let entries = browser.signIns.entries
        #expect(Set(entries.map(\.correlationID)).count == 1)
        #expect(Set(entries.map(\.id)).count == 4)
        let last = try #require(entries.last)
        #expect(last.kind == .interactiveUser)
        #expect(last.id.description == answer.headers["x-ms-request-id"])
        let json = last.json
        #expect(json["userPrincipalName"] == "ada@fabrikam.example")
        #expect(json["userId"]?.stringValue == Fixture.user("ada").description)
        #expect(json["appDisplayName"] == "Web")
        #expect(json["appId"]?.stringValue == Fixture.app("web").description)
        #expect(json["resourceDisplayName"] == "Microsoft Graph")
        #expect(json["ipAddress"] == "127.0.0.1")
        #expect(json["clientAppUsed"] == "Browser")
        #expect(json["isInteractive"] == true)
        #expect(json["conditionalAccessStatus"] == "success")
        #expect(json["authenticationRequirement"] == "multiFactorAuthentication")
        #expect(json["createdDateTime"] == "2026-01-05T08:00:00Z")
        #expect(json["status"]?["errorCode"] == 0)
        let applied = try #require(json["appliedConditionalAccessPolicies"]?.arrayValue?.first)
        #expect(applied["displayName"] == "mfa")
        #expect(applied["result"] == "success")
        let first = entries[0].json
        #expect(first["status"]?["errorCode"] == 50_126)
        #expect(
            first["status"]?["failureReason"]
                == "Error validating credentials due to invalid username or password.")
        #expect(browser.signIns.entries[1].json["conditionalAccessStatus"] == "failure")
    }

    @Test("a name nobody has is logged as typed")
    func unknownName() throws {
        let browser = Browser()
        _ = try browser.enterUserName("Nobody@fabrikam.example", at: browser.authorizeTarget())
        _ = try browser.request(
            "token", PasswordGrantTests.values, ["username": "ghost@fabrikam.example"])
        #expect(browser.signIns.codes == [50_034, 50_034])
        let names = browser.signIns.entries.map { $0.json["userPrincipalName"]?.stringValue }
        #expect(names == ["nobody@fabrikam.example", "ghost@fabrikam.example"])
        #expect(browser.signIns.entries.allSatisfy { $0.json["userId"] == "" })
    }

    @Test("every grant is logged in its own way; a code only when it fails")
    func grants() throws {
        let flows = try PreparedFlows()
        let sink = flows.browser.signIns
        let before = sink.entries.count
        _ = try flows.attempt(.refresh)
        _ = try flows.attempt(.onBehalf)
        _ = try flows.attempt(.password)
        _ = try flows.attempt(.silent)
        _ = try flows.attempt(.redemption)
        _ = try flows.attempt(.redemption)
        _ = try flows.browser.request(
            "token",
            [
                "grant_type": "client_credentials",
                "client_id": Fixture.app("daemon").description, "client_secret": "wrong",
                "scope": "api://orders/.default",
            ])
        let entries = sink.entries.dropFirst(before)
        #expect(entries.map(\.errorCode) == [0, 0, 0, 0, 54_005, 7_000_215])
        #expect(
            entries.map(\.kind) == [
                .nonInteractiveUser, .nonInteractiveUser, .interactiveUser, .nonInteractiveUser,
                .nonInteractiveUser, .servicePrincipal,
            ])
        #expect(
            entries.map(\.incomingToken) == [
                "refreshToken", "accessToken", "none", "none", "none", "none",
            ])
        let daemon = try #require(entries.last).json
        #expect(daemon["servicePrincipalName"] == "Daemon")
        #expect(daemon["userPrincipalName"] == "")
        #expect(daemon["signInEventTypes"] == ["servicePrincipal"])
    }

    @Test("nobody's tenant has a log, and no entry holds a secret")
    func secrets() throws {
        let browser = Browser()
        _ = try browser.request("token", PasswordGrantTests.values, tenant: "nowhere.example")
        #expect(browser.signIns.entries.isEmpty)
        _ = try browser.request("token", PasswordGrantTests.values, ["password": "s3cret guess"])
        _ = try browser.enterPassword("ada", "s3cret guess", at: browser.authorizeTarget())
        #expect(browser.signIns.entries.count == 2)
        for entry in browser.signIns.entries {
            #expect(!entry.json.text.contains("s3cret"))
        }
    }

    @Test("what a fault refuses is an attempt too, with app and person")
    func faults() throws {
        let browser = Browser()
        let error = try #require(AADSTSCatalogue.entry(50_076).map { AADSTSError(entry: $0) })
        var fields = FormFields()
        for (name, value) in PasswordGrantTests.values { fields.append(name, value ?? "") }
        let request = HTTPRequest(
            method: .post, target: browser.tokenTarget, body: Array(fields.encoded().utf8))
        let response = browser.platform.refusal(
            error, of: request, at: .token, now: browser.now)
        #expect(response.refusedWith == 50_076)
        let entry = try #require(browser.signIns.entries.last)
        #expect(entry.errorCode == 50_076)
        #expect(entry.person?.id == Fixture.user("ada"))
        #expect(entry.app.displayName == "Console")
    }

    @Test("a refusal behind the password is the last entry of its sign-in")
    func unfit() throws {
        let browser = Browser()
        _ = try browser.signIn(at: browser.authorizeTarget("closed"))
        #expect(browser.signIns.codes.last == 0)
        browser.forgetCookies()
        let page = try browser.finish(
            try browser.enterPassword("ben", "pw-ben", at: browser.authorizeTarget("closed")))
        #expect(page.refusedWith == 50_105)
        #expect(browser.signIns.codes.last == 50_105)
    }
}
