import SimCore
import SimSCIM

/// Where a call's defects change what is found or refused.
extension SCIMCall {
    /// Whether a resource of that name stands in the way of saving one called `name`.
    func isClash(_ other: String?, _ name: String) -> Bool {
        if defects.contains(.doubleCreates), method == .post { return false }
        return !defects.contains(.caseSensitiveNames) || other == name
    }

    /// Whether a resource that fits the query is listed.
    func shows(_ resource: JSONObject, _ type: ResourceType, _ filter: SCIMFilter?) -> Bool {
        if defects.isEmpty { return true }
        if filter != nil, defects.contains(.blindFilters) { return false }
        if defects.contains(.hiddenInactive), resource["active"] == false { return false }
        guard defects.contains(.caseSensitiveNames),
            let (path, value) = filter?.singleEquality
        else { return true }
        let name = type == .user ? "userName" : "displayName"
        return !SCIMName.isSame(path.name, name) || resource[name]?.stringValue == value
    }
}
