import SimCore

/// How an application of a fixture came to be.
private enum ApplicationTemplate: String, CaseIterable {
    /// "Create your own" under Enterprise applications: roles `User` and `msiam_access`.
    case nonGallery
    /// App registrations: no roles of its own.
    case registration
}

extension FixtureText {
    /// Reads one application: the registration's keys as in Graph, `servicePrincipal`,
    /// `appRoleAssignedTo`, `oauth2PermissionGrants` and `provisioning`.
    func application(
        _ reader: FixtureObject, in context: FixtureContext
    ) -> ApplicationDraft? {
        let name = reader.requiredString("displayName")
        let appID =
            reader.identifier("appId", ClientKind.self)
            ?? AppID(context.guid("appId", name ?? ""))
        let id =
            reader.identifier("id", ApplicationKind.self)
            ?? ApplicationID(context.guid("application", name ?? ""))
        var application = AppRegistration(
            id: id, appID: appID, displayName: name ?? "",
            createdAt: reader.timestamp("createdDateTime") ?? context.createdAt)
        let template = reader.choice("template", ApplicationTemplate.self) ?? .registration
        application.signInAudience =
            reader.choice("signInAudience", AppRegistration.SignInAudience.self) ?? .myOrganization
        application.identifierURIs = (reader.strings("identifierUris") ?? []).map {
            $0.text.replacingFirst("{appId}", with: appID.description)
        }
        readPlatforms(reader, into: &application)
        application.isFallbackPublicClient = reader.bool("isFallbackPublicClient") ?? false
        reader.object("parentalControlSettings") { settings in
            application.parentalControls.rule =
                settings.choice("legalAgeGroupRule", ParentalControls.Rule.self) ?? .allow
            application.parentalControls.blockedCountries =
                (settings.strings("countriesBlockedForMinors") ?? []).map {
                    $0.text.uppercased()
                }
        }
        application.groupMembershipClaims = reader.string("groupMembershipClaims")
        application.optionalClaims = reader.object("optionalClaims") { claims in
            for member in claims.object.members { _ = claims.value(member.name) }
            return .object(claims.object)
        }
        readAPI(reader, into: &application, context)
        application.appRoles = appRoles(reader, of: application, context)
        if template == .nonGallery, reader.object["appRoles"] == nil {
            application.appRoles = AppRegistration.AppRole.nonGalleryRoles
        }
        application.passwordCredentials = passwords(reader, of: application, context)
        application.keyCredentials = certificates(reader, of: application, context)
        application.federatedCredentials = federatedCredentials(reader)
        var servicePrincipal = self.servicePrincipal(reader, of: application, context)
        if template == .nonGallery, servicePrincipal.tags.isEmpty {
            servicePrincipal.tags = ServicePrincipal.nonGalleryTags
        }
        servicePrincipal.provisioning = provisioning(reader, of: application, context)
        let assignments = assignments(reader)
        let grants = grants(reader)
        let requiredAccess = requiredAccess(reader)
        application.tokenLifetimePolicy = tokenLifetimePolicy(reader, context)
        guard name != nil else { return nil }
        return ApplicationDraft(
            application: application, servicePrincipal: servicePrincipal,
            assignments: assignments, grants: grants, requiredAccess: requiredAccess,
            workloadApplication: workloadApplication(reader), place: .text(self, reader.path))
    }

    private func readPlatforms(_ reader: FixtureObject, into application: inout AppRegistration) {
        func uris(_ platform: FixtureObject, _ kind: AppRegistration.Platform) {
            for uri in platform.strings("redirectUris") ?? [] {
                if AppRegistration.RedirectURI.isAbsolute(uri.text) {
                    application.redirectURIs.append(.init(uri: uri.text, platform: kind))
                } else {
                    note(.notA("an absolute URI", found: uri.text), at: uri.path)
                }
            }
        }
        reader.object("web") { web in
            uris(web, .web)
            application.logoutURL = web.string("logoutUrl")
            application.homePageURL = web.string("homePageUrl")
            web.object("implicitGrantSettings") { settings in
                application.enablesIDTokenIssuance = settings.bool("enableIdTokenIssuance") ?? false
                application.enablesAccessTokenIssuance =
                    settings.bool("enableAccessTokenIssuance") ?? false
            }
        }
        reader.object("spa") { uris($0, .spa) }
        reader.object("publicClient") { uris($0, .publicClient) }
    }

