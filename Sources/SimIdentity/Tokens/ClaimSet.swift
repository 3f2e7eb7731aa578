import SimCore

/// The claims of a token under construction. A claim without a value is left out, never null.
struct ClaimSet {
    private let leading: [JSONObject.Member]
    private var members: [JSONObject.Member] = []

    /// - Parameters:
    ///   - audience: `aud`.
    ///   - expiresAt: `exp`; `iat` and `nbf` lie five minutes before `now`.
    init(audience: String, issuer: String, now: Timestamp, expiresAt: Timestamp) {
        let start = JSONValue.int((now - TokenLifetime.backDate).seconds)
        leading = [
            .init("aud", .string(audience)), .init("iss", .string(issuer)), .init("iat", start),
            .init("nbf", start), .init("exp", .int(expiresAt.seconds)),
        ]
        members.reserveCapacity(24)
    }

    mutating func set(_ name: String, _ value: String?) {
        if let value, !value.isEmpty { members.append(.init(name, .string(value))) }
    }

    mutating func set(_ name: String, _ values: [String]) {
        if !values.isEmpty { members.append(.init(name, JSONValue(strings: values))) }
    }

    mutating func set(_ name: String, json value: JSONValue) {
        members.append(.init(name, value))
    }

    func contains(_ name: String) -> Bool { members.contains { $0.name == name } }

    /// `aud iss iat nbf exp`, then the others by name. identity-platform.md §11.5.
    var object: JSONObject {
        JSONObject(leading + members.sorted { $0.name < $1.name })
    }
}
