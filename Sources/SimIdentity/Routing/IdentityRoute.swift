import SimHTTP

/// What a path asks for. Source: identity-platform.md §1.
enum IdentityRoute: Hashable, Sendable {
    /// The forms of the sign-in pages.
    enum SignInForm: String, CaseIterable, Sendable {
        case credentials = "login"
        case accountChoice = "reprocess"
        case passwordChange = "changepassword"
        case secondFactor = "sas/processauth"
        case enrolment = "proofup"
        case termsOfUse = "tou"
        case staySignedIn = "kmsi"
        case consent = "consent/set"
        case deviceConfirmation = "oauth2/deviceauth/confirm"
    }

    case discovery(ProtocolVersion, tenant: String)
    case keys(ProtocolVersion, tenant: String)
    case authorize(ProtocolVersion, tenant: String)
    case token(ProtocolVersion, tenant: String)
    case deviceCode(ProtocolVersion, tenant: String)
    /// Where people type a user code.
    case deviceSignIn(tenant: String)
    /// The short address of that page.
    case deviceShortcut
    case logout(tenant: String)
    case adminConsent(ProtocolVersion, tenant: String)
    case signIn(SignInForm, tenant: String)
    case userInfo
    /// The groups of a user; the tenant is nil below `/v1.0`.
    case memberObjects(tenant: String?, user: String)
    case instanceDiscovery
    case userRealm(user: String)
    case userRealmPage
    case errorLookup

    /// nil for a path that is none of the platform's. Paths are compared without case.
    init?(_ request: HTTPRequest) {
        if let tenant = Self.tokenTenant(request.target) {
            self = .token(.v2, tenant: tenant)
            return
        }
        guard let segments = request.pathSegments, let first = segments.first else { return nil }
        let lower = segments.map { $0.lowercased() }
        switch lower {
        case ["error"]: self = .errorLookup
        case ["getuserrealm.srf"]: self = .userRealmPage
        case ["device"], ["devicelogin"]: self = .deviceShortcut
        case ["oidc", "userinfo"]: self = .userInfo
        case let path
        where path.count == 4 && path[1] == "users" && path[3] == "getmemberobjects":
            self = .memberObjects(
                tenant: path[0] == "v1.0" ? nil : first, user: segments[2])
        default:
            // Without a tenant in front the endpoints answer that it is missing (90019).
            guard
                let route = Self.route(first, tail: lower.dropFirst(), segments: segments)
                    ?? (lower[0] == "oauth2"
                        ? Self.route("", tail: lower[...], segments: [])
                        : nil)
            else { return nil }
            self = route
        }
    }

    /// The tenant of the commonest path of all, in its usual spelling.
    private static func tokenTenant(_ target: String) -> String? {
        let tail = "/oauth2/v2.0/token"
        let bytes = target.utf8Span.span
        let wanted = tail.utf8Span.span
        let end = bytes.count - wanted.count
        guard end > 1, bytes[0] == UInt8(ascii: "/") else { return nil }
        for index in wanted.indices where bytes[end + index] != wanted[index] { return nil }
        for index in 1..<end {
            switch bytes[index] {
            case UInt8(ascii: "/"), UInt8(ascii: "%"), UInt8(ascii: "?"): return nil
            default: break
            }
        }
        guard let tenant = try? UTF8Span(validating: bytes.extracting(1..<end)) else { return nil }
        return String(copying: tenant)
    }

    private static func route(
        _ tenant: String, tail: ArraySlice<String>, segments: [String]
    ) -> IdentityRoute? {
        let path = tail.joined(separator: "/")
        switch path {
        case "v2.0/.well-known/openid-configuration": return .discovery(.v2, tenant: tenant)
        case ".well-known/openid-configuration": return .discovery(.v1, tenant: tenant)
        case "discovery/v2.0/keys": return .keys(.v2, tenant: tenant)
        case "discovery/keys": return .keys(.v1, tenant: tenant)
        case "oauth2/v2.0/authorize": return .authorize(.v2, tenant: tenant)
        case "oauth2/authorize": return .authorize(.v1, tenant: tenant)
        case "oauth2/v2.0/token": return .token(.v2, tenant: tenant)
        case "oauth2/token": return .token(.v1, tenant: tenant)
        case "oauth2/v2.0/devicecode": return .deviceCode(.v2, tenant: tenant)
        case "oauth2/devicecode": return .deviceCode(.v1, tenant: tenant)
        case "oauth2/deviceauth": return .deviceSignIn(tenant: tenant)
        case "oauth2/v2.0/logout", "oauth2/logout": return .logout(tenant: tenant)
        case "v2.0/adminconsent": return .adminConsent(.v2, tenant: tenant)
        case "adminconsent": return .adminConsent(.v1, tenant: tenant)
        case "openid/userinfo": return .userInfo
        case "discovery/instance": return .instanceDiscovery
        default: break
        }
        if let form = SignInForm(rawValue: path) { return .signIn(form, tenant: tenant) }
        if tail.count == 2, tail.first == "userrealm", segments.count == 3 {
            return .userRealm(user: segments[2])
        }
        return nil
    }
}
