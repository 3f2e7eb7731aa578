import SimCore

extension ExpressionFunction {
    /// Each assigned role as JSON text; the target's roles are added to, never removed.
    static let appRoleAssignmentsComplex = ExpressionFunction(
        "AppRoleAssignmentsComplex", [Parameter("source")],
        Help(
            "all roles assigned, each with id, value and name; only adds",
            example: "AppRoleAssignmentsComplex([appRoleAssignments])")
    ) { (call) throws(ExpressionEvaluationError) in
        .listOrNull(try call.list(0))
    }
}

/// One value of `[appRoleAssignments]`: a plain role name, or `{"id":…,"value":…,"displayName":…}`
/// as JSON text.
enum AppRoleText {
    /// The role's value, else its display name.
    static func name(in text: String) -> String {
        // A plain name is no JSON object.
        guard let object = (try? JSONValue(parsing: text))?.objectValue else { return text }
        return object["value"]?.stringValue ?? object["displayName"]?.stringValue ?? ""
    }
}
