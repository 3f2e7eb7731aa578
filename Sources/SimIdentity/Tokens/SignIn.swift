import SimCore
import SimDirectory

/// The facts of one sign-in that its tokens repeat.
struct SignIn: Hashable, Sendable {
    let user: UserID
    /// When credentials were last presented: `auth_time`.
    let authenticatedAt: Timestamp
    /// `amr`: `pwd`, and `mfa` after a second factor. identity-platform.md §4.4.
    let methods: [String]
    /// `sid` and `session_state`.
    let sessionID: GUID

    var hasSecondFactor: Bool { methods.contains("mfa") }
}
