import SimCore

/// When passwords expire by themselves: Graph's `passwordValidityPeriodInDays` and
/// `passwordNotificationWindowInDays` of a domain.
package struct PasswordExpiry: Hashable, Sendable {
    /// Days the service takes.
    package static let validities = 1...730
    package static let notifications = 0...90

    package var validityDays: Int
    /// People are told this many days ahead: the claim `pwd_exp`.
    package var notificationDays: Int

    package init(validityDays: Int = 90, notificationDays: Int = 14) {
        self.validityDays = validityDays
        self.notificationDays = notificationDays
    }
}

extension User {
    /// When the password was chosen.
    package var passwordChangedAt: Timestamp { credential.changedAt ?? createdAt }

    /// When the password stops counting by itself; nil for never.
    ///
    /// - Parameter expiry: the tenant's rule. Guests have no password here, and that of an account
    ///   synchronized from premises is the business of its own directory.
    package func passwordExpires(_ expiry: PasswordExpiry?) -> Timestamp? {
        guard let expiry, userType == .member, credential.password != nil,
            attributes["onPremisesSyncEnabled"] != .bool(true)
        else { return nil }
        return passwordChangedAt + .days(expiry.validityDays)
    }
}
