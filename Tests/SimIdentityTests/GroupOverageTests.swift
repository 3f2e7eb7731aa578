import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Group claims and where the rest is read — identity-platform.md §4.5")
struct GroupOverageTests {
    /// A browser whose ada is in `count` groups, two of them from the fixture, and whose
    /// application asks for security groups.
    private func browser(
        groups count: Int, app name: String = "web", mailOnly: Bool = false
    ) throws -> Browser {
        let browser = Browser()
        var app = try #require(
            browser.tenant.snapshot().application(appID: Fixture.app(name)))
        app.groupMembershipClaims = "SecurityGroup"
        var events: [TenantEvent] = [.applicationChanged(app)]
        for number in 0..<(count - 2) {
            let id = GroupID(Fixture.id("many \(number)"))
            events.append(
                .groupCreated(
                    Group(
                        id: id, displayName: "Many \(number)", mailNickname: "many\(number)",
                        securityEnabled: !mailOnly, createdAt: Fixture.start)))
            events.append(.memberAdded(id, .user(Fixture.user("ada"))))
        }
        try browser.tenant.append(events, at: browser.now)
        return browser
    }

    private func graphToken(_ browser: Browser, _ user: String = "ada") throws -> HTTPHeaders {
        browser.forgetCookies()
        let tokens = try browser.tokens(user, changing: ["scope": "openid profile"])
        let token = try #require(tokens["access_token"]?.stringValue)
        return ["Authorization": "Bearer \(token)"]
    }

    private func ask(
        _ browser: Browser, _ path: String, _ headers: HTTPHeaders,
        body: String = #"{"securityEnabledOnly":false}"#
    ) throws -> HTTPResponse {
        try browser.send(
            HTTPRequest(
                method: .post, target: path, headers: headers, body: Array(body.utf8)))
    }

    @Test("200 groups are named, transitive ones included")
    func most() throws {
        let claims = try browser(groups: 200).tokens().claims("id_token")
        #expect(claims["groups"]?.arrayValue?.count == 200)
        #expect(claims["_claim_names"] == nil)
    }

    @Test("the 201st leaves an address instead, and the address answers with all of them")
    func overage() throws {
        let browser = try browser(groups: 201)
        let claims = try browser.tokens().claims("id_token")
        #expect(claims["groups"] == nil)
        #expect(claims["_claim_names"] == ["groups": "src1"])
        let path = "/\(Fixture.tenant)/users/\(Fixture.user("ada"))/getMemberObjects"
        #expect(
            claims["_claim_sources"]?["src1"]?["endpoint"]?.stringValue == Fixture.origin + path)
        let body = try ask(browser, path, try graphToken(browser)).json
        #expect(body["value"]?.arrayValue?.count == 201)
        #expect(
            body["odata.metadata"]?.stringValue
                == "https://graph.windows.net/\(Fixture.tenant)/$metadata#Collection(Edm.String)")
    }

    @Test("with Microsoft's issuers the address is Microsoft's too")
    func microsoft() throws {
        let browser = try browser(groups: 201)
        browser.settings.issuers = .microsoft
        let source = try browser.tokens().claims("id_token")["_claim_sources"]
        #expect(
            source?["src1"]?["endpoint"]?.stringValue?.hasPrefix("https://graph.windows.net/")
                == true)
    }

    @Test(
        "an answer in an address names five groups, and says hasgroups for six",
        arguments: [5, 6])
    func implicit(_ count: Int) throws {
        let browser = try browser(groups: count, app: "implicit")
        let answer = try browser.signIn(
            at: browser.authorizeTarget("implicit", changing: ["response_type": "id_token"]))
        let body: JSONObject = [
            "id_token": .string(try #require(answer.redirected?["id_token"]))
        ]
        let claims = try body.claims("id_token")
        #expect(claims["groups"]?.arrayValue?.count == (count == 5 ? 5 : nil))
        #expect(claims["hasgroups"]?.boolValue == (count == 5 ? nil : true))
        #expect(claims["_claim_sources"] == nil)
    }

    @Test("security groups only, on request; Graph's own path has Graph's context")
    func securityOnly() throws {
        let browser = try browser(groups: 4, mailOnly: true)
        let path = "/v1.0/users/ada%40fabrikam.example/getMemberObjects"
        let headers = try graphToken(browser)
        let body = try ask(
            browser, path, headers, body: #"{"securityEnabledOnly":true}"#
        ).json
        #expect(body["value"]?.arrayValue?.count == 2)
        #expect(
            body["@odata.context"]
                == "https://graph.microsoft.com/v1.0/$metadata#Collection(Edm.String)")
        #expect(try ask(browser, path, headers).json["value"]?.arrayValue?.count == 4)
    }

    @Test(
        "readers of the directory are told of everybody, transitive groups included",
        arguments: ["GroupMember.Read.All", "Directory.Read.All", "User.Read.All"])
    func readers(_ permission: String) throws {
        let browser = Browser()
        let path = "/v1.0/users/\(Fixture.user("ada"))/getMemberObjects"
        let own = try ask(browser, path, try graphToken(browser)).json["value"]
        // Ada is in a group that is in another one.
        #expect((own?.arrayValue?.count ?? 0) > 1)
        let ben = try graphToken(browser, "ben")
        #expect(try ask(browser, path, ben).status == 403)
        try browser.list("web", graph: [permission])
        try browser.append(
            .granted(
                PermissionGrant(
                    id: GrantID(Fixture.id("readers")), client: Fixture.principal("web"),
                    resource: Browser.graph.servicePrincipal.id, consent: .allPrincipals,
                    scopes: ["openid", "profile", permission])))
        browser.forgetCookies()
        let scope = "openid profile https://graph.microsoft.com/\(permission)"
        let tokens = try browser.tokens("ben", changing: ["scope": scope])
        let token = try #require(tokens["access_token"]?.stringValue)
        let answer = try ask(browser, path, ["Authorization": "Bearer \(token)"])
        #expect(try answer.json["value"] == own)
    }

    @Test("strangers, nobody and nonsense are refused in Graph's envelope")
    func refusals() throws {
        let browser = Browser()
        let headers = try graphToken(browser)
        let mine = "/v1.0/users/\(Fixture.user("ada"))/getMemberObjects"
        func code(_ response: HTTPResponse) throws -> String? {
            try response.json["error"]?["code"]?.stringValue
        }
        #expect(try ask(browser, mine, [:]).status == 401)
        #expect(try ask(browser, mine, ["Authorization": "Bearer x.y.z"]).status == 401)
        let other = try ask(
            browser, "/v1.0/users/\(Fixture.user("ben"))/getMemberObjects", headers)
        #expect(other.status == 403)
        #expect(try code(other) == "Authorization_RequestDenied")
        let nobody = try ask(browser, "/v1.0/users/nobody/getMemberObjects", headers)
        #expect(nobody.status == 404)
        #expect(try code(nobody) == "Request_ResourceNotFound")
        let elsewhere = try ask(
            browser, "/\(Fixture.otherTenant)/users/\(Fixture.user("ada"))/getMemberObjects",
            headers)
        #expect(elsewhere.status == 404)
        for body in ["", "{}", #"{"securityEnabledOnly":"no"}"#] {
            #expect(try code(ask(browser, mine, headers, body: body)) == "Request_BadRequest")
        }
        #expect(try browser.get(mine, headers).status == 405)
    }
}
