/// `grant_type` of a token request. RFC 6749 §4; identity-platform.md §3.2.
enum GrantType: String, CaseIterable, Sendable {
    case authorizationCode = "authorization_code"
    case refreshToken = "refresh_token"
    case clientCredentials = "client_credentials"
    case deviceCode = "urn:ietf:params:oauth:grant-type:device_code"
    case password
    case onBehalfOf = "urn:ietf:params:oauth:grant-type:jwt-bearer"

    /// Reads the parameter; the device grant also goes by its short name, as older clients send it.
    init?(wireName: String) {
        self.init(rawValue: wireName == "device_code" ? Self.deviceCode.rawValue : wireName)
    }
}
