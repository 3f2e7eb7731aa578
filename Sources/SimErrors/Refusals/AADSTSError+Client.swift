import SimCore

/// Refusals of the client application and its credentials.
extension AADSTSError {
    /// - Parameters:
    ///   - identifier: the client id as sent, whatever it looks like.
    ///   - directory: display name of the tenant.
    package static func unknownApplication(_ identifier: String, directory: String) -> Self {
        .init(
            700_016, ["appIdentifier": .text(identifier), "tenantName": .text(directory)])
    }

    /// A client id that can belong to nobody: the all-zero GUID.
    package static func invalidApplicationIdentifier(_ identifier: String) -> Self {
        .init(700_038, ["appIdentifier": .text(identifier)])
    }

    package static func applicationDisabled(_ app: NamedApplication) -> Self {
        .init(7_000_112, app.arguments)
    }

    /// The registration exists, its instance in this tenant does not.
    package static func servicePrincipalMissing(client: GUID, tenant: GUID) -> Self {
        .init(
            7_000_229,
            ["client_id": .text(client.description), "tenant": .text(tenant.description)])
    }

    /// A single-tenant application on `/common` or `/organizations`.
    package static func notMultiTenant(_ app: NamedApplication) -> Self {
        .init(50_194, app.arguments.merging(["time": "10/15/2018"]) { $1 })
    }

    package static var publicClientSentCredential: Self { .init(700_025) }

    package static var clientCredentialMissing: Self { .init(7_000_218) }

    /// The same for the client_credentials grant, which has a number of its own.
    package static var appOnlyCredentialMissing: Self { .init(7_000_216) }

    /// The secret sent is not one of the app's secret values.
    package static func invalidClientSecret(app: GUID) -> Self {
        .init(7_000_215, ["client_id": .text(app.description)])
    }

    package static func expiredClientSecrets(app: GUID) -> Self {
        .init(7_000_222, ["client_id": .text(app.description)])
    }
}

/// Refusals of a client assertion. identity-platform.md §3.1.
extension AADSTSError {
    /// Why an assertion's key was not accepted.
    package enum AssertionKeyFault: Hashable, Sendable {
        case notFound, signatureInvalid, expired
    }

    package static var assertionNotJWT: Self {
        .init(50_027, ["detail": "The token is not in a valid format."])
    }

    package static var assertionTypeWrong: Self { .init(5_002_727) }
    package static var assertionWithoutThumbprint: Self { .init(5_002_723) }

    /// An `alg` that proves nothing: `none`, the HMAC family, whatever is not RSA with SHA-256.
    package static var assertionAlgorithmUnsupported: Self { .init(5_002_730) }

    package static var assertionIssuerMismatch: Self { .init(700_021) }
    package static var assertionSubjectMismatch: Self { .init(50_048) }
    package static var assertionAudienceMismatch: Self { .init(700_023) }

    package static func assertionOutsideValidity(
        now: Timestamp, from: Timestamp, until: Timestamp
    ) -> Self {
        .init(
            700_024,
            [
                "curTime": .text(now.iso8601(fractionDigits: 7)),
                "validFrom": .text(from.iso8601(fractionDigits: 7)),
                "expTime": .text(until.iso8601(fractionDigits: 7)),
            ])
    }

    /// - Parameter thumbprint: SHA-1 in upper-case hexadecimal.
    package static func assertionKeyRefused(
        _ fault: AssertionKeyFault, thumbprint: String, app: GUID
    ) -> Self {
        let reason =
            switch fault {
            case .notFound: "The key was not found."
            case .signatureInvalid: "The key was found, but use of the key to verify it failed."
            case .expired: "The key used is expired."
            }
        let error = Self(
            700_027,
            [
                "reason": .text(reason), "thumbprint": .text(thumbprint),
                "appId": .text(app.description),
            ])
        return fault == .expired ? error.saying(.expiredMessage) : error
    }
}

/// Refusals of where a code may be redeemed from. identity-platform.md §1.3.
extension AADSTSError {
    package static func crossOriginForOtherClient(origin: String) -> Self {
        .init(9_002_326, ["origin": .text(origin)])
    }

    package static var crossOriginRequired: Self { .init(9_002_327) }
    package static var proofKeyRequired: Self { .init(9_002_325) }

    /// A secret in a browser's request.
    package static var crossOriginSecret: Self {
        .init(
            90_023, ["detail": "Cross-origin requests can't send a client secret or assertion."])
    }
}
