import SimCore
import SimDirectory

/// Options that describe an app, and the JSON they become.
enum AppArguments {
    enum Toggle: String, CaseIterable, Sendable {
        case on, off
        var json: JSONValue { .bool(self == .on) }
    }

    static let displayName = CommandOption<String>.text("--display-name", "NAME", "new name")
    static let web = CommandOption<String>.text(
        "--web-redirect", "URI", "redirect URI of a web app; may be repeated, replaces the set"
    ).repeatable
    static let spa = CommandOption<String>.text(
        "--spa-redirect", "URI", "redirect URI of a single-page app; may be repeated"
    ).repeatable
    static let publicClient = CommandOption<String>.text(
        "--public-redirect", "URI", "redirect URI of a public client; may be repeated"
    ).repeatable
    static let identifier = CommandOption<String>.text(
        "--identifier-uri", "URI", "application id URI; may be repeated"
    ).repeatable
    static let audience = CommandOption<AppRegistration.SignInAudience>.choice(
        "--audience", "who may sign in, such as AzureADMyOrg", placeholder: "AUDIENCE")
    static let logoutURL = CommandOption<String>.text(
        "--logout-url", "URL", "front-channel logout URL")
    static let idTokens = CommandOption<Toggle>.choice("--id-tokens", "implicit ID tokens")
    static let accessTokens = CommandOption<Toggle>.choice(
        "--access-tokens", "implicit access tokens")
    static let fallback = CommandOption<Toggle>.choice(
        "--public-flows", "allow public client flows")
    static let tokenVersion = CommandOption<Int>.number(
        "--token-version", "version of access tokens for this API", in: 1...2)
    static let assignment = CommandOption<Toggle>.choice(
        "--assignment-required", "only assigned people may sign in")
    static let enabled = CommandOption<Toggle>.choice("--enabled", "the enterprise app is enabled")
    static let tenantURL = CommandOption<String>.url("--tenant-url", "provisioning: SCIM endpoint")
    static let secretToken = CommandOption<String>.text(
        "--secret-token", "T", "provisioning: bearer token of the endpoint")
    static let scope = CommandOption<ProvisioningConfiguration.Scope>.choice(
        "--scope", "provisioning: who is in scope")
    static let groups = CommandOption<Toggle>.choice("--groups", "provisioning: groups too")

    static let skipDeletions = CommandOption<Toggle>.choice(
        "--skip-out-of-scope-deletions", "provisioning: leaving the scope disables nobody")
    static let notify = CommandOption<Toggle>.choice(
        "--notify", "provisioning: mails about a quarantine")
    static let recipients = CommandOption<String>.text(
        "--notify-to", "MAIL", "provisioning: whom they go to; several with commas")
    static let threshold = CommandOption<Int?>(
        name: "--delete-threshold", placeholder: "N|off",
        help: "provisioning: disables and deletes a cycle may make",
        isRepeatable: false
    ) { text throws(OptionProblem) in
        if text == "off" { return nil }
        guard let number = Int(text), (1...1_000_000).contains(number) else {
            throw OptionProblem("is neither 'off' nor a number from 1 to 1000000")
        }
        return number
    }
    static let expression = CommandOption<String>(
        name: "--expression-setting", placeholder: "NAME=VALUE",
        help: "provisioning: how expressions are read; may be repeated",
        isRepeatable: true
    ) { text throws(OptionProblem) in
        _ = try expressionSetting(text)
        return text
    }

    static let all: [AnyOption] =
        [
            web.any, spa.any, publicClient.any, identifier.any, audience.any, logoutURL.any,
            idTokens.any, accessTokens.any, fallback.any, tokenVersion.any, assignment.any,
            enabled.any, tenantURL.any, secretToken.any, scope.any, groups.any,
            skipDeletions.any, notify.any, recipients.any, threshold.any, expression.any,
        ] + AuthenticationArguments.all

