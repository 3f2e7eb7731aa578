import SimCore

/// The app's token endpoint: who gets access tokens for its SCIM service, and for how long.
/// RFC 6749 §4.4; provisioning.md §9.3, §10.2.
package struct OAuthConfiguration: Hashable, Sendable {
    /// A client with a secret. The secret stands in the fixture, so it is public by nature.
    package struct Client: Hashable, Sendable {
        package let name: String
        package let clientID: String
        package let clientSecret: String
        package let scopes: [String]
    }

    /// Another issuer's token that stands for a client without a secret. All of issuer, subject
    /// and audience must match exactly.
    package struct Trust: Hashable, Sendable {
        package let name: String
        package let clientID: String
        /// `{origin}` at its start stands for the simulator's own address.
        package fileprivate(set) var issuer: String
        package let subject: String
        package let audience: String
        package let scopes: [String]
    }

    /// Token lives the gallery accepts, in minutes. provisioning.md §9.3.
    package static let lifetimeMinutes: ClosedRange<Int64> = 60...360

    /// Below the app: `/oauth2/token`.
    package let path: String
    package let lifetime: Duration
    package let clients: [Client]
    package private(set) var trusts: [Trust]

    /// The same with other issuers.
    func trusting(_ issuers: (String) -> String) -> OAuthConfiguration {
        var copy = self
        for index in copy.trusts.indices {
            copy.trusts[index].issuer = issuers(copy.trusts[index].issuer)
        }
        return copy
    }
}

extension OAuthConfiguration {
    static let keys = ["tokenPath", "lifetimeMinutes", "clients", "federated"]
    private static let clientKeys = ["name", "clientId", "clientSecret", "scopes"]
    private static let trustKeys = ["name", "clientId", "issuer", "subject", "audience", "scopes"]

    /// - Parameter scopes: the app's own; a client may have those.
    init(
        _ block: FixtureObject, scopes: [String], scimPath: String
    ) throws(SampleAppProblem) {
        path = try Self.path(block, scimPath: scimPath)
        let minutes = try block.number("lifetimeMinutes", in: Self.lifetimeMinutes, default: 60)
        lifetime = .seconds(minutes * 60)
        var clients: [Client] = []
        for child in try block.children("clients", keys: Self.clientKeys) {
            let client = Client(
                name: try child.string("name"), clientID: try child.string("clientId"),
                clientSecret: try child.string("clientSecret"),
                scopes: try Self.scopes(child, among: scopes))
            guard !clients.contains(where: { $0.clientID == client.clientID }) else {
                throw child.problem("clientId", "the client '\(client.clientID)' stands here twice")
            }
            clients.append(client)
        }
        self.clients = clients
        var trusts: [Trust] = []
        for child in try block.children("federated", keys: Self.trustKeys) {
            let trust = Trust(
                name: try child.string("name"), clientID: try child.string("clientId"),
                issuer: try child.string("issuer"), subject: try child.string("subject"),
                audience: try child.string("audience"),
                scopes: try Self.scopes(child, among: scopes))
            let isTaken =
                clients.contains { $0.clientID == trust.clientID }
                || trusts.contains { $0.clientID == trust.clientID }
            guard !isTaken else {
                throw child.problem("clientId", "the client '\(trust.clientID)' stands here twice")
            }
            trusts.append(trust)
        }
        self.trusts = trusts
    }

    private static func path(
        _ block: FixtureObject, scimPath: String
    ) throws(SampleAppProblem) -> String {
        let path = try block.optionalString("tokenPath") ?? "/oauth2/token"
        guard path.hasPrefix("/"), !path.hasSuffix("/"), !path.contains(text: "//"),
            path.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != 37 && $0 != 63 && $0 != 35 })
        else {
            throw block.problem(
                "tokenPath", "'\(path)' is not a path such as /oauth2/token",
                hint: "begin with '/', end without")
        }
        guard path != scimPath, !path.hasPrefix(scimPath + "/") else {
            throw block.problem("tokenPath", "'\(path)' lies in the SCIM service at '\(scimPath)'")
        }
        return path
    }

    private static func scopes(
        _ child: FixtureObject, among known: [String]
    ) throws(SampleAppProblem) -> [String] {
        let scopes = try child.strings("scopes")
        if let odd = scopes.firstIndex(where: { !known.contains($0) }) {
            throw child.unknown("scopes[\(odd)]", scopes[odd], among: known)
        }
        return scopes
    }
}
