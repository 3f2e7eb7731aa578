import SimDirectory

/// The outcome of choosing a new password.
enum NewPassword: Hashable, Sendable {
    /// What is wrong with the choice; the first that applies.
    enum Fault: CaseIterable, Hashable, Sendable {
        case tooShort, tooLong, sameAsBefore, notConfirmed
    }

    /// Lengths the service takes for cloud accounts.
    static let lengths = 8...256

    /// The credential to store.
    case accepted(UserCredential)
    case refused(Fault)

    init(_ password: String, confirmed: String?, for user: User) {
        if password.utf8.count < Self.lengths.lowerBound {
            self = .refused(.tooShort)
        } else if password.utf8.count > Self.lengths.upperBound {
            self = .refused(.tooLong)
        } else if password == user.credential.password {
            self = .refused(.sameAsBefore)
        } else if password != confirmed {
            self = .refused(.notConfirmed)
        } else {
            var credential = user.credential
            credential.password = password
            credential.isExpired = false
            credential.mustChange = false
            credential.failedAttempts = 0
            credential.lockedUntil = nil
            self = .accepted(credential)
        }
    }
}
