import SimHTTP

/// Which of the login endpoint's surfaces a request is about, whether or not it is there yet.
package enum IdentityPlace: String, CaseIterable, Sendable {
    case authorize, token, deviceCode, discovery, keys, userInfo, signIn, logout, saml
    /// Instance discovery, user realm, the error look-up.
    case other

    /// nil for a path that is none of the login endpoint's.
    package init?(_ request: HTTPRequest) {
        guard let route = IdentityRoute(request) else {
            let tail = (request.pathSegments ?? []).dropFirst().map { $0.lowercased() }
            switch tail.joined(separator: "/") {
            case "oauth2/v2.0/devicecode", "oauth2/devicecode": self = .deviceCode
            case "saml2": self = .saml
            default: return nil
            }
            return
        }
        self =
            switch route {
            case .discovery: .discovery
            case .keys: .keys
            case .authorize: .authorize
            case .token: .token
            case .logout: .logout
            case .signIn: .signIn
            case .userInfo: .userInfo
            case .instanceDiscovery, .userRealm, .userRealmPage, .errorLookup: .other
            }
    }
}
