import SimCore
import SimDirectory
import SimHTTP

extension ControlRoutes {
    static let applicationEndpoints: [ControlEndpoint] = [
        application(.get, "", "apps") { _ in .list },
        application(.post, "", body: applicationKeys, "register an app with its enterprise app") {
            input throws(ControlError) in
            .add(
                displayName: try input.body.requiredString("displayName"),
                try applicationSettings(input.body))
        },
        application(.get, "/{app}", "one app") { input throws(ControlError) in
            .show(try input.parameter("app"))
        },
        application(.patch, "/{app}", body: applicationKeys, "change an app") {
            input throws(ControlError) in
            let settings = try applicationSettings(input.body)
            guard settings != ApplicationSettings() else {
                throw .badRequest("the body changes nothing")
            }
            return .set(try input.parameter("app"), settings)
        },
        application(
            .post, "/{app}/secrets", body: ["displayName", "endDateTime"],
            "a new client secret, shown once"
        ) { input throws(ControlError) in
            .addSecret(
                try input.parameter("app"),
                displayName: try input.body.string("displayName") ?? "entra-sim",
                endsAt: try input.body.timestamp("endDateTime"))
        },
        application(
            .post, "/{app}/permissions", body: ["api", "scopes", "roles"],
            "list permissions the app needs"
        ) { input throws(ControlError) in
            let scopes = try input.body.strings("scopes") ?? []
            let roles = try input.body.strings("roles") ?? []
            guard !scopes.isEmpty || !roles.isEmpty else {
                throw .badRequest("neither 'scopes' nor 'roles' names a permission")
            }
            return .require(
                try input.parameter("app"),
                api: try input.body.string("api") ?? "Microsoft Graph", scopes: scopes,
                roles: roles)
        },
        application(.post, "/{app}/consent", "grant everything listed, for everybody") {
            input throws(ControlError) in
            .consent(try input.parameter("app"))
        },
        application(.get, "/{app}/config", query: ["for"], "settings to paste into a client") {
            input throws(ControlError) in
            .config(try input.parameter("app"), for: try input.query.choice("for") ?? .env)
        },
    ]

    private static let applicationKeys = [
        "displayName", "signInAudience", "identifierUris", "web", "spa", "publicClient", "api",
        "isFallbackPublicClient", "groupMembershipClaims", "optionalClaims", "accountEnabled",
        "appRoleAssignmentRequired", "provisioning",
    ]

    private static func applicationSettings(
        _ body: StrictObject
    ) throws(ControlError) -> ApplicationSettings {
        var settings = ApplicationSettings()
        settings.displayName = try body.string("displayName")
        settings.signInAudience = try body.choice("signInAudience")
        settings.identifierURIs = try body.strings("identifierUris")
        settings.isFallbackPublicClient = try body.bool("isFallbackPublicClient")
        settings.groupMembershipClaims = try body.stringChange("groupMembershipClaims")
        settings.accountEnabled = try body.bool("accountEnabled")
        settings.requiresAssignment = try body.bool("appRoleAssignmentRequired")
        if let claims = body.value("optionalClaims") {
            settings.optionalClaims = claims.isNull ? .clear : .set(claims)
        }
        let webKeys = ["redirectUris", "logoutUrl", "homePageUrl", "implicitGrantSettings"]
        if let web = try body.object("web", keys: webKeys) {
            settings.redirectURIs[.web] = try web.strings("redirectUris")
            settings.logoutURL = try web.stringChange("logoutUrl")
            settings.homePageURL = try web.stringChange("homePageUrl")
            let implicit = try web.object(
                "implicitGrantSettings",
                keys: ["enableIdTokenIssuance", "enableAccessTokenIssuance"])
            settings.enablesIDTokenIssuance = try implicit?.bool("enableIdTokenIssuance")
            settings.enablesAccessTokenIssuance = try implicit?.bool("enableAccessTokenIssuance")
        }
        settings.redirectURIs[.spa] =
            try body.object("spa", keys: ["redirectUris"])?.strings("redirectUris")
        settings.redirectURIs[.publicClient] =
            try body.object("publicClient", keys: ["redirectUris"])?.strings("redirectUris")
        if let api = try body.object("api", keys: ["requestedAccessTokenVersion"]) {
            let key = "requestedAccessTokenVersion"
            settings.requestedAccessTokenVersion =
                api.value(key) == .null ? .clear : try api.number(key, in: 1...2).map { .set($0) }
        }
        settings.provisioning = try provisioningSettings(body)
        return settings
    }

    private static func provisioningSettings(
        _ body: StrictObject
    ) throws(ControlError) -> ProvisioningSettings? {
        let keys = [
            "tenantUrl", "secretToken", "authentication", "scope", "provisionsGroups",
            "startsEnabled", "skipOutOfScopeDeletions", "notifications", "expressionSettings",
        ]
        guard let object = try body.object("provisioning", keys: keys) else { return nil }
        var settings = ProvisioningSettings()
        settings.tenantURL = try object.string("tenantUrl")
        settings.secretToken = try object.stringChange("secretToken")
        settings.authentication = try AuthenticationSettings(in: object)
        settings.scope = try object.choice("scope")
        settings.provisionsGroups = try object.bool("provisionsGroups")
        settings.startsEnabled = try object.bool("startsEnabled")
        settings.skipsOutOfScopeDeletions = try object.bool("skipOutOfScopeDeletions")
        let noticeKeys = ["enabled", "recipients", "deleteThreshold"]
        if let notifications = try object.object("notifications", keys: noticeKeys) {
            settings.notifies = try notifications.bool("enabled")
            settings.recipients = try notifications.stringOrEmpty("recipients")
            settings.deleteThreshold =
                notifications.value("deleteThreshold") == .null
                ? .clear
                : try notifications.number("deleteThreshold", in: 1...1_000_000).map { .set($0) }
        }
        settings.expressions = try expressionSettings(object)
        return settings
    }

    private static func expressionSettings(
        _ body: StrictObject
    ) throws(ControlError) -> [ExpressionSettings.Name: Change<String>] {
        let names = ExpressionSettings.Name.allCases
        guard let object = try body.object("expressionSettings", keys: names.map(\.rawValue))
        else { return [:] }
        var changes: [ExpressionSettings.Name: Change<String>] = [:]
        for name in names {
            guard let value = object.value(name.rawValue) else { continue }
            if value.isNull {
                changes[name] = .clear
                continue
            }
            let text = value.stringValue ?? value.boolValue.map { String($0) } ?? value.text
            guard name.values.contains(text) else {
                throw .badRequest(
                    "'\(name.rawValue)' cannot be '\(text)'",
                    hint: NearestName.of(text, in: name.values).map { "did you mean '\($0)'?" }
                        ?? "one of: \(name.values.joined(separator: ", "))")
            }
            changes[name] = .set(text)
        }
        return changes
    }

    private static func application(
        _ method: HTTPMethod, _ path: String, body: [String]? = nil, query: [String] = [],
        _ summary: String,
        build: @escaping @Sendable (ControlInput) throws(ControlError) -> ApplicationCommand
    ) -> ControlEndpoint {
        ControlEndpoint(
            method, "tenants/{tenant}/apps" + path, body: body, query: query, summary
        ) { input throws(ControlError) in
            .application(tenant: try input.parameter("tenant"), try build(input))
        }
    }
}
