import SimHTTP
import SimProvisioning

/// What a call to a target is for, and so what of its answer may be kept.
enum CallPurpose: Sendable {
    /// SCIM, with the secret token as entered.
    case scim
    /// SCIM, with an access token.
    case authorized(SecretTexts)
    /// An access token.
    case token

    /// The answer as the journal and `--wire` show it.
    func kept(_ response: HTTPResponse) -> HTTPResponse {
        switch self {
        case .scim: response
        case .authorized(let secrets): secrets.hidden(in: response)
        case .token: TokenGrant.kept(response)
        }
    }

    var isSCIM: Bool {
        switch self {
        case .scim, .authorized: true
        case .token: false
        }
    }
}
