import SimCore

/// One step: something is done, or expected, or both in this order.
///
/// JSON: one key of an action, `expect`, and `say`, a remark for the timeline.
package struct DrillStep: Hashable, Sendable {
    package let remark: String?
    package let action: DrillAction?
    package let expectation: DrillExpectation?

    init(_ json: JSONValue) throws(FaultRuleError) {
        let actions = DrillActionKey.allCases.map(\.rawValue)
        let reader = try FaultObjectReader(
            json, keys: ["say"] + actions + ["expect"], place: "the step")
        remark = try reader.string("say")
        let found = actions.filter { reader.value($0) != nil }
        guard found.count <= 1 else {
            throw FaultRuleError(
                "the step does '\(found[0])' and '\(found[1])'", hint: "two actions are two steps",
                path: [.key(found[1])])
        }
        action = try found.first.flatMap(DrillActionKey.init(rawValue:)).flatMap {
            key throws(FaultRuleError) in
            try reader.nested(key.rawValue) { json throws(FaultRuleError) in
                try DrillAction(key, json)
            }
        }
        expectation = try reader.nested("expect") { json throws(FaultRuleError) in
            try DrillExpectation(json)
        }
        guard action != nil || expectation != nil else {
            throw FaultRuleError(
                "the step does nothing",
                hint: "one of: \((actions + ["expect"]).joined(separator: ", "))")
        }
    }
}
