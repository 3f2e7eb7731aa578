import SimCore
import SimDirectory

/// How long what a person once proved counts. identity-platform.md §3.4, the table of revocations.
extension User {
    /// Since when a sign-in must be for a browser's session of it to count: sessions were ended, or
    /// the password it was made with was changed. A password that expires ends nothing.
    func sessionsCount(of signIn: SignIn, at now: Timestamp) -> Timestamp {
        guard signIn.methods.contains("pwd") else { return sessionsValidFrom }
        return provenSince(at: now)
    }

    /// The same for what a client holds: a confidential client proves itself too, and keeps its
    /// tokens when a password is changed.
    func grantsCount(_ grant: UserGrant, at now: Timestamp) -> Timestamp {
        switch grant.platform {
        case .web: sessionsValidFrom
        case .spa, .publicClient: sessionsCount(of: grant.signIn, at: now)
        }
    }

    /// The last time the person had to prove themselves anew, whatever the proof.
    func provenSince(at now: Timestamp) -> Timestamp {
        guard let changed = credential.changedAt, changed.seconds <= now.seconds else {
            return sessionsValidFrom
        }
        return max(sessionsValidFrom, changed + Self.instant)
    }

    /// The time of a proof given now: after all that ended earlier ones, also while the clock
    /// stands still.
    func proofTime(at now: Timestamp) -> Timestamp { max(now, provenSince(at: now)) }
}
