import SimCore
import SimDirectory

/// What policies are asked about: targets and authentication contexts.
struct AccessScope: Hashable, Sendable {
    /// App ids.
    let targets: [AppID]
    let contexts: [String]

    /// Whether whoever may have this may have the other too.
    func covers(_ other: AccessScope) -> Bool {
        Set(other.targets).isSubset(of: targets) && Set(other.contexts).isSubset(of: contexts)
    }

    /// What a refusal names: the first target, or the resource when there is none.
    func named(or resource: Resource?) -> GUID {
        targets.first?.guid ?? resource?.appID.guid ?? .zero
    }

    /// The resources; a web application that asks for an ID token is a resource of that token,
    /// and the only one when it asks for nothing else. identity-platform.md §8.2, rule 2.
    ///
    /// - Parameter platform: type of the client's redirect URI; nil when no ID token is for it.
    static func targets(
        _ request: ScopeRequest, resources: [Resource], client: ClientApplication,
        platform: AppRegistration.Platform?
    ) -> [AppID] {
        let isSignInAlone = request.resourceScopes.isEmpty && !request.openID.isEmpty
        if isSignInAlone, platform != nil { return [client.appID] }
        let own = resources.map(\.appID)
        let wantsIdentity = request.openID.contains(.openid) && platform == .web
        return own + (wantsIdentity && !own.contains(client.appID) ? [client.appID] : [])
    }
}
