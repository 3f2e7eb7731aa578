import SimCore
import SimDirectory
import SimProvisioning

/// A tenant built event by event, with ids derived from names.
struct TestDirectory {
    static let start = Timestamp(seconds: 1_767_600_000)
    static let tenant = TenantID(GUID(seed: 7, name: "tenant"))
    static let app = ServicePrincipalID(GUID(seed: 7, name: "app"))
    static let appID = AppID(GUID(seed: 7, name: "appID"))

    private(set) var snapshot: DirectorySnapshot
    var servicePrincipal: ServicePrincipal

    init(
        tenantURL: String = "https://target.example/scim",
        scope: ProvisioningConfiguration.Scope = .assignedOnly,
        configure: (inout ProvisioningConfiguration) -> Void = { _ in }
    ) {
        snapshot = DirectorySnapshot(
            profile: TenantProfile(
                id: Self.tenant, name: "fabrikam", displayName: "Fabrikam",
                domains: ["fabrikam.example"], pairwiseSalt: []))
        servicePrincipal = ServicePrincipal(
            id: Self.app, appID: Self.appID, displayName: "Roster", createdAt: Self.start)
        var configuration = ProvisioningConfiguration(
            jobID: "scim.\(Self.tenant.guid.undashed).\(GUID(seed: 7, name: "job"))",
            tenantURL: tenantURL, secretToken: "s3cret-Token")
        configuration.scope = scope
        configure(&configuration)
        servicePrincipal.provisioning = configuration
        append(.servicePrincipalCreated(servicePrincipal))
    }

    mutating func append(_ event: TenantEvent) {
        snapshot.apply(
            LogRecord(sequence: snapshot.sequence + 1, at: Self.start, event: event))
    }

    static func userID(_ name: String) -> UserID { UserID(GUID(seed: 1, name: name)) }
    static func groupID(_ name: String) -> GroupID { GroupID(GUID(seed: 2, name: name)) }

    /// A member with the attributes a small company fills in.
    mutating func addUser(
        _ name: String, enabled: Bool = true, assigned: Bool = true,
        _ attributes: KeyValuePairs<String, String> = [:]
    ) {
        let first = name.prefix(1).uppercased() + name.dropFirst()
        var bag = AttributeBag([
            ("givenName", .string(first)), ("surname", "Moss"),
            ("mail", .string("\(name)@fabrikam.example")), ("mailNickname", .string(name)),
        ])
        for (key, value) in attributes { bag[key] = .string(value) }
        append(
            .userCreated(
                User(
                    id: Self.userID(name), userPrincipalName: "\(name)@fabrikam.example",
                    displayName: "\(first) Moss", accountEnabled: enabled, attributes: bag,
                    createdAt: Self.start)))
        if assigned { assign(.user(Self.userID(name)), name) }
    }

    mutating func set(_ user: String, _ attribute: String, _ value: JSONValue) {
        append(.userChanged(Self.userID(user), [AttributeChange(attribute, value)]))
    }

    mutating func addGroup(
        _ name: String, securityEnabled: Bool = true, assigned: Bool = true,
        members: [String] = []
    ) {
        append(
            .groupCreated(
                Group(
                    id: Self.groupID(name), displayName: name, mailNickname: name.lowercased(),
                    securityEnabled: securityEnabled, createdAt: Self.start)))
        if assigned { assign(.group(Self.groupID(name)), name) }
        for member in members { addMember(member, to: name) }
    }

    mutating func rename(_ group: String, _ displayName: String) {
        guard var value = snapshot.group(Self.groupID(group)) else { return }
        value.displayName = displayName
        append(.groupChanged(value))
    }

    mutating func addMember(_ user: String, to group: String) {
        append(.memberAdded(Self.groupID(group), .user(Self.userID(user))))
    }

    mutating func removeMember(_ user: String, from group: String) {
        append(.memberRemoved(Self.groupID(group), .user(Self.userID(user))))
    }

    mutating func setManager(_ manager: String?, of user: String) {
        append(.userManagerChanged(Self.userID(user), manager.map { Self.userID($0) }))
    }

    mutating func assign(_ principal: Principal, _ name: String) {
        append(
            .assigned(
                AppRoleAssignment(
                    id: Self.assignmentID(name), principal: principal, resource: Self.app,
                    createdAt: Self.start)))
    }

    mutating func unassign(_ name: String) { append(.unassigned(Self.assignmentID(name))) }

    private static func assignmentID(_ name: String) -> AssignmentID {
        AssignmentID(GUID(seed: 3, name: name))
    }

    func job(
        _ settings: ProvisioningSettings = ProvisioningSettings()
    ) throws -> ProvisioningJob {
        try ProvisioningJob(
            tenant: Self.tenant, servicePrincipal: servicePrincipal,
            origin: "https://localhost:8443", settings: settings)
    }
}
