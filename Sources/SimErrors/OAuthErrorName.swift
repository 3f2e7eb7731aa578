/// A value of the `error` member. RFC 6749 §5.2 names some; the service adds its own.
package struct OAuthErrorName: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package static let authorizationDeclined = OAuthErrorName(rawValue: "authorization_declined")
    package static let interactionRequired = OAuthErrorName(rawValue: "interaction_required")
    package static let invalidClient = OAuthErrorName(rawValue: "invalid_client")
    package static let invalidGrant = OAuthErrorName(rawValue: "invalid_grant")
    package static let invalidRequest = OAuthErrorName(rawValue: "invalid_request")
    package static let invalidScope = OAuthErrorName(rawValue: "invalid_scope")

    /// The status a JSON endpoint answers with when the catalogue names none of its own.
    /// Source: aadsts.md §1.2.
    package var httpStatus: Int {
        switch rawValue {
        case "invalid_client": 401
        case "server_error": 500
        case "temporarily_unavailable": 503
        default: 400
        }
    }
}
