import SimCore
import SimDirectory

/// How a job proves itself, as the control API shows it: no secret, only whether there is one.
enum AuthenticationAnswer {
    static func json(
        _ authentication: TargetAuthentication, in directory: some DirectoryQueries
    ) -> JSONValue {
        var object: JSONObject = ["type": .string(authentication.method.rawValue)]
        switch authentication {
        case .bearer(let token): object.append("hasSecretToken", .bool(token != nil))
        case .clientCredentials(let client):
            object.append("tokenEndpoint", .string(client.tokenEndpoint))
            object.append("clientId", .string(client.clientID))
            object.append("hasClientSecret", .bool(!client.clientSecret.isEmpty))
            object.append("credentialLocation", .string(client.location.rawValue))
            object.appendIfPresent("scope", client.scope)
        case .workloadIdentity(let identity):
            object.append("tokenEndpoint", .string(identity.tokenEndpoint))
            object.append("clientId", .string(identity.clientID))
            let app = identity.application
            object.appendIfPresent(
                "application",
                app.map { directory.servicePrincipal(appID: $0)?.displayName ?? $0.description })
            object.append("exchange", .string(identity.exchange.rawValue))
            object.appendIfPresent("audience", identity.audience)
            object.appendIfPresent("scope", identity.scope)
        }
        return .object(object)
    }
}
