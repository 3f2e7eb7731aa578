import SimCore
import SimDirectory
import SimErrors

extension AuthorizationRequest {
    /// The request of a device, as it was judged when its code was issued. Nobody waits at an
    /// address, so every refusal is a page.
    init(
        device authorization: DeviceAuthorization, log: TenantID, tenant: any DirectoryQueries,
        platform identity: IdentityPlatform
    ) throws(AADSTSError) {
        let client = try identity.client(authorization.client.description, in: tenant)
        let scopes = try ScopeRequest(authorization.scope)
        var resources: [Resource] = []
        for name in scopes.resources.isEmpty ? [nil] : scopes.resources {
            resources.append(try identity.resource(name, in: tenant))
        }
        self.init(
            version: .v2, tenant: tenant, client: client,
            goal: .device(authorization, log: log), sentRedirectURI: nil,
            platform: client.platformWithoutRedirect, responseTypes: [], scopes: scopes,
            resources: resources, nonce: nil, prompt: nil, loginHint: nil, maxAge: nil,
            challenge: nil, claims: .none, wantsClientInfo: false)
    }
}
