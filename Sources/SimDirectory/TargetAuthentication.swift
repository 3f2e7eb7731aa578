/// How a provisioning job proves itself to its target. provisioning.md §10.1, §10.2.
package enum TargetAuthentication: Hashable, Sendable {
    /// The methods by the name the synchronization secrets carry (`AuthenticationType`).
    package enum Method: String, CaseIterable, Sendable {
        /// Secret Token; the secrets of such a job carry no `AuthenticationType`.
        case bearer = "BearerToken"
        case clientCredentials = "OAuth2ClientCredentialsGrant"
        /// The name is (unverified).
        case workloadIdentity = "WorkloadIdentity"
    }

    /// A long-lived token that is sent unchanged; nil while the field is blank.
    case bearer(String?)
    case clientCredentials(OAuthClientCredentials)
    case workloadIdentity(WorkloadIdentity)

    package var method: Method {
        switch self {
        case .bearer: .bearer
        case .clientCredentials: .clientCredentials
        case .workloadIdentity: .workloadIdentity
        }
    }

    /// Where access tokens come from; nil for a job that sends a secret token.
    package var tokenEndpoint: String? {
        get {
            switch self {
            case .bearer: nil
            case .clientCredentials(let settings): settings.tokenEndpoint
            case .workloadIdentity(let settings): settings.tokenEndpoint
            }
        }
        set {
            guard let newValue else { return }
            switch self {
            case .bearer: break
            case .clientCredentials(var settings):
                settings.tokenEndpoint = newValue
                self = .clientCredentials(settings)
            case .workloadIdentity(var settings):
                settings.tokenEndpoint = newValue
                self = .workloadIdentity(settings)
            }
        }
    }
}

/// What an administrator enters for the OAuth 2.0 client credentials grant.
/// provisioning.md §10.1; gallery-validation.md §2.1.
package struct OAuthClientCredentials: Hashable, Sendable {
    /// Where the client's secret travels in a token request: `CredentialLocationInRequest`.
    package enum Location: String, CaseIterable, Sendable {
        /// `Authorization: Basic`. RFC 6749 §2.3.1.
        case header
        /// `client_id` and `client_secret` in the form.
        case body
    }

    /// `Oauth2TokenExchangeUri`. `{origin}` at its start stands for the simulator's own address.
    package var tokenEndpoint: String
    /// `Oauth2ClientId`
    package var clientID: String
    /// `Oauth2ClientSecret`
    package var clientSecret: String
    package var location: Location
    /// Sent as `scope` where there is one.
    package var scope: String?

    package init(
        tokenEndpoint: String, clientID: String, clientSecret: String,
        location: Location = .body, scope: String? = nil
    ) {
        self.tokenEndpoint = tokenEndpoint
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.location = location
        self.scope = scope
    }
}

/// What an administrator enters for workload identity federation: no secret, but an app of the
/// tenant whose token the target's token endpoint takes in exchange for its own.
/// provisioning.md §10.2.
package struct WorkloadIdentity: Hashable, Sendable {
    /// How the tenant's token is presented; both forms are (unverified).
    package enum Exchange: String, CaseIterable, Sendable {
        /// As client assertion of the client credentials grant. RFC 7523 §2.2.
        case clientAssertion
        /// As subject token of a token exchange. RFC 8693 §2.1.
        case tokenExchange
    }

    /// `{origin}` at its start stands for the simulator's own address.
    package var tokenEndpoint: String
    /// The client as the target knows it.
    package var clientID: String
    /// The app whose token is presented; nil for the enterprise app itself.
    package var application: AppID?
    package var exchange: Exchange
    /// Sent as `audience` of a token exchange where there is one.
    package var audience: String?
    /// Sent as `scope` where there is one.
    package var scope: String?

    package init(
        tokenEndpoint: String, clientID: String, application: AppID? = nil,
        exchange: Exchange = .clientAssertion, audience: String? = nil, scope: String? = nil
    ) {
        self.tokenEndpoint = tokenEndpoint
        self.clientID = clientID
        self.application = application
        self.exchange = exchange
        self.audience = audience
        self.scope = scope
    }
}

extension ProvisioningConfiguration {
    /// The secret token of a job that sends one; setting it makes the job send one.
    package var secretToken: String? {
        get {
            switch authentication {
            case .bearer(let token): token
            case .clientCredentials, .workloadIdentity: nil
            }
        }
        set { authentication = .bearer(newValue) }
    }
}
