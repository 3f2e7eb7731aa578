import SimCore

/// Refusals of a person or of their state. aadsts.md §8.
extension AADSTSError {
    /// - Parameter tenant: display name or domain of the tenant looked in.
    package static func unknownUser(_ user: String, tenant: String) -> Self {
        .init(50_034, ["user": .personal(user), "tenant": .text(tenant)])
    }

    /// The user was there when the grant was issued and is not any more.
    package static func userGone(_ user: String, tenant: String) -> Self {
        .init(51_004, ["user": .personal(user), "tenant": .text(tenant)])
    }

    package static var wrongPassword: Self { .init(50_126) }
    package static var noPassword: Self { .init(50_056) }
    package static var accountLocked: Self { .init(50_053) }
    package static var userDisabled: Self { .init(50_057) }
    package static var guestDisabled: Self { .init(500_571) }

    /// The password has expired or must be changed.
    package static var passwordExpired: Self {
        .init(
            50_055,
            [
                "password_change_url":
                    "https://portal.microsoftonline.com/ChangePassword.aspx"
            ])
    }

    package static func userNotAssigned(_ user: String, app: NamedApplication) -> Self {
        .init(50_105, app.arguments.merging(["user": .personal(user)]) { $1 })
    }

    /// A second factor was tried and refused.
    package static var secondFactorFailed: Self { .init(500_121) }
}
