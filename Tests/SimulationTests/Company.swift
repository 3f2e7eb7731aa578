import SimCore
import SimDirectory

/// A small company as somebody outside would write it down, and the directory that goes with it.
///
/// What the target should look like is read from here and never from the directory's own queries,
/// so that both can be wrong only on their own.
struct Company {
    struct Person: Hashable {
        /// Never changes and is nobody else's: `externalId` in the target.
        let name: String
        var userPrincipalName: String
        var attributes: [String: String]
        var isEnabled = true
        var isDeleted = false
        var isPurged = false
        var isAssigned: Bool
        var manager: String?

        var isActive: Bool { isEnabled && !isDeleted && !isPurged }
    }

    struct Team: Hashable {
        let name: String
        var displayName: String
        var isAssigned: Bool
        var isDeleted = false
        var members: Set<String> = []

        var isInScope: Bool { isAssigned && !isDeleted }
    }

    static let start = Timestamp(seconds: 1_767_600_000)
    static let tenant = TenantID(GUID(seed: 7, name: "tenant"))
    static let app = ServicePrincipalID(GUID(seed: 7, name: "app"))

    private(set) var people: [Person] = []
    private(set) var teams: [Team] = []
    private(set) var snapshot: DirectorySnapshot
    private var assignments: [String: AssignmentID] = [:]
    private var assignmentCount = 0

    init(_ configuration: ProvisioningConfiguration) {
        snapshot = DirectorySnapshot(
            profile: TenantProfile(
                id: Self.tenant, name: "northwind", displayName: "Northwind",
                domains: ["northwind.example"], pairwiseSalt: []))
        var principal = ServicePrincipal(
            id: Self.app, appID: AppID(GUID(seed: 7, name: "appID")), displayName: "Demo",
            createdAt: Self.start)
        principal.provisioning = configuration
        append(.servicePrincipalCreated(principal))
    }

    private mutating func append(_ event: TenantEvent) {
        snapshot.apply(
            LogRecord(sequence: snapshot.sequence + 1, at: Self.start, event: event))
    }

    static func userID(_ name: String) -> UserID { UserID(GUID(seed: 1, name: name)) }
    static func groupID(_ name: String) -> GroupID { GroupID(GUID(seed: 2, name: name)) }

    // MARK: - Who belongs to the app

    /// Assigned themselves, or a direct member of an assigned group, and able to work.
    func isEntitled(_ person: Person) -> Bool {
        person.isActive
            && (person.isAssigned
                || teams.contains { $0.isInScope && $0.members.contains(person.name) })
    }

    func person(_ name: String) -> Person? { people.first { $0.name == name } }
}

// MARK: - What happens in a company

extension Company {
    /// One thing that happens. Applied to the people and to the directory alike.
    enum Edit: Hashable {
        case joins(Person)
        case changes(String, attribute: String, to: String)
        case renames(String, userPrincipalName: String)
        case getsManager(String, String?)
        case enables(String, Bool)
        case assigns(String, Bool)
        case deletes(String)
        case restores(String)
        case purges(String)
        case founds(Team)
        case renamesTeam(String, String)
        case assignsTeam(String, Bool)
        case dissolves(String)
        case enters(team: String, String)
        case leaves(team: String, String)
    }

    mutating func apply(_ edit: Edit) {
        switch edit {
        case .joins(let person): join(person)
        case .changes(let name, let attribute, let value):
            update(name) { $0.attributes[attribute] = value }
            append(.userChanged(Self.userID(name), [.init(attribute, .string(value))]))
        case .renames(let name, let to):
            update(name) { $0.userPrincipalName = to }
            append(.userChanged(Self.userID(name), [.init("userPrincipalName", .string(to))]))
        case .getsManager(let name, let manager):
            update(name) { $0.manager = manager }
            append(.userManagerChanged(Self.userID(name), manager.map(Self.userID)))
        case .enables(let name, let isEnabled):
            update(name) { $0.isEnabled = isEnabled }
            append(.userChanged(Self.userID(name), [.init("accountEnabled", .bool(isEnabled))]))
        case .assigns(let name, let isAssigned):
            update(name) { $0.isAssigned = isAssigned }
            assign(.user(Self.userID(name)), "u" + name, isAssigned)
        case .deletes(let name):
            update(name) { $0.isDeleted = true }
            append(.userDeleted(Self.userID(name)))
        case .restores(let name):
            update(name) { $0.isDeleted = false }
            append(.userRestored(Self.userID(name)))
        case .purges(let name): purge(name)
        case .founds(let team): found(team)
        case .renamesTeam, .assignsTeam, .dissolves, .enters, .leaves: applyToTeam(edit)
        }
    }

