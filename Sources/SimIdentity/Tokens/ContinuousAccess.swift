import SimCore
import SimDirectory

/// Continuous access evaluation: a client that can handle a claims challenge gets long tokens of a
/// resource that asks at every call whether the person may still use them.
/// identity-platform.md §8.6.
extension Resource {
    /// Graph is the one resource here that watches for critical events.
    var evaluatesContinuously: Bool { isGraph }

    /// Whether a token of this resource lives long, because both sides can end it early.
    func isContinuous(for requested: ClaimsRequest) -> Bool {
        evaluatesContinuously && requested.handlesChallenges
    }

    /// `xms_cc`: what the client said it can handle, for resources that want to know.
    func addCapabilities(
        of requested: ClaimsRequest, to claims: inout ClaimSet, _ optional: OptionalClaims,
        _ settings: IdentitySettings
    ) {
        let isContinuous = isContinuous(for: requested)
        if optional.asks(for: "xms_cc") || isContinuous {
            claims.set("xms_cc", requested.clientCapabilities)
        }
        if isContinuous, settings.marksContinuousTokens { claims.set("xms_ssm", "1") }
    }
}

extension ClaimsRequest {
    /// The client said that it handles claims challenges: `cp1`, in any spelling.
    var handlesChallenges: Bool {
        clientCapabilities.contains { $0.lowercased() == Self.challengeCapability }
    }

    static let challengeCapability = "cp1"
}

/// A critical event since a token was issued: its resource answers with a claims challenge.
enum CriticalEvent: Hashable, Sendable {
    /// The account was disabled or deleted.
    case accountGone
    /// A password was changed, or an administrator ended the sessions.
    case revoked(at: Timestamp)
    /// A second factor is demanded of the person by now, and the token tells none.
    case secondFactorDemanded
    /// The account is at high risk.
    case atRisk

    /// The first that makes a continuous token useless.
    ///
    /// - Parameters:
    ///   - claims: of a token that was issued for this user, and holds.
    ///   - user: nil when there is no such account any more.
    init?(_ claims: JSONObject, _ user: User?, at now: Timestamp) {
        guard let user, user.accountEnabled, user.deletedAt == nil else {
            self = .accountGone
            return
        }
        let issuedAt =
            Timestamp(seconds: claims["iat"]?.intValue ?? 0) + TokenLifetime.backDate
        let tellsFactor = OpaqueClaims.tellsSecondFactor(aio: claims["aio"]?.stringValue ?? "")
        // Tokens are stamped in whole seconds.
        let since = user.provenSince(at: now)
        if issuedAt.seconds < since.seconds {
            self = .revoked(at: since)
        } else if user.credential.requiresMFA, !tellsFactor {
            self = .secondFactorDemanded
        } else if user.situation.userRisk == .high {
            self = .atRisk
        } else {
            return nil
        }
    }

    /// As Graph names it. A token older than a revocation is what clients report; the others are
    /// unverified.
    var code: String {
        switch self {
        case .accountGone: "UserDisabled"
        case .revoked: "TokenIssuedBeforeRevocationTimestamp"
        case .secondFactorDemanded: "TokenCreatedWithOutdatedPolicies"
        case .atRisk: "UserAtRisk"
        }
    }

    /// `{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}`: only a token issued
    /// from then on will do.
    func challenge(at now: Timestamp) -> JSONObject {
        let from =
            switch self {
            case .revoked(let time): time
            case .accountGone, .secondFactorDemanded, .atRisk: now
            }
        return [
            "access_token": ["nbf": ["essential": true, "value": .string(String(from.seconds))]]
        ]
    }
}
