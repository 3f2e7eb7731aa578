import SimCore
import SimFaults
import SimHTTP

extension ControlRoutes {
    /// Fault rules, in their order.
    static let faultEndpoints: [ControlEndpoint] = [
        ControlEndpoint(.get, "faults", "fault rules in order, with their hits") { _ in
            .faults(.list)
        },
        ControlEndpoint(.post, "faults", body: FaultRule.keys, "add a fault rule at the end") {
            input throws(ControlError) in
            var rule = JSONObject()
            for key in FaultRule.keys { rule.appendIfPresent(key, input.body.value(key)) }
            do throws(FaultRuleError) {
                return .faults(.add(try FaultRule(.object(rule))))
            } catch {
                throw ControlError(error)
            }
        },
        ControlEndpoint(.delete, "faults", "clear every fault rule") { _ in .faults(.clear) },
        ControlEndpoint(.delete, "faults/{rule}", "clear one fault rule by id or name") {
            input throws(ControlError) in
            .faults(.remove(try input.parameter("rule")))
        },
    ]
}
