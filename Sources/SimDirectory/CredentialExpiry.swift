import SimCore

/// A client secret or certificate whose end has come.
package struct CredentialExpiry: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case secret = "client secret"
        case certificate
    }

    package let at: Timestamp
    package let kind: Kind
    /// The credential's display name.
    package let name: String
    /// The application's display name.
    package let application: String
}

extension DirectorySnapshot {
    /// The credentials that ended after `start`, and at or before `end`, in that order.
    package func credentialExpiries(
        after start: Timestamp, through end: Timestamp
    ) -> [CredentialExpiry] {
        applications.flatMap { application in
            application.passwordCredentials.map {
                CredentialExpiry(
                    at: $0.endsAt, kind: .secret, name: $0.displayName,
                    application: application.displayName)
            }
                + application.keyCredentials.map {
                    CredentialExpiry(
                        at: $0.endsAt, kind: .certificate, name: $0.displayName,
                        application: application.displayName)
                }
        }
        .filter { start < $0.at && $0.at <= end }
        .sorted { ($0.at, $0.application, $0.name) < ($1.at, $1.application, $1.name) }
    }
}
