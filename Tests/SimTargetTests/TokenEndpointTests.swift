import SimCore
import SimHTTP
import SimTarget
import Testing

@Suite("A sample app's token endpoint — RFC 6749 §4.4, §5")
struct TokenEndpointTests {
    @Test("gives a token to a client that knows its secret, in the form or in the header")
    func token() throws {
        let app = try TokenApp()
        for answer in [
            app.post(TokenApp.good),
            app.post(TokenApp.basicForm, headers: TokenApp.basic(TokenApp.basicPair)),
        ] {
            #expect(answer.status == 200)
            #expect(answer.json["token_type"] == "Bearer")
            #expect(answer.json["expires_in"] == 3_600)
            #expect(answer.json["scope"] == "scim.full read")
            #expect(answer.response.headers["Cache-Control"] == "no-store")
            #expect(answer.response.headers["Pragma"] == "no-cache")
            #expect(answer.response.headers["Content-Type"] == "application/json; charset=utf-8")
            let value = try #require(answer.json["access_token"]?.stringValue)
            #expect(value.count == 43)
            #expect(app.scim(value).status == 200)
        }
    }

    @Test(
        "a lifetime in minutes",
        arguments: [(59, false), (60, true), (360, true), (361, false)])
    func lifetime(_ minutes: Int, _ isTaken: Bool) throws {
        do throws(SampleAppProblem) {
            let configuration = try SampleAppConfiguration(
                name: "demo", file: "targets/demo.json",
                bytes: Array(TokenApp.fixture(minutes).utf8))
            #expect(isTaken)
            #expect(configuration.oauth?.lifetime == .seconds(minutes * 60))
        } catch {
            #expect(!isTaken)
            #expect(error.path == "oauth.lifetimeMinutes")
            #expect(error.line == 6)
            #expect(error.reason == "'lifetimeMinutes' is a whole number from 60 to 360")
        }
    }

