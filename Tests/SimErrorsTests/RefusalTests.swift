import SimCore
import Testing

@testable import SimErrors

@Suite("Refusals — every one the simulator raises")
struct RefusalTests {
    private static let app = NamedApplication(
        id: GUID(seed: 1, name: "app"), name: "Harbour")
    private static let other = NamedApplication(
        id: GUID(seed: 1, name: "other"), name: "Lighthouse")
    private static let now = Timestamp(seconds: 1_767_600_000)

    static let all: [(AADSTSError, code: Int)] = [
        (.methodNotAllowed(allowed: ["POST", "OPTIONS"], received: "GET"), 900_561),
        (.tenantNotFound("nowhere.example"), 90_002), (.tenantMalformed("a b"), 900_023),
        (.tenantEmpty("0"), 900_021), (.noTenantInformation, 50_059),
        (.missingParameter("code"), 900_144), (.missingField("nonce"), 90_014),
        (.unsupportedGrantType("magic"), 70_003), (.resourceParameterNotSupported, 901_002),
        (.malformedRequest, 9_002_313), (.unreadableForm, 9_002_313), (.unknownInstance, 50_049),
        (.unknownApplication("x", directory: "Contoso"), 700_016),
        (.invalidApplicationIdentifier("0"), 700_038), (.applicationDisabled(app), 7_000_112),
        (.servicePrincipalMissing(client: app.id, tenant: other.id), 7_000_229),
        (.notMultiTenant(app), 50_194), (.publicClientSentCredential, 700_025),
        (.clientCredentialMissing, 7_000_218), (.appOnlyCredentialMissing, 7_000_216),
        (.invalidClientSecret(app: app.id), 7_000_215),
        (.expiredClientSecrets(app: app.id), 7_000_222), (.assertionNotJWT, 50_027),
        (.assertionTypeWrong, 5_002_727), (.assertionWithoutThumbprint, 5_002_723),
        (.assertionIssuerMismatch, 700_021), (.assertionSubjectMismatch, 50_048),
        (.assertionAudienceMismatch, 700_023),
        (.assertionOutsideValidity(now: now, from: now, until: now), 700_024),
        (.assertionKeyRefused(.notFound, thumbprint: "AB", app: app.id), 700_027),
        (.assertionKeyRefused(.expired, thumbprint: "AB", app: app.id), 700_027),
        (.crossOriginForOtherClient(origin: "https://a.example"), 9_002_326),
        (.crossOriginRequired, 9_002_327), (.proofKeyRequired, 9_002_325),
        (.crossOriginSecret, 90_023),
        (.redirectURINotRegistered("https://a.example", client: "x"), 50_011),
        (.notAbsoluteURI("redirect_uri"), 90_102), (.noReplyAddress, 500_113),
        (.unsupportedResponseType("cod"), 70_005), (.accessTokenIssuanceOff, 700_051),
        (.idTokenIssuanceOff, 700_054), (.unsupportedResponseMode("query"), 70_007),
        (.unsupportedPrompt, 90_023), (.unsupportedParameter("request_uri"), 90_023),
        (.challengeMethodInvalid, 50_149), (.challengeSizeInvalid, 501_491),
        (.invalidParameter("claims"), 90_100), (.nobodySignedIn, 50_058),
        (.namedSessionMissing, 160_021), (.consentDeclined, 65_004), (.invalidScope("a"), 70_011),
        (.appOnlyScopeWithoutDefault("a"), 1_002_012), (.severalResources("a b"), 28_000),
        (.severalResourcesAtAuthorize("a b"), 700_022), (.codeWithoutScope, 28_003),
        (.resourceNotFound("api://x", tenant: "Contoso"), 500_011),
        (.resourceDisabled("x"), 500_014),
        (.scopeNotFound("x", resource: other.id, app: app), 650_053),
        (.codeAlreadyRedeemed, 54_005), (.grantExpired, 70_008),
        (.grantOfAnotherTenant, 700_005), (.grantOfAnotherClient, 700_007),
        (.verifierMissing, 50_148), (.verifierMismatch, 501_481),
        (.malformedRefreshToken, 9_002_313), (.replyAddressMismatch("a", authorized: "b"), 500_112),
        (.grantRevoked(issuedAt: now, validFrom: now), 50_173),
        (.refreshTokenInactive(issuedAt: now), 700_082),
        (.singlePageTokenExpired(issuedAt: now), 700_084), (.consentMissing(app), 65_001),
        (.adminConsentNeeded, 90_094), (.applicationNotAssigned(app, resource: other), 501_051),
        (.unknownUser("ada", tenant: "Contoso"), 50_034), (.userGone("ada", tenant: "C"), 51_004),
        (.wrongPassword, 50_126), (.noPassword, 50_056), (.accountLocked, 50_053),
        (.userDisabled, 50_057), (.guestDisabled, 500_571), (.passwordExpired, 50_055),
        (.userNotAssigned("ada", app: app), 50_105),
        (
            .secondFactor(.missing, .init(resource: other.id, policies: [app.id]), canAsk: false),
            50_076
        ),
        (
            .secondFactor(.missing, .init(resource: other.id, policies: [app.id]), canAsk: true),
            50_074
        ),
        (
            .secondFactor(
                .notRegistered, .init(resource: other.id, policies: [app.id]), canAsk: false),
            50_079
        ),
        (
            .secondFactor(
                .notRegistered, .init(resource: other.id, policies: [app.id]), canAsk: true), 50_072
        ),
        (
            .secondFactor(.tooOld, .init(resource: other.id, policies: [app.id]), canAsk: true),
            50_078
        ),
        (.blockedByPolicy(.init(resource: other.id, policies: [app.id])), 53_003),
        (.deviceNotCompliant(.init(resource: other.id, policies: [app.id])), 53_000),
        (.deviceNotJoined(.init(resource: other.id, policies: [app.id])), 53_001),
        (.compliantDeviceUnknown(.init(resource: other.id, policies: [app.id])), 530_002),
        (.managedDeviceUnknown(.init(resource: other.id, policies: [app.id])), 530_003),
        (.deviceDisabled, 135_011),
        (.applicationNotApproved(.init(resource: other.id, policies: [app.id])), 53_002),
        (.applicationNotProtected(.init(resource: other.id, policies: [app.id])), 53_009),
        (.riskNeedsPasswordChange, 50_135),
        (.externalChallenge(.init(resource: other.id, policies: [app.id])), 50_158),
        (.refreshTokenTooOld(provenAt: .epoch, limit: .seconds(28_800)), 70_043),
        (
            .accountOfAnotherTenant(
                .init(user: "ada", identityProvider: "i"), tenant: "C", app: app), 50_020
        ),
        (
            .sessionOfAnotherTenant(
                .init(user: "ada", identityProvider: "i"), tenant: "C", app: app), 16_000
        ),
        (.sessionTooOld, 70_044), (.staySignedInAsked, 50_140),
        (.secondFactorFailed, 500_121), (.requestTokensMismatch, 165_000), (.queryTooLong, 90_015),
        (.assertionAlgorithmUnsupported, 5_002_730), (.issuanceFailed, 50_000),
    ]

    private static let envelope = ErrorEnvelope(
        traceID: GUID(seed: 2, name: "trace"), correlationID: GUID(seed: 2, name: "correlation"),
        at: now, origin: "https://localhost:8443")

    @Test("carry their number and leave no placeholder open", arguments: all)
    func complete(error: AADSTSError, code: Int) {
        #expect(error.code == code)
        let body = Self.envelope.body(error, at: .tokenV2).text
        for name in error.entry.placeholders + ["policyId", "password_change_url"] {
            #expect(!body.contains("{\(name)}"))
            #expect(!error.pageText.contains("{\(name)}"))
        }
    }

    @Test("print a user's name on pages and hide it in bodies — aadsts.md §1.1")
    func scrub() {
        let error = AADSTSError.unknownUser("ada@fabrikam.example", tenant: "Contoso")
        #expect(error.pageText.contains("account ada@fabrikam.example does not exist"))
        let body = Self.envelope.body(error, at: .tokenV2).text
        #expect(body.contains("account {EUII Hidden} does not exist"))
        #expect(!body.contains("ada@"))
    }
}
