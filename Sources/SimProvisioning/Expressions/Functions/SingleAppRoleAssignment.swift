import SimDirectory

extension ExpressionFunction {
    /// The one role assigned, by value or else by name; several are an error.
    static let singleAppRoleAssignment = ExpressionFunction(
        "SingleAppRoleAssignment", [Parameter("source")],
        Help(
            "the one role assigned", example: "SingleAppRoleAssignment([appRoleAssignments])")
    ) { (call) throws(ExpressionEvaluationError) in
        let roles = try call.list(0)
        guard let first = roles.first else { return .null }
        guard roles.count == 1 || call.context.settings.severalRoles == .first else {
            // Spelled as the service spells it. mapping-expressions.md §3.4.
            throw call.error(
                "No more than one app role assignment was expected, but this many where found: "
                    + "\(roles.count)")
        }
        return .string(AppRoleText.name(in: first))
    }
}
