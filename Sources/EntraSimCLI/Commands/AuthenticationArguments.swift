import SimCore
import SimDirectory

/// Options that say how a provisioning job proves itself to its target, and the JSON they become.
enum AuthenticationArguments {
    static let endpoint = CommandOption<String>.urlOrOwn(
        "--token-endpoint", "provisioning: OAuth token endpoint of the target")
    static let client = CommandOption<String>.text(
        "--client-id", "ID", "provisioning: OAuth client at the target")
    static let secret = CommandOption<String>.text(
        "--client-secret", "S", "provisioning: that client's secret")
    static let location = CommandOption<OAuthClientCredentials.Location>.choice(
        "--credential-location", "provisioning: where client id and secret travel")
    static let scope = CommandOption<String>.text(
        "--oauth-scope", "TEXT", "provisioning: scope asked for at the token endpoint")
    static let federated = CommandOption<Bool>.flag(
        "--federated", "provisioning: workload identity instead of a client secret")
    static let application = CommandOption<String>.text(
        "--workload-app", "APP", "provisioning: the app whose token is exchanged")
    static let exchange = CommandOption<WorkloadIdentity.Exchange>.choice(
        "--exchange", "provisioning: how that token is presented")
    static let audience = CommandOption<String>.text(
        "--oauth-audience", "TEXT", "provisioning: audience asked for in a token exchange")

    static let all: [AnyOption] = [
        endpoint.any, client.any, secret.any, location.any, scope.any, federated.any,
        application.any, exchange.any, audience.any,
    ]

    /// The `authentication` member; nil when no option is there.
    static func body(_ invocation: Invocation) -> JSONValue? {
        var body = JSONObject()
        if invocation.has(federated) {
            body.append("type", .string(TargetAuthentication.Method.workloadIdentity.rawValue))
        }
        body.appendIfPresent("tokenEndpoint", invocation[endpoint])
        body.appendIfPresent("clientId", invocation[client])
        body.appendIfPresent("clientSecret", invocation[secret])
        body.appendIfPresent("credentialLocation", invocation[location]?.rawValue)
        body.appendIfPresent("scope", invocation[scope])
        body.appendIfPresent("application", invocation[application])
        body.appendIfPresent("exchange", invocation[exchange]?.rawValue)
        body.appendIfPresent("audience", invocation[audience])
        // `nil` in a conditional expression would be JSON's null.
        guard !body.isEmpty else { return Optional.none }
        return .object(body)
    }
}
