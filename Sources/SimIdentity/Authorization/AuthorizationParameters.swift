import SimCore
import SimErrors

/// The values an authorization request may choose from. identity-platform.md §2.1.
enum ResponseType: String, CaseIterable, Hashable, Sendable {
    case code
    case idToken = "id_token"
    case token
}

/// How the answer reaches the client.
enum ResponseMode: String, CaseIterable, Sendable {
    case query, fragment
    case formPost = "form_post"
}

/// What the person must be shown.
enum Prompt: String, CaseIterable, Sendable {
    case login, none, consent, create
    case selectAccount = "select_account"
    case adminConsent = "admin_consent"
    case refreshSession = "refresh_session"
}

/// Where an answer goes, once client and address are trusted.
struct ReturnAddress: Hashable, Sendable {
    /// As sent, or as registered when none was sent.
    let uri: String
    let mode: ResponseMode
    /// Echoed as it came.
    let state: String?
}

/// A refusal of an authorization request and the way it is shown. aadsts.md §2.
enum AuthorizationRefusal: Error, Sendable {
    case page(AADSTSError)
    case redirect(AADSTSError, ReturnAddress)
}
