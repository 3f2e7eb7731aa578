import SimCore
import SimDirectory

/// Edits and views of apps. An app is named by display name, client id or either object id; an
/// edit reaches registration and enterprise app together.
package enum ApplicationCommand: Hashable, Sendable {
    case list
    case show(String)
    case add(displayName: String, ApplicationSettings)
    case set(String, ApplicationSettings)
    /// Answers the secret's value, this once.
    case addSecret(String, displayName: String, endsAt: Timestamp?)
    /// Lists further permissions of an API in the registration, by value.
    case require(String, api: String, scopes: [String], roles: [String])
    /// An administrator's consent to everything listed, for everybody.
    case consent(String)
    /// Settings ready to paste into a client.
    case config(String, for: ClientLibrary)
}

/// The client libraries `app config --for` knows.
package enum ClientLibrary: String, CaseIterable, Sendable {
    case msalPython = "msal-python"
    case msalNode = "msal-node"
    case dotnet, spring, env
}

/// Changes to an app in the vocabulary of Graph's `application` and `servicePrincipal`; what is
/// nil stays as it is.
package struct ApplicationSettings: Hashable, Sendable {
    package var displayName: String?
    package var signInAudience: AppRegistration.SignInAudience?
    package var identifierURIs: [String]?
    /// Replaces the redirect URIs of each platform that is named.
    package var redirectURIs: [AppRegistration.Platform: [String]]
    package var logoutURL: Change<String>?
    package var homePageURL: Change<String>?
    package var enablesIDTokenIssuance: Bool?
    package var enablesAccessTokenIssuance: Bool?
    package var isFallbackPublicClient: Bool?
    package var requestedAccessTokenVersion: Change<Int>?
    package var groupMembershipClaims: Change<String>?
    package var optionalClaims: Change<JSONValue>?
    // Enterprise app
    package var accountEnabled: Bool?
    package var requiresAssignment: Bool?
    package var provisioning: ProvisioningSettings?

    package init() {
        displayName = nil
        signInAudience = nil
        identifierURIs = nil
        redirectURIs = [:]
        logoutURL = nil
        homePageURL = nil
        enablesIDTokenIssuance = nil
        enablesAccessTokenIssuance = nil
        isFallbackPublicClient = nil
        requestedAccessTokenVersion = nil
        groupMembershipClaims = nil
        optionalClaims = nil
        accountEnabled = nil
        requiresAssignment = nil
        provisioning = nil
    }

    /// The registration after these changes.
    package func applied(to registration: AppRegistration) -> AppRegistration {
        var result = registration
        if let displayName { result.displayName = displayName }
        if let signInAudience { result.signInAudience = signInAudience }
        if let identifierURIs { result.identifierURIs = identifierURIs }
        for platform in AppRegistration.Platform.allCases {
            guard let uris = redirectURIs[platform] else { continue }
            result.redirectURIs.removeAll { $0.platform == platform }
            result.redirectURIs += uris.map { .init(uri: $0, platform: platform) }
        }
        if let logoutURL { result.logoutURL = logoutURL.value }
        if let homePageURL { result.homePageURL = homePageURL.value }
        if let enablesIDTokenIssuance { result.enablesIDTokenIssuance = enablesIDTokenIssuance }
        if let enablesAccessTokenIssuance {
            result.enablesAccessTokenIssuance = enablesAccessTokenIssuance
        }
        if let isFallbackPublicClient { result.isFallbackPublicClient = isFallbackPublicClient }
        if let requestedAccessTokenVersion {
            result.requestedAccessTokenVersion = requestedAccessTokenVersion.value
        }
        if let groupMembershipClaims { result.groupMembershipClaims = groupMembershipClaims.value }
        if let optionalClaims { result.optionalClaims = optionalClaims.value }
        return result
    }

    /// The enterprise app after these changes.
    ///
    /// - Parameters:
    ///   - jobID: the id of a provisioning job that these settings create.
    ///   - authentication: what the job's own come to; nil leaves it as it is.
    package func applied(
        to principal: ServicePrincipal, jobID: String, authentication: TargetAuthentication?
    ) -> ServicePrincipal {
        var result = principal
        if let displayName { result.displayName = displayName }
        if let accountEnabled { result.accountEnabled = accountEnabled }
        if let requiresAssignment { result.requiresAssignment = requiresAssignment }
        if let provisioning {
            result.provisioning = provisioning.applied(to: result.provisioning, jobID: jobID)
            if let authentication { result.provisioning?.authentication = authentication }
        }
        return result
    }
}

/// Changes to an enterprise app's provisioning page.
package struct ProvisioningSettings: Hashable, Sendable {
    package var tenantURL: String?
    package var secretToken: Change<String>?
    package var authentication: AuthenticationSettings?
    package var scope: ProvisioningConfiguration.Scope?
    package var provisionsGroups: Bool?
    package var startsEnabled: Bool?
    package var skipsOutOfScopeDeletions: Bool?
    package var notifies: Bool?
    package var recipients: String?
    package var deleteThreshold: Change<Int>?
    /// A cleared setting has its default again.
    package var expressions: [ExpressionSettings.Name: Change<String>]

    package init() {
        tenantURL = nil
        secretToken = nil
        authentication = nil
        scope = nil
        provisionsGroups = nil
        startsEnabled = nil
        skipsOutOfScopeDeletions = nil
        notifies = nil
        recipients = nil
        deleteThreshold = nil
        expressions = [:]
    }

    /// The configuration afterwards; nil when there is none yet and no tenant URL makes one.
    func applied(
        to configuration: ProvisioningConfiguration?, jobID: String
    ) -> ProvisioningConfiguration? {
        guard
            var result = configuration
                ?? tenantURL.map({ ProvisioningConfiguration(jobID: jobID, tenantURL: $0) })
        else { return nil }
        if let tenantURL { result.tenantURL = tenantURL }
        if let secretToken { result.secretToken = secretToken.value }
        if let scope { result.scope = scope }
        if let provisionsGroups { result.provisionsGroups = provisionsGroups }
        if let startsEnabled { result.startsEnabled = startsEnabled }
        if let skipsOutOfScopeDeletions {
            result.skipsOutOfScopeDeletions = skipsOutOfScopeDeletions
        }
        if let notifies { result.notifications.isEnabled = notifies }
        if let recipients { result.notifications.recipients = recipients }
        if let deleteThreshold { result.notifications.deleteThreshold = deleteThreshold.value }
        for name in ExpressionSettings.Name.allCases {
            guard let change = expressions[name] else { continue }
            let text = change.value ?? ExpressionSettings.standard[name]
            // The route has looked at the value: one that is not known changes nothing.
            _ = result.expressions.set(name, to: text)
        }
        return result
    }
}
