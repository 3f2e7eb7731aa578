import SimCore
import SimDirectory

/// Roles and policies as the control API shows them.
package enum PolicyAnswer {
    /// Who administers the tenant, in order of assignment.
    package static func roles(of directory: some DirectoryQueries) -> JSONValue {
        [
            "value": .array(
                directory.directoryRoleAssignments.compactMap { assignment in
                    PrincipalAnswer.json(assignment.principal, in: directory).map { row in
                        var row = row
                        row.append("role", .string(assignment.role.displayName))
                        row.append("roleTemplateId", .string(assignment.role.rawValue))
                        return .object(row)
                    }
                })
        ]
    }

    /// Consent and token lifetimes.
    package static func json(of directory: some DirectoryQueries) -> JSONValue {
        let policies = directory.policies
        return [
            "userConsent": .string(policies.userConsent.rawValue),
            "adminConsentRequests": .bool(policies.adminConsentRequests),
            "tokenLifetimePolicies": .array(
                policies.tokenLifetimes.map { policy in
                    let apps = directory.servicePrincipals.filter {
                        $0.tokenLifetimePolicy == policy.id
                    }.map(\.displayName)
                    let registrations = directory.applications.filter {
                        $0.tokenLifetimePolicy == policy.id
                    }.map(\.displayName)
                    return [
                        "id": .string(policy.id.description),
                        "displayName": .string(policy.displayName),
                        "accessTokenLifetime":
                            .string(TimeSpanText.text(policy.accessTokenLifetime)),
                        "isOrganizationDefault": .bool(policy.isOrganizationDefault),
                        "enterpriseApps": JSONValue(strings: apps),
                        "apps": JSONValue(strings: registrations),
                    ]
                }),
        ]
    }
}