    private func readAPI(
        _ reader: FixtureObject, into application: inout AppRegistration, _ context: FixtureContext
    ) {
        reader.object("api") { api in
            if let version = api.integer("requestedAccessTokenVersion") {
                if version == 1 || version == 2 {
                    application.requestedAccessTokenVersion = Int(version)
                } else {
                    api.note(
                        .notOneOf(["1", "2"], found: String(version)),
                        at: "requestedAccessTokenVersion")
                }
            }
            let owner = application.displayName
            let trusted = api.objects("preAuthorizedApplications") { entry in
                let app = entry.identifier("appId", ClientKind.self)
                let scopes = (entry.strings("delegatedPermissionIds") ?? []).compactMap {
                    PermissionScopeID($0.text)
                }
                return app.map {
                    AppRegistration.PreAuthorizedApplication(appID: $0, scopes: scopes)
                }
            }
            application.preAuthorizedApplications = trusted
            application.scopes = api.objects("oauth2PermissionScopes") { scope in
                let id = scope.identifier("id", ScopeKind.self)
                let consent = scope.choice("type", AppRegistration.PermissionScope.Consent.self)
                let displayName = scope.string("adminConsentDisplayName")
                let isEnabled = scope.bool("isEnabled") ?? true
                guard let value = scope.requiredString("value") else { return nil }
                return AppRegistration.PermissionScope(
                    id: id ?? PermissionScopeID(context.guid("scope", "\(owner)/\(value)")),
                    value: value, consent: consent ?? .user, displayName: displayName ?? value,
                    isEnabled: isEnabled)
            }
        }
    }

    private func appRoles(
        _ reader: FixtureObject, of application: AppRegistration, _ context: FixtureContext
    ) -> [AppRegistration.AppRole] {
        reader.objects("appRoles") { role in
            let id = role.identifier("id", AppRoleKind.self)
            let value = role.string("value")
            let isEnabled = role.bool("isEnabled") ?? true
            let types = (role.strings("allowedMemberTypes") ?? []).compactMap { type in
                let known = AppRegistration.AppRole.MemberType.allCases.map(\.rawValue)
                if let found = AppRegistration.AppRole.MemberType(rawValue: type.text) {
                    return found
                }
                note(
                    .notOneOf(known, found: type.text), at: type.path,
                    nearest: NearestName.of(type.text, in: known))
                return nil
            }
            guard let displayName = role.requiredString("displayName") else { return nil }
            let name = "\(application.displayName)/\(value ?? displayName)"
            return AppRegistration.AppRole(
                id: id ?? AppRoleID(context.guid("appRole", name)), value: value,
                displayName: displayName, allowedMemberTypes: types.isEmpty ? [.user] : types,
                isEnabled: isEnabled)
        }
    }

    private func servicePrincipal(
        _ reader: FixtureObject, of application: AppRegistration, _ context: FixtureContext
    ) -> ServicePrincipal {
        let derived = ServicePrincipalID(
            context.guid("servicePrincipal", application.displayName))
        let settings = reader.object("servicePrincipal") { settings in
            var principal = ServicePrincipal(
                id: settings.identifier("id", ServicePrincipalKind.self) ?? derived,
                appID: application.appID, displayName: application.displayName,
                accountEnabled: settings.bool("accountEnabled") ?? true,
                requiresAssignment: settings.bool("appRoleAssignmentRequired") ?? false,
                createdAt: application.createdAt)
            principal.preferredSingleSignOnMode = settings.string("preferredSingleSignOnMode")
            principal.tags = (settings.strings("tags") ?? []).map(\.text)
            principal.tokenLifetimePolicy = tokenLifetimePolicy(settings, context)
            if settings.bool("hasOwnSigningKey") == true { principal.tokenSigningKeys = [1] }
            return principal
        }
        return settings
            ?? ServicePrincipal(
                id: derived, appID: application.appID, displayName: application.displayName,
                createdAt: application.createdAt)
    }

    private func assignments(_ reader: FixtureObject) -> [ApplicationDraft.Assignment] {
        reader.objects("appRoleAssignedTo") { entry in
            let role = entry.string("appRole")
            guard let principal = entry.requiredString("principal") else { return nil }
            return ApplicationDraft.Assignment(
                principal: reference(principal, "principal", of: entry),
                role: role.map { reference($0, "appRole", of: entry) })
        }
    }

    private func grants(_ reader: FixtureObject) -> [ApplicationDraft.Grant] {
        reader.objects("oauth2PermissionGrants") { entry in
            let resource = entry.string("resource") ?? "Microsoft Graph"
            let principal = entry.string("principal")
            guard let scopes = entry.requiredString("scope") else { return nil }
            return ApplicationDraft.Grant(
                resource: reference(resource, "resource", of: entry),
                principal: principal.map { reference($0, "principal", of: entry) },
                scopes: scopes.split(separator: " ").map(String.init),
                place: .text(self, entry.path + [.key("scope")]))
        }
    }

    private func reference(
        _ name: String, _ key: String, of entry: FixtureObject
    ) -> FixtureReference {
        FixtureReference(name: name, place: .text(self, entry.path + [.key(key)]))
    }
}

extension String {
    /// The text with the first `placeholder` replaced.
    fileprivate func replacingFirst(_ placeholder: String, with value: String) -> String {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(placeholder) {
                return self[..<start] + value + self[start...].dropFirst(placeholder.count)
            }
            start = index(after: start)
        }
        return self
    }
}
