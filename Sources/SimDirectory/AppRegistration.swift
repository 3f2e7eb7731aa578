import SimCore

/// The application object: what the developer registered. identity-platform.md §5.1.
package struct AppRegistration: Hashable, Sendable {
    package enum SignInAudience: String, CaseIterable, Sendable {
        case myOrganization = "AzureADMyOrg"
        case multipleOrganizations = "AzureADMultipleOrgs"
        case organizationsAndPersonal = "AzureADandPersonalMicrosoftAccount"
        case personal = "PersonalMicrosoftAccount"
    }

    /// Which set a redirect URI stands in; it decides the client type.
    package enum Platform: String, CaseIterable, Sendable {
        case web, spa, publicClient
    }

    package struct RedirectURI: Hashable, Sendable {
        package let uri: String
        package let platform: Platform

        package init(uri: String, platform: Platform) {
            self.uri = uri
            self.platform = platform
        }
    }

    /// A delegated permission this API exposes (`api.oauth2PermissionScopes`).
    package struct PermissionScope: Hashable, Sendable {
        package enum Consent: String, CaseIterable, Sendable {
            case user = "User"
            case admin = "Admin"
        }

        package let id: PermissionScopeID
        package let value: String
        package let consent: Consent
        package let displayName: String
        package let isEnabled: Bool

        package init(
            id: PermissionScopeID, value: String, consent: Consent = .user, displayName: String,
            isEnabled: Bool = true
        ) {
            self.id = id
            self.value = value
            self.consent = consent
            self.displayName = displayName
            self.isEnabled = isEnabled
        }
    }

    package struct AppRole: Hashable, Sendable {
        package enum MemberType: String, CaseIterable, Sendable {
            case user = "User"
            case application = "Application"
        }

        package let id: AppRoleID
        package let value: String?
        package let displayName: String
        package let allowedMemberTypes: [MemberType]
        package let isEnabled: Bool

        package init(
            id: AppRoleID, value: String?, displayName: String, allowedMemberTypes: [MemberType],
            isEnabled: Bool = true
        ) {
            self.id = id
            self.value = value
            self.displayName = displayName
            self.allowedMemberTypes = allowedMemberTypes
            self.isEnabled = isEnabled
        }
    }

    /// A client secret. `hint` is its first three characters, all that is shown afterwards.
    package struct PasswordCredential: Hashable, Sendable {
        package let keyID: CredentialID
        package let displayName: String
        package let secret: String
        package let startsAt: Timestamp
        package let endsAt: Timestamp

        package var hint: String { String(secret.prefix(3)) }

        package init(
            keyID: CredentialID, displayName: String, secret: String, startsAt: Timestamp,
            endsAt: Timestamp
        ) {
            self.keyID = keyID
            self.displayName = displayName
            self.secret = secret
            self.startsAt = startsAt
            self.endsAt = endsAt
        }
    }

    /// A certificate the client signs assertions with.
    package struct KeyCredential: Hashable, Sendable {
        package let keyID: CredentialID
        package let displayName: String
        /// X.509 certificate, DER.
        package let certificate: [UInt8]
        package let startsAt: Timestamp
        package let endsAt: Timestamp

        package init(
            keyID: CredentialID, displayName: String, certificate: [UInt8], startsAt: Timestamp,
            endsAt: Timestamp
        ) {
            self.keyID = keyID
            self.displayName = displayName
            self.certificate = certificate
            self.startsAt = startsAt
            self.endsAt = endsAt
        }
    }

    package let id: ApplicationID
    package let appID: AppID
    package var displayName: String
    package var signInAudience: SignInAudience
    package var identifierURIs: [String]
    package var redirectURIs: [RedirectURI]
    package var logoutURL: String?
    package var homePageURL: String?
    /// `web.implicitGrantSettings`, both off by default.
    package var enablesIDTokenIssuance: Bool
    package var enablesAccessTokenIssuance: Bool
    /// `isFallbackPublicClient`: decides flows without a redirect URI.
    package var isFallbackPublicClient: Bool
    package var parentalControls = ParentalControls()
    /// `api.requestedAccessTokenVersion`: nil and 1 mean v1 access tokens.
    package var requestedAccessTokenVersion: Int?
    package var scopes: [PermissionScope]
    package var appRoles: [AppRole]
    package var passwordCredentials: [PasswordCredential]
    package var keyCredentials: [KeyCredential]
    /// Whose assertions stand for a credential of this application; at most 20.
    package var federatedCredentials: [FederatedCredential]
    /// `api.preAuthorizedApplications`: who needs nobody's consent for some of the scopes.
    package struct PreAuthorizedApplication: Hashable, Sendable {
        package let appID: AppID
        package let scopes: [PermissionScopeID]

        package init(appID: AppID, scopes: [PermissionScopeID]) {
            self.appID = appID
            self.scopes = scopes
        }
    }

    package var preAuthorizedApplications: [PreAuthorizedApplication]
    /// The permissions the application says it needs.
    package var requiredResourceAccess: [RequiredResourceAccess]
    /// Its token lifetime policy; the organization's default wins over it.
    package var tokenLifetimePolicy: TokenLifetimePolicyID?
    /// `None`, `SecurityGroup`, `ApplicationGroup`, `DirectoryRole`, `All`; comma-joined.
    package var groupMembershipClaims: String?
    /// The manifest's `optionalClaims` as written.
    package var optionalClaims: JSONValue?
    package var createdAt: Timestamp

    package init(id: ApplicationID, appID: AppID, displayName: String, createdAt: Timestamp) {
        self.id = id
        self.appID = appID
        self.displayName = displayName
        self.createdAt = createdAt
        signInAudience = .myOrganization
        identifierURIs = []
        redirectURIs = []
        enablesIDTokenIssuance = false
        enablesAccessTokenIssuance = false
        isFallbackPublicClient = false
        scopes = []
        appRoles = []
        passwordCredentials = []
        keyCredentials = []
        federatedCredentials = []
        requiredResourceAccess = []
        preAuthorizedApplications = []
    }
}
