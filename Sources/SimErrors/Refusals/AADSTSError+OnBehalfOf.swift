import SimCore

/// Refusals of a token presented on a person's behalf. aadsts.md §6.7.
extension AADSTSError {
    /// Why an assertion's signature or origin was not accepted.
    package enum AssertionFault: Hashable, Sendable {
        case keyNotFound, signatureInvalid, issuerUnknown
    }

    package static var assertionIsIDToken: Self { .init(240_002) }

    /// The token speaks for an application, not for a person.
    ///
    /// - Parameter app: app id of the caller.
    package static func assertionIsAppOnly(app: GUID) -> Self {
        .init(7_000_114, ["appId": .text(app.description)])
    }

    /// - Parameter audience: `aud` of the assertion.
    package static func assertionForAnotherAPI(
        _ audience: String, app: NamedApplication
    ) -> Self {
        .init(
            500_131,
            [
                "aud": .text(audience), "expectedAud": .text(app.id.description),
                "client_id": .text(app.id.description), "appName": .text(app.name),
            ])
    }

    package static func assertionRefused(_ fault: AssertionFault) -> Self {
        let reason =
            switch fault {
            case .keyNotFound: "The key was not found."
            case .signatureInvalid:
                "Key was found, but use of the key to verify the signature failed."
            case .issuerUnknown: "The issuer of the token is not trusted."
            }
        return .init(50_013, ["reason": .text(reason)])
    }

    package static func assertionExpired(now: Timestamp, until: Timestamp) -> Self {
        .init(
            500_133,
            [
                "curTime": .text(now.iso8601(fractionDigits: 7)),
                "expTime": .text(until.iso8601(fractionDigits: 7)),
            ])
    }
}
