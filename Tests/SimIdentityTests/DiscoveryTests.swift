import SimCore
import SimCrypto
import SimErrors
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Discovery and keys — identity-platform.md §11")
struct DiscoveryTests {
    private let browser = Browser()
    private var base: String { "\(Fixture.origin)/\(Fixture.tenant)" }

    @Test("v2 document equals the reference's, byte for byte but for the mTLS members — §11.1")
    func v2() throws {
        let response = try browser.get("/fabrikam.example/v2.0/.well-known/openid-configuration")
        #expect(
            response.text == """
                {"token_endpoint":"\(base)/oauth2/v2.0/token",\
                "token_endpoint_auth_methods_supported":["client_secret_post","private_key_jwt",\
                "client_secret_basic"],"jwks_uri":"\(base)/discovery/v2.0/keys",\
                "response_modes_supported":["query","fragment","form_post"],\
                "subject_types_supported":["pairwise"],\
                "id_token_signing_alg_values_supported":["RS256"],\
                "response_types_supported":["code","id_token","code id_token","id_token token"],\
                "scopes_supported":["openid","profile","email","offline_access"],\
                "issuer":"\(base)/v2.0","request_uri_parameter_supported":false,\
                "userinfo_endpoint":"\(Fixture.origin)/oidc/userinfo",\
                "authorization_endpoint":"\(base)/oauth2/v2.0/authorize",\
                "device_authorization_endpoint":"\(base)/oauth2/v2.0/devicecode",\
                "http_logout_supported":true,"frontchannel_logout_supported":true,\
                "end_session_endpoint":"\(base)/oauth2/v2.0/logout",\
                "claims_supported":["sub","iss","cloud_instance_name","cloud_instance_host_name",\
                "cloud_graph_host_name","msgraph_host","aud","exp","iat","auth_time","acr","nonce",\
                "preferred_username","name","tid","ver","at_hash","c_hash","email"],\
                "kerberos_endpoint":"\(base)/kerberos","tenant_region_scope":"WW",\
                "cloud_instance_name":"microsoftonline.com",\
                "cloud_graph_host_name":"graph.windows.net","msgraph_host":"graph.microsoft.com",\
                "rbac_url":"https://pas.windows.net"}
                """)
    }

    @Test("v1 document names the common keys and its own members — §11.2")
    func v1() throws {
        let body = try browser.get("/\(Fixture.tenant)/.well-known/openid-configuration").json
        #expect(body["jwks_uri"]?.stringValue == "\(Fixture.origin)/common/discovery/keys")
        #expect(body["issuer"]?.stringValue == "\(base)/")
        #expect(body["microsoft_multi_refresh_token"] == true)
        #expect(
            body.names == [
                "token_endpoint", "token_endpoint_auth_methods_supported", "jwks_uri",
                "response_modes_supported", "subject_types_supported",
                "id_token_signing_alg_values_supported", "response_types_supported",
                "scopes_supported", "issuer", "microsoft_multi_refresh_token",
                "authorization_endpoint", "device_authorization_endpoint",
                "http_logout_supported", "frontchannel_logout_supported", "end_session_endpoint",
                "claims_supported", "check_session_iframe", "userinfo_endpoint",
                "kerberos_endpoint", "tenant_region_scope", "cloud_instance_name",
                "cloud_graph_host_name", "msgraph_host", "rbac_url",
            ])
    }

    @Test(
        "aliases keep their name in addresses and a template as issuer — §11.1",
        arguments: [
            ("common", "{tenantid}"), ("organizations", "{tenantid}"),
            ("consumers", "9188040d-6c67-4c5b-b112-36a304b66dad"),
        ])
    func aliases(alias: String, issuer: String) throws {
        let body = try browser.get("/\(alias)/v2.0/.well-known/openid-configuration").json
        #expect(body["issuer"]?.stringValue == "\(Fixture.origin)/\(issuer)/v2.0")
        #expect(
            body["token_endpoint"]?.stringValue == "\(Fixture.origin)/\(alias)/oauth2/v2.0/token")
        #expect(body["tenant_region_scope"] == .null)
    }

    @Test("sends the service's headers — §1.1")
    func headers() throws {
        let headers = try browser.get("/common/v2.0/.well-known/openid-configuration").headers
        #expect(headers["Cache-Control"] == "max-age=86400, private")
        #expect(headers["Access-Control-Allow-Origin"] == "*")
        #expect(headers["Content-Type"] == "application/json; charset=utf-8")
        #expect(headers["x-ms-ests-server"] == "sim-1.0 - LOCAL ProdSlices")
        #expect(headers["P3P"] == #"CP="DSP CUR OTPi IND OTRi ONL FIN""#)
        let cookies = headers.values("Set-Cookie")
        #expect(
            cookies.map { $0.prefix { $0 != "=" } } == [
                "fpc", "esctx", "x-ms-gateway-slice", "stsservicecookie",
            ])
        #expect(cookies[0].contains("expires=Wed, 04-Feb-2026 08:00:00 GMT"))
    }

    @Test("repeats a client's request id, and makes one up otherwise")
    func correlation() throws {
        let asked = Fixture.id("correlation").description
        let given = try browser.get(
            "/nowhere.example/v2.0/.well-known/openid-configuration",
            ["client-request-id": asked])
        #expect(given.headers["client-request-id"] == asked)
        #expect(try given.json["correlation_id"]?.stringValue == asked)
        let other = try browser.get(
            "/nowhere.example/v2.0/.well-known/openid-configuration",
            ["client-request-id": "not a guid"])
        #expect(try other.json["correlation_id"]?.stringValue != asked)
    }

    @Test(
        "names an unusual tenant as discovery does",
        arguments: [
            ("nowhere.example", 90_002, "invalid_tenant"), ("a_b", 900_023, "invalid_tenant"),
            (GUID.zero.description, 900_021, "invalid_request"),
        ])
    func unknownTenant(segment: String, code: Int, error: String) throws {
        let response = try browser.get("/\(segment)/v2.0/.well-known/openid-configuration")
        #expect(response.status == 400)
        #expect(response.refusedWith == code)
        #expect(try response.json["error"]?.stringValue == error)
    }

    @Test("publishes keys that verify tokens, members in order, without alg — §6, §11.3")
    func keys() throws {
        let keys = try browser.get("/\(Fixture.tenant)/discovery/v2.0/keys").json["keys"]
        let key = try #require(keys?.arrayValue?.first?.objectValue)
        #expect(
            key.names == [
                "kty", "use", "kid", "x5t", "n", "e", "x5c", "cloud_instance_name", "issuer",
            ])
        #expect(key["kid"] == key["x5t"])
        #expect(key["e"] == "AQAB")
        #expect(key["issuer"]?.stringValue == "\(base)/v2.0")
        let v1 = try browser.get("/common/discovery/keys").json["keys"]?.arrayValue
        #expect(
            v1?.first?.objectValue?.names == ["kty", "use", "kid", "x5t", "n", "e", "x5c"])
        #expect(v1?.count == 1)
    }

    @Test("prepared documents are the same bytes as those made on demand")
    func published() throws {
        let platform = browser.platform
        let documents = PublishedDocuments(of: platform, at: browser.now)
        #expect(documents.paths.count == 4 * (3 + 2 * 3))
        for path in documents.paths {
            #expect(
                documents[path, keysMayHaveChanged: false]
                    == (try browser.get(path).body))
        }
    }

    @Test("an app's own document points to an app's own keys")
    func appID() throws {
        let body = try browser.get(
            "/\(Fixture.tenant)/v2.0/.well-known/openid-configuration?appid=a%20b"
        ).json
        #expect(body["jwks_uri"]?.stringValue == "\(base)/discovery/v2.0/keys?appid=a%20b")
    }

    @Test("paths that are none of the login endpoint's are left alone")
    func foreign() {
        for path in ["/", "/portal", "/v1.0/users", "/apps/claresia/scim/v2/Users", "/a/b/c/d"] {
            let request = HTTPRequest(method: .get, target: path)
            #expect(browser.platform.handle(request, now: Fixture.start) == nil, "\(path)")
        }
    }
}

