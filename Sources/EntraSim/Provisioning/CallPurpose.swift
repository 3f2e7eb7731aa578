import SimHTTP
import SimProvisioning

/// What a call to a target is for, and so what of its answer may be kept.
enum CallPurpose: Sendable {
    /// SCIM; what of its credentials an answer might repeat.
    case scim(SecretTexts)
    /// An access token.
    case token

    /// The answer as the journal and `--wire` show it.
    func kept(_ response: HTTPResponse) -> HTTPResponse {
        switch self {
        case .scim(let secrets): secrets.hidden(in: response)
        case .token: TokenGrant.kept(response)
        }
    }

    var isSCIM: Bool {
        switch self {
        case .scim: true
        case .token: false
        }
    }
}
