/// `grant_type` of a token request. RFC 6749 §4; identity-platform.md §3.2.
enum GrantType: String, CaseIterable, Sendable {
    case authorizationCode = "authorization_code"
    case refreshToken = "refresh_token"
    case clientCredentials = "client_credentials"
}
