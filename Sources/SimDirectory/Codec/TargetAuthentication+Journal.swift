import SimCore

extension TargetAuthentication {
    /// nil for a bearer token, which has its own key.
    var journalObject: JSONObject? {
        switch self {
        case .bearer: return nil
        case .clientCredentials(let client):
            var object: JSONObject = [
                "method": .string(method.rawValue), "endpoint": .string(client.tokenEndpoint),
                "client": .string(client.clientID), "secret": .string(client.clientSecret),
                "location": .string(client.location.rawValue),
            ]
            object.appendIfPresent("scope", client.scope)
            return object
        case .workloadIdentity(let identity):
            var object: JSONObject = [
                "method": .string(method.rawValue), "endpoint": .string(identity.tokenEndpoint),
                "client": .string(identity.clientID),
                "exchange": .string(identity.exchange.rawValue),
            ]
            object.appendIfPresent("app", identity.application?.description)
            object.appendIfPresent("audience", identity.audience)
            object.appendIfPresent("scope", identity.scope)
            return object
        }
    }

    init(journal fields: JournalFields) throws(EventCodecError) {
        let method: Method = try fields.choice("method")
        switch method {
        case .bearer: self = .bearer(nil)
        case .clientCredentials:
            self = .clientCredentials(
                OAuthClientCredentials(
                    tokenEndpoint: try fields.string("endpoint"),
                    clientID: try fields.string("client"),
                    clientSecret: try fields.string("secret"),
                    location: try fields.choice("location"),
                    scope: try fields.optionalString("scope")))
        case .workloadIdentity:
            self = .workloadIdentity(
                WorkloadIdentity(
                    tokenEndpoint: try fields.string("endpoint"),
                    clientID: try fields.string("client"),
                    application: try fields.optionalID("app"),
                    exchange: try fields.choice("exchange"),
                    audience: try fields.optionalString("audience"),
                    scope: try fields.optionalString("scope")))
        }
    }
}
