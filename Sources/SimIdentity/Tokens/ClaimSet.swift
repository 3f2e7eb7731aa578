import SimCore

/// The claims of a token under construction. A claim without a value is left out, never null.
struct ClaimSet {
    /// `aud iss iat nbf exp`, in front in every token.
    private static let leadingCount = 5

    /// `aud iss iat nbf exp`, then the others by name. identity-platform.md §11.5.
    private var members: [JSONObject.Member] = []

    /// - Parameters:
    ///   - audience: `aud`.
    ///   - expiresAt: `exp`; `iat` and `nbf` lie five minutes before `now`.
    init(audience: String, issuer: String, now: Timestamp, expiresAt: Timestamp) {
        let start = JSONValue.int((now - TokenLifetime.backDate).seconds)
        members.reserveCapacity(24)
        members.append(.init("aud", .string(audience)))
        members.append(.init("iss", .string(issuer)))
        members.append(.init("iat", start))
        members.append(.init("nbf", start))
        members.append(.init("exp", .int(expiresAt.seconds)))
    }

    mutating func set(_ name: String, _ value: String?) {
        if let value, !value.isEmpty { set(name, json: .string(value)) }
    }

    mutating func set(_ name: String, _ values: [String]) {
        if !values.isEmpty { set(name, json: JSONValue(strings: values)) }
    }

    mutating func set(_ name: String, json value: JSONValue) {
        var place = members.count
        // A span: looking at a member of an array copies it.
        while place > Self.leadingCount, members.span[place - 1].name > name { place -= 1 }
        members.insert(.init(name, value), at: place)
    }

    func contains(_ name: String) -> Bool {
        members.dropFirst(Self.leadingCount).contains { $0.name == name }
    }

    consuming func object() -> JSONObject { JSONObject(members) }
}
