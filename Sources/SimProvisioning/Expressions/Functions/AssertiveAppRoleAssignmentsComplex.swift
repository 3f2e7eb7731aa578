extension ExpressionFunction {
    /// As `AppRoleAssignmentsComplex`; the target's roles are replaced.
    static let assertiveAppRoleAssignmentsComplex = ExpressionFunction(
        "AssertiveAppRoleAssignmentsComplex", [Parameter("source")],
        Help(
            "all roles assigned; replaces the target's roles",
            example: "AssertiveAppRoleAssignmentsComplex([appRoleAssignments])")
    ) { (call) throws(ExpressionEvaluationError) in
        .listOrNull(try call.list(0))
    }
}
