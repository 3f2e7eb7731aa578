import SimCore

/// The metadata documents, members in the service's order.
/// Source: identity-platform.md §11.1, §11.2 (the two mTLS members are left out).
struct DiscoveryDocument {
    /// Scheme and authority of the endpoints.
    let origin: String
    let graphOrigin: String
    /// Tenant GUID or alias, as endpoint addresses spell it.
    let segment: String
    let issuer: String
    /// null on aliases.
    let regionScope: String?
    /// `?appid=`: the key document then holds the app's own keys too.
    var appID: String?

    /// The document of `/{t}/v2.0/.well-known/openid-configuration`.
    var v2: JSONObject {
        let base = "\(origin)/\(segment)"
        var document: JSONObject = [
            "token_endpoint": .string("\(base)/oauth2/v2.0/token"),
            "token_endpoint_auth_methods_supported": [
                "client_secret_post", "private_key_jwt", "client_secret_basic",
            ],
            "jwks_uri": .string("\(base)/discovery/v2.0/keys" + keyQuery),
            "response_modes_supported": ["query", "fragment", "form_post"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
            "scopes_supported": ["openid", "profile", "email", "offline_access"],
            "issuer": .string(issuer),
            "request_uri_parameter_supported": false,
            "userinfo_endpoint": .string("\(graphOrigin)/oidc/userinfo"),
            "authorization_endpoint": .string("\(base)/oauth2/v2.0/authorize"),
            "device_authorization_endpoint": .string("\(base)/oauth2/v2.0/devicecode"),
            "http_logout_supported": true,
            "frontchannel_logout_supported": true,
            "end_session_endpoint": .string("\(base)/oauth2/v2.0/logout"),
            "claims_supported": [
                "sub", "iss", "cloud_instance_name", "cloud_instance_host_name",
                "cloud_graph_host_name", "msgraph_host", "aud", "exp", "iat", "auth_time", "acr",
                "nonce", "preferred_username", "name", "tid", "ver", "at_hash", "c_hash", "email",
            ],
            "kerberos_endpoint": .string("\(base)/kerberos"),
        ]
        appendCloud(to: &document)
        return document
    }

    /// The document of `/{t}/.well-known/openid-configuration`.
    var v1: JSONObject {
        let base = "\(origin)/\(segment)"
        var document: JSONObject = [
            "token_endpoint": .string("\(base)/oauth2/token"),
            "token_endpoint_auth_methods_supported": [
                "client_secret_post", "private_key_jwt", "client_secret_basic",
            ],
            "jwks_uri": .string("\(origin)/common/discovery/keys" + keyQuery),
            "response_modes_supported": ["query", "fragment", "form_post"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "response_types_supported": [
                "code", "id_token", "code id_token", "token id_token", "token",
            ],
            "scopes_supported": ["openid"],
            "issuer": .string(issuer),
            "microsoft_multi_refresh_token": true,
            "authorization_endpoint": .string("\(base)/oauth2/authorize"),
            "device_authorization_endpoint": .string("\(base)/oauth2/devicecode"),
            "http_logout_supported": true,
            "frontchannel_logout_supported": true,
            "end_session_endpoint": .string("\(base)/oauth2/logout"),
            "claims_supported": [
                "sub", "iss", "cloud_instance_name", "cloud_instance_host_name",
                "cloud_graph_host_name", "msgraph_host", "aud", "exp", "iat", "auth_time", "acr",
                "amr", "nonce", "email", "given_name", "family_name", "nickname",
            ],
            "check_session_iframe": .string("\(base)/oauth2/checksession"),
            "userinfo_endpoint": .string("\(base)/openid/userinfo"),
            "kerberos_endpoint": .string("\(base)/kerberos"),
        ]
        appendCloud(to: &document)
        return document
    }

    private var keyQuery: String {
        appID.map { "?appid=" + PercentCoding.encode($0) } ?? ""
    }

    private func appendCloud(to document: inout JSONObject) {
        document.append("tenant_region_scope", regionScope.map { .string($0) } ?? .null)
        document.append("cloud_instance_name", "microsoftonline.com")
        document.append("cloud_graph_host_name", "graph.windows.net")
        document.append("msgraph_host", "graph.microsoft.com")
        document.append("rbac_url", "https://pas.windows.net")
    }
}
