import SimCore

/// Refusals of a code or a refresh token.
extension AADSTSError {
    package static var codeAlreadyRedeemed: Self { .init(54_005) }
    package static var grantExpired: Self { .init(70_008) }
    package static var grantOfAnotherTenant: Self { .init(700_005) }
    package static var grantOfAnotherClient: Self { .init(700_007) }
    package static var verifierMissing: Self { .init(50_148) }
    package static var verifierMismatch: Self { .init(501_481) }

    /// A text that is no refresh token of ours.
    package static var malformedRefreshToken: Self {
        var error = Self(9_002_313)
        error.overrides.suberror = "bad_token"
        return error
    }

    /// Both addresses are registered, but they differ.
    package static func replyAddressMismatch(_ sent: String, authorized: String) -> Self {
        .init(
            500_112,
            ["redirect_uri": .text(sent), "authorize_redirect_uri": .text(authorized)])
    }

    package static func grantRevoked(issuedAt: Timestamp, validFrom: Timestamp) -> Self {
        .init(
            50_173,
            [
                "authTime": .text(issuedAt.iso8601(fractionDigits: 7)),
                "validDate": .text(validFrom.iso8601(fractionDigits: 7)),
            ])
    }

    /// Not used for 90 days.
    package static func refreshTokenInactive(issuedAt: Timestamp) -> Self {
        .init(
            700_082,
            ["issueDate": .text(issuedAt.iso8601(fractionDigits: 7)), "time": "90.00:00:00"])
    }

    /// A single-page app's refresh token after its fixed day.
    package static func singlePageTokenExpired(issuedAt: Timestamp) -> Self {
        .init(
            700_084,
            ["issueDate": .text(issuedAt.iso8601(fractionDigits: 7)), "time": "1.00:00:00"])
    }
}

extension AADSTSError {
    /// The token could not be signed or sealed: our failure, not the client's.
    package static var issuanceFailed: Self { .init(50_000) }
}

/// Refusals of what an application may do with a resource.
extension AADSTSError {
    package static func consentMissing(_ app: NamedApplication) -> Self {
        .init(65_001, app.arguments)
    }

    package static var adminConsentNeeded: Self { .init(90_094) }

    /// The same where no page may be shown. aadsts.md §2.
    package static var adminConsentNeededSilently: Self {
        adminConsentNeeded.named(.interactionRequired)
    }

    /// The same with the workflow by which people ask for it.
    package static var adminConsentRequestable: Self { .init(90_095) }

    /// An administrator pressed Cancel on the page of the admin consent endpoint.
    package static var adminConsentDeclined: Self { .init(65_004).saying(.legacyMessage) }

    /// Somebody who is no administrator accepted for everybody.
    package static var directoryForbidden: Self { .init(90_093) }

    /// `.default` of an API, from an application that lists no permission at all.
    package static func permissionsNotListed(_ resource: String, app: NamedApplication) -> Self {
        .init(650_056, app.arguments.merging(["name": .text(resource)]) { $1 })
    }

    /// `.default` of an API that is not among those the application lists.
    package static func resourceNotListed(
        _ requested: String, resource: GUID, listed: [GUID], app: NamedApplication
    ) -> Self {
        .init(
            650_057,
            app.arguments.merging([
                "resource": .text(requested), "resourceAppId": .text(resource.description),
                "regList": .text(listed.map(\.description).joined(separator: ", ")),
            ]) { $1 })
    }

    /// App-only: the resource wants an assignment and the client has none.
    package static func applicationNotAssigned(
        _ app: NamedApplication, resource: NamedApplication
    ) -> Self {
        .init(
            501_051,
            app.arguments.merging([
                "resource": .text(resource.id.description), "resourceName": .text(resource.name),
            ]) { $1 })
    }
}
