import SimCore
import SimErrors
import SimHTTP

/// A token request, read once: after it nobody looks at the form again.
struct TokenRequest: Sendable {
    /// What is presented, with the parameters of its kind.
    enum Grant: Sendable {
        case authorizationCode(CodeRedemption)
        case refreshToken(RefreshRedemption)
        case clientCredentials(ScopeParameter)
        /// The device code as sent.
        case deviceCode(String)
        case password(PasswordRedemption)
        case onBehalfOf(AssertionRedemption)
    }

    struct CodeRedemption: Hashable, Sendable {
        let code: String
        let redirectURI: String?
        let verifier: String?
        /// nil when the code's own scope is meant.
        let scope: ScopeParameter?
    }

    struct RefreshRedemption: Hashable, Sendable {
        let token: String
        let scope: ScopeParameter?
    }

    struct PasswordRedemption: Hashable, Sendable {
        let userName: String
        let password: String
        /// nil for a sign-in that asks for nothing in particular.
        let scope: ScopeParameter?
    }

    struct AssertionRedemption: Hashable, Sendable {
        /// The token the caller was called with.
        let assertion: String
        let scope: ScopeParameter
    }

    /// What is asked for: v2's `scope` or v1's `resource`, as sent.
    enum ScopeParameter: Hashable, Sendable {
        case scope(String)
        case resource(String)

        func parsed() throws(AADSTSError) -> ScopeRequest {
            switch self {
            case .scope(let text): try ScopeRequest(text)
            case .resource(let name): ScopeRequest(v1Resource: name)
            }
        }
    }

    let version: ProtocolVersion
    /// The path's alias when it leaves the tenant open.
    let alias: TenantScope.Alias?
    /// `client_id` as sent.
    let clientID: String
    let credential: ClientCredential?
    let grant: Grant
    let wantsClientInfo: Bool
    let claims: ClaimsRequest

    /// Order of refusals: aadsts.md §5.1, rows 4 to 6.
    ///
    /// - Parameter alias: the path's alias when it leaves the tenant open.
    init(
        form: FormFields, headers: HTTPHeaders, version: ProtocolVersion,
        alias: TenantScope.Alias?
    ) throws(AADSTSError) {
        let grantText = try Self.required("grant_type", in: form)
        guard let type = GrantType(wireName: grantText) else {
            throw .unsupportedGrantType(grantText)
        }
        try Self.check(type, fits: alias)
        let client = try PresentedClient(form: form, headers: headers)
        guard let identifier = client.identifier else { throw .missingParameter("client_id") }
        clientID = identifier
        credential = client.credential
        self.version = version
        self.alias = alias
        wantsClientInfo = form["client_info"] == "1"
        grant = try Self.grant(type, form, version)
        if version == .v2, form["resource"] != nil { throw .resourceParameterNotSupported }
        claims = try ClaimsRequest(form["claims"])
    }

    /// Which grants want a tenant in the path. aadsts.md §5.1, row 4.
    private static func check(
        _ type: GrantType, fits alias: TenantScope.Alias?
    ) throws(AADSTSError) {
        guard let alias else { return }
        switch (type, alias) {
        case (.clientCredentials, _): throw .noTenantInformation
        case (.password, .common), (.password, .consumers): throw .passwordGrantOnAlias
        case (.password, .organizations), (.authorizationCode, _), (.refreshToken, _),
            (.deviceCode, _), (.onBehalfOf, _):
            break
        }
    }

    private static func grant(
        _ type: GrantType, _ form: FormFields, _ version: ProtocolVersion
    ) throws(AADSTSError) -> Grant {
        let scope = scopeParameter(form, version)
        switch type {
        case .authorizationCode:
            let code = try required("code", in: form)
            return .authorizationCode(
                CodeRedemption(
                    code: code, redirectURI: try required("redirect_uri", in: form),
                    verifier: nonEmpty(form["code_verifier"]), scope: scope))
        case .refreshToken:
            return .refreshToken(
                RefreshRedemption(token: try required("refresh_token", in: form), scope: scope))
        case .clientCredentials:
            guard let scope else {
                throw version == .v2 ? .missingField("scope") : .resourceMissing
            }
            return .clientCredentials(scope)
        case .deviceCode:
            let name = version == .v2 ? "device_code" : "code"
            return .deviceCode(try required(name, in: form))
        case .password:
            guard let userName = nonEmpty(form["username"]) else { throw .missingField("username") }
            guard let password = nonEmpty(form["password"]) else { throw .missingField("password") }
            return .password(
                PasswordRedemption(userName: userName, password: password, scope: scope))
        case .onBehalfOf:
            return .onBehalfOf(try assertion(form, version, scope))
        }
    }

    /// A JWT to act for the person it names; other uses and results of the grant are not there.
    private static func assertion(
        _ form: FormFields, _ version: ProtocolVersion, _ scope: ScopeParameter?
    ) throws(AADSTSError) -> AssertionRedemption {
        let assertion = try required("assertion", in: form)
        guard try required("requested_token_use", in: form) == "on_behalf_of" else {
            throw .unsupportedParameter("requested_token_use")
        }
        let accessToken = "urn:ietf:params:oauth:token-type:access_token"
        if let type = nonEmpty(form["requested_token_type"]), type != accessToken {
            throw .unsupportedParameter("requested_token_type")
        }
        guard let scope else { throw .missingParameter(version == .v2 ? "scope" : "resource") }
        return AssertionRedemption(assertion: assertion, scope: scope)
    }

    private static func scopeParameter(
        _ form: FormFields, _ version: ProtocolVersion
    ) -> ScopeParameter? {
        switch version {
        case .v2: nonEmpty(form["scope"]).map { .scope($0) }
        case .v1: nonEmpty(form["resource"]).map { .resource($0) }
        }
    }

    private static func required(
        _ name: String, in form: FormFields
    ) throws(AADSTSError) -> String {
        guard let value = nonEmpty(form[name]) else { throw .missingParameter(name) }
        return value
    }

    private static func nonEmpty(_ text: String?) -> String? {
        text.flatMap { $0.isEmpty ? nil : $0 }
    }
}
