import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

/// The reference's full examples, byte for byte, with this tenant's own ids and times in them.
@Suite(
    "Answers as the service writes them — identity-platform.md §1.2, §2.2, §3, §11; aadsts.md §1")
struct ReferenceBodyTests {
    private let browser = Browser()
    private var base: String { "\(Fixture.origin)/\(Fixture.tenant)" }
    private static let time = "2026-01-05 08:00:00Z"

    /// The ids of an answer, which stand in its headers too.
    private func ids(_ response: HTTPResponse) throws -> (trace: String, correlation: String) {
        (
            try #require(response.headers["x-ms-request-id"]),
            try #require(response.headers["client-request-id"])
        )
    }

    /// A refusal's body up to `error_uri`, as aadsts.md §1.1 prints it.
    private func refusal(
        _ response: HTTPResponse, _ error: String, _ code: Int, _ message: String,
        then rest: String = ""
    ) throws -> String {
        let (trace, correlation) = try ids(response)
        return """
            {"error":"\(error)","error_description":"AADSTS\(code): \(message) \
            Trace ID: \(trace) Correlation ID: \(correlation) Timestamp: \(Self.time)",\
            "error_codes":[\(code)],"timestamp":"\(Self.time)","trace_id":"\(trace)",\
            "correlation_id":"\(correlation)",\
            "error_uri":"\(Fixture.origin)/error?code=\(code)"\(rest)}
            """
    }

    @Test(
        "discovery on an alias differs from a tenant's in addresses, issuer and region alone",
        arguments: [
            ("common", "{tenantid}"), ("organizations", "{tenantid}"),
            ("consumers", "9188040d-6c67-4c5b-b112-36a304b66dad"),
        ])
    func aliasDiscovery(alias: String, issuer: String) throws {
        let path = "v2.0/.well-known/openid-configuration"
        let own = try browser.get("/\(Fixture.tenant)/\(path)").text
        let expected =
            own
            .replacing("\"issuer\":\"\(base)/", "\"issuer\":\"\(Fixture.origin)/\(issuer)/")
            .replacing("\(base)/", "\(Fixture.origin)/\(alias)/")
            .replacing(#""tenant_region_scope":"WW""#, #""tenant_region_scope":null"#)
        #expect(try browser.get("/\(alias)/\(path)").text == expected)
    }

    @Test("v1 discovery on common has the template as issuer — §11.2")
    func commonV1() throws {
        let path = ".well-known/openid-configuration"
        let own = try browser.get("/\(Fixture.tenant)/\(path)").text
        let expected =
            own
            .replacing(
                "\"issuer\":\"\(base)/\"", "\"issuer\":\"\(Fixture.origin)/{tenantid}/\""
            )
            .replacing("\(base)/", "\(Fixture.origin)/common/")
            .replacing(#""tenant_region_scope":"WW""#, #""tenant_region_scope":null"#)
        #expect(try browser.get("/common/\(path)").text == expected)
    }

    @Test("the key document of v1 has neither cloud nor issuer — §6")
    func v1Keys() throws {
        let key = Fixture.signingKey
        #expect(
            try browser.get("/common/discovery/keys").text == """
                {"keys":[{"kty":"RSA","use":"sig","kid":"\(key.kid)","x5t":"\(key.kid)",\
                "n":"\(Base64.urlEncode(key.privateKey.publicKey.modulus))","e":"AQAB",\
                "x5c":["\(Base64.encode(key.certificate.der))"]}]}
                """)
    }

    @Test("instance discovery lists the clouds as the service does, and this host — §11.4")
    func instance() throws {
        let path = "/common/discovery/instance?authorization_endpoint="
        let asked = "https://login.microsoftonline.com/common/oauth2/v2.0/authorize"
        let document = "\(Fixture.origin)/common/v2.0/.well-known/openid-configuration"
        #expect(
            try browser.get("\(path)\(asked)&api-version=1.1").text == """
                {"tenant_discovery_endpoint":"\(document)","api-version":"1.1","metadata":[\
                {"preferred_network":"login.microsoftonline.com",\
                "preferred_cache":"login.windows.net","aliases":["login.microsoftonline.com",\
                "login.windows.net","login.microsoft.com","sts.windows.net"]},\
                {"preferred_network":"login.partner.microsoftonline.cn",\
                "preferred_cache":"login.partner.microsoftonline.cn",\
                "aliases":["login.partner.microsoftonline.cn","login.chinacloudapi.cn"]},\
                {"preferred_network":"login.microsoftonline.de",\
                "preferred_cache":"login.microsoftonline.de",\
                "aliases":["login.microsoftonline.de"]},\
                {"preferred_network":"login.microsoftonline.us",\
                "preferred_cache":"login.microsoftonline.us",\
                "aliases":["login.microsoftonline.us","login.usgovcloudapi.net"]},\
                {"preferred_network":"login-us.microsoftonline.com",\
                "preferred_cache":"login-us.microsoftonline.com",\
                "aliases":["login-us.microsoftonline.com"]},\
                {"preferred_network":"localhost:8443","preferred_cache":"localhost:8443",\
                "aliases":["localhost:8443"]}]}
                """)
        #expect(
            try browser.get("\(path)\(asked)&api-version=1.0").text
                == #"{"tenant_discovery_endpoint":"\#(document)","api-version":"1.0"}"#)
    }

