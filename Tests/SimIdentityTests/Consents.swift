import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

/// Consent journeys: applications that say what they need, and administrators.
extension Browser {
    static let graph = BuiltInApplications.graph(in: Fixture.tenant)

    static func graphScope(_ value: String) throws -> AppRegistration.PermissionScope {
        try #require(graph.application.scopes.first { $0.value == value })
    }

    static func graphRole(_ value: String) throws -> AppRegistration.AppRole {
        try #require(graph.application.appRoles.first { $0.value == value })
    }

    /// Lists permissions of Graph and of `api` in an application's registration.
    func list(
        _ app: String, graph scopes: [String] = [], roles: [String] = [], api: [String] = []
    ) throws {
        var registration = try #require(
            tenant.snapshot().application(appID: Fixture.app(app)))
        var access: [RequiredResourceAccess] = []
        let ofGraph =
            try scopes.map { name in
                RequiredResourceAccess.Permission(
                    id: try Self.graphScope(name).id.guid, kind: .scope)
            }
            + roles.map { name in
                RequiredResourceAccess.Permission(
                    id: try Self.graphRole(name).id.guid, kind: .role)
            }
        if !ofGraph.isEmpty {
            access.append(.init(resource: MicrosoftGraph.appID, permissions: ofGraph))
        }
        if !api.isEmpty {
            access.append(
                .init(
                    resource: Fixture.app("api"),
                    permissions: api.map { name in
                        name == "batch"
                            ? .init(id: Fixture.id("role batch"), kind: .role)
                            : .init(id: Fixture.id("scope \(name)"), kind: .scope)
                    }))
        }
        registration.requiredResourceAccess = access
        try tenant.append([.applicationChanged(registration)], at: now)
    }

    func promote(_ user: String, _ role: DirectoryRole = .globalAdministrator) throws {
        try tenant.append(
            [.directoryRoleAssigned(.init(role: role, principal: .user(Fixture.user(user))))],
            at: now)
    }

    func decide(_ change: (inout TenantPolicies) -> Void) throws {
        var policies = tenant.snapshot().policies
        change(&policies)
        try tenant.append([.policiesChanged(policies)], at: now)
    }

    func adminConsentTarget(
        _ app: String = "unconsented", v1: Bool = false, tenant: String? = nil,
        changing changes: [String: String?] = [:]
    ) -> String {
        var fields: [(String, String)] = [
            ("client_id", Fixture.app(app).description), ("redirect_uri", Fixture.callback),
            ("state", "state 1"),
        ]
        if !v1 { fields.append(("scope", "https://graph.microsoft.com/.default")) }
        for (name, value) in changes.sorted(by: { $0.key < $1.key }) {
            fields.removeAll { $0.0 == name }
            if let value { fields.append((name, value)) }
        }
        let query = FormFields(fields.map { .init($0.0, $0.1) }).encoded()
        return "/\(tenant ?? Fixture.tenant.description)/\(v1 ? "" : "v2.0/")adminconsent?\(query)"
    }

    /// Names of what an application was granted for everybody, and of its own roles.
    func granted(_ app: String) -> (scopes: [String], roles: Int) {
        let snapshot = tenant.snapshot()
        guard let principal = snapshot.servicePrincipal(appID: Fixture.app(app)) else {
            return ([], 0)
        }
        return (
            snapshot.grants(of: principal.id).filter { $0.consent == .allPrincipals }
                .flatMap(\.scopes).sorted(),
            snapshot.assignments(of: .servicePrincipal(principal.id)).count
        )
    }
}