    private mutating func applyToTeam(_ edit: Edit) {
        switch edit {
        case .renamesTeam(let name, let to):
            update(team: name) { $0.displayName = to }
            guard var group = snapshot.group(Self.groupID(name)) else { return }
            group.displayName = to
            append(.groupChanged(group))
        case .assignsTeam(let name, let isAssigned):
            update(team: name) { $0.isAssigned = isAssigned }
            assign(.group(Self.groupID(name)), "g" + name, isAssigned)
        case .dissolves(let name):
            update(team: name) { $0.isDeleted = true }
            append(.groupDeleted(Self.groupID(name)))
        case .enters(let team, let name):
            update(team: team) { $0.members.insert(name) }
            append(.memberAdded(Self.groupID(team), .user(Self.userID(name))))
        case .leaves(let team, let name):
            update(team: team) { $0.members.remove(name) }
            append(.memberRemoved(Self.groupID(team), .user(Self.userID(name))))
        case .joins, .changes, .renames, .getsManager, .enables, .assigns, .deletes, .restores,
            .purges, .founds:
            break
        }
    }

    private mutating func join(_ person: Person) {
        people.append(person)
        let attributes = person.attributes.sorted { $0.key < $1.key }
        append(
            .userCreated(
                User(
                    id: Self.userID(person.name), userPrincipalName: person.userPrincipalName,
                    displayName: person.attributes["displayName"] ?? "",
                    accountEnabled: person.isEnabled,
                    attributes: AttributeBag(
                        attributes.filter { $0.key != "displayName" }.map {
                            ($0.key, JSONValue.string($0.value))
                        } + [("mailNickname", .string(person.name))]),
                    createdAt: Self.start)))
        if person.isAssigned { assign(.user(Self.userID(person.name)), "u" + person.name, true) }
    }

    private mutating func found(_ team: Team) {
        teams.append(team)
        append(
            .groupCreated(
                Group(
                    id: Self.groupID(team.name), displayName: team.displayName,
                    mailNickname: team.name, createdAt: Self.start)))
        for member in team.members.sorted() {
            append(.memberAdded(Self.groupID(team.name), .user(Self.userID(member))))
        }
        if team.isAssigned { assign(.group(Self.groupID(team.name)), "g" + team.name, true) }
    }

    /// Gone for good, with every trace in the directory.
    private mutating func purge(_ name: String) {
        update(name) { $0.isPurged = true }
        for report in people where report.manager == name {
            apply(.getsManager(report.name, nil))
        }
        for index in teams.indices { teams[index].members.remove(name) }
        append(.userPurged(Self.userID(name)))
    }

    private mutating func assign(_ principal: Principal, _ key: String, _ isAssigned: Bool) {
        if let old = assignments.removeValue(forKey: key) { append(.unassigned(old)) }
        guard isAssigned else { return }
        assignmentCount += 1
        let id = AssignmentID(GUID(seed: 3, name: "\(key)#\(assignmentCount)"))
        assignments[key] = id
        append(
            .assigned(
                AppRoleAssignment(
                    id: id, principal: principal, resource: Self.app, createdAt: Self.start)))
    }

    private mutating func update(_ name: String, _ change: (inout Person) -> Void) {
        guard let index = people.firstIndex(where: { $0.name == name }) else { return }
        change(&people[index])
    }

    private mutating func update(team name: String, _ change: (inout Team) -> Void) {
        guard let index = teams.firstIndex(where: { $0.name == name }) else { return }
        change(&teams[index])
    }
}
