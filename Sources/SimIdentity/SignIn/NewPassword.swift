import SimCore
import SimDirectory
import SimErrors

/// The outcome of choosing a new password.
enum NewPassword: Hashable, Sendable {
    /// What is wrong with the choice; the first that applies.
    enum Fault: CaseIterable, Hashable, Sendable {
        case currentIsWrong, tooShort, tooLong, containsName, banned, sameAsBefore, notConfirmed

        /// The service's number for it.
        var refusal: AADSTSError {
            switch self {
            case .currentIsWrong: .currentPasswordWrong
            case .tooShort, .tooLong: .newPasswordRefused(.weak)
            case .containsName: .newPasswordRefused(.containsName)
            case .banned: .newPasswordRefused(.banned)
            case .sameAsBefore, .notConfirmed: .newPasswordRefused(.other)
            }
        }
    }

    /// Words nobody may build a password from. A list of our own, short on purpose.
    private static let bannedWords = ["password", "passwort", "qwertz", "qwerty", "12345678"]
    /// Parts of a name shorter than this may occur anywhere.
    private static let leastNamePart = 4

    /// Lengths the service takes for cloud accounts.
    static let lengths = 8...256

    /// The credential to store.
    case accepted(UserCredential)
    case refused(Fault)

    /// - Parameter current: the password to be replaced, as typed once more.
    init(
        _ password: String, confirmed: String?, replacing current: String, for user: User,
        at now: Timestamp
    ) {
        if current != user.credential.password {
            self = .refused(.currentIsWrong)
        } else if password.utf8.count < Self.lengths.lowerBound {
            self = .refused(.tooShort)
        } else if password.utf8.count > Self.lengths.upperBound {
            self = .refused(.tooLong)
        } else if Self.containsName(of: user, password.lowercased()) {
            self = .refused(.containsName)
        } else if Self.bannedWords.contains(where: password.lowercased().contains(text:)) {
            self = .refused(.banned)
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
            credential.changedAt = now
            self = .accepted(credential)
        }
    }

    private static func containsName(of user: User, _ password: String) -> Bool {
        let signInName = user.userPrincipalName.prefix { $0 != "@" }.lowercased()
        let parts =
            [signInName] + user.displayName.lowercased().split(separator: " ").map(String.init)
        return parts.contains { $0.count >= leastNamePart && password.contains(text: $0) }
    }
}

extension User {
    /// A guest who has not accepted the invitation.
    var awaitsRedemption: Bool {
        userType == .guest && attributes["externalUserState"] == "PendingAcceptance"
    }
}
