import SimCore
import SimDirectory
import SimErrors

/// What a code and a refresh token have in common: who let whom act for them.
struct UserGrant: Hashable, Sendable {
    let tenant: TenantID
    let client: AppID
    /// Type of the redirect URI it was handed to; it decides client type and lifetimes.
    let platform: AppRegistration.Platform
    let signIn: SignIn
    /// The scope text of the authorization request.
    let scope: String
    let issuedAt: Timestamp
    /// When the first refresh token of this chain was issued.
    let startedAt: Timestamp

    /// The same grant, issued anew.
    func renewed(at now: Timestamp) -> UserGrant {
        UserGrant(
            tenant: tenant, client: client, platform: platform, signIn: signIn, scope: scope,
            issuedAt: now, startedAt: startedAt)
    }

    /// The grant of a code as its first refresh token carries it.
    func renewed(startingAt now: Timestamp) -> UserGrant {
        UserGrant(
            tenant: tenant, client: client, platform: platform, signIn: signIn, scope: scope,
            issuedAt: now, startedAt: now)
    }

    /// The scopes of the sign-in; v1's resource is kept as `{resource}/.default`.
    func scopeRequest() throws(AADSTSError) -> ScopeRequest {
        try ScopeRequest(scope)
    }

    var record: JSONValue {
        [
            .string(tenant.description), .string(client.description),
            .string(platform.rawValue), .string(scope), .int(issuedAt.microseconds),
            .int(startedAt.microseconds), signIn.record,
        ]
    }

    init(
        tenant: TenantID, client: AppID, platform: AppRegistration.Platform, signIn: SignIn,
        scope: String, issuedAt: Timestamp, startedAt: Timestamp
    ) {
        self.tenant = tenant
        self.client = client
        self.platform = platform
        self.signIn = signIn
        self.scope = scope
        self.issuedAt = issuedAt
        self.startedAt = startedAt
    }

    init?(record: JSONValue) {
        guard let fields = record.arrayValue, fields.count == 7,
            let tenant = fields[0].stringValue.flatMap({ TenantID($0) }),
            let client = fields[1].stringValue.flatMap({ AppID($0) }),
            let platform = fields[2].stringValue.flatMap(AppRegistration.Platform.init),
            let scope = fields[3].stringValue, let issued = fields[4].intValue,
            let started = fields[5].intValue, let signIn = SignIn(record: fields[6])
        else { return nil }
        self.init(
            tenant: tenant, client: client, platform: platform, signIn: signIn, scope: scope,
            issuedAt: Timestamp(microseconds: issued),
            startedAt: Timestamp(microseconds: started))
    }
}

extension SignIn {
    var record: JSONValue {
        [
            .string(user.description), .int(authenticatedAt.microseconds),
            JSONValue(strings: methods), .string(sessionID.description),
            secondFactorAt.map { .int($0.microseconds) } ?? .null,
            JSONValue(strings: satisfied), .object(situation.json), .bool(staysSignedIn),
        ]
    }

    init?(record: JSONValue) {
        guard let fields = record.arrayValue, fields.count == 8,
            let user = fields[0].stringValue.flatMap({ UserID($0) }),
            let at = fields[1].intValue, let methods = fields[2].arrayValue,
            let session = fields[3].stringValue.flatMap({ GUID($0) }),
            let satisfied = fields[5].arrayValue, let situation = fields[6].objectValue,
            let stays = fields[7].boolValue
        else { return nil }
        self.init(
            user: user, authenticatedAt: Timestamp(microseconds: at),
            methods: methods.compactMap(\.stringValue), sessionID: session,
            secondFactorAt: fields[4].intValue.map { Timestamp(microseconds: $0) },
            satisfied: satisfied.compactMap(\.stringValue),
            situation: SignInSituation(json: situation), staysSignedIn: stays)
    }
}
