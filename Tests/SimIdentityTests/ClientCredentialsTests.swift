import SimCore
import SimCrypto
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("client_credentials grant — aadsts.md §6.4, identity-platform.md §3.2")
struct ClientCredentialsTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let changes: [String: String?]
        let code: Int
        var status = 400
        var error = "invalid_request"
        var tenant = Fixture.tenant.description
        var method = HTTPMethod.post
        var testDescription: String { name }

        init(
            _ name: String, _ changes: [String: String?], _ code: Int, _ error: String,
            status: Int = 400, tenant: String = Fixture.tenant.description,
            method: HTTPMethod = .post
        ) {
            self.name = name
            self.changes = changes
            self.code = code
            self.error = error
            self.status = status
            self.tenant = tenant
            self.method = method
        }
    }

    private func send(_ row: Row) throws -> HTTPResponse {
        let browser = Browser()
        var fields = FormFields()
        var values: [String: String?] = [
            "grant_type": "client_credentials", "client_id": Fixture.app("daemon").description,
            "client_secret": "daemon-secret", "scope": "api://orders/.default",
        ]
        values.merge(row.changes) { $1 }
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            if let value { fields.append(name, value) }
        }
        return try browser.send(
            HTTPRequest(
                method: row.method, target: "/\(row.tenant)/oauth2/v2.0/token",
                body: Array(fields.encoded().utf8)))
    }

    static let rows: [Row] = [
        Row("900561 for GET", [:], 900_561, "invalid_request", method: .get),
        Row("900561 for PUT", [:], 900_561, "invalid_request", method: .put),
        Row(
            "90002, unknown GUID", [:], 90_002, "invalid_request",
            tenant: Fixture.id("nobody").description),
        Row("90002, unknown domain", [:], 90_002, "invalid_request", tenant: "nowhere.example"),
        Row("900021, empty GUID", [:], 900_021, "invalid_request", tenant: GUID.zero.description),
        Row("900023, no domain name", [:], 900_023, "invalid_request", tenant: "fabrikam"),
        Row("900144, no grant_type", ["grant_type": nil], 900_144, "invalid_request"),
        Row(
            "70003, unknown grant_type", ["grant_type": "magic"], 70_003,
            "unsupported_grant_type"),
        Row("50059 on an alias", [:], 50_059, "invalid_request", tenant: "common"),
        Row("900144, no client_id", ["client_id": nil], 900_144, "invalid_request"),
        Row("90014, no scope", ["scope": nil], 90_014, "invalid_request"),
        Row("901002, resource on v2", ["resource": "api://orders"], 901_002, "invalid_request"),
        Row(
            "700016, unknown client", ["client_id": Fixture.id("x").description], 700_016,
            "unauthorized_client"),
        Row(
            "700016, any text as client", ["client_id": "my app"], 700_016,
            "unauthorized_client"),
        Row(
            "700038, zero client", ["client_id": GUID.zero.description], 700_038,
            "unauthorized_client"),
        Row(
            "7000112, disabled client", ["client_id": Fixture.app("disabled").description],
            7_000_112, "unauthorized_client"),
        Row(
            "7000216, no credential", ["client_secret": nil], 7_000_216, "invalid_client",
            status: 401),
        Row(
            "7000216, empty secret", ["client_secret": ""], 7_000_216, "invalid_client",
            status: 401),
        Row(
            "7000215, wrong secret", ["client_secret": "guess"], 7_000_215, "invalid_client",
            status: 401),
        Row(
            "7000222, expired secret",
            [
                "client_id": Fixture.app("web").description,
                "client_secret": Fixture.expiredSecret,
            ], 7_000_222, "invalid_client", status: 401),
        Row("1002012, no .default", ["scope": "api://orders/read"], 1_002_012, "invalid_scope"),
        Row("1002012, bare .default", ["scope": ".default"], 1_002_012, "invalid_scope"),
        Row(
            "70011, two resources", ["scope": "api://orders/.default api://guarded/.default"],
            70_011, "invalid_scope"),
        Row("70011, malformed scope", ["scope": "api://orders/"], 70_011, "invalid_scope"),
        Row(
            "500011, unknown resource", ["scope": "api://nothing/.default"], 500_011,
            "invalid_resource"),
        Row(
            "501051, resource wants an assignment", ["scope": "api://guarded/.default"], 501_051,
            "invalid_grant"),
        // Two faults: the earlier check of aadsts.md §5.1 wins.
        Row(
            "tenant before grant type", ["grant_type": "magic"], 90_002, "invalid_request",
            tenant: "nowhere.example"),
        Row(
            "grant type before client", ["grant_type": "magic", "client_id": nil], 70_003,
            "unsupported_grant_type"),
        Row(
            "client before secret",
            ["client_id": Fixture.id("x").description, "client_secret": "guess"], 700_016,
            "unauthorized_client"),
        Row(
            "secret before scope", ["client_secret": "guess", "scope": "nonsense"], 7_000_215,
            "invalid_client", status: 401),
        Row(
            "verb before everything", ["grant_type": nil], 900_561, "invalid_request",
            tenant: "nowhere.example", method: .get),
    ]

    @Test("is refused with", arguments: rows)
    func refused(_ row: Row) throws {
        let response = try send(row)
        #expect(response.refusedWith == row.code)
        #expect(response.status == row.status)
        let body = try response.json
        #expect(body["error"]?.stringValue == row.error)
        #expect(body["trace_id"]?.stringValue == response.headers["x-ms-request-id"])
        #expect(response.headers["x-ms-clitelem"] == "1,\(row.code),0,,")
        #expect(response.headers["Cache-Control"] == "no-store, no-cache")
    }

    @Test("answers with the reference's v2 token, field by field — §3.2, §11.5")
    func answer() throws {
        let response = try send(Row("fine", [:], 0, ""))
        #expect(response.status == 200)
        let body = try response.json
        #expect(body.names == ["token_type", "expires_in", "ext_expires_in", "access_token"])
        #expect(body["expires_in"] == 3599)
        #expect(try body.header("access_token").names == ["typ", "alg", "kid"])
        let claims = try body.claims("access_token")
        #expect(
            claims.names == [
                "aud", "iss", "iat", "nbf", "exp", "aio", "azp", "azpacr", "oid", "rh", "roles",
                "sub", "tid", "uti", "ver", "xms_ftd",
            ])
        #expect(claims["aud"]?.stringValue == Fixture.app("api").description)
        #expect(claims["iss"]?.stringValue == "\(Fixture.origin)/\(Fixture.tenant)/v2.0")
        #expect(claims["azpacr"] == "1")
        #expect(claims["roles"] == ["batch"])
        #expect(claims["oid"] == claims["sub"])
        #expect(claims["oid"]?.stringValue == Fixture.principal("daemon").description)
        let issued = try #require(claims["iat"]?.intValue)
        #expect(issued == Fixture.start.seconds - 300)
        #expect(claims["exp"]?.intValue == issued + 3900)
        let trace = try #require(response.headers["x-ms-request-id"].flatMap { GUID($0) })
        #expect(claims["uti"]?.stringValue == Base64.urlEncode(trace.littleEndianBytes))
        #expect(trace.description.hasSuffix("00"))
        let rh = try #require(claims["rh"]?.stringValue)
        #expect(rh.hasPrefix("1.AUcA"))
        #expect(rh.hasSuffix("AABHAA."))
    }

    @Test("issues a v1 token for Graph, with x5t in the header")
    func graph() throws {
        let body = try send(
            Row("", ["scope": "https://graph.microsoft.com/.default openid"], 0, "")
        ).json
        #expect(try body.header("access_token").names == ["typ", "alg", "x5t", "kid"])
        let claims = try body.claims("access_token")
        #expect(
            claims.names == [
                "aud", "iss", "iat", "nbf", "exp", "aio", "app_displayname", "appid", "appidacr",
                "idp", "idtyp", "oid", "rh", "sub", "tid", "uti", "ver", "xms_act_fct",
                "xms_ftd", "xms_idrel", "xms_rd", "xms_sub_fct", "xms_tcdt", "xms_tnt_fct",
            ])
        #expect(claims["aud"] == "https://graph.microsoft.com")
        #expect(claims["ver"] == "1.0")
    }

    @Test("takes the secret from a Basic header — RFC 6749 §2.3.1")
    func basic() throws {
        let browser = Browser()
        let pair = "\(Fixture.app("daemon")):daemon%2Dsecret"
        let response = try browser.post(
            browser.tokenTarget,
            ["grant_type": "client_credentials", "scope": "api://orders/.default"],
            ["Authorization": "Basic " + Base64.encode(Array(pair.utf8))])
        #expect(response.status == 200)
    }

    @Test("answers on v1 with numbers as text — §3.2")
    func v1() throws {
        let browser = Browser()
        let body = try browser.post(
            "/fabrikam.example/oauth2/token",
            [
                "grant_type": "client_credentials", "resource": "api://orders",
                "client_id": Fixture.app("daemon").description, "client_secret": "daemon-secret",
            ]
        ).json
        #expect(
            body.names == [
                "token_type", "expires_in", "ext_expires_in", "expires_on", "not_before",
                "resource", "access_token",
            ])
        #expect(body["expires_in"] == "3599")
        #expect(body["resource"] == "api://orders")
        #expect(try body.claims("access_token")["ver"] == "2.0")
    }

    @Test("gives the same bytes for the same seed")
    func deterministic() throws {
        let row = Row("fine", [:], 0, "")
        #expect(try send(row).body == send(row).body)
    }
}
