import SimCore

extension TenantFixtureWriter {
    /// A registration with its enterprise app, assignments, grants and provisioning job.
    func application(_ app: AppRegistration) -> JSONObject {
        var object: JSONObject = [
            "displayName": .string(app.displayName), "id": .string(app.id.description),
            "appId": .string(app.appID.description),
            "createdDateTime": .string(app.createdAt.iso8601),
            "signInAudience": .string(app.signInAudience.rawValue),
            "identifierUris": JSONValue(strings: app.identifierURIs), "web": web(app),
            "spa": ["redirectUris": uris(app, .spa)],
            "publicClient": ["redirectUris": uris(app, .publicClient)],
            "isFallbackPublicClient": .bool(app.isFallbackPublicClient), "api": api(app),
            "appRoles": .array(app.appRoles.map(role)),
        ]
        object.appendIfPresent("groupMembershipClaims", app.groupMembershipClaims)
        object.appendIfPresent("optionalClaims", app.optionalClaims)
        if !app.requiredResourceAccess.isEmpty {
            object.append(
                "requiredResourceAccess", .array(app.requiredResourceAccess.map(required)))
        }
        if app.parentalControls != ParentalControls() {
            object.append(
                "parentalControlSettings",
                [
                    "countriesBlockedForMinors": JSONValue(
                        strings: app.parentalControls.blockedCountries),
                    "legalAgeGroupRule": .string(app.parentalControls.rule.rawValue),
                ])
        }
        appendLifetime(app.tokenLifetimePolicy, to: &object)
        object.append("passwordCredentials", .array(app.passwordCredentials.map(secret)))
        object.append("keyCredentials", .array(app.keyCredentials.map(certificate)))
        if !app.federatedCredentials.isEmpty {
            object.append(
                "federatedIdentityCredentials", .array(app.federatedCredentials.map(trust)))
        }
        guard let principal = snapshot.servicePrincipal(appID: app.appID) else { return object }
        object.append("servicePrincipal", enterpriseApp(principal))
        object.append("appRoleAssignedTo", assignments(to: principal, of: app))
        object.append("oauth2PermissionGrants", grants(of: principal))
        if let configuration = principal.provisioning {
            object.append("provisioning", provisioning(configuration))
        }
        return object
    }

    private func uris(
        _ app: AppRegistration, _ platform: AppRegistration.Platform
    ) -> JSONValue {
        JSONValue(strings: app.redirectURIs.filter { $0.platform == platform }.map(\.uri))
    }

    private func web(_ app: AppRegistration) -> JSONValue {
        var web: JSONObject = ["redirectUris": uris(app, .web)]
        web.appendIfPresent("logoutUrl", app.logoutURL)
        web.appendIfPresent("homePageUrl", app.homePageURL)
        web.append(
            "implicitGrantSettings",
            [
                "enableIdTokenIssuance": .bool(app.enablesIDTokenIssuance),
                "enableAccessTokenIssuance": .bool(app.enablesAccessTokenIssuance),
            ])
        return .object(web)
    }

    private func api(_ app: AppRegistration) -> JSONValue {
        var api = JSONObject()
        api.appendIfPresent(
            "requestedAccessTokenVersion", app.requestedAccessTokenVersion.map { .int(Int64($0)) })
        api.append(
            "oauth2PermissionScopes",
            .array(
                app.scopes.map { scope in
                    [
                        "id": .string(scope.id.description), "value": .string(scope.value),
                        "type": .string(scope.consent.rawValue),
                        "adminConsentDisplayName": .string(scope.displayName),
                        "isEnabled": .bool(scope.isEnabled),
                    ]
                }))
        if !app.preAuthorizedApplications.isEmpty {
            api.append(
                "preAuthorizedApplications",
                .array(
                    app.preAuthorizedApplications.map { trusted in
                        [
                            "appId": .string(trusted.appID.description),
                            "delegatedPermissionIds":
                                JSONValue(strings: trusted.scopes.map(\.description)),
                        ]
                    }))
        }
        return .object(api)
    }

    private func role(_ role: AppRegistration.AppRole) -> JSONValue {
        var object: JSONObject = ["id": .string(role.id.description)]
        object.appendIfPresent("value", role.value)
        object.append("displayName", .string(role.displayName))
        object.append(
            "allowedMemberTypes", JSONValue(strings: role.allowedMemberTypes.map(\.rawValue)))
        object.append("isEnabled", .bool(role.isEnabled))
        return .object(object)
    }

    private func secret(_ credential: AppRegistration.PasswordCredential) -> JSONValue {
        [
            "keyId": .string(credential.keyID.description),
            "displayName": .string(credential.displayName),
            "secretText": .string(credential.secret),
            "startDateTime": .string(credential.startsAt.iso8601),
            "endDateTime": .string(credential.endsAt.iso8601),
        ]
    }

