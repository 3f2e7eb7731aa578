import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

/// A claim of the reference's table: the tokens it stands in as things are, and those it stands in
/// once something is so. In all others it is absent.
struct ClaimRule: Sendable, CustomTestStringConvertible {
    /// Something that brings a claim, or takes it away.
    struct Condition: Sendable {
        let text: String
        let tokens: Set<TokenSample>
        let value: JSONValue?
        let arrange: @Sendable (ClaimBench) throws -> Void
    }

    let claim: String
    let plain: Set<TokenSample>
    var conditions: [Condition] = []
    var testDescription: String { claim }

    init(_ claim: String, in plain: Set<TokenSample> = []) {
        self.claim = claim
        self.plain = plain
    }

    func when(
        _ text: String, in tokens: Set<TokenSample>, is value: JSONValue? = nil,
        arrange: @escaping @Sendable (ClaimBench) throws -> Void
    ) -> ClaimRule {
        var rule = self
        rule.conditions.append(
            Condition(text: text, tokens: tokens, value: value, arrange: arrange))
        return rule
    }

    /// As an optional claim of every registration, once `facts` are true.
    func optional(
        in more: Set<TokenSample> = TokenSample.chosen, is value: JSONValue? = nil,
        properties: [String] = [],
        facts: @escaping @Sendable (ClaimBench) throws -> Void = { _ in }
    ) -> ClaimRule {
        let name = claim
        return when("asked for", in: plain.union(more), is: value) {
            try facts($0)
            try $0.option(name, properties)
        }
    }

    func forGuests(_ tokens: Set<TokenSample>, is value: JSONValue? = nil) -> ClaimRule {
        when("a guest", in: tokens, is: value) { $0.user = "gus" }
    }
}

extension ClaimBench {
    func set(_ name: String, _ value: JSONValue) throws { try browser.set(user, name, value) }

    func situate(_ facts: [SituationField: String]) throws { try browser.situate(user, facts) }

    /// The password, as old as the account, expires in ten days.
    func letPasswordExpire() throws {
        try browser.decide { $0.passwordExpiry = PasswordExpiry(validityDays: 110) }
    }

    /// The person is in the office.
    func trustOffice() throws {
        let office = NamedLocation(
            id: NamedLocationID(Fixture.id("office")), displayName: "Office",
            kind: .addresses([try #require(AddressRange("203.0.113.0/24"))], isTrusted: true),
            createdAt: Fixture.start)
        try browser.append(.namedLocationCreated(office))
        try situate([.address: "203.0.113.7"])
    }
}
