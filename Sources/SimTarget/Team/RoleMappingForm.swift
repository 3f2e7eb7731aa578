import SimCore

/// The role mapping as the page's form sends it: one `group`, `role` and `archetype` per line.
enum RoleMappingForm {
    struct Problem: Error, Hashable {
        let message: String
    }

    /// Most lines of a mapping.
    static let lineLimit = 100

    /// The lines that name a group, in the order sent.
    static func mappings(
        _ form: FormFields, _ rules: RoleRules
    ) -> Result<[RoleMapping], Problem> {
        let groups = form.values("group").map(TeamText.trimmed)
        let roles = form.values("role")
        let archetypes = form.values("archetype")
        guard groups.count == roles.count, archetypes.isEmpty || archetypes.count == groups.count
        else { return .failure(Problem(message: "The form is incomplete.")) }
        guard groups.count <= lineLimit else {
            return .failure(Problem(message: "Map at most \(lineLimit) groups."))
        }
        var mappings: [RoleMapping] = []
        for (index, group) in groups.enumerated() where !group.isEmpty {
            let archetype = archetypes.isEmpty ? "" : archetypes[index]
            guard group.count <= 256, rules.ranks.contains(roles[index]),
                archetype.isEmpty || rules.archetypes.contains(archetype)
            else { return .failure(Problem(message: "Choose a role for every group.")) }
            guard !mappings.contains(where: { $0.isFor(group: group) }) else {
                return .failure(Problem(message: "The group “\(group)” stands here twice."))
            }
            mappings.append(
                RoleMapping(
                    group: group, role: roles[index],
                    archetype: archetype.isEmpty ? nil : archetype))
        }
        return .success(mappings)
    }
}

/// Text that people type and read.
enum TeamText {
    static func trimmed(_ text: String) -> String {
        var piece = text.drop(while: \.isWhitespace)
        while piece.last?.isWhitespace == true { piece.removeLast() }
        return String(piece)
    }

    /// `tenant_admin` as “Tenant admin”.
    static func title(_ name: String) -> String {
        let words = name.split(separator: "_").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
