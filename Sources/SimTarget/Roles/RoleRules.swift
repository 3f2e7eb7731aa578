/// One line of the role mapping: members of this group have this role.
package struct RoleMapping: Hashable, Sendable {
    /// The group's display name, compared without case.
    package let group: String
    package let role: String
    /// What kind of person beside the role, such as `eng_lead`.
    package let archetype: String?

    package init(group: String, role: String, archetype: String? = nil) {
        self.group = group
        self.role = role
        self.archetype = archetype
    }

    package func isFor(group name: String) -> Bool {
        group.lowercased() == name.lowercased()
    }
}

/// What a person is in the app.
package struct Standing: Hashable, Sendable {
    /// nil for somebody who is imported but may not do anything.
    package var role: String?
    package var archetype: String?

    package init(role: String? = nil, archetype: String? = nil) {
        self.role = role
        self.archetype = archetype
    }
}

/// How group memberships decide a person's standing. Source: integrations.md, Claresia 10,
/// Claras 1 and 6.
package struct RoleRules: Hashable, Sendable {
    /// What happens to the role of somebody in no mapped group.
    package enum WithoutGroup: String, CaseIterable, Sendable {
        /// It stays as it is; somebody new gets the default.
        case keeps
        /// It becomes the default.
        case fallsToDefault
    }

    /// Every role, highest first.
    package let ranks: [String]
    package let archetypes: [String]
    package var mappings: [RoleMapping]
    /// nil: nobody has a role without a group.
    package let defaultRole: String?
    package let withoutGroup: WithoutGroup
    /// Roles that provisioning never takes away from a person.
    package let neverLowered: Set<String>

    package init(
        ranks: [String], archetypes: [String] = [], mappings: [RoleMapping],
        defaultRole: String?, withoutGroup: WithoutGroup, neverLowered: Set<String> = []
    ) {
        self.ranks = ranks
        self.archetypes = archetypes
        self.mappings = mappings
        self.defaultRole = defaultRole
        self.withoutGroup = withoutGroup
        self.neverLowered = neverLowered
    }

    /// Decides what a person is, from what they were and the names of their groups.
    ///
    /// - Parameter current: nil for a person just imported.
    /// - Returns: the highest mapped role; the archetype of the highest mapping that has one.
    package func standing(current: Standing?, groups: [String]) -> Standing {
        let matches = mappings.filter { mapping in groups.contains { mapping.isFor(group: $0) } }
            .sorted { rank($0.role) < rank($1.role) }
        var decided: Standing
        if let best = matches.first {
            decided = Standing(
                role: best.role, archetype: matches.lazy.compactMap(\.archetype).first)
        } else {
            switch withoutGroup {
            case .keeps: decided = current ?? Standing(role: defaultRole)
            case .fallsToDefault: decided = Standing(role: defaultRole)
            }
        }
        if let role = current?.role, neverLowered.contains(role), rank(role) < rank(decided.role) {
            decided.role = role
        }
        return decided
    }

    /// 0 is the highest; a role that is not in the list ranks below all.
    package func rank(_ role: String?) -> Int {
        role.flatMap { ranks.firstIndex(of: $0) } ?? ranks.count
    }
}
