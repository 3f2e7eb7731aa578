/// Refusals of another issuer's token as a client's credential. aadsts.md §6.1.
extension AADSTSError {
    package static func noFederatedCredentials(_ app: NamedApplication) -> Self {
        .init(70_025, app.arguments)
    }

    package static func federatedIssuerUnknown(_ issuer: String) -> Self {
        .init(700_211, ["issuer": .text(issuer)])
    }

    /// The issuer's own documents could not be read. The token endpoint's text and `error` of this
    /// number, as clients of unreachable issuers have reported them since 2022.
    package static var issuerUnreachable: Self {
        var error = Self(50_166).saying(.longMessage).named(.invalidRequest)
        error.overrides.httpStatus = 400
        return error
    }

    package static func federatedSubjectUnknown(_ subject: String) -> Self {
        .init(700_213, ["subject": .text(subject)])
    }

    package static func federatedAudienceUnknown(_ audience: String) -> Self {
        .init(700_212, ["audience": .text(audience)])
    }
}
