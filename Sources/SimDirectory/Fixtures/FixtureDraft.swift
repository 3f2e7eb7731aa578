import SimCore

/// Where something stands in a fixture, kept for problems found later.
enum FixturePlace {
    /// In a text that is still at hand.
    case text(FixtureText, [JSONStep])
    /// In a line of a `.jsonl` file that has been let go.
    case line(file: String, Int, [JSONStep])

    func problem(
        _ reason: FixtureProblem.Reason, nearest: String? = nil
    ) -> FixtureProblem? {
        switch self {
        case .text(let text, let path):
            text.note(reason, at: path, nearest: nearest)
            return nil
        case .line(let file, let line, let path):
            return FixtureProblem(
                file: file, line: line, column: 1, keyPath: path.keyPath, reason: reason,
                nearest: nearest)
        }
    }
}

/// A natural name in a fixture that must turn out to be an object.
struct FixtureReference {
    let name: String
    let place: FixturePlace
}

/// A user as written, its manager still a name.
struct UserDraft {
    var user: User
    let manager: FixtureReference?
    let place: FixturePlace
}

/// A group as written, its members still names.
struct GroupDraft {
    let group: Group
    let members: [FixtureReference]
    let place: FixturePlace
}

/// An application as written, everything it refers to still names.
struct ApplicationDraft {
    struct Assignment {
        let principal: FixtureReference
        let role: FixtureReference?
    }

    struct Grant {
        let resource: FixtureReference
        let principal: FixtureReference?
        let scopes: [String]
        let place: FixturePlace
    }

    var application: AppRegistration
    var servicePrincipal: ServicePrincipal
    let assignments: [Assignment]
    let grants: [Grant]
    let requiredAccess: [RequiredAccessDraft]
    /// The app whose token the provisioning job presents.
    let workloadApplication: FixtureReference?
    let place: FixturePlace
}

/// What every part of a fixture needs to know of its tenant.
struct FixtureContext {
    let seed: UInt64
    let tenant: TenantID
    let domains: [String]
    let createdAt: Timestamp
    /// Password of people whose fixture says none.
    let defaultPassword: String?
    var policies = TenantPolicies()

    /// The stable identifier of an object that has none of its own in the fixture.
    func guid(_ kind: String, _ name: String) -> GUID {
        GUID(seed: seed, name: "\(kind)/\(foldedName(name))")
    }

    func isVerified(_ userPrincipalName: String) -> Bool {
        let parts = userPrincipalName.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return false }
        let domain = foldedName(String(parts[1]))
        return domains.contains { foldedName($0) == domain }
    }
}