    private func certificate(_ credential: AppRegistration.KeyCredential) -> JSONValue {
        [
            "keyId": .string(credential.keyID.description),
            "displayName": .string(credential.displayName),
            "key": .string(Base64.encode(credential.certificate)),
            "startDateTime": .string(credential.startsAt.iso8601),
            "endDateTime": .string(credential.endsAt.iso8601),
        ]
    }

    private func trust(_ credential: AppRegistration.FederatedCredential) -> JSONValue {
        var object: JSONObject = [
            "name": .string(credential.name), "issuer": .string(credential.issuer),
            "subject": .string(credential.subject),
            "audiences": JSONValue(strings: credential.audiences),
        ]
        object.appendIfPresent("description", credential.description)
        return .object(object)
    }

    private func enterpriseApp(_ principal: ServicePrincipal) -> JSONValue {
        var object: JSONObject = [
            "id": .string(principal.id.description),
            "accountEnabled": .bool(principal.accountEnabled),
            "appRoleAssignmentRequired": .bool(principal.requiresAssignment),
        ]
        object.appendIfPresent("preferredSingleSignOnMode", principal.preferredSingleSignOnMode)
        object.append("tags", JSONValue(strings: principal.tags))
        appendLifetime(principal.tokenLifetimePolicy, to: &object)
        object.append("hasOwnSigningKey", !principal.tokenSigningKeys.isEmpty, unless: false)
        return .object(object)
    }

    private func assignments(
        to principal: ServicePrincipal, of app: AppRegistration
    ) -> JSONValue {
        .array(
            snapshot.assignments(to: principal.id).compactMap { assignment -> JSONValue? in
                guard let name = name(assignment.principal) else { return nil }
                var object: JSONObject = ["principal": .string(name)]
                let role = app.appRoles.first { $0.id == assignment.appRole }
                object.appendIfPresent("appRole", role.map { $0.value ?? $0.displayName })
                return .object(object)
            })
    }

    private func grants(of principal: ServicePrincipal) -> JSONValue {
        .array(
            snapshot.grants(of: principal.id).compactMap { grant -> JSONValue? in
                guard let resource = snapshot.servicePrincipal(grant.resource) else { return nil }
                var object: JSONObject = [
                    "resource": .string(resource.displayName),
                    "scope": .string(grant.scopes.joined(separator: " ")),
                ]
                if case .principal(let user) = grant.consent {
                    guard let user = snapshot.user(user) else { return nil }
                    object.append("principal", .string(user.userPrincipalName))
                }
                return .object(object)
            })
    }

    private func provisioning(_ configuration: ProvisioningConfiguration) -> JSONValue {
        var object: JSONObject = [
            "jobId": .string(configuration.jobID),
            "templateId": .string(configuration.templateID),
            "tenantUrl": .string(configuration.tenantURL),
        ]
        object.appendIfPresent("secretToken", configuration.secretToken)
        object.appendIfPresent("authentication", authentication(configuration.authentication))
        object.append("scope", .string(configuration.scope.rawValue))
        object.append("provisionGroups", .bool(configuration.provisionsGroups))
        object.append("enabled", .bool(configuration.startsEnabled))
        object.append("skipOutOfScopeDeletions", .bool(configuration.skipsOutOfScopeDeletions))
        let notifications = configuration.notifications
        if notifications != SyncNotificationSettings() {
            var block: JSONObject = [
                "enabled": .bool(notifications.isEnabled),
                "recipients": .string(notifications.recipients),
            ]
            block.appendIfPresent(
                "deleteThreshold", notifications.deleteThreshold.map { .int(Int64($0)) })
            object.append("notifications", .object(block))
        }
        object.appendIfPresent("schema", configuration.schema)
        if configuration.expressions != .standard {
            object.append("expressionSettings", .object(configuration.expressions.json))
        }
        return .object(object)
    }

    /// nil for a bearer token, which stands beside the block.
    private func authentication(_ authentication: TargetAuthentication) -> JSONValue? {
        var object: JSONObject = ["type": .string(authentication.method.rawValue)]
        switch authentication {
        case .bearer: return Optional.none
        case .clientCredentials(let client):
            object.append("tokenEndpoint", .string(client.tokenEndpoint))
            object.append("clientId", .string(client.clientID))
            object.append("clientSecret", .string(client.clientSecret))
            object.append("credentialLocation", .string(client.location.rawValue))
            object.appendIfPresent("scope", client.scope)
        case .workloadIdentity(let identity):
            object.append("tokenEndpoint", .string(identity.tokenEndpoint))
            object.append("clientId", .string(identity.clientID))
            let app = identity.application.flatMap { snapshot.servicePrincipal(appID: $0) }
            object.appendIfPresent("application", app?.displayName)
            object.append("exchange", .string(identity.exchange.rawValue))
            object.appendIfPresent("audience", identity.audience)
            object.appendIfPresent("scope", identity.scope)
        }
        return .object(object)
    }
}
