import SimCore

extension SampleAppConfiguration {
    private static let keys = [
        "displayName", "tagline", "look", "scimPath", "scopes", "scimScope", "keyPrefix", "keys",
        "oauth", "roles", "pageLimit", "defects",
    ]
    private static let roleKeys = [
        "ranks", "groups", "default", "withoutGroup", "neverLowered", "archetypes",
    ]

    /// Decodes a fixture. Unknown keys, roles and scopes are refused with file, line and the
    /// nearest known one.
    ///
    /// - Parameter name: the file's name without `.json`: the path segment under `/apps/`.
    package init(
        name: String, file: String, bytes: [UInt8]
    ) throws(SampleAppProblem) {
        let isName = name.utf8.allSatisfy {
            (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-")
        }
        guard isName, !name.isEmpty else {
            throw SampleAppProblem(
                file: file, line: 1, path: "", reason: "'\(name)' cannot be an app's name",
                hint: "use lower-case letters, digits and hyphens")
        }
        let document = try FixtureObject(file: file, bytes: bytes, keys: Self.keys)
        self.name = name
        displayName = try document.string("displayName")
        tagline = try document.optionalString("tagline") ?? ""
        look = try document.choice("look", default: .console)
        scimPath = try Self.scimPath(document)
        keyPrefix = try document.optionalString("keyPrefix") ?? ""
        pageLimit = try document.number("pageLimit", in: 1...10_000, default: 200)
        var scopes: [Scope] = []
        for child in try document.children("scopes", keys: ["name", "summary"]) {
            let scope = Scope(
                name: try child.string("name"),
                summary: try child.optionalString("summary") ?? "")
            guard !scopes.contains(where: { $0.name == scope.name }) else {
                throw child.problem("name", "the scope '\(scope.name)' stands here twice")
            }
            scopes.append(scope)
        }
        self.scopes = scopes
        let names = scopes.map(\.name)
        scimScope = try document.string("scimScope")
        guard names.contains(scimScope) else {
            throw document.unknown("scimScope", scimScope, among: names)
        }
        keys = try Self.keys(document, scopes: names)
        defects = try FixtureDefect.all(document)
        oauth =
            document.has("oauth")
            ? try OAuthConfiguration(
                document.child("oauth", keys: OAuthConfiguration.keys), scopes: names,
                scimPath: scimPath) : nil
        roles = try Self.roles(document.child("roles", keys: Self.roleKeys))
    }

    private static func scimPath(_ document: FixtureObject) throws(SampleAppProblem) -> String {
        let path = try document.optionalString("scimPath") ?? "/scim/v2"
        guard path.hasPrefix("/"), !path.hasSuffix("/"), !path.contains(text: "//"),
            path.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != 37 && $0 != 63 && $0 != 35 })
        else {
            throw document.problem(
                "scimPath", "'\(path)' is not a path such as /scim/v2",
                hint: "begin with '/', end without")
        }
        return path
    }

    private static func keys(
        _ document: FixtureObject, scopes: [String]
    ) throws(SampleAppProblem) -> [FixtureKey] {
        var keys: [FixtureKey] = []
        for child in try document.children("keys", keys: ["name", "value", "scopes"]) {
            let key = FixtureKey(
                name: try child.string("name"), value: try child.string("value"),
                scopes: try child.strings("scopes"))
            if let odd = key.scopes.firstIndex(where: { !scopes.contains($0) }) {
                throw child.unknown("scopes[\(odd)]", key.scopes[odd], among: scopes)
            }
            guard !keys.contains(where: { $0.name == key.name || $0.value == key.value }) else {
                throw child.problem("name", "a second key '\(key.name)', or its value again")
            }
            keys.append(key)
        }
        return keys
    }

    private static func roles(_ child: FixtureObject) throws(SampleAppProblem) -> RoleRules {
        let ranks = try child.strings("ranks")
        let archetypes = try child.strings("archetypes")
        func known(
            _ key: String, _ name: String?, in object: FixtureObject, _ names: [String]
        ) throws(SampleAppProblem) -> String? {
            guard let name else { return nil }
            guard names.contains(name) else {
                throw object.unknown(key, name, among: names)
            }
            return name
        }
        var mappings: [RoleMapping] = []
        for entry in try child.children("groups", keys: ["group", "role", "archetype"]) {
            let role = try entry.string("role")
            guard ranks.contains(role) else { throw entry.unknown("role", role, among: ranks) }
            let group = try entry.string("group")
            guard !mappings.contains(where: { $0.isFor(group: group) }) else {
                throw entry.problem("group", "the group '\(group)' stands here twice")
            }
            let archetype = try known(
                "archetype", entry.optionalString("archetype"), in: entry, archetypes)
            mappings.append(RoleMapping(group: group, role: role, archetype: archetype))
        }
        let neverLowered = try child.strings("neverLowered")
        for (index, role) in neverLowered.enumerated() {
            _ = try known("neverLowered[\(index)]", role, in: child, ranks)
        }
        return RoleRules(
            ranks: ranks, archetypes: archetypes, mappings: mappings,
            defaultRole: try known("default", child.optionalString("default"), in: child, ranks),
            withoutGroup: try child.choice("withoutGroup", default: .fallsToDefault),
            neverLowered: Set(neverLowered))
    }
}
