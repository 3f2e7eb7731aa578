import SimCore

/// Refusals of keys, certificates and foreign tokens that a client proves itself with.
extension AADSTSError {
    /// Three parts, and the first is no JOSE header.
    package static var tokenHeaderUnreadable: Self { .init(50_120) }

    /// An assertion of the client's own, and nothing registered to check it with.
    package static var noKeysConfigured: Self { .init(700_026) }

    /// An RSA key of less than 2,048 bits.
    package static var weakKey: Self { .init(50_032) }

    /// The certificate's own dates, whatever the registration says.
    package static func certificateOutsideValidity(
        now: Timestamp, from: Timestamp, until: Timestamp
    ) -> Self {
        .init(
            1_000_502,
            [
                "curTime": .text(now.iso8601(fractionDigits: 7)),
                "notBefore": .text(from.iso8601(fractionDigits: 7)),
                "notAfter": .text(until.iso8601(fractionDigits: 7)),
            ])
    }

    /// A person's token in place of an application's.
    package static var federatedUserToken: Self { .init(700_229) }

    /// A token of another tenant of the service.
    package static var federatedServiceToken: Self { .init(700_222) }
}

/// Refusals of people on the pages.
extension AADSTSError {
    package static var invitationPending: Self { .init(50_014) }
    package static var onPremisesPasswordExpired: Self { .init(50_144) }
    /// A field of the sign-in form is empty or longer than any name.
    package static var formInputInvalid: Self { .init(90_013) }
    package static var signInNameWithoutDomain: Self { .init(90_101) }

    /// Why a new password is not taken. aadsts.md, 120002 to 120020.
    package enum NewPasswordFault: Hashable, Sendable {
        case weak, containsName, banned, other
    }

    package static func newPasswordRefused(_ fault: NewPasswordFault) -> Self {
        switch fault {
        case .weak: .init(120_002)
        case .containsName: .init(120_003)
        case .banned: .init(120_018)
        case .other: .init(120_020)
        }
    }

    /// An application must be named to whoever lets it in.
    package static var confirmationRequired: Self { .init(50_199) }
}
