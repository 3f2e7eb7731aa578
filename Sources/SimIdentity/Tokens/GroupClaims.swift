import SimDirectory

/// `groupMembershipClaims` and the form in which groups are named. identity-platform.md §4.5.
struct GroupClaims: Sendable {
    /// A form that names a group as its Active Directory does.
    private enum OnPremisesForm: String {
        case sam = "sam_account_name"
        case dns = "dns_domain_and_sam_account_name"
        case netBIOS = "netbios_domain_and_sam_account_name"
    }

    private let kinds: [String]
    private let form: OnPremisesForm?
    private let namesCloudGroups: Bool
    /// The groups stand in `roles`, in place of the app roles.
    let areRoles: Bool

    /// - Parameters:
    ///   - configured: comma-joined, as the registration says it.
    ///   - optional: the optional claims of the token, whose entry `groups` names the form.
    init(_ configured: String?, _ optional: OptionalClaims) {
        kinds = (configured ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
        let properties = optional.properties(of: "groups")
        form = properties.lazy.compactMap(OnPremisesForm.init).first
        namesCloudGroups = properties.contains("cloud_displayname")
        areRoles = properties.contains("emit_as_roles")
    }

    /// Whether `wids` is there: with every kind that includes directory roles.
    var includeRoles: Bool {
        kinds.contains { ["All", "DirectoryRole", "SecurityGroup"].contains($0) }
    }

    private var areAssignedOnly: Bool {
        !kinds.contains("All") && !kinds.contains("SecurityGroup")
            && kinds.contains("ApplicationGroup")
    }

    /// The groups of a person that the token is about.
    func groups(
        of user: UserID, on resource: ServicePrincipalID, _ assignments: Assignments
    ) -> [Group] {
        let tenant = assignments.tenant
        let ids: [GroupID]
        if kinds.contains("All") || kinds.contains("SecurityGroup") {
            ids = assignments.transitiveGroups(of: user)
        } else if areAssignedOnly {
            let assigned = Set(
                tenant.assignments(to: resource).compactMap { assignment -> GroupID? in
                    if case .group(let group) = assignment.principal { group } else { nil }
                })
            ids = tenant.groups(containing: .user(user)).filter(assigned.contains)
        } else {
            ids = []
        }
        let groups = ids.compactMap { tenant.group($0) }
        return kinds.contains("All") || areAssignedOnly ? groups : groups.filter(\.securityEnabled)
    }

    /// How a group is named; nil for one that has no name of the wanted form (unverified).
    func name(_ group: Group) -> String? {
        if let form, let names = group.onPremises {
            switch form {
            case .sam: return names.samAccountName
            case .dns: return Self.joined(names.domainName, names.samAccountName)
            case .netBIOS: return Self.joined(names.netBIOSName, names.samAccountName)
            }
        }
        if namesCloudGroups, areAssignedOnly, group.onPremises == nil { return group.displayName }
        return form == nil ? group.id.description : nil
    }

    private static func joined(_ domain: String?, _ name: String) -> String {
        domain.map { $0 + "\\" + name } ?? name
    }
}
