import SimCore
import SimDirectory

/// The facts of one sign-in that its tokens repeat.
struct SignIn: Hashable, Sendable {
    let user: UserID
    /// When credentials were last presented: `auth_time`.
    private(set) var authenticatedAt: Timestamp
    /// `amr`: `pwd`, and `mfa` after a second factor. identity-platform.md §4.4.
    var methods: [String]
    /// `sid` and `session_state`.
    let sessionID: GUID
    /// When a second factor was presented.
    var secondFactorAt: Timestamp?
    /// Demands of policies that were met once and for all: see `AccessNeed.mark`.
    var satisfied: [String] = []
    /// What the person chose on the page's panel: it stays true of the session.
    var situation = SignInSituation()
    /// The person chose to stay signed in.
    var staysSignedIn = false

    var hasSecondFactor: Bool { methods.contains("mfa") }

    /// Whether a proof of that strength was given.
    func hasSecondFactor(_ strength: ConditionalAccessPolicy.Strength) -> Bool {
        switch strength {
        case .multifactor: hasSecondFactor
        case .passwordless, .phishingResistant: hasSecondFactor && methods.contains("fido")
        }
    }

    /// The same sign-in after the password was presented, and replaced, once more.
    func proven(at now: Timestamp) -> SignIn {
        var renewed = self
        renewed.authenticatedAt = now
        return renewed
    }

    /// The same sign-in after a second factor.
    func strengthened(by method: SecondFactorMethod, at now: Timestamp) -> SignIn {
        var stronger = self
        let more = method == .passkey ? ["fido", "mfa"] : ["mfa"]
        stronger.methods += more.filter { !methods.contains($0) }
        stronger.secondFactorAt = now
        return stronger
    }
}
