import SimCore

/// Refusals by policy. aadsts.md §8; identity-platform.md §8.2.
extension AADSTSError {
    /// What policy refusals print: the resource, and who decided.
    package struct PolicyReference: Hashable, Sendable {
        /// App id of what the token is for.
        package let resource: GUID
        /// Policies that demand what is missing; named in the claims challenge.
        package let policies: [GUID]

        package init(resource: GUID, policies: [GUID]) {
            self.resource = resource
            self.policies = policies
        }
    }

    static func byPolicy(
        _ code: Int, _ reference: PolicyReference, _ more: [String: Argument] = [:]
    ) -> Self {
        var error = Self(
            code, more.merging(["resource": .text(reference.resource.description)]) { $1 })
        if error.entry.claimsTemplate != nil {
            let ids = reference.policies.map { "\"\($0)\"" }.joined(separator: ",")
            error.overrides.claims =
                #"{"access_token":{"capolids":{"essential":true,"values":[\#(ids)]}}}"#
        }
        return error
    }

    package static func blockedByPolicy(_ reference: PolicyReference) -> Self {
        byPolicy(53_003, reference)
    }

    /// How far a second factor is away.
    package enum SecondFactorFault: Hashable, Sendable {
        /// Registered, not presented.
        case missing
        /// Nothing is registered.
        case notRegistered
        /// Presented, but too long ago.
        case tooOld
    }

    /// - Parameter canAsk: a person is in front of a page.
    package static func secondFactor(
        _ fault: SecondFactorFault, _ reference: PolicyReference, canAsk: Bool
    ) -> Self {
        switch (fault, canAsk) {
        case (.missing, true): byPolicy(50_074, reference)
        case (.missing, false): byPolicy(50_076, reference)
        case (.notRegistered, true): byPolicy(50_072, reference)
        case (.notRegistered, false): byPolicy(50_079, reference)
        case (.tooOld, _): byPolicy(50_078, reference)
        }
    }

    /// The device is known and not what the policy asks for.
    package static func deviceNotCompliant(_ reference: PolicyReference) -> Self {
        byPolicy(53_000, reference, ["state": "compliant"])
    }

    package static func deviceNotJoined(_ reference: PolicyReference) -> Self {
        byPolicy(53_001, reference, ["state": "domain_joined"])
    }

    /// No device is known, and a compliant one is asked for.
    package static func compliantDeviceUnknown(_ reference: PolicyReference) -> Self {
        byPolicy(530_002, reference)
    }

    /// No device is known, and a managed one is asked for.
    package static func managedDeviceUnknown(_ reference: PolicyReference) -> Self {
        byPolicy(530_003, reference)
    }

    package static var deviceDisabled: Self { .init(135_011) }

    package static func applicationNotApproved(_ reference: PolicyReference) -> Self {
        byPolicy(53_002, reference)
    }

    package static func applicationNotProtected(_ reference: PolicyReference) -> Self {
        byPolicy(53_009, reference)
    }

    package static var riskNeedsPasswordChange: Self { .init(50_135) }

    /// Terms of use or another control outside the sign-in.
    package static func externalChallenge(_ reference: PolicyReference) -> Self {
        byPolicy(50_158, reference)
    }

    /// The page that asks whether to stay signed in; only the log says so.
    package static var staySignedInAsked: Self { .init(50_140) }

    /// A refresh token whose person proved themselves too long ago.
    package static func refreshTokenTooOld(provenAt: Timestamp, limit: Duration) -> Self {
        .init(
            70_043,
            [
                "issueDate": .text(provenAt.iso8601(fractionDigits: 7)),
                "time": .text(String(limit.components.seconds)),
            ])
    }

    /// The same of a browser's session, where nobody may be asked.
    package static var sessionTooOld: Self { .init(70_044) }
}
