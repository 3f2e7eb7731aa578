/// Refusals that come from what an organization has set, or from where an account stands.
/// aadsts.md §8.
extension AADSTSError {
    /// Why a browser's session does not count any more.
    package enum SessionEnd: Hashable, Sendable {
        /// The password was changed after it began (50132).
        case passwordChanged
        /// Sessions were revoked after it began (50133).
        case revoked
    }

    package static func sessionEnded(_ end: SessionEnd) -> Self {
        switch end {
        case .passwordChanged: .init(50_132)
        case .revoked: .init(50_133)
        }
    }

    /// A policy wants a proof at each sign-in, and nobody may be asked.
    package static var reauthenticationDemanded: Self { .init(70_046) }

    /// Nothing is registered, and a sign-in at risk must not register.
    package static func registrationAtRisk(_ reference: PolicyReference) -> Self {
        byPolicy(53_004, reference)
    }

    /// A policy lets people register from some places or devices only.
    package static var registrationBlocked: Self { .init(53_010) }

    /// The device's system is none a policy about devices knows.
    package static func platformUnsupported(_ platform: String) -> Self {
        .init(50_005, ["platform": .text(platform)])
    }

    /// Security defaults let nobody send a password without a page.
    package static var blockedBySecurityDefaults: Self { .init(530_035) }

    /// Which side's cross-tenant access policy keeps a guest out.
    package enum TenantSide: Hashable, Sendable {
        /// The home tenant lets nobody out (500212).
        case outbound
        /// The resource tenant lets nobody in (500213).
        case inbound
    }

    /// - Parameter isSilent: nobody may be asked: the client hears `interaction_required`.
    package static func crossTenantBlocked(_ side: TenantSide, isSilent: Bool) -> Self {
        let error: Self =
            switch side {
            case .outbound: .init(500_212)
            case .inbound: .init(500_213)
            }
        return isSilent ? error.named(.interactionRequired) : error
    }

    /// A guest whose home tenant rates the account at high risk.
    package static var riskAtHome: Self { .init(53_011) }

    /// The person signed in in this browser is unknown here; only the log says so.
    package static var sessionAccountUnknownHere: Self { .init(16_003) }

    /// An API that is known, but has no enterprise app in the tenant.
    package static func serviceNotSubscribed(
        _ resource: NamedApplication, organization tenant: String
    ) -> Self {
        .init(
            650_052,
            [
                "resourceAppId": .text(resource.id.description),
                "resourceName": .text(resource.name), "organization": .text(tenant),
            ])
    }

    /// An application asks for a token for itself and may not even read who signs in.
    package static func selfWithoutProfile(_ app: NamedApplication) -> Self {
        .init(90_008, app.arguments)
    }

    /// A listed permission of an API that does not exist any more.
    package static var resourceRemoved: Self { .init(650_054) }

    /// A security identifier as hint does not say whose directory it is from.
    package static var hintWithoutDomain: Self { .init(51_001) }

    /// An authenticator's code that is wrong or was used before.
    package static var passcodeInvalid: Self { .init(50_181) }

    /// The password to be replaced was typed wrongly.
    package static var currentPasswordWrong: Self { .init(120_000) }

    /// An administrator's consent has nowhere to return to.
    package static var noConsentReplyAddress: Self { .init(900_971) }

    /// A person the application does not take, by the age group of the account.
    package static var ageGroupBlocked: Self { .init(54_000) }
}
