/// The two generations of the service's endpoints.
enum ProtocolVersion: Sendable {
    case v1, v2

    /// What stands between tenant and verb: `oauth2` or `oauth2/v2.0`.
    var pathPart: String {
        switch self {
        case .v1: "oauth2"
        case .v2: "oauth2/v2.0"
        }
    }
}
