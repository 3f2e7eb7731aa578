import SimCore

extension FixtureText {
    /// The `authentication` block of a `provisioning` block; a bearer token stands beside it, as
    /// `secretToken`. nil when there is no block, or one that is not complete.
    func authentication(_ provisioning: FixtureObject) -> TargetAuthentication? {
        let found = provisioning.object("authentication") { block -> TargetAuthentication? in
            guard block.requiredString("type") != nil,
                let method = block.choice("type", TargetAuthentication.Method.self)
            else {
                // Which other keys may stand here depends on the type.
                for member in block.object.members { _ = block.value(member.name) }
                return nil
            }
            if provisioning.object["secretToken"] != nil {
                provisioning.note(
                    .excludes("secretToken", "authentication"), at: "authentication")
            }
            switch method {
            case .bearer: return .bearer(block.requiredString("secretToken"))
            case .clientCredentials: return clientCredentials(block).map { .clientCredentials($0) }
            case .workloadIdentity: return workloadIdentity(block).map { .workloadIdentity($0) }
            }
        }
        return found ?? nil
    }

    private func clientCredentials(_ block: FixtureObject) -> OAuthClientCredentials? {
        let endpoint = tokenEndpoint(block)
        let client = block.requiredString("clientId")
        let secret = block.requiredString("clientSecret")
        let location = block.choice("credentialLocation", OAuthClientCredentials.Location.self)
        let scope = block.string("scope")
        guard let endpoint, let client, let secret else { return nil }
        return OAuthClientCredentials(
            tokenEndpoint: endpoint, clientID: client, clientSecret: secret,
            location: location ?? .body, scope: scope)
    }

    /// Its `application` is a name, resolved when all applications are known.
    private func workloadIdentity(_ block: FixtureObject) -> WorkloadIdentity? {
        let endpoint = tokenEndpoint(block)
        let client = block.requiredString("clientId")
        _ = block.string("application")
        let exchange = block.choice("exchange", WorkloadIdentity.Exchange.self)
        let audience = block.string("audience")
        let scope = block.string("scope")
        guard let endpoint, let client else { return nil }
        return WorkloadIdentity(
            tokenEndpoint: endpoint, clientID: client, exchange: exchange ?? .clientAssertion,
            audience: audience, scope: scope)
    }

    private func tokenEndpoint(_ block: FixtureObject) -> String? {
        guard let url = block.requiredString("tokenEndpoint") else { return nil }
        if !url.hasPrefix("{origin}/"), !AppRegistration.RedirectURI.isAbsolute(url) {
            block.note(.notA("an absolute URL or {origin}/…", found: url), at: "tokenEndpoint")
        }
        return url
    }

    /// The app whose token a job presents, still a name; nil for the enterprise app itself.
    func workloadApplication(_ application: FixtureObject) -> FixtureReference? {
        let steps = ["provisioning", "authentication", "application"]
        var value: JSONValue? = .object(application.object)
        for step in steps { value = value?[step] }
        guard let name = value?.stringValue, !name.isEmpty else { return nil }
        return FixtureReference(
            name: name, place: .text(self, application.path + steps.map { .key($0) }))
    }
}
