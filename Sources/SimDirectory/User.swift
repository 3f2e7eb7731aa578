import SimCore

/// A user object. Attribute names are Entra's own (mapping-expressions.md §9.1).
package struct User: Hashable, Sendable {
    package enum UserType: String, CaseIterable, Sendable {
        case member = "Member"
        case guest = "Guest"
    }

    package internal(set) var id: UserID
    package var userPrincipalName: String
    package var displayName: String
    package var accountEnabled: Bool
    package var userType: UserType
    /// Every other attribute that has a value: `mail`, `givenName`, `jobTitle`, `proxyAddresses`, …
    package var attributes: AttributeBag
    package var manager: UserID?
    package var credential: UserCredential
    package var createdAt: Timestamp
    /// Set while the user is in the recycle bin; purged 30 days later.
    package var deletedAt: Timestamp?
    /// Refresh tokens and sessions issued before this are refused (50173).
    package var sessionsValidFrom: Timestamp
    /// Where the person is and on what, when a request does not say.
    package var situation = SignInSituation()

    package init(
        id: UserID, userPrincipalName: String, displayName: String, accountEnabled: Bool = true,
        userType: UserType = .member, attributes: AttributeBag = AttributeBag(),
        manager: UserID? = nil, credential: UserCredential = UserCredential(),
        createdAt: Timestamp, deletedAt: Timestamp? = nil
    ) {
        self.id = id
        self.userPrincipalName = userPrincipalName
        self.displayName = displayName
        self.accountEnabled = accountEnabled
        self.userType = userType
        self.attributes = attributes
        self.manager = manager
        self.credential = credential
        self.createdAt = createdAt
        self.deletedAt = deletedAt
        self.sessionsValidFrom = createdAt
    }

    package var mail: String? { attributes["mail"]?.stringValue }
    package var givenName: String? { attributes["givenName"]?.stringValue }
    package var surname: String? { attributes["surname"]?.stringValue }
    package var mailNickname: String? { attributes["mailNickname"]?.stringValue }
}

/// How a user proves who they are. Fixture passwords are public by nature.
package struct UserCredential: Hashable, Sendable {
    /// Plain text: this is a test double. nil means the user has no password (50056).
    package var password: String?
    /// The password has expired (50055).
    package var isExpired: Bool
    /// The next sign-in must change the password (50055).
    package var mustChange: Bool
    /// Locked until then (50053); nil when not locked.
    package var lockedUntil: Timestamp?
    package var failedAttempts: Int
    /// A second factor is demanded at sign-in.
    package var requiresMFA: Bool
    /// What the person has registered to prove more than a password.
    package var secondFactor: SecondFactorMethod
    /// `lastPasswordChangeDateTime`; nil for the account's own creation.
    package var changedAt: Timestamp?

    package init(
        password: String? = nil, isExpired: Bool = false, mustChange: Bool = false,
        lockedUntil: Timestamp? = nil, failedAttempts: Int = 0, requiresMFA: Bool = false,
        secondFactor: SecondFactorMethod = .simulatedCode
    ) {
        self.password = password
        self.isExpired = isExpired
        self.mustChange = mustChange
        self.lockedUntil = lockedUntil
        self.failedAttempts = failedAttempts
        self.requiresMFA = requiresMFA
        self.secondFactor = secondFactor
    }
}

extension User {
    /// The shortest time there is: what happens in one instant of a clock that stands still
    /// happens in an order all the same.
    package static let instant = Duration.microseconds(1)

    /// Ends every session there is, also those that began in this very instant.
    mutating func endSessions(at time: Timestamp) {
        sessionsValidFrom = max(time, sessionsValidFrom) + Self.instant
    }
}
