import SimCore

/// Refusals of the device flow. aadsts.md §6.6.
extension AADSTSError {
    /// The person has not decided yet.
    ///
    /// - Parameter isV1: the older endpoint has a sentence of its own.
    package static func authorizationPending(isV1: Bool) -> Self {
        let error = Self(70_016)
        return isV1 ? error.saying(.v1Message) : error
    }

    /// The person said no. The service publishes no number for it (unverified).
    package static var deviceDeclined: Self {
        Self(65_004).named(.authorizationDeclined)
    }

    /// Nobody issued this device code, or this user code.
    package static var unknownVerificationCode: Self { .init(70_018) }
    /// The user code was typed too late.
    package static var userCodeExpired: Self { .init(70_019) }
    package static var deviceCodeExpired: Self { .init(70_020) }
    package static var userCodeMissing: Self { .init(90_119) }
}

/// Refusals of a password sent by the client. aadsts.md §6.5.
extension AADSTSError {
    package static var passwordGrantOnAlias: Self { .init(9_001_023) }
    /// A user name whose domain belongs to no tenant.
    package static var userNameNamesNoTenant: Self { .init(50_128) }
    package static var passwordTooLong: Self { .init(50_052) }
}
