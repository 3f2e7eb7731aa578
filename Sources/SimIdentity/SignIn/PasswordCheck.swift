import SimCore
import SimCrypto
import SimDirectory
import SimErrors

/// Judges a password and counts failures. Order of refusals: aadsts.md §8.
struct PasswordCheck: Sendable {
    /// Failures that lock an account, and the first lock's length. aadsts.md §8.
    static let failureLimit = 10
    static let firstLock: Duration = .seconds(60)

    enum Verdict: Sendable {
        /// Right. The credential to store, when the count of failures must be cleared.
        case accepted(UserCredential?)
        /// Right, but it must be changed before it counts (50055).
        case mustChange
        /// Refused. The credential to store, when the failure was counted.
        case refused(AADSTSError, UserCredential?)
    }

    let user: User
    let now: Timestamp
    /// The tenant's rule for passwords.
    private let expiry: PasswordExpiry?

    init(user: User, in tenant: any DirectoryQueries, now: Timestamp) {
        self.user = user
        self.now = now
        expiry = tenant.policies.passwordExpiry
    }

    func judge(_ password: String) -> Verdict {
        let credential = user.credential
        if let until = credential.lockedUntil, now < until { return .refused(.accountLocked, nil) }
        guard let known = credential.password else { return .refused(.noPassword, nil) }
        guard ConstantTime.areEqual(Array(password.utf8), Array(known.utf8)) else {
            return .refused(.wrongPassword, failed(credential))
        }
        if credential.isExpired, user.attributes["onPremisesSyncEnabled"] == .bool(true) {
            return .refused(.onPremisesPasswordExpired, nil)
        }
        let isOver = user.passwordExpires(expiry).map { $0 <= now } ?? false
        if credential.isExpired || credential.mustChange || isOver { return .mustChange }
        guard user.accountEnabled else {
            return .refused(user.userType == .guest ? .guestDisabled : .userDisabled, nil)
        }
        guard credential.failedAttempts > 0 || credential.lockedUntil != nil else {
            return .accepted(nil)
        }
        var cleared = credential
        cleared.failedAttempts = 0
        cleared.lockedUntil = nil
        return .accepted(cleared)
    }

    /// From the tenth failure on each one locks, a minute longer every time.
    private func failed(_ credential: UserCredential) -> UserCredential {
        var counted = credential
        counted.failedAttempts = min(credential.failedAttempts + 1, 1_000)
        let beyond = counted.failedAttempts - Self.failureLimit
        if beyond >= 0 { counted.lockedUntil = now + Self.firstLock * (beyond + 1) }
        return counted
    }
}
