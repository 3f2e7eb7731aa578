import SimCore

/// The roles of one user as the two complex role functions send them. mapping-expressions.md §5.4.
struct RoleItems: Hashable, Sendable {
    /// Replaces what the target has; the other form only adds.
    let isAssertive: Bool
    /// `{"id":…,"value":…,"displayName":…}` as JSON text, or plain names.
    let texts: [String]

    /// nil for a mapping without one of the two functions as its outermost.
    init?(_ source: AttributeMapping.Source, _ texts: [String]) {
        guard case .function(.call(let function, _)) = source else { return nil }
        switch function.name {
        case ExpressionFunction.appRoleAssignmentsComplex.name: isAssertive = false
        case ExpressionFunction.assertiveAppRoleAssignmentsComplex.name: isAssertive = true
        default: return nil
        }
        self.texts = texts
    }

    /// What the log shows.
    var names: String { texts.map { AppRoleText.name(in: $0) }.joined(separator: ",") }

    /// The items of a create, and of the assertive form's replace.
    var structured: JSONValue {
        .array(
            texts.map { text in
                let object = (try? JSONValue(parsing: text))?.objectValue
                let name = AppRoleText.name(in: text)
                return [
                    "primary": false, "type": "WindowsAzureActiveDirectoryRole",
                    isAssertive ? "display" : "displayName": object?["displayName"]
                        ?? .string(name), "value": .string(name),
                ]
            })
    }

    /// The items of a PATCH.
    var patched: JSONValue {
        isAssertive ? structured : .array(texts.map { ["value": .string($0)] })
    }

    /// Whether the target already shows these roles; for the assertive form, only these.
    func isShown(in current: JSONValue?) -> Bool {
        let items = current?.arrayValue ?? []
        let shown = Set(items.compactMap { $0["value"]?.stringValue.map(AppRoleText.name) })
        let wanted = Set(texts.map { AppRoleText.name(in: $0) })
        return isAssertive ? shown == wanted : shown.isSuperset(of: wanted)
    }
}
