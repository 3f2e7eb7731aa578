extension ExpressionFunction {
    /// The names of all assigned roles. Listed by the service without a description (unverified).
    static let appRoleAssignments = ExpressionFunction(
        "AppRoleAssignments", [Parameter("source")],
        Help("names of all roles assigned", example: "AppRoleAssignments([appRoleAssignments])")
    ) { (call) throws(ExpressionEvaluationError) in
        .listOrNull(try call.list(0).map { AppRoleText.name(in: $0) })
    }
}
