import SimCore

/// Refusals of an authorization request.
extension AADSTSError {
    package static func redirectURINotRegistered(_ uri: String, client: String) -> Self {
        .init(50_011, ["redirect_uri": .text(uri), "client_id": .text(client)])
    }

    /// A parameter that must be an absolute URI and is not.
    package static func notAbsoluteURI(_ parameter: String) -> Self {
        .init(90_102, ["parameter": .text(parameter)])
    }

    package static var noReplyAddress: Self { .init(500_113) }

    package static func unsupportedResponseType(_ value: String) -> Self {
        .init(70_005, ["response_type": .text(value)])
    }

    package static var accessTokenIssuanceOff: Self { .init(700_051) }
    package static var idTokenIssuanceOff: Self { .init(700_054) }

    package static func unsupportedResponseMode(_ value: String) -> Self {
        .init(70_007, ["response_mode": .text(value)])
    }

    package static var unsupportedPrompt: Self {
        .init(90_023, ["detail": "Unsupported 'prompt' value."])
    }

    /// `request` and `request_uri`: signed request objects are not served.
    package static func unsupportedParameter(_ name: String) -> Self {
        .init(90_023, ["detail": .text("Unsupported '\(name)' value.")])
    }

    package static var challengeMethodInvalid: Self { .init(50_149) }
    package static var challengeSizeInvalid: Self { .init(501_491) }

    package static func invalidParameter(_ name: String) -> Self {
        .init(90_100, ["parameter": .text(name)])
    }

    /// `prompt=none` and nobody is signed in.
    package static var nobodySignedIn: Self { .init(50_058) }

    /// A `sid` or `login_hint` names a session that is not there, and nobody may be asked.
    package static var namedSessionMissing: Self { .init(160_021) }

    /// `prompt=none` and more than one person is signed in. The text is the one of this cause.
    package static var severalSessions: Self {
        var error = Self(16_000)
        error.overrides.message =
            "Either multiple user identities are available for the current request or selected "
            + "account is not supported for the scenario."
        return error
    }

    /// `sid` is not a GUID.
    package static var sessionIdentifierUnreadable: Self { .init(90_007) }

    /// `sid` and `login_hint` in one request.
    package static var sessionAndHint: Self { .init(90_005) }

    /// The same request again and again.
    package static var requestLoop: Self { .init(50_196) }

    package static var queryTooLong: Self { .init(90_015) }

    /// A page's form that belongs to another browser, or is too old.
    package static var requestTokensMismatch: Self {
        .init(165_000, ["reason": "[Token is invalid;]"])
    }

    /// The person pressed Cancel on the consent page.
    package static var consentDeclined: Self { .init(65_004) }
}

/// Refusals of scopes and resources. identity-platform.md §3.3.
extension AADSTSError {
    package static func invalidScope(_ scope: String) -> Self {
        .init(70_011, ["scope": .text(scope)])
    }

    package static func appOnlyScopeWithoutDefault(_ scope: String) -> Self {
        .init(1_002_012, ["scope": .text(scope)])
    }

    package static func severalResources(_ scope: String) -> Self {
        .init(28_000, ["scope": .text(scope)])
    }

    /// The same on an authorization request that issues an access token itself.
    package static func severalResourcesAtAuthorize(_ scope: String) -> Self {
        .init(700_022, ["scope": .text(scope)])
    }

    package static var codeWithoutScope: Self { .init(28_003) }

    /// - Parameters:
    ///   - name: identifier URI or app id as requested.
    ///   - tenant: display name.
    package static func resourceNotFound(_ name: String, tenant: String) -> Self {
        .init(500_011, ["name": .text(name), "tenant": .text(tenant)])
    }

    package static func resourceDisabled(_ resource: String) -> Self {
        .init(500_014, ["resource": .text(resource)])
    }

    /// - Parameter resource: app id of the resource.
    package static func scopeNotFound(
        _ scope: String, resource: GUID, app: NamedApplication
    ) -> Self {
        .init(
            650_053,
            [
                "appName": .text(app.name), "scope": .text(scope),
                "resource": .text(resource.description),
            ])
    }
}
