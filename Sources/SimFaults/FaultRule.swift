import SimCore

/// One fault: where, whom, when, what.
///
/// JSON: `{"name": …, "where": …, "whom": {…}, "when": {…}, "what": {…}}`; `where` and `what` are
/// needed. A key nobody knows is an error with the nearest known one.
package struct FaultRule: Hashable, Sendable {
    /// The keys of a rule.
    package static let keys = ["name", "where", "whom", "when", "what"]

    /// For people; rules are addressed by their id or by this.
    package let name: String?
    package let place: FaultPlace
    package let target: FaultTarget
    package let trigger: FaultTrigger
    package let effect: FaultEffect
    /// As it was written, for lists.
    package let json: JSONObject

    package init(_ json: JSONValue) throws(FaultRuleError) {
        let reader = try FaultObjectReader(json, keys: Self.keys, place: "the rule")
        guard let place = reader.value("where"), let effect = reader.value("what") else {
            throw FaultRuleError(
                "the rule lacks the key '\(reader.value("where") == nil ? "where" : "what")'",
                hint: #"{"where": "token", "what": {"aadsts": 50076}}"#)
        }
        name = try reader.string("name")
        self.place = try Self.reading("where") { () throws(FaultRuleError) in
            try FaultPlace(place)
        }
        let site = self.place.site
        target = try Self.reading("whom") { () throws(FaultRuleError) in
            let target = try FaultTarget(reader.value("whom"))
            try target.checkFits(site)
            return target
        }
        trigger = try Self.reading("when") { () throws(FaultRuleError) in
            try FaultTrigger(reader.value("when"))
        }
        self.effect = try Self.reading("what") { () throws(FaultRuleError) in
            try FaultEffect(effect, at: site)
        }
        self.json = json.objectValue ?? [:]
    }

    private static func reading<Part>(
        _ key: String, _ read: () throws(FaultRuleError) -> Part
    ) throws(FaultRuleError) -> Part {
        do throws(FaultRuleError) {
            return try read()
        } catch {
            throw error.inside(.key(key))
        }
    }

    func covers(_ facts: FaultFacts) -> Bool {
        place.covers(facts) && target.covers(facts)
    }
}
