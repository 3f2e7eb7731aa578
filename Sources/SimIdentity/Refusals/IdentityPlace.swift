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
            guard tail == ["saml2"] else { return nil }
            self = .saml
            return
        }
        self =
            switch route {
            case .discovery: .discovery
            case .keys: .keys
            case .authorize: .authorize
            case .token: .token
            case .logout: .logout
            case .signIn, .deviceSignIn, .deviceShortcut, .adminConsent: .signIn
            case .deviceCode: .deviceCode
            case .userInfo, .memberObjects: .userInfo
            case .instanceDiscovery, .userRealm, .userRealmPage, .errorLookup: .other
            }
    }
}
