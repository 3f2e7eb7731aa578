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

    /// Somebody who has no object in the tenant that was asked.
    package struct ForeignAccount: Hashable, Sendable {
        package let user: String
        /// `https://sts.windows.net/{home tenant}/`
        package let identityProvider: String

        package init(user: String, identityProvider: String) {
            self.user = user
            self.identityProvider = identityProvider
        }
    }

    /// - Parameter tenant: display name of the tenant that was asked.
    package static func accountOfAnotherTenant(
        _ account: ForeignAccount, tenant: String, app: NamedApplication
    ) -> Self {
        foreign(50_020, account, tenant, app)
    }

    /// The same of a session, where nobody may be asked.
    package static func sessionOfAnotherTenant(
        _ account: ForeignAccount, tenant: String, app: NamedApplication
    ) -> Self {
        foreign(16_000, account, tenant, app)
    }

    private static func foreign(
        _ code: Int, _ account: ForeignAccount, _ tenant: String, _ app: NamedApplication
    ) -> Self {
        let more: [String: Argument] = [
            "user": .personal(account.user), "idp": .text(account.identityProvider),
            "tenant": .text(tenant),
        ]
        return .init(code, app.arguments.merging(more) { $1 })
    }
}
