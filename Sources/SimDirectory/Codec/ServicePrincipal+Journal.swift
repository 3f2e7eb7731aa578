import SimCore

extension ServicePrincipal {
    var journalObject: JSONObject {
        var object: JSONObject = [
            "id": .id(id), "appId": .id(appID), "name": .string(displayName),
            "created": .time(createdAt),
        ]
        object.append("enabled", accountEnabled, unless: true)
        object.append("requiresAssignment", requiresAssignment, unless: false)
        object.appendIfPresent("signOnMode", preferredSingleSignOnMode)
        object.appendUnlessEmpty("tags", tags.map { .string($0) })
        object.appendIfPresent("lifetime", tokenLifetimePolicy.map { .id($0) })
        object.appendUnlessEmpty("signingKeys", tokenSigningKeys.map { .int(Int64($0)) })
        object.appendIfPresent("provisioning", provisioning.map { .object($0.journalObject) })
        return object
    }

    init(journal fields: JournalFields) throws(EventCodecError) {
        self.init(
            id: try fields.id("id"), appID: try fields.id("appId"),
            displayName: try fields.string("name"),
            accountEnabled: try fields.bool("enabled", default: true),
            requiresAssignment: try fields.bool("requiresAssignment", default: false),
            createdAt: try fields.time("created"))
        preferredSingleSignOnMode = try fields.optionalString("signOnMode")
        tags = try fields.strings("tags")
        tokenLifetimePolicy = try fields.optionalID("lifetime")
        tokenSigningKeys = try fields.array("signingKeys").map { value throws(EventCodecError) in
            guard let number = value.intValue else { throw .wrongKind(key: "signingKeys") }
            return Int(clamping: number)
        }
        if let stored = try fields.optionalFields("provisioning") {
            provisioning = try ProvisioningConfiguration(journal: stored)
        }
    }
}

extension ProvisioningConfiguration {
    var journalObject: JSONObject {
        var object: JSONObject = [
            "job": .string(jobID), "template": .string(templateID), "url": .string(tenantURL),
            "scope": .string(scope.rawValue),
        ]
        object.appendIfPresent("token", secretToken)
        object.appendIfPresent("auth", authentication.journalObject.map { .object($0) })
        object.append("groups", provisionsGroups, unless: true)
        object.append("starts", startsEnabled, unless: true)
        object.append("skipsDeletions", skipsOutOfScopeDeletions, unless: false)
        if notifications != SyncNotificationSettings() {
            object.append("notifications", .object(notifications.json))
        }
        object.appendIfPresent("schema", schema)
        if expressions != .standard { object.append("expressions", .object(expressions.json)) }
        return object
    }

    init(journal fields: JournalFields) throws(EventCodecError) {
        self.init(
            jobID: try fields.string("job"), tenantURL: try fields.string("url"),
            secretToken: try fields.optionalString("token"))
        if let stored = try fields.optionalFields("auth") {
            authentication = try TargetAuthentication(journal: stored)
        }
        templateID = try fields.string("template")
        scope = try fields.choice("scope")
        provisionsGroups = try fields.bool("groups", default: true)
        startsEnabled = try fields.bool("starts", default: true)
        skipsOutOfScopeDeletions = try fields.bool("skipsDeletions", default: false)
        notifications =
            fields.value("notifications").flatMap { SyncNotificationSettings($0) }
            ?? SyncNotificationSettings()
        schema = fields.value("schema")
        expressions = fields.value("expressions").map { ExpressionSettings($0) } ?? .standard
    }
}

extension AppRoleAssignment {
    var journalObject: JSONObject {
        [
            "id": .id(id), "principal": principal.journalValue, "resource": .id(resource),
            "role": .id(appRole), "created": .time(createdAt),
        ]
    }

    init(journal fields: JournalFields) throws(EventCodecError) {
        self.init(
            id: try fields.id("id"), principal: try fields.principal("principal"),
            resource: try fields.id("resource"), appRole: try fields.id("role"),
            createdAt: try fields.time("created"))
    }
}

extension PermissionGrant {
    var journalObject: JSONObject {
        var object: JSONObject = [
            "id": .id(id), "client": .id(client), "resource": .id(resource),
            "scopes": JSONValue(strings: scopes),
        ]
        if case .principal(let user) = consent { object.append("user", .id(user)) }
        return object
    }

    init(journal fields: JournalFields) throws(EventCodecError) {
        let user: UserID? = try fields.optionalID("user")
        self.init(
            id: try fields.id("id"), client: try fields.id("client"),
            resource: try fields.id("resource"),
            consent: user.map { .principal($0) } ?? .allPrincipals,
            scopes: try fields.strings("scopes"))
    }
}