@Suite("Instance and realm discovery — identity-platform.md §1.2, §11.4")
struct RealmTests {
    private let browser = Browser()
    private let path = "/common/discovery/instance?api-version="

    @Test("knows the public hosts, itself, and itself without port")
    func known() throws {
        for host in ["login.microsoftonline.com", "sts.windows.net", "localhost:8443", "localhost"]
        {
            let body = try browser.get(
                "\(path)1.1&authorization_endpoint=https://\(host)/common/oauth2/v2.0/authorize"
            ).json
            #expect(body.names == ["tenant_discovery_endpoint", "api-version", "metadata"])
            #expect(
                body["tenant_discovery_endpoint"]?.stringValue
                    == "\(Fixture.origin)/common/v2.0/.well-known/openid-configuration")
            let last = body["metadata"]?.arrayValue?.last
            #expect(last?["aliases"] == ["localhost:8443"])
            #expect(body["metadata"]?.arrayValue?.count == 6)
        }
    }

    @Test("version 1.0 has no metadata, and v1 authorize leads to the v1 document")
    func versions() throws {
        let body = try browser.get(
            "\(path)1.0&authorization_endpoint=https://localhost/x.example/oauth2/authorize"
        ).json
        #expect(body.names == ["tenant_discovery_endpoint", "api-version"])
        #expect(
            body["tenant_discovery_endpoint"]?.stringValue
                == "\(Fixture.origin)/x.example/.well-known/openid-configuration")
    }

    @Test(
        "refuses unknown hosts with 50049, and odd addresses with 50050",
        arguments: [
            ("https://evil.example/common/oauth2/authorize", 50_049),
            ("http://localhost/common", 50_050), ("https://", 50_050),
            ("https://localhost/a%22b/oauth2/authorize", 50_050),
        ])
    func unknown(address: String, code: Int) throws {
        let response = try browser.get(
            "\(path)1.1&authorization_endpoint=\(PercentCoding.encode(address))")
        #expect(response.refusedWith == code)
        #expect(response.status == 400)
        #expect(
            try response.json["error"]
                == (code == 50_049 ? "invalid_instance" : "invalid_request"))
    }

    @Test("tells managed domains from unknown ones, whatever the path's case")
    func realm() throws {
        let managed = try browser.get("/common/UserRealm/ada@Fabrikam.Example?api-version=1.0")
        #expect(
            managed.text
                == #"{"ver":"1.0","account_type":"Managed","domain_name":"fabrikam.example","#
                + #""cloud_instance_name":"microsoftonline.com","#
                + #""cloud_audience_urn":"urn:federation:MicrosoftOnline"}"#)
        let unknown = try browser.get("/common/userrealm/x@nowhere.example?api-version=1.0").json
        #expect(unknown["account_type"] == "Unknown")
        #expect(unknown["domain_name"] == nil)
        let page = try browser.get("/getuserrealm.srf?login=ada@fabrikam.example&json=1").json
        #expect(page["NameSpaceType"] == "Managed")
        #expect(page["FederationBrandName"] == "Fabrikam")
        let xml = try browser.get("/GetUserRealm.srf?login=%3Cb%3E@fabrikam.example&xml=1")
        #expect(xml.text.contains("<Login>&lt;b&gt;@fabrikam.example</Login>"))
    }
}
