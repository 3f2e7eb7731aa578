import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimProvisioning

@Suite("Requests to the target's token endpoint and their answers — provisioning.md §10.1, §10.2")
struct TokenGrantTests {
    private static let secret = "p&ss w:rd/%é"
    private static let url = "https://Auth.example:9443/oauth/token?v=1"

    private func grant(_ authentication: TargetAuthentication) throws -> TokenGrant {
        try #require(
            try TokenGrant(
                authentication, appID: TestDirectory.appID, origin: "https://localhost:8443"))
    }

    private func client(
        _ location: OAuthClientCredentials.Location, scope: String? = nil, url: String = Self.url
    ) throws -> TokenGrant {
        try grant(
            .clientCredentials(
                OAuthClientCredentials(
                    tokenEndpoint: url, clientID: "prov isioner", clientSecret: Self.secret,
                    location: location, scope: scope)))
    }

    private func workload(_ exchange: WorkloadIdentity.Exchange) throws -> TokenGrant {
        try grant(
            .workloadIdentity(
                WorkloadIdentity(
                    tokenEndpoint: Self.url, clientID: "sa-1", exchange: exchange,
                    audience: "https://aud.example", scope: "scim")))
    }

    @Test("client credentials in the form")
    func body() throws {
        let request = try client(.body, scope: "scim.full").request()
        #expect(request.method == .post)
        #expect(request.target == "/oauth/token?v=1")
        #expect(request.headers["Authorization"] == nil)
        #expect(request.headers["Content-Type"] == "application/x-www-form-urlencoded")
        #expect(
            String(decoding: request.body, as: UTF8.self)
                == "grant_type=client_credentials&client_id=prov+isioner"
                + "&client_secret=p%26ss+w%3Ard%2F%25%C3%A9&scope=scim.full")
    }

    @Test("client credentials in the header: each part form-encoded first, RFC 6749 §2.3.1")
    func header() throws {
        let request = try client(.header).request()
        let pair = "prov+isioner:p%26ss+w%3Ard%2F%25%C3%A9"
        #expect(
            request.headers["Authorization"] == "Basic " + Base64.encode(Array(pair.utf8)))
        #expect(
            String(decoding: request.body, as: UTF8.self) == "grant_type=client_credentials")
    }

    @Test("a tenant's token as client assertion, and as subject of an exchange, §10.2")
    func federation() throws {
        let assertion = try workload(.clientAssertion).request(assertion: "a.b.c")
        #expect(
            String(decoding: assertion.body, as: UTF8.self)
                == "grant_type=client_credentials&client_id=sa-1&client_assertion=a.b.c"
                + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3A"
                + "client-assertion-type%3Ajwt-bearer&scope=scim")
        let exchange = try workload(.tokenExchange).request(assertion: "a.b.c")
        #expect(
            String(decoding: exchange.body, as: UTF8.self)
                == "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"
                + "&subject_token=a.b.c"
                + "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt"
                + "&audience=https%3A%2F%2Faud.example&scope=scim"
                + "&requested_token_type="
                + "urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token")
    }

    @Test("without another app named, the enterprise app's own token is presented")
    func application() throws {
        #expect(try workload(.clientAssertion).application == TestDirectory.appID)
        #expect(try client(.body).application == nil)
    }

    @Test(
        "an address",
        arguments: [
            ("https://Auth.example/token", "https://auth.example", "/token"),
            ("https://auth.example:444/a/b/?x=1&y#z", "https://auth.example:444", "/a/b/?x=1&y"),
            ("https://auth.example", "https://auth.example", "/"),
            ("https://auth.example?x", "https://auth.example", "/?x"),
            ("http://[::1]:80/t", "http://[::1]", "/t"),
            ("{origin}/apps/x/token", "https://localhost:8443", "/apps/x/token"),
        ])
    func address(_ text: String, _ origin: String, _ target: String) throws {
        let address = try TokenEndpointAddress(parsing: text, origin: "https://localhost:8443")
        #expect(address.origin == origin)
        #expect(address.target == target)
    }

    @Test("an address that is none stops the job before anything is sent, in its own words")
    func badAddress() throws {
        let directory = TestDirectory {
            $0.authentication = .clientCredentials(
                OAuthClientCredentials(
                    tokenEndpoint: "ftp://x/token", clientID: "c", clientSecret: "s"))
        }
        let error = #expect(throws: ProvisioningJob.ConfigurationError.self) {
            try directory.job()
        }
        #expect(
            error?.explanation
                == "the token endpoint starts with 'ftp', not with https:// or http://")
    }

    @Test(
        "an answer's life",
        arguments: [
            (#""expires_in":7200"#, 7_200), (#""expires_in":"7200""#, 7_200),
            (#""expires_in":59.9"#, 59), (#""expires_in":0"#, 0), (#""expires_in":null"#, 3_600),
            (#""scope":"x""#, 3_600), (#""expires_in":1e300"#, 315_360_000),
        ])
    func lifetime(_ member: String, _ seconds: Int) throws {
        let body = #"{"access_token":"t0k","token_type":"bearer",\#(member)}"#
        let token = try client(.body).token(
            HTTPResponse(status: 200, body: Array(body.utf8)), at: TestDirectory.start)
        #expect(token.value == "t0k")
        #expect(token.lifetime == .seconds(seconds))
        #expect(token.expiresAt == TestDirectory.start + .seconds(seconds))
    }

    @Test(
        "an answer in which there is no token to use",
        arguments: [
            ("<html>t0k-en</html>", "no JSON object"), ("[]", "no JSON object"),
            ("{}", "there is no 'access_token'"), (#"{"token":"t0k-en"}"#, "no 'access_token'"),
            (#"{"access_token":""}"#, "no 'access_token'"),
            (#"{"access_token":{"t0k-en":1}}"#, "no 'access_token'"),
            (#"{"access_token":"t0k-en\r\nX: y"}"#, "cannot stand in a header"),
            (#"{"access_token":"t0k en"}"#, "cannot stand in a header"),
            (#"{"access_token":"t0k-en","token_type":"mac"}"#, "not Bearer"),
            (#"{"access_token":"t0k-en","expires_in":-1}"#, "no number of seconds"),
            (#"{"access_token":"t0k-en","expires_in":"soon"}"#, "no number of seconds"),
        ])
    func malformed(_ body: String, _ reason: String) throws {
        let grant = try client(.body)
        let error = #expect(throws: AccessTokenFailure.self) {
            try grant.token(
                HTTPResponse(status: 200, body: Array(body.utf8)), at: TestDirectory.start)
        }
        let failure = try #require(error).connectionFailure
        #expect(failure.code == .credentialValidationUnavailable)
        #expect(failure.details.contains(reason), "\(failure.details)")
        #expect(failure.details.contains("https://auth.example:9443/oauth/token?v=1"))
        #expect(!failure.details.contains("t0k"))
    }

    @Test("a token of 16 KB is taken, one byte more is not")
    func tokenSize() throws {
        let grant = try client(.body)
        for (count, isTaken) in [(16_384, true), (16_385, false)] {
            let body = #"{"access_token":"\#(String(repeating: "x", count: count))"}"#
            let response = HTTPResponse(status: 200, body: Array(body.utf8))
            let token = try? grant.token(response, at: TestDirectory.start)
            #expect((token != nil) == isTaken)
        }
    }

    @Test(
        "a refusal is shown with its status, without the secret in any spelling",
        arguments: [
            (400, "BadRequest", ProvisioningErrorCode.credentialValidationFailure),
            (401, "Unauthorized", .credentialValidationFailure),
            (404, "NotFound", .credentialValidationFailure),
            (429, "TooManyRequests", .credentialValidationUnavailable),
            (500, "InternalServerError", .credentialValidationUnavailable),
            (302, "Found", .credentialValidationUnavailable),
        ])
    func refusal(_ status: Int, _ name: String, _ code: ProvisioningErrorCode) throws {
        let grant = try client(.header)
        let basic = try #require(grant.request().headers["Authorization"]).dropFirst(6)
        let body =
            #"{"error":"invalid_client","was":"\#(Self.secret) p%26ss+w%3Ard%2F%25%C3%A9"}"#
        let error = #expect(throws: AccessTokenFailure.self) {
            try grant.token(
                HTTPResponse(
                    status: status, headers: ["X-Echo": "Basic \(basic)"],
                    body: Array(body.utf8)), at: TestDirectory.start)
        }
        let failure = try #require(error).connectionFailure
        #expect(failure.code == code)
        #expect(failure.outerCode == "CredentialValidationUnavailable")
        #expect(failure.status == status)
        #expect(
            failure.details == """
                We were not able to acquire an access token for your application. The token \
                endpoint returned this unexpected response:\r\n\r\nReceived response from Web \
                resource.\r\n  Resource: https://auth.example:9443/oauth/token?v=1\r\n  \
                Operation: POST\r\n  Response Status Code: \(name)\r\n  \
                Response Headers: X-Echo: Basic ‹secret›\r\n  \
                Response Content: {"error":"invalid_client","was":"‹secret› ‹secret›"}
                """)
    }

    @Test("what is kept of an answer holds no value that could be a token")
    func kept() {
        func kept(_ status: Int, _ body: String) -> String {
            String(
                decoding: TokenGrant.kept(HTTPResponse(status: status, body: Array(body.utf8)))
                    .body, as: UTF8.self)
        }
        #expect(
            kept(200, #"{"access_token":"a","expires_in":60,"token_type":"Bearer","x":["a"]}"#)
                == #"{"access_token":"‹secret›","expires_in":60,"token_type":"Bearer","x":"‹secret›"}"#
        )
        #expect(kept(200, "access_token=a") == "‹secret›")
        #expect(kept(204, "") == "")
        #expect(kept(401, #"{"error":"invalid_client"}"#) == #"{"error":"invalid_client"}"#)
    }
}
