import SimCore

/// A device that asked for a sign-in on another screen. RFC 8628 §3.2.
package struct DeviceAuthorization: Hashable, Sendable {
    /// What the person at the other screen decided.
    package enum Answer: Hashable, Sendable {
        case approved(Approval)
        case declined
    }

    /// Who let the device in, and how they had signed in.
    package struct Approval: Hashable, Sendable {
        /// The person's tenant; another than the log's for an app of several organizations.
        package let tenant: TenantID
        package let user: UserID
        package let authenticatedAt: Timestamp
        /// `amr` of the sign-in.
        package let methods: [String]
        package let sessionID: GUID

        package init(
            tenant: TenantID, user: UserID, authenticatedAt: Timestamp, methods: [String],
            sessionID: GUID
        ) {
            self.tenant = tenant
            self.user = user
            self.authenticatedAt = authenticatedAt
            self.methods = methods
            self.sessionID = sessionID
        }
    }

    /// Nine capital letters and digits.
    package let userCode: String
    package let client: AppID
    /// The tenant of the path that was asked; nil when any organization's people may answer.
    package let tenant: TenantID?
    /// Scope text.
    package let scope: String
    package let expiresAt: Timestamp
    /// nil while the person has not decided.
    package var answer: Answer?

    package init(
        userCode: String, client: AppID, tenant: TenantID?, scope: String, expiresAt: Timestamp,
        answer: Answer? = nil
    ) {
        self.userCode = userCode
        self.client = client
        self.tenant = tenant
        self.scope = scope
        self.expiresAt = expiresAt
        self.answer = answer
    }
}
