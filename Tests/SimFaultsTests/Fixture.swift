import SimCore
import SimFaults
import Testing

/// Builders for rules and requests; what a test is about stands in its own text.
enum Fixture {
    static let start = Timestamp(seconds: 1_767_600_000)

    /// A rule from its JSON text.
    static func rule(_ text: String) throws -> FaultRule {
        try FaultRule(JSONValue(parsing: text))
    }

    /// A rule at the token endpoint with these conditions.
    static func rule(when trigger: String) throws -> FaultRule {
        try rule(#"{"where":"token","when":\#(trigger),"what":{"aadsts":50076}}"#)
    }

    static func request(_ site: FaultSite = .token) -> FaultFacts {
        FaultFacts(site: site, method: "POST", path: "/contoso.example/oauth2/v2.0/token")
    }

    /// Which of `count` requests the rule strikes, `T` for a strike.
    static func strikes(
        _ rule: FaultRule, _ count: Int, seed: UInt64 = 1
    ) throws -> String {
        var book = FaultBook(seed: seed)
        _ = try book.add(rule, at: start)
        return (0..<count).map { _ in book.decide(request(), at: start) == nil ? "-" : "T" }
            .joined()
    }

    static func refusal(_ text: String) -> FaultRuleError? {
        do {
            _ = try rule(text)
            return nil
        } catch let error as FaultRuleError {
            return error
        } catch {
            return nil
        }
    }
}