    /// The body of a create or a change, in Graph's shape.
    static func body(_ invocation: Invocation) -> JSONObject {
        var body = JSONObject()
        body.appendIfPresent("signInAudience", invocation[audience]?.rawValue)
        body.appendIfPresent("identifierUris", list(invocation, identifier))
        var web = JSONObject()
        web.appendIfPresent("redirectUris", list(invocation, Self.web))
        web.appendIfPresent("logoutUrl", invocation[logoutURL])
        var implicit = JSONObject()
        implicit.appendIfPresent("enableIdTokenIssuance", invocation[idTokens]?.json)
        implicit.appendIfPresent("enableAccessTokenIssuance", invocation[accessTokens]?.json)
        if !implicit.isEmpty { web.append("implicitGrantSettings", .object(implicit)) }
        if !web.isEmpty { body.append("web", .object(web)) }
        if let uris = list(invocation, spa) { body.append("spa", ["redirectUris": uris]) }
        if let uris = list(invocation, publicClient) {
            body.append("publicClient", ["redirectUris": uris])
        }
        body.appendIfPresent("isFallbackPublicClient", invocation[fallback]?.json)
        if let version = invocation[tokenVersion] {
            body.append("api", ["requestedAccessTokenVersion": .int(Int64(version))])
        }
        body.appendIfPresent("appRoleAssignmentRequired", invocation[assignment]?.json)
        body.appendIfPresent("accountEnabled", invocation[enabled]?.json)
        let provisioning = provisioning(invocation)
        if !provisioning.isEmpty { body.append("provisioning", .object(provisioning)) }
        return body
    }

    private static func provisioning(_ invocation: Invocation) -> JSONObject {
        var provisioning = JSONObject()
        provisioning.appendIfPresent("tenantUrl", invocation[tenantURL])
        provisioning.appendIfPresent("secretToken", invocation[secretToken])
        provisioning.appendIfPresent("authentication", AuthenticationArguments.body(invocation))
        provisioning.appendIfPresent("scope", invocation[scope]?.rawValue)
        provisioning.appendIfPresent("provisionsGroups", invocation[groups]?.json)
        provisioning.appendIfPresent("skipOutOfScopeDeletions", invocation[skipDeletions]?.json)
        var notifications = JSONObject()
        notifications.appendIfPresent("enabled", invocation[notify]?.json)
        notifications.appendIfPresent("recipients", invocation[recipients])
        if let limit = invocation[threshold] {
            notifications.append(
                "deleteThreshold", limit.map { .int(Int64($0)) } ?? JSONValue.null)
        }
        if !notifications.isEmpty { provisioning.append("notifications", .object(notifications)) }
        var expressions = JSONObject()
        for text in invocation.all(expression) {
            // A value that does not parse was refused before.
            guard let (name, value) = try? expressionSetting(text) else { continue }
            expressions[name.rawValue] =
                value == "true" ? true : value == "false" ? false : .string(value)
        }
        if !expressions.isEmpty {
            provisioning.append("expressionSettings", .object(expressions))
        }
        return provisioning
    }

    /// `iifNullCondition=documented`
    private static func expressionSetting(
        _ text: String
    ) throws(OptionProblem) -> (ExpressionSettings.Name, String) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        let known = ExpressionSettings.Name.allCases.map(\.rawValue)
        guard parts.count == 2 else {
            throw OptionProblem("is not NAME=VALUE", hint: "iifNullCondition=documented")
        }
        guard let name = ExpressionSettings.Name(rawValue: parts[0]) else {
            throw OptionProblem(
                "names no setting",
                hint: NearestName.of(parts[0], in: known).map { "did you mean '\($0)'?" }
                    ?? "one of \(known.joined(separator: ", "))")
        }
        guard name.values.contains(parts[1]) else {
            throw OptionProblem(
                "is not one of \(name.values.joined(separator: ", "))",
                hint: NearestName.of(parts[1], in: name.values).map { "did you mean '\($0)'?" })
        }
        return (name, parts[1])
    }

    private static func list(
        _ invocation: Invocation, _ option: CommandOption<String>
    ) -> JSONValue? {
        let values = invocation.all(option)
        // `nil` in a conditional expression would be JSON's null.
        guard !values.isEmpty else { return Optional.none }
        return JSONValue(strings: values)
    }
}
