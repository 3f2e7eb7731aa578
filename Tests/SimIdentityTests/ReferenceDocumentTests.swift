import SimCore
import SimHTTP
import Testing

@testable import SimIdentity

/// The reference's full examples with this tenant's own ids in them, order included.
@Suite("Documents and bodies as the service writes them — identity-platform.md §3.2, §11")
struct ReferenceDocumentTests {
    private let browser = Browser()
    private var base: String { "\(Fixture.origin)/\(Fixture.tenant)" }

    @Test("v1 discovery equals the reference's, byte for byte — §11.2")
    func v1Discovery() throws {
        let response = try browser.get("/\(Fixture.tenant)/.well-known/openid-configuration")
        #expect(
            response.text == """
                {"token_endpoint":"\(base)/oauth2/token",\
                "token_endpoint_auth_methods_supported":["client_secret_post","private_key_jwt",\
                "client_secret_basic"],"jwks_uri":"\(Fixture.origin)/common/discovery/keys",\
                "response_modes_supported":["query","fragment","form_post"],\
                "subject_types_supported":["pairwise"],\
                "id_token_signing_alg_values_supported":["RS256"],\
                "response_types_supported":["code","id_token","code id_token","token id_token",\
                "token"],"scopes_supported":["openid"],"issuer":"\(base)/",\
                "microsoft_multi_refresh_token":true,\
                "authorization_endpoint":"\(base)/oauth2/authorize",\
                "device_authorization_endpoint":"\(base)/oauth2/devicecode",\
                "http_logout_supported":true,"frontchannel_logout_supported":true,\
                "end_session_endpoint":"\(base)/oauth2/logout",\
                "claims_supported":["sub","iss","cloud_instance_name","cloud_instance_host_name",\
                "cloud_graph_host_name","msgraph_host","aud","exp","iat","auth_time","acr","amr",\
                "nonce","email","given_name","family_name","nickname"],\
                "check_session_iframe":"\(base)/oauth2/checksession",\
                "userinfo_endpoint":"\(base)/openid/userinfo",\
                "kerberos_endpoint":"\(base)/kerberos","tenant_region_scope":"WW",\
                "cloud_instance_name":"microsoftonline.com",\
                "cloud_graph_host_name":"graph.windows.net","msgraph_host":"graph.microsoft.com",\
                "rbac_url":"https://pas.windows.net"}
                """)
    }

    @Test("the key document on an alias has the template as issuer, a tenant's its own — §11.3")
    func keys() throws {
        let key = Fixture.signingKey
        let modulus = Base64.urlEncode(key.privateKey.publicKey.modulus)
        let certificate = Base64.encode(key.certificate.der)
        for (segment, issuer) in [
            ("common", "{tenantid}"), (Fixture.tenant.description, Fixture.tenant.description),
        ] {
            let response = try browser.get("/\(segment)/discovery/v2.0/keys")
            #expect(
                response.text == """
                    {"keys":[{"kty":"RSA","use":"sig","kid":"\(key.kid)","x5t":"\(key.kid)",\
                    "n":"\(modulus)","e":"AQAB","x5c":["\(certificate)"],\
                    "cloud_instance_name":"microsoftonline.com",\
                    "issuer":"\(Fixture.origin)/\(issuer)/v2.0"}]}
                    """)
        }
    }

    @Test("a delegated answer's members come in the service's order — §3.2")
    func delegated() throws {
        let body = try browser.tokens(
            changing: ["scope": "openid profile offline_access api://orders/read"])
        #expect(
            body.names == [
                "token_type", "scope", "expires_in", "ext_expires_in", "access_token",
                "refresh_token", "id_token", "client_info",
            ])
        #expect(body["token_type"] == "Bearer")
        #expect(body["scope"] == "api://orders/read")
        #expect(body["expires_in"] == body["ext_expires_in"])
    }

    @Test("an app-only answer has four members, and 3599 seconds — §3.2")
    func appOnly() throws {
        func ask(_ v1: Bool) throws -> JSONObject {
            try browser.post(
                "/\(Fixture.tenant)/oauth2/\(v1 ? "" : "v2.0/")token",
                [
                    "grant_type": "client_credentials",
                    v1 ? "resource" : "scope": v1 ? "api://orders" : "api://orders/.default",
                    "client_id": Fixture.app("daemon").description,
                    "client_secret": "daemon-secret",
                ]
            ).json
        }
        let body = try ask(false)
        #expect(body.names == ["token_type", "expires_in", "ext_expires_in", "access_token"])
        #expect(body["expires_in"] == 3_599)
        let old = try ask(true)
        #expect(
            old.names == [
                "token_type", "expires_in", "ext_expires_in", "expires_on", "not_before",
                "resource", "access_token",
            ])
        #expect(old["expires_in"] == "3599")
        #expect(old["resource"] == "api://orders")
    }
}
