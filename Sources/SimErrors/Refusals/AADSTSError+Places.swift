import SimCore

/// Refusals of where a request was sent: an alias, a realm, a tenant the network forbids.
extension AADSTSError {
    /// Neither the path nor anything else names a tenant.
    package static var tenantMissing: Self { .init(90_019) }

    /// The first version of the protocol on the personal accounts' tenant.
    package static var versionWithoutPersonalAccounts: Self { .init(90_027) }

    /// An application of organizations on the personal accounts' endpoint.
    package static func workAccountsOnly(_ app: NamedApplication) -> Self {
        .init(
            9_002_332,
            ["principalId": .text(app.id.description), "principalName": .text(app.name)])
    }

    /// An application for personal accounts on an organization's endpoint.
    package static func personalAccountsOnly(_ app: NamedApplication) -> Self {
        .init(9_002_346, app.arguments)
    }

    /// `whr` names a realm that nobody federates with.
    package static func realmUnknown(_ realm: String) -> Self {
        .init(50_107, ["realm": .text(realm)])
    }

    /// `whr` cannot be a domain.
    package static var realmMalformed: Self { .init(50_029) }

    /// The network's proxy lists the tenants people may sign in to, and this one is not among them.
    package static func tenantRestricted(_ tenant: String) -> Self {
        .init(500_021, ["tenant": .text(tenant)])
    }

    /// An instance discovery request that names no authorization endpoint, or an unreadable one.
    package static var discoveryRequestMalformed: Self { .init(50_050) }

    /// A token request without a body.
    package static var emptyRequest: Self { .init(90_121) }

    /// v1's `resource` is missing.
    package static var resourceMissing: Self { .init(500_013) }

    /// An application asks for itself by another name than its GUID.
    package static func selfNamedByAddress(_ app: NamedApplication) -> Self {
        .init(90_009, app.arguments)
    }

    /// A registered address on the network that is not encrypted.
    package static var redirectSchemeInsecure: Self { .init(500_117) }
}

/// Refusals of grants that say more than "invalid".
extension AADSTSError {
    /// It looks like a refresh token of ours and is none.
    package static var grantUnrecognised: Self { .init(70_000) }
    package static var refreshTokenOfAnotherTenant: Self { .init(7_000_012) }
    /// The person has answered for this user code already.
    package static var deviceAlreadyAnswered: Self { .init(90_120) }
    /// A page was left open for too long.
    package static var flowTokenExpired: Self { .init(50_089) }
    /// A single-page application sent a secret or an assertion.
    package static var singlePageCredential: Self { .init(9_002_328) }
}
