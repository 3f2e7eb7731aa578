import SimCore

/// *Whom*: every condition that is there must hold; none means everybody.
///
/// JSON: `{"tenant": "contoso", "app": "Claresia", "user": "a@b.test", "group": "Pilots",
/// "address": "127.0.0.1", "method": "POST", "path": "/…/*", "header": {"name": "value or *"},
/// "call": 3}`.
package struct FaultTarget: Hashable, Sendable {
    static let keys = [
        "tenant", "app", "user", "group", "address", "method", "path", "header", "call",
    ]

    package let tenant: String?
    package let app: String?
    package let user: String?
    package let group: String?
    package let address: String?
    package let method: String?
    package let path: String?
    package let headers: [FaultFacts.Header]
    /// Only the n-th request that fits, from 1.
    package let call: Int?

    init(_ json: JSONValue?) throws(FaultRuleError) {
        let reader = try FaultObjectReader(json ?? [:], keys: Self.keys, place: "'whom'")
        tenant = try reader.string("tenant")?.lowercased()
        app = try reader.string("app")?.lowercased()
        user = try reader.string("user")?.lowercased()
        group = try reader.string("group")?.lowercased()
        address = try reader.string("address")
        method = try reader.string("method")?.uppercased()
        path = try reader.string("path")
        headers = try reader.strings("header").map { .init(name: $0.name, value: $0.value) }
        call = try reader.number("call", in: 1...FaultTrigger.countLimit)
    }

    /// All but `call`, which the book counts.
    func covers(_ facts: FaultFacts) -> Bool {
        (tenant.map(facts.tenants.contains) ?? true)
            && (app.map(facts.apps.contains) ?? true)
            && (user.map(facts.users.contains) ?? true)
            && (group.map(facts.groups.contains) ?? true)
            && (address.map { $0 == facts.address } ?? true)
            && (method.map { $0 == facts.method } ?? true)
            && (path.map { FaultPattern.matches($0, facts.path) } ?? true)
            && headers.allSatisfy { wanted in
                facts.headers.contains {
                    $0.name == wanted.name && FaultPattern.matches(wanted.value, $0.value)
                }
            }
    }
}