    @Test("an unknown tenant is told apart by discovery and by the token endpoint — §11.1")
    func unknownTenant() throws {
        let text =
            "Tenant 'nowhere.example' not found. Check to make sure you have the correct tenant "
            + "ID and are signing into the correct cloud. Check with your subscription "
            + "administrator, this may happen if there are no active subscriptions for the tenant."
        let found = try browser.get("/nowhere.example/v2.0/.well-known/openid-configuration")
        #expect(found.text == (try refusal(found, "invalid_tenant", 90_002, text)))
        let asked = try browser.daemon(tenant: "nowhere.example")
        #expect(asked.text == (try refusal(asked, "invalid_request", 90_002, text)))
    }

    @Test("a wrong secret is refused in the service's words — §3.5")
    func wrongSecret() throws {
        let response = try browser.daemon(["client_secret": "guess"])
        let text =
            "Invalid client secret provided. Ensure the secret being sent in the request is the "
            + "client secret value, not the client secret ID, for a secret added to app "
            + "'\(Fixture.app("daemon"))'."
        #expect(response.text == (try refusal(response, "invalid_client", 7_000_215, text)))
        #expect(response.status == 401 && response.headers["WWW-Authenticate"] == nil)
    }

    @Test("a policy's block carries suberror and claims in v2, and its old name in v1 — §1.1")
    func blocked() throws {
        let refreshToken = try browser.refreshToken()
        let blocking = policy("bytes", .enabled, demand(.block))
        try browser.add(blocking)
        let response = try browser.refresh(refreshToken)
        let text =
            "Access has been blocked by Conditional Access policies. The access policy does not "
            + "allow token issuance."
        let claims =
            #"{\"access_token\":{\"capolids\":{\"essential\":true,\"values\":[\""#
            + blocking.id.description + #"\"]}}}"#
        #expect(
            response.text
                == (try refusal(
                    response, "invalid_grant", 53_003, text,
                    then: #","suberror":"message_only","claims":"\#(claims)""#)))
        let old = try browser.request(
            "token",
            [
                "grant_type": "refresh_token", "refresh_token": refreshToken,
                "client_id": Fixture.app("web").description, "client_secret": Fixture.webSecret,
            ], v1: true)
        let body = try old.json
        #expect(body["error"] == "interaction_required" && body["suberror"] == "message_only")
        #expect(body["claims"] == nil)
    }

    @Test("a device is answered in v2's members and v1's, text and numbers — §3.6")
    func device() throws {
        let response = try browser.device()
        let body = try response.json
        let user = try #require(body["user_code"]?.stringValue)
        let code = try #require(body["device_code"]?.stringValue)
        #expect(code.hasPrefix("1.AUcA") && code.contains(".AgAB"))
        let message =
            "To sign in, use a web browser to open the page \(Fixture.origin)/device and enter "
            + "the code \(user) to authenticate."
        #expect(
            response.text == """
                {"user_code":"\(user)","device_code":"\(code)",\
                "verification_uri":"\(Fixture.origin)/device","expires_in":900,"interval":5,\
                "message":"\(message)"}
                """)
    }

    @Test("userinfo has the documented members in their order — §4.8")
    func userInfo() throws {
        let tokens = try browser.tokens(changing: ["scope": "openid profile email"])
        let token = try #require(tokens["access_token"]?.stringValue)
        let subject = try #require(try tokens.claims("id_token")["sub"]?.stringValue)
        #expect(
            try browser.get("/oidc/userinfo", ["Authorization": "Bearer \(token)"]).text == """
                {"sub":"\(subject)","name":"Ada Park","family_name":"Park","given_name":"Ada",\
                "picture":"https://graph.microsoft.com/v1.0/me/photo/$value",\
                "email":"ada@fabrikam.example"}
                """)
    }

