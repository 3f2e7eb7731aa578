import SimCore
import SimDirectory
import SimFaults

/// The fault rules of a tenant's fixture, and what is wrong with those that are none.
struct FixtureFaults {
    private(set) var rules: [FaultRule] = []
    private(set) var problems: [FixtureProblem] = []

    init(_ faults: [FixtureFault]) {
        var names: Set<String> = []
        for fault in faults {
            do throws(FaultRuleError) {
                let rule = try FaultRule(fault.json)
                if let name = rule.name, !names.insert(name).inserted {
                    problems.append(
                        fault.problem(
                            "there is a rule '\(name)' already", hint: nil, at: [.key("name")]))
                }
                rules.append(rule)
            } catch {
                problems.append(fault.problem(error.message, hint: error.hint, at: error.path))
            }
        }
    }
}
