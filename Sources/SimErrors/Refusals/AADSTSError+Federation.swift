/// Refusals of another issuer's token as a client's credential. aadsts.md §6.1.
extension AADSTSError {
    package static func noFederatedCredentials(_ app: NamedApplication) -> Self {
        .init(70_025, app.arguments)
    }

    package static func federatedIssuerUnknown(_ issuer: String) -> Self {
        .init(700_211, ["issuer": .text(issuer)])
    }

    package static func federatedSubjectUnknown(_ subject: String) -> Self {
        .init(700_213, ["subject": .text(subject)])
    }

    package static func federatedAudienceUnknown(_ audience: String) -> Self {
        .init(700_212, ["audience": .text(audience)])
    }
}
