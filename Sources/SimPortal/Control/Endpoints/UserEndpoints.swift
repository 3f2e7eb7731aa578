import SimCore
import SimDirectory
import SimHTTP

extension ControlRoutes {
    static let userEndpoints: [ControlEndpoint] = [
        user(.get, "", query: ["text", "deleted", "limit"], "users, or those in the recycle bin") {
            input throws(ControlError) in
            .list(
                UserListing(
                    population: try input.query.bool("deleted") == true ? .deleted : .live,
                    text: try input.query.string("text"),
                    limit: try input.query.number("limit", in: UserListing.limitBounds) ?? 1_000))
        },
        user(.post, "", body: UserAttributeNames.writable, "make a user") {
            input throws(ControlError) in
            let name = try input.body.requiredString("userPrincipalName")
            var settings = try userSettings(input.body)
            settings.attributes.removeAll { $0.name == "userPrincipalName" }
            return .add(NewUser(userPrincipalName: name, settings: settings))
        },
        user(.get, "/{user}", "one user") { input throws(ControlError) in
            .show(try input.parameter("user"))
        },
        user(.patch, "/{user}", body: UserAttributeNames.writable, "change attributes") {
            input throws(ControlError) in
            let settings = try userSettings(input.body)
            guard settings != UserSettings() else {
                throw .badRequest("the body changes nothing")
            }
            return .set(try input.parameter("user"), settings)
        },
        user(.delete, "/{user}", "into the recycle bin") { input throws(ControlError) in
            .delete(try input.parameter("user"))
        },
        user(.post, "/{user}/enable", "allow sign-in") { input throws(ControlError) in
            .enable(try input.parameter("user"))
        },
        user(.post, "/{user}/disable", "block sign-in") { input throws(ControlError) in
            .disable(try input.parameter("user"))
        },
        user(.post, "/{user}/restore", "out of the recycle bin") { input throws(ControlError) in
            .restore(try input.parameter("user"))
        },
        user(.post, "/{user}/purge", "out of the recycle bin for good") {
            input throws(ControlError) in
            .purge(try input.parameter("user"))
        },
        user(.post, "/{user}/revoke-sessions", "sign out everywhere") {
            input throws(ControlError) in
            .revokeSessions(try input.parameter("user"))
        },
    ]

    private static func user(
        _ method: HTTPMethod, _ path: String, body: [String]? = nil, query: [String] = [],
        _ summary: String,
        build: @escaping @Sendable (ControlInput) throws(ControlError) -> UserCommand
    ) -> ControlEndpoint {
        ControlEndpoint(
            method, "tenants/{tenant}/users" + path, body: body, query: query, summary
        ) { input throws(ControlError) in
            .user(tenant: try input.parameter("tenant"), try build(input))
        }
    }

    /// Every key of the body as a change, under Entra's attribute names.
    private static func userSettings(_ body: StrictObject) throws(ControlError) -> UserSettings {
        var settings = UserSettings()
        settings.manager = try body.stringChange("manager")
        settings.credential = try credential(body)
        settings.situation = try situation(body)
        for graphName in UserAttributeNames.writable where body.has(graphName) {
            guard let kind = UserAttributeNames.kind(of: graphName) else { continue }
            let value = body.value(graphName) ?? .null
            try kind.check(value, graphName)
            let name = UserAttributeNames.entraName(of: graphName)
            settings.attributes.append(
                AttributeChange(
                    name, kind == .firstPhone ? value.arrayValue?.first ?? .null : value))
        }
        return settings
    }

    private static func credential(_ body: StrictObject) throws(ControlError) -> CredentialSettings
    {
        var credential = CredentialSettings()
        let profile = try body.object(
            "passwordProfile", keys: ["password", "forceChangePasswordNextSignIn"])
        credential.password = try profile?.stringChange("password")
        credential.mustChange = try profile?.bool("forceChangePasswordNextSignIn")
        credential.isExpired = try body.bool("passwordExpired")
        credential.requiresMFA = try body.bool("requiresMfa")
        credential.secondFactor = try secondFactor(body)
        if body.value("lockedUntil") == .null {
            credential.lockedUntil = .clear
        } else {
            credential.lockedUntil = try body.timestamp("lockedUntil").map { .set($0) }
        }
        return credential
    }

    /// An authenticator app needs its secret.
    private static func secondFactor(
        _ body: StrictObject
    ) throws(ControlError) -> SecondFactorMethod? {
        let secret = try body.string("authenticatorSecret")
        let name =
            try body.choice("secondFactor", SecondFactorMethod.Name.self)
            ?? (secret == nil ? nil : .authenticator)
        guard let name else { return nil }
        guard let method = SecondFactorMethod(name, secret: secret.flatMap(Base32.decode)) else {
            throw .badRequest(
                "an authenticator app needs an 'authenticatorSecret' of 10 to 64 bytes",
                hint: "write it in Base32, for example JBSWY3DPEHPK3PXPJBSWY3DP")
        }
        return method
    }

    private static func situation(
        _ body: StrictObject
    ) throws(ControlError) -> [SituationField: Change<String>] {
        let names = SituationField.allCases.map(\.rawValue)
        guard let said = try body.object("signIn", keys: names) else { return [:] }
        var changes: [SituationField: Change<String>] = [:]
        for field in SituationField.allCases {
            guard let change = try said.stringChange(field.rawValue) else { continue }
            var scratch = SignInSituation()
            if let text = change.value, !scratch.set(field, text) {
                throw .badRequest("'\(field.rawValue)' takes \(field.noun), not '\(text)'")
            }
            changes[field] = change
        }
        return changes
    }
}
