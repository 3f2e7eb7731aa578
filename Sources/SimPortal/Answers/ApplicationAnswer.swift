import SimCore
import SimDirectory

/// An app as the control API shows one: the registration in Graph's shape, and its enterprise app.
/// Secrets appear as hints only.
package enum ApplicationAnswer {
    package static func json(
        _ registration: AppRegistration, in directory: some DirectoryQueries
    ) -> JSONObject {
        let principal = directory.servicePrincipal(appID: registration.appID)
        var object: JSONObject = [
            "displayName": .string(registration.displayName),
            "appId": .string(registration.appID.description),
            "id": .string(registration.id.description),
        ]
        object.appendIfPresent("servicePrincipalId", principal?.id.description)
        object.append("signInAudience", .string(registration.signInAudience.rawValue))
        object.append("identifierUris", JSONValue(strings: registration.identifierURIs))
        object.append("web", .object(web(registration)))
        object.append("spa", ["redirectUris": uris(registration, .spa)])
        object.append("publicClient", ["redirectUris": uris(registration, .publicClient)])
        object.append("isFallbackPublicClient", .bool(registration.isFallbackPublicClient))
        let needed = registration.requiredResourceAccess
        if !needed.isEmpty {
            object.append("requiredResourceAccess", .array(needed.map { need($0, directory) }))
        }
        object.appendIfPresent("groupMembershipClaims", registration.groupMembershipClaims)
        if let principal {
            object.append("accountEnabled", .bool(principal.accountEnabled))
            object.append("appRoleAssignmentRequired", .bool(principal.requiresAssignment))
            let count = directory.assignments(to: principal.id).count
            object.append("assignmentCount", .int(Int64(count)))
        }
        object.append("passwordCredentials", .array(registration.passwordCredentials.map(hint)))
        object.append("provisioning", provisioning(principal?.provisioning, in: directory))
        return object
    }

    /// What an app needs of an API, by value.
    private static func need(
        _ access: RequiredResourceAccess, _ directory: some DirectoryQueries
    ) -> JSONValue {
        let api = directory.application(appID: access.resource)
        let scopes = access.ids(.scope).map { id in
            api?.scopes.first { $0.id.guid == id }?.value ?? id.description
        }
        let roles = access.ids(.role).map { id in
            api?.appRoles.first { $0.id.guid == id }?.value ?? id.description
        }
        return [
            "resourceAppId": .string(access.resource.description),
            "resource":
                .string(
                    directory.servicePrincipal(appID: access.resource)?.displayName ?? ""),
            "scopes": JSONValue(strings: scopes), "roles": JSONValue(strings: roles),
        ]
    }

    /// The assignments to an app: principal and role, users first.
    package static func assignments(
        to principal: ServicePrincipal, in directory: some DirectoryQueries
    ) -> JSONValue {
        let roles = directory.application(appID: principal.appID)?.appRoles ?? []
        let rows = directory.assignments(to: principal.id).compactMap { assignment in
            PrincipalAnswer.json(assignment.principal, in: directory).map { row in
                var row = row
                let role = roles.first { $0.id == assignment.appRole }
                row.append("appRole", .string(role?.displayName ?? "Default Access"))
                return row
            }
        }
        return ["value": .array(PrincipalAnswer.sorted(rows))]
    }

    /// The new secret, with its value this once. Graph's `addPassword`.
    package static func newSecret(
        _ credential: AppRegistration.PasswordCredential, of registration: AppRegistration
    ) -> JSONValue {
        [
            "app": .string(registration.displayName),
            "appId": .string(registration.appID.description),
            "displayName": .string(credential.displayName),
            "keyId": .string(credential.keyID.description),
            "hint": .string(credential.hint), "secretText": .string(credential.secret),
            "startDateTime": .string(credential.startsAt.iso8601),
            "endDateTime": .string(credential.endsAt.iso8601),
        ]
    }

    private static func web(_ registration: AppRegistration) -> JSONObject {
        var web: JSONObject = ["redirectUris": uris(registration, .web)]
        web.appendIfPresent("logoutUrl", registration.logoutURL)
        web.appendIfPresent("homePageUrl", registration.homePageURL)
        web.append(
            "implicitGrantSettings",
            [
                "enableIdTokenIssuance": .bool(registration.enablesIDTokenIssuance),
                "enableAccessTokenIssuance": .bool(registration.enablesAccessTokenIssuance),
            ])
        return web
    }

    private static func uris(
        _ registration: AppRegistration, _ platform: AppRegistration.Platform
    ) -> JSONValue {
        JSONValue(
            strings: registration.redirectURIs.filter { $0.platform == platform }.map(\.uri))
    }

    private static func hint(_ credential: AppRegistration.PasswordCredential) -> JSONValue {
        [
            "displayName": .string(credential.displayName),
            "keyId": .string(credential.keyID.description), "hint": .string(credential.hint),
            "startDateTime": .string(credential.startsAt.iso8601),
            "endDateTime": .string(credential.endsAt.iso8601),
        ]
    }

    private static func provisioning(
        _ configuration: ProvisioningConfiguration?, in directory: some DirectoryQueries
    ) -> JSONValue {
        guard let configuration else { return .null }
        return [
            "jobId": .string(configuration.jobID), "tenantUrl": .string(configuration.tenantURL),
            "hasSecretToken": .bool(configuration.secretToken != nil),
            "authentication": AuthenticationAnswer.json(
                configuration.authentication, in: directory),
            "scope": .string(configuration.scope.rawValue),
            "provisionsGroups": .bool(configuration.provisionsGroups),
            "startsEnabled": .bool(configuration.startsEnabled),
            "skipOutOfScopeDeletions": .bool(configuration.skipsOutOfScopeDeletions),
            "notifications": [
                "enabled": .bool(configuration.notifications.isEnabled),
                "recipients": .string(configuration.notifications.recipients),
                "deleteThreshold": configuration.notifications.deleteThreshold.map {
                    .int(Int64($0))
                } ?? nil,
            ],
            "expressionSettings": .object(configuration.expressions.json),
        ]
    }
}