    @Test(
        "a fixture's mistake is named",
        arguments: [
            (#""tokenPath""#, #""tokenpath""#, "oauth.tokenpath", "did you mean 'tokenPath'?"),
            (#""/oauth2/token""#, #""/scim/v2/token""#, "oauth.tokenPath", nil),
            (#""/oauth2/token""#, #""token""#, "oauth.tokenPath", "begin with '/', end without"),
            (
                #""clientId":"reader""#, #""clientID":"reader""#, "oauth.clients[1].clientID",
                "did you mean 'clientId'?"
            ),
            (#""clientId":"reader""#, #""clientId":"prov:1""#, "oauth.clients[1].clientId", nil),
            (#""clientId":"wi""#, #""clientId":"reader""#, "oauth.federated[0].clientId", nil),
            (
                #""r3ad","scopes":["read"]"#, #""r3ad","scopes":["reed"]"#,
                "oauth.clients[1].scopes[0]", "did you mean 'read'?"
            ),
            (#""issuer":"#, #""isuer":"#, "oauth.federated[0].isuer", "did you mean 'issuer'?"),
        ] as [(String, String, String, String?)])
    func fixture(_ good: String, _ bad: String, _ path: String, _ hint: String?) throws {
        let text = TokenApp.fixture()
        try #require(text.contains(good))
        let error = #expect(throws: SampleAppProblem.self) {
            try SampleAppConfiguration(
                name: "demo", file: "f", bytes: Array(text.replacing(good, with: bad).utf8))
        }
        #expect(error?.path == path)
        #expect(error?.hint == hint)
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let form: String
        var headers: HTTPHeaders = [:]
        var type: String? = "application/x-www-form-urlencoded"
        let status: Int
        let error: String

        init(
            _ name: String, _ form: String, headers: HTTPHeaders = [:],
            type: String? = "application/x-www-form-urlencoded", _ status: Int, _ error: String
        ) {
            testDescription = name
            self.form = form
            self.headers = headers
            self.type = type
            self.status = status
            self.error = error
        }
    }

    private static let grant = "grant_type=client_credentials"

    static let rows: [Row] = [
        Row("nothing", "", 400, "invalid_request"),
        Row("no grant", "client_id=prov%3A1&client_secret=s3+cret%26x", 400, "invalid_request"),
        Row("an empty grant is none", "grant_type=&client_id=x", 400, "invalid_request"),
        Row("another grant", "grant_type=password&client_id=x", 400, "unsupported_grant_type"),
        Row("a grant in capitals", "grant_type=CLIENT_CREDENTIALS", 400, "unsupported_grant_type"),
        Row("no client", grant, 401, "invalid_client"),
        Row("no secret", grant + "&client_id=prov%3A1", 401, "invalid_client"),
        Row("an empty secret", grant + "&client_id=prov%3A1&client_secret=", 401, "invalid_client"),
        Row("unknown client", grant + "&client_id=x&client_secret=r3ad", 401, "invalid_client"),
        Row("wrong secret", grant + "&client_id=reader&client_secret=R3ad", 401, "invalid_client"),
        Row(
            "another client's secret", grant + "&client_id=prov%3A1&client_secret=r3ad", 401,
            "invalid_client"),
        Row(
            "an API key is no client", grant + "&client_id=full&client_secret=full-token", 401,
            "invalid_client"),
        Row("a parameter twice", TokenApp.good + "&client_id=prov%3A1", 400, "invalid_request"),
        Row("an unknown parameter twice", TokenApp.good + "&x=1&x=1", 400, "invalid_request"),
        Row("a broken escape", grant + "&client_id=%zz", 400, "invalid_request"),
        Row("JSON", "{}", type: "application/json", 400, "invalid_request"),
        Row("no content type", TokenApp.good, type: nil, 400, "invalid_request"),
        Row("a scope it may not have", TokenApp.good + "&scope=admin", 400, "invalid_scope"),
        Row(
            "one scope good, one not", TokenApp.good + "&scope=read+admin", 400, "invalid_scope"),
        Row(
            "wrong secret and wrong scope: the secret",
            grant + "&client_id=reader&client_secret=x&scope=admin", 401, "invalid_client"),
        Row(
            "wrong grant and wrong client: the grant", "grant_type=x&client_id=x", 400,
            "unsupported_grant_type"),
        Row(
            "header and form secret", grant + "&client_secret=x",
            headers: TokenApp.basic(TokenApp.basicPair), 400, "invalid_request"),
        Row(
            "header and form name two clients", grant + "&client_id=reader",
            headers: TokenApp.basic(TokenApp.basicPair), 400, "invalid_request"),
        Row(
            "wrong secret in the header", grant, headers: TokenApp.basic("reader:x"), 401,
            "invalid_client"),
        Row(
            "a header that is no pair", grant, headers: TokenApp.basic("reader"), 401,
            "invalid_client"),
        Row(
            "a bearer header", grant, headers: ["Authorization": "Bearer full-token"], 401,
            "invalid_client"),
        Row(
            "a header that is no base64", grant, headers: ["Authorization": "Basic %%"], 401,
            "invalid_client"),
    ]

    @Test("refuses", arguments: rows)
    func refusal(_ row: Row) throws {
        let app = try TokenApp()
        let answer = app.post(row.form, headers: row.headers, type: row.type)
        #expect(answer.status == row.status)
        #expect(answer.json["error"]?.stringValue == row.error, "\(answer.text)")
        #expect(answer.json["access_token"] == nil)
        #expect(answer.json["error_description"]?.stringValue?.isEmpty == false)
        #expect(answer.response.headers["Cache-Control"] == "no-store")
        #expect(
            answer.response.headers["WWW-Authenticate"]
                == (row.status == 401 ? #"Basic realm="demo""# : nil))
        #expect(app.app.snapshot.tokens.count == 0)
        for secret in ["s3 cret", "r3ad", "full-token"] { #expect(!answer.text.contains(secret)) }
    }

    @Test("only POST, and a place of its own")
    func method() throws {
        let app = try TokenApp()
        let answer = app.post("", method: .get)
        #expect(answer.status == 405)
        #expect(answer.response.headers["Allow"] == "POST")
        #expect(try TestApp().page("POST /oauth2/token", "x=1").status == 404)
    }

    @Test("SCIM takes the token in its last second, not one second later")
    func expiry() throws {
        let app = try TokenApp()
        let token = try #require(app.post(TokenApp.good).json["access_token"]?.stringValue)
        let end = TestApp.start + .seconds(3_600)
        #expect(app.scim(token, at: end - .seconds(1)).status == 200)
        let late = app.scim(token, at: end)
        #expect(late.status == 401)
        #expect(
            late.response.headers["WWW-Authenticate"]
                == #"Bearer realm="demo", error="invalid_token", "#
                + #"error_description="the access token expired""#)
        #expect(late.json["detail"] == "this access token has expired")
        // Long afterwards, when others have come, it is not even known.
        let later = end + .seconds(3_601)
        _ = app.post(TokenApp.good, at: later)
        #expect(app.scim(token, at: later).json["detail"] == "this API key is unknown or revoked")
    }

    @Test("a token has the scopes asked for, and SCIM wants its own")
    func scopes() throws {
        let app = try TokenApp()
        let read = app.post(TokenApp.good + "&scope=read")
        #expect(read.json["scope"] == "read")
        let token = try #require(read.json["access_token"]?.stringValue)
        let answer = app.scim(token)
        #expect(answer.status == 403)
        #expect(
            answer.response.headers["WWW-Authenticate"]
                == #"Bearer realm="demo", error="insufficient_scope", scope="scim.full""#)
        let both = app.post(TokenApp.good + "&scope=read+scim.full")
        #expect(app.scim(try #require(both.json["access_token"]?.stringValue)).status == 200)
    }

    @Test("a client's secret is no bearer token")
    func secretIsNoToken() throws {
        #expect(try TokenApp().scim("s3 cret&x").status == 401)
        #expect(try TokenApp().scim("r3ad").status == 401)
    }

    @Test("a revoked client's tokens end at once; a new secret from the page begins anew")
    func revoked() throws {
        let app = try TokenApp()
        let token = try #require(app.post(TokenApp.good).json["access_token"]?.stringValue)
        func form(_ path: String, _ fields: String) throws -> Answer {
            let page = Answer(
                app.app.handle(
                    HTTPRequest(method: .get, target: "/apps/demo/", headers: ["Host": "h"]),
                    now: TestApp.start, random: app.random)
            ).text
            let mark = #"name="token" value=""#
            let start = try #require(page.firstRange(of: mark)).upperBound
            let formToken = page[start...].prefix { $0 != "\"" }
            return Answer(
                app.app.handle(
                    HTTPRequest(
                        method: .post, target: "/apps/demo/keys/client-prov%3A1/\(path)",
                        headers: [
                            "Host": "h", "Content-Type": "application/x-www-form-urlencoded",
                        ], body: Array("token=\(formToken)&\(fields)".utf8)),
                    now: TestApp.start, random: app.random))
        }
        #expect(try form("revoke", "").status == 303)
        #expect(app.scim(token).status == 401)
        #expect(app.post(TokenApp.good).json["error"] == "invalid_client")
        let page = try form("secret", "after=\(app.app.snapshot.keys.keys.count)")
        #expect(page.status == 200)
        let start = try #require(page.text.firstRange(of: "class=\"secret\" tabindex=\"0\">"))
        let secret = page.text[start.upperBound...].prefix { $0 != "<" }
        let renewed = app.post(
            "grant_type=client_credentials&client_id=prov%3A1&client_secret=\(secret)")
        #expect(renewed.status == 200)
        #expect(app.scim(try #require(renewed.json["access_token"]?.stringValue)).status == 200)
        // An API key is no client, and cannot be given a secret.
        #expect(try form("../fixture-full/secret", "after=6").status == 404)
    }

    @Test("the oldest of a thousand tokens makes room for one more")
    func limit() throws {
        let app = try TokenApp()
        let first = try #require(app.post(TokenApp.good).json["access_token"]?.stringValue)
        for _ in 1..<TokenRing.limit { _ = app.post(TokenApp.good) }
        #expect(app.scim(first).status == 200)
        _ = app.post(TokenApp.good)
        #expect(app.app.snapshot.tokens.count == TokenRing.limit)
        #expect(app.scim(first).status == 401)
    }
}
