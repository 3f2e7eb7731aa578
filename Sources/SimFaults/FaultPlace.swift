import SimCore

/// *Where*: a site, and what narrows it down.
///
/// JSON: `"token"`, or `{"site": "token", "grant": "refresh_token"}`,
/// `{"site": "scim", "operation": "update", "object": "user"}`,
/// `{"site": "apps", "path": "/apps/*"}`.
package struct FaultPlace: Hashable, Sendable {
    package let site: FaultSite
    /// Only at `token`.
    package let grant: String?
    /// `*` stands for any run of characters.
    package let path: String?
    /// Only at `scim` and `apps`.
    package let operation: FaultOperation?
    package let object: FaultObject?

    init(_ json: JSONValue) throws(FaultRuleError) {
        if json.stringValue != nil {
            let wrapped = try FaultObjectReader(["site": json], keys: ["site"], place: "'where'")
            site = try wrapped.requiredChoice("site")
            (grant, path, operation, object) = (nil, nil, nil, nil)
            return
        }
        let reader = try FaultObjectReader(
            json, keys: ["site", "grant", "path", "operation", "object"], place: "'where'")
        site = try reader.requiredChoice("site")
        grant = try reader.string("grant")
        path = try reader.string("path")
        operation = try reader.choice("operation")
        object = try reader.choice("object")
        if grant != nil, site != .token {
            throw FaultRuleError("'grant' belongs to site 'token', not '\(site.rawValue)'")
        }
        if operation != nil || object != nil, site != .scim, site != .apps {
            throw FaultRuleError(
                "'operation' and 'object' belong to the sites 'scim' and 'apps', not "
                    + "'\(site.rawValue)'")
        }
    }

    func covers(_ facts: FaultFacts) -> Bool {
        site == facts.site
            && (grant == nil || grant == facts.grant)
            && (operation == nil || operation == facts.operation)
            && (object == nil || object == facts.object)
            && (path.map { FaultPattern.matches($0, facts.path) } ?? true)
    }
}

/// Text patterns of rules: `*` stands for any run of characters, everything else for itself.
package enum FaultPattern {
    /// Whether all of `text` has the form of `pattern`.
    package static func matches(_ pattern: String, _ text: String) -> Bool {
        let pattern = Array(pattern.utf8)
        let text = Array(text.utf8)
        var (at, position) = (0, 0)
        /// Where to go on when what follows the last star did not fit.
        var star: (pattern: Int, text: Int)?
        while position < text.count {
            if at < pattern.count, pattern[at] == UInt8(ascii: "*") {
                star = (at, position)
                at += 1
            } else if at < pattern.count, pattern[at] == text[position] {
                at += 1
                position += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                at = last.pattern + 1
                position = last.text + 1
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