    @Test("realms are told in the documented members — §1.2")
    func realms() throws {
        #expect(
            try browser.get("/common/UserRealm/x@nowhere.example?api-version=1.0").text
                == #"{"ver":"1.0","account_type":"Unknown","#
                + #""cloud_instance_name":"microsoftonline.com","#
                + #""cloud_audience_urn":"urn:federation:MicrosoftOnline"}"#)
        #expect(
            try browser.get("/getuserrealm.srf?login=ada@fabrikam.example&json=1").text
                == #"{"State":4,"UserState":1,"Login":"ada@fabrikam.example","#
                + #""NameSpaceType":"Managed","DomainName":"fabrikam.example","#
                + #""FederationBrandName":"Fabrikam","#
                + #""CloudInstanceName":"microsoftonline.com","#
                + #""CloudInstanceIssuerUri":"urn:federation:MicrosoftOnline"}"#)
    }

    @Test("form_post is the page the service sends; for eyes and no script it has a look — §2.2")
    func formPost() throws {
        let answer = try browser.signIn(
            at: browser.authorizeTarget(changing: [
                "response_mode": "form_post", "client_info": nil, "state": "12345",
            ]))
        let (_, fields) = try answer.form()
        // A browser with script sees nothing of it: the page submits itself.
        let parts = answer.text.replacing(#" lang="en""#, with: "")
            .split(separator: "<noscript>", omittingEmptySubsequences: false)
        let seen = parts.dropFirst().map { $0.split(separator: "</noscript>", maxSplits: 1) }
        #expect(seen.count == 2)
        #expect(seen.last?.first?.contains("Script is disabled. Click Submit to continue.") == true)
        #expect(
            (parts.prefix(1) + seen.compactMap(\.last)).joined() == """
                <html><head><title>Working...</title></head><body><form method="POST" \
                name="hiddenform" action="\(Fixture.callback)">\
                <input type="hidden" name="code" value="\(fields["code"] ?? "")" />\
                <input type="hidden" name="state" value="12345" />\
                <input type="hidden" name="session_state" \
                value="\(fields["session_state"] ?? "")" /></form>\
                <script language="javascript">document.forms[0].submit();</script></body></html>
                """)
    }

    @Test("a refusal at the client's address is encoded as captured — aadsts.md §2")
    func redirect() throws {
        let response = try browser.authorize(["response_type": nil, "state": "1254:0e a"])
        let (trace, correlation) = try ids(response)
        let time = Self.time.replacing(" ", "+").replacing(":", "%3a")
        #expect(
            response.headers["Location"] == """
                \(Fixture.callback)?error=invalid_request&error_description=AADSTS900144%3a+The+\
                request+body+must+contain+the+following+parameter%3a+%27response_type%27.+\
                Trace+ID%3a+\(trace)+Correlation+ID%3a+\(correlation)+Timestamp%3a+\(time)\
                &error_uri=https%3a%2f%2flocalhost%3a8443%2ferror%3fcode%3d900144\
                &state=1254%3a0e+a#
                """)
    }

    @Test("the error look-up's table is the service's — aadsts.md §4")
    func lookup() throws {
        let text = try browser.get("/error?code=50058").text
        #expect(
            text.contains(
                "<table><tr><td>Error Code</td><td>50058</td></tr><tr><td>Message</td><td>"
                    + "A silent sign-in request was sent but no user is signed in.</td></tr>"
                    + "<tr><td>Remediation</td><td>Start an interactive sign-in</td></tr></table>"
            ))
    }
}

extension String {
    fileprivate func replacing(_ old: String, _ new: String) -> String {
        var text = ""
        var rest = self[...]
        while let found = rest.range(of: old) {
            text += rest[..<found.lowerBound] + new
            rest = rest[found.upperBound...]
        }
        return text + rest
    }
}
