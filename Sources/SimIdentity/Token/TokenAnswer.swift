import SimCore

/// The body of a successful token answer, members in the service's order.
/// Source: identity-platform.md §3.2.
struct TokenAnswer: Sendable {
    let version: ProtocolVersion
    let now: Timestamp
    let lifetime: Duration
    let resource: Resource
    let accessToken: String
    /// nil for app-only tokens.
    var scope: String?
    var refreshToken: String?
    /// Set for single-page apps: what is left of their day.
    var refreshTokenExpiresIn: Int64?
    var idToken: String?
    var clientInfo: String?

    private static let refreshThreshold: Int64 = 7_200

    /// A second less than the token lives, as the service counts.
    private var expiresIn: Int64 { lifetime.wholeSeconds - 1 }

    var body: JSONObject {
        var body: JSONObject = ["token_type": "Bearer"]
        body.appendIfPresent("scope", scope)
        switch version {
        case .v2:
            body.append("expires_in", .int(expiresIn))
            body.append("ext_expires_in", .int(expiresIn))
            // Long tokens are renewed at half their life (unverified threshold).
            if expiresIn >= Self.refreshThreshold {
                body.append("refresh_in", .int(expiresIn / 2))
            }
        case .v1:
            body.append("expires_in", .string(String(expiresIn)))
            body.append("ext_expires_in", .string(String(expiresIn)))
            body.append("expires_on", .string(String((now + lifetime).seconds)))
            body.append(
                "not_before", .string(String((now - TokenLifetime.backDate).seconds)))
            body.append(
                "resource", .string(resource.requestedName ?? resource.appID.description))
        }
        body.append("access_token", .string(accessToken))
        body.appendIfPresent("refresh_token", refreshToken)
        body.appendIfPresent(
            "refresh_token_expires_in", refreshTokenExpiresIn.map { .int($0) })
        body.appendIfPresent("id_token", idToken)
        body.appendIfPresent("client_info", clientInfo)
        return body
    }
}
