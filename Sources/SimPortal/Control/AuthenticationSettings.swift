import SimCore
import SimDirectory

/// Changes to how a job proves itself to its target; what is nil stays as it is.
package struct AuthenticationSettings: Hashable, Sendable {
    /// `CredentialLocationInRequest`, as typed: Test Connection has a text of its own for others.
    package enum Location: Hashable, Sendable {
        case supported(OAuthClientCredentials.Location)
        case unsupported(String)
    }

    package var method: TargetAuthentication.Method?
    package var tokenEndpoint: String?
    package var clientID: String?
    package var clientSecret: String?
    package var location: Location?
    package var scope: Change<String>?
    /// An app of the tenant by display name, client id or object id; null for the enterprise app.
    package var application: Change<String>?
    package var exchange: WorkloadIdentity.Exchange?
    package var audience: Change<String>?

    package init(method: TargetAuthentication.Method? = nil) {
        self.method = method
    }

    /// The authentication after these changes.
    ///
    /// - Parameter find: the client id of the app a person means.
    package func applied(
        to old: TargetAuthentication, find: (String) throws(ControlError) -> AppID
    ) throws(ControlError) -> TargetAuthentication {
        let method = method ?? guessed(old)
        try refuseForeignKeys(method)
        switch (method, old) {
        case (.bearer, .bearer): return old
        case (.bearer, .clientCredentials), (.bearer, .workloadIdentity): return .bearer(nil)
        case (.clientCredentials, .clientCredentials(let client)):
            return .clientCredentials(try changed(client))
        case (.clientCredentials, .bearer), (.clientCredentials, .workloadIdentity):
            return .clientCredentials(
                try changed(
                    OAuthClientCredentials(
                        tokenEndpoint: try required(tokenEndpoint, "tokenEndpoint"),
                        clientID: try required(clientID, "clientId"),
                        clientSecret: try required(clientSecret, "clientSecret"))))
        case (.workloadIdentity, .workloadIdentity(let identity)):
            return .workloadIdentity(try changed(identity, find))
        case (.workloadIdentity, .bearer), (.workloadIdentity, .clientCredentials):
            return .workloadIdentity(
                try changed(
                    WorkloadIdentity(
                        tokenEndpoint: try required(tokenEndpoint, "tokenEndpoint"),
                        clientID: try required(clientID, "clientId")), find))
        }
    }

    /// Without a type: what the job has, or what the keys belong to.
    private func guessed(_ old: TargetAuthentication) -> TargetAuthentication.Method {
        switch old {
        case .clientCredentials, .workloadIdentity: old.method
        case .bearer:
            application != nil || exchange != nil || audience != nil
                ? .workloadIdentity : .clientCredentials
        }
    }

    private func refuseForeignKeys(
        _ method: TargetAuthentication.Method
    ) throws(ControlError) {
        let ofClient = [
            ("clientSecret", clientSecret != nil), ("credentialLocation", location != nil),
        ]
        let ofWorkload = [
            ("application", application != nil), ("exchange", exchange != nil),
            ("audience", audience != nil),
        ]
        let ofBoth = [
            ("tokenEndpoint", tokenEndpoint != nil), ("clientId", clientID != nil),
            ("scope", scope != nil),
        ]
        let foreign =
            switch method {
            case .bearer: ofBoth + ofClient + ofWorkload
            case .clientCredentials: ofWorkload
            case .workloadIdentity: ofClient
            }
        if let key = foreign.first(where: \.1)?.0 {
            throw .badRequest("'\(key)' does not belong to the type \(method.rawValue)")
        }
    }

    private func required(_ value: String?, _ key: String) throws(ControlError) -> String {
        guard let value else {
            throw .badRequest(
                "'authentication' lacks the key '\(key)'",
                hint: "the job has another kind so far: give all of this one's keys")
        }
        return value
    }

    private func changed(
        _ client: OAuthClientCredentials
    ) throws(ControlError) -> OAuthClientCredentials {
        var result = client
        if let tokenEndpoint { result.tokenEndpoint = tokenEndpoint }
        if let clientID { result.clientID = clientID }
        if let clientSecret { result.clientSecret = clientSecret }
        if let scope { result.scope = scope.value }
        switch location {
        case nil: break
        case .supported(let location)?: result.location = location
        case .unsupported(let text)?:
            let known = OAuthClientCredentials.Location.allCases.map(\.rawValue)
            throw .badRequest(
                "'credentialLocation' cannot be '\(text)'",
                hint: NearestName.of(text, in: known).map { "did you mean '\($0)'?" }
                    ?? "one of: \(known.joined(separator: ", "))")
        }
        return result
    }

    private func changed(
        _ identity: WorkloadIdentity, _ find: (String) throws(ControlError) -> AppID
    ) throws(ControlError) -> WorkloadIdentity {
        var result = identity
        if let tokenEndpoint { result.tokenEndpoint = tokenEndpoint }
        if let clientID { result.clientID = clientID }
        if let scope { result.scope = scope.value }
        if let audience { result.audience = audience.value }
        if let exchange { result.exchange = exchange }
        switch application {
        case nil: break
        case .clear?: result.application = nil
        case .set(let name)?: result.application = try find(name)
        }
        return result
    }
}

extension AuthenticationSettings {
    static let keys = [
        "type", "tokenEndpoint", "clientId", "clientSecret", "credentialLocation", "scope",
        "application", "exchange", "audience",
    ]

    /// The `authentication` member of a body; nil when there is none. Null goes back to a bearer
    /// token.
    init?(in body: StrictObject) throws(ControlError) {
        guard let value = body.value("authentication") else { return nil }
        guard !value.isNull else {
            self.init(method: .bearer)
            return
        }
        guard let block = try body.object("authentication", keys: Self.keys) else { return nil }
        guard !body.has("secretToken") else {
            throw .badRequest("'secretToken' and 'authentication' exclude each other")
        }
        self.init(method: try block.choice("type"))
        tokenEndpoint = try block.string("tokenEndpoint")
        clientID = try block.string("clientId")
        clientSecret = try block.string("clientSecret")
        location = try block.stringOrEmpty("credentialLocation").map {
            OAuthClientCredentials.Location(rawValue: $0).map { .supported($0) }
                ?? .unsupported($0)
        }
        scope = try block.stringChange("scope")
        application = try block.stringChange("application")
        exchange = try block.choice("exchange")
        audience = try block.stringChange("audience")
    }
}
