import SimCore

/// A user as the table keeps it: its texts in one block, and what many users have in common shared
/// by them. 56 bytes with its key, beside a block of some 300; a `User` with its strings is 1,200.
struct StoredUser: Sendable {
    /// User principal name, display name, attributes.
    private let texts: [UInt8]
    let facts: UserFacts
    let manager: UserID?

    init(_ user: User, facts: UserFacts) {
        var texts: [UInt8] = []
        texts.reserveCapacity(
            user.userPrincipalName.utf8.count + user.displayName.utf8.count
                + user.attributes.bytes.count + 4)
        StoredAttribute.append(user.userPrincipalName.utf8, to: &texts)
        StoredAttribute.append(user.displayName.utf8, to: &texts)
        texts.append(contentsOf: user.attributes.bytes)
        self.texts = texts
        self.facts = facts
        manager = user.manager
    }

    /// The user again; its attributes share the block.
    func user(_ id: UserID) -> User {
        var place = 0
        let name = text(&place)
        let displayName = text(&place)
        var user = User(
            id: id, userPrincipalName: name, displayName: displayName,
            accountEnabled: facts.accountEnabled, userType: facts.userType,
            attributes: AttributeBag(stored: texts[place...]), manager: manager,
            credential: facts.credential, createdAt: facts.createdAt, deletedAt: facts.deletedAt)
        user.sessionsValidFrom = facts.sessionsValidFrom
        return user
    }

    var userPrincipalName: String {
        var place = 0
        return text(&place)
    }

    private func text(_ place: inout Int) -> String {
        let length = StoredAttribute.readLength(texts[...], &place)
        defer { place += length }
        return String(decoding: texts[place..<(place + length)], as: UTF8.self)
    }
}

/// What users created alike have in common.
final class UserFacts: Sendable {
    let accountEnabled: Bool
    let userType: User.UserType
    let credential: UserCredential
    let createdAt: Timestamp
    let deletedAt: Timestamp?
    let sessionsValidFrom: Timestamp

    init(_ user: User) {
        accountEnabled = user.accountEnabled
        userType = user.userType
        credential = user.credential
        createdAt = user.createdAt
        deletedAt = user.deletedAt
        sessionsValidFrom = user.sessionsValidFrom
    }

    func describes(_ user: User) -> Bool {
        accountEnabled == user.accountEnabled && userType == user.userType
            && createdAt == user.createdAt && deletedAt == user.deletedAt
            && sessionsValidFrom == user.sessionsValidFrom && credential == user.credential
    }
}

/// The facts met last, to be shared by the users that follow.
struct RecentFacts: Sendable {
    private static let limit = 4

    private var recent: [UserFacts] = []

    mutating func facts(of user: User) -> UserFacts {
        if let known = recent.first(where: { $0.describes(user) }) { return known }
        let facts = UserFacts(user)
        if recent.count == Self.limit { recent.removeFirst() }
        recent.append(facts)
        return facts
    }
}
