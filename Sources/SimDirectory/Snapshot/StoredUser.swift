import SimCore

/// A user as the table keeps it: its texts in one block, and what many users have in common shared
/// by them. A million take 540 bytes each with all indexes; kept as `User` they took 1,560.
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
        let span = texts.span
        var place = 0
        var user = facts.template
        user.id = id
        user.userPrincipalName = Self.text(span, &place)
        user.displayName = Self.text(span, &place)
        user.attributes = AttributeBag(stored: texts[place...])
        user.manager = manager
        return user
    }

    var userPrincipalName: String {
        var place = 0
        return Self.text(texts.span, &place)
    }

    private static func text(_ bytes: Span<UInt8>, _ place: inout Int) -> String {
        let length = StoredAttribute.readLength(bytes, &place)
        defer { place += length }
        return StoredAttribute.text(bytes, place..<(place + length))
    }
}

/// What users created alike have in common: everything but identifier, texts and manager.
final class UserFacts: Sendable {
    let template: User

    fileprivate init(_ template: User) {
        self.template = template
    }
}

/// The facts met last, to be shared by the users that follow.
struct RecentFacts: Sendable {
    private static let limit = 4

    private var recent: [UserFacts] = []

    mutating func facts(of user: User) -> UserFacts {
        var template = user
        template.id = UserID(.zero)
        template.userPrincipalName = ""
        template.displayName = ""
        template.attributes = AttributeBag()
        template.manager = nil
        if let known = recent.first(where: { $0.template == template }) { return known }
        let facts = UserFacts(template)
        if recent.count == Self.limit { recent.removeFirst() }
        recent.append(facts)
        return facts
    }
}
