extension AADSTSCatalogue {
    /// Entries 500117 to 700025 of the catalogue, in the form `CatalogueText` reads.
    static let entries500117To700025 = #"""
        500117 InvalidReplyAddressScheme
        as invalid_request 200 -
        on authorize-page
        is natural inferred recall
        message The reply uri specified in the request isn't using a secure scheme.
        when http redirect URI on a non-loopback host for a web registration
        remedy Use https or loopback

        500121 AuthenticationFailedDuringStrongAuth
        as interaction_required 200 -
        on authorize-page authorize-redirect
        is natural documented docs
        message Authentication failed during strong authentication request.
        when simulated user denies or times out the MFA challenge
        remedy Retry MFA

        500131 InvalidAssertionAudience
        as invalid_grant 400 -
        on token
        is natural verified-wire wire
        message Assertion audience does not match the Client app presenting the assertion. The \#
        audience in the assertion was '{aud}' and the expected audience is '{expectedAud}' or \#
        one of the Application Uris of this application with App ID '{client_id}'({appName}). \#
        The downstream client must request a token for the expected audience (the application \#
        that made the OBO request) and this application should use that token as the assertion.
        when OBO assertion aud is not the calling API
        remedy Request the inbound token for the API itself
        legacyMessage Assertion audience does not match the Client app presenting the \#
        assertion. The audience in the assertion was '{aud}' and the expected audience is \#
        '{expectedAud}'.

        500133 AssertionNotWithinTimeRange
        as invalid_grant 400 -
        on token
        is natural verified-wire wire
        message Assertion is not within its valid time range. Ensure that the access token is \#
        not expired before using it for user assertion, or request a new token. Current time: \#
        {curTime}, expiry time of assertion {expTime}.
        when OBO assertion expired; times as 2026-06-23T06:33:25.7148737Z
        remedy Refresh the inbound token first

        500171 CertificateRevoked
        as invalid_client 401 -
        on authorize-page token
        is natural inferred recall
        message Certificate has been revoked.
        when certificate listed in the simulated CRL
        remedy Use another certificate

        500181 CertificateValidationFailedTlsCertMismatch
        as invalid_client 401 -
        on token
        is on-demand documented recall
        message The certificate used in the TLS session does not match the certificate bound to \#
        the request.
        when mTLS PoP request with another certificate than the bound one
        remedy Use the bound certificate

        500207 AccountTypeResourceIncompatible
        as invalid_request 400 -
        on authorize-page authorize-redirect token
        is natural inferred recall
        message The account type can't be used for the resource you're trying to access.
        when personal account asks for a resource that only takes work accounts (or a generic \#
        OIDC authority used with CIAM)
        remedy Use a supported account type

        500208 InvalidLoginDomainForAccountType
        as invalid_request 400 -
        on authorize-page authorize-redirect token
        is natural verified-wire wire
        message The domain is not a valid login domain for the account type.
        when external-tenant (CIAM) user sent to login.microsoftonline.com instead of \#
        ciamlogin.com, or personal account on a work-only tenant
        remedy Use the matching authority host

        500212 NotAllowedByOutboundPolicyTenant
        as access_denied 200 -
        on authorize-page
        is natural documented docs
        message The user's administrator has set an outbound access policy that does not allow \#
        access to the resource tenant.
        when home tenant cross-tenant outbound policy blocks
        remedy Change outbound policy

        500213 NotAllowedByInboundPolicyTenant
        as access_denied 200 -
        on authorize-page
        is natural documented docs
        message The resource tenant's cross-tenant access policy does not allow this user to \#
        access this tenant.
        when resource tenant inbound policy blocks the guest
        remedy Change inbound policy

        500571 GuestUserDisabled
        as invalid_grant 400 -
        on authorize-page authorize-redirect token
        is natural inferred wire
        message The guest user account is disabled.
        when guest user object with accountEnabled=false in the resource tenant
        remedy Enable the guest

        501051 ApplicationEntitlementGrantsNotFound
        as invalid_grant 400 -
        on token
        is natural verified-wire wire
        message Application '{appId}'({appName}) is not assigned to a role for the application \#
        '{resource}'({resourceName}).
        when app-only token for a resource whose service principal has \#
        appRoleAssignmentRequired=true and the client has no app role on it; {resource} is the \#
        resource app id or the identifier URI that was asked for
        remedy Assign an app role to the client
        note invalid_grant in captures; older docs print invalid_client

        501241 ClaimsTransformationMissingInput
        as server_error 200 -
        on authorize-page saml
        is natural documented docs
        message Mandatory Input '{paramName}' missing from transformation ID '{transformId}'.
        when NameID source attribute is empty on the user for a SAML app
        remedy Fill the attribute or change the NameID source

        501314 TriggerBrowserCapabilitiesInterrupt
        as interaction_required 200 -
        on authorize-page
        is on-demand inferred recall
        message Browser capabilities interrupt.
        when logged only: browser capability probe page
        remedy Continue

        501461 AcceptMappedClaimsAudienceNotAllowed
        as invalid_request 400 -
        on authorize-page authorize-redirect token
        is natural documented docs
        message AcceptMappedClaims is only supported for a token audience matching the \#
        application GUID or an audience within the tenant's verified domains. Either change the \#
        resource identifier, or use an application-specific signing key.
        when acceptMappedClaims=true and token audience is api:// custom or unverified domain
        remedy Use GUID audience or custom key

        501481 CodeVerifierDoesNotMatch
        as invalid_grant 400 -
        on token
        is natural verified-wire wire
        message The Code_Verifier does not match the code_challenge supplied in the \#
        authorization request.
        when PKCE verifier hash differs from the stored challenge
        remedy Send the right verifier

        501491 InvalidCodeChallengeMethodInvalidSize
        as invalid_request 400 -
        on authorize-page authorize-redirect
        is natural documented docs
        message Invalid size of Code_Challenge parameter.
        when code_challenge shorter than 43 or longer than 128
        remedy Fix challenge

        501621 ClaimsTransformationTimeoutRegularExpressionTimeout
        as server_error 400 -
        on authorize-page saml token
        is on-demand documented docs
        message Regular expression replacement for claims transformation has timed out. This \#
        indicates a too complex regular expression may have been configured for this \#
        application. A retry of the request may succeed. Otherwise, please contact your admin \#
        to fix the configuration.
        when fault injection
        remedy Simplify regex

        530001 BrowserNotSupportedForDevicePolicy
        as interaction_required 200 message_only
        on authorize-page
        is on-demand inferred recall
        message The browser is not supported for device-based access rules.
        when device CA with unsupported browser
        remedy Use supported browser

        530002 DeviceCompliantRequired
        as invalid_grant 400 message_only
        on authorize-page authorize-redirect token
        is natural inferred recall
        message Your device is required to be compliant to access this resource.
        when CA compliant device, device unknown
        remedy Enroll device
        v1OAuthError interaction_required
        authorizeError interaction_required

        530003 DeviceManagedRequired
        as invalid_grant 400 message_only
        on authorize-page authorize-redirect token
        is natural documented wire
        message Your device is required to be managed to access this resource.
        when CA managed device control and no device presented
        remedy Enroll device
        v1OAuthError interaction_required
        authorizeError interaction_required

        530004 AcceptCompliantDeviceSettingDisabled
        as invalid_grant 400 message_only
        on authorize-page authorize-redirect token
        is natural inferred recall
        message AcceptCompliantDevice setting isn't configured for this organization. The admin \#
        needs to configure this setting to allow external users access to protected resources.
        when guest meets compliantDevice rule but inbound trust is off
        remedy Configure inbound trust
        v1OAuthError interaction_required
        authorizeError interaction_required

        530021 ApprovedAppRequirementNotMet
        as invalid_grant 400 message_only
        on authorize-page authorize-redirect token
        is natural documented docs
        message Application does not meet the conditional access approved app requirements.
        when CA approved-app control
        remedy Use approved app
        v1OAuthError interaction_required
        authorizeError interaction_required

        530032 BlockedByConditionalAccessOnSecurityPolicy
        as invalid_grant 400 message_only
        on authorize-page authorize-redirect token
        is natural documented docs
        message Access has been blocked because the tenant administrator has configured a \#
        security policy that blocks this request.
        when tenant security policy blocks request
        remedy Check tenant policy
        v1OAuthError interaction_required
        authorizeError interaction_required

        530034 DelegatedAdminBlockedDueToSuspiciousActivity
        as access_denied 200 message_only
        on authorize-page
        is on-demand documented docs
        message A delegated administrator was blocked from accessing the tenant due to account \#
        risk in their home tenant.
        when GDAP admin at risk
        remedy Remediate

        530035 BlockedBySecurityDefaults
        as invalid_grant 400 message_only
        on authorize-page authorize-redirect token
        is natural documented docs
        message Access has been blocked by security defaults. This is due to the request using \#
        legacy auth or being deemed unsafe by security defaults policies.
        when tenant securityDefaults=true and ROPC/legacy auth used
        remedy Use modern interactive auth
        v1OAuthError interaction_required
        authorizeError interaction_required

        650051 InvalidClientUnmanagedTenant
        as invalid_client 400 -
        on authorize-page authorize-redirect
        is on-demand inferred recall
        message Using application '{appName}' is currently not supported for your organization \#
        {tenant} because it is in an unmanaged state. An administrator needs to claim ownership \#
        of the company by DNS validation of {tenant} before the application {appName} can be \#
        provisioned.
        when viral tenant
        remedy Claim tenant

        650052 ServicePrincipalMissingForService
        as invalid_client 401 -
        on authorize-page authorize-redirect token
        is natural verified-wire wire
        message The app is trying to access a service '{resourceAppId}'({resourceName}) that \#
        your organization '{organization}' lacks a service principal for. Contact your IT Admin \#
        to review the configuration of your service subscriptions or consent to the application \#
        in order to create the required service principal.
        when client permission list names a resource with no service principal in the tenant
        remedy Provision resource service principal
        legacyMessage The app needs access to a service ("{name}") that your organization \#
        "{organization}" has not subscribed to or enabled. Contact your IT Admin to review the \#
        configuration of your service subscriptions.

        650053 ScopeDoesNotExistOnResource
        as access_denied 400 -
        on authorize-redirect authorize-page devicecode
        is natural verified-wire wire
        message The application '{appName}' asked for scope '{scope}' that doesn't exist on the \#
        resource '{resource}'. Contact the app vendor.
        when scope value not among the resource's oauth2PermissionScopes; {resource} is the \#
        resource app id
        remedy Fix scope
        note redirect before credentials are entered. access_denied is what a Microsoft client \#
        documents and is the default here; three redirects captured 2019-2021 carried \#
        invalid_client and no error_uri; a plain error page was seen as well

        650054 ResourceRemoved
        as invalid_resource 400 -
        on authorize-page authorize-redirect token
        is natural documented docs
        message The application asked for permissions to access a resource that has been \#
        removed or is no longer available. Make sure that all resources the app is calling are \#
        present in the tenant you are operating in.
        when permission references a deleted resource app
        remedy Remove permission

        650056 MisconfiguredApplicationMissingPermissions
        as invalid_client 401 -
        on authorize-page authorize-redirect saml token
        is natural documented docs
        message Misconfigured application. This could be due to one of the following: the \#
        client has not listed any permissions for '{name}' in the requested permissions in the \#
        client's application registration. Or, the admin has not consented in the tenant. Or, \#
        check the application identifier in the request to ensure it matches the configured \#
        client application identifier. Or, check the certificate in the request to ensure it's \#
        valid. Please contact your admin to fix the configuration or consent on behalf of the \#
        tenant. Client app ID: {appId}.
        when .default for a resource without any listed permission, or SAML issuer mismatch
        remedy Add permission / fix identifier

        650057 InvalidResourceNotInRegistration
        as invalid_resource 400 -
        on authorize-page authorize-redirect token
        is natural documented wire
        message Invalid resource. The client has requested access to a resource which is not \#
        listed in the requested permissions in the client's application registration. Client \#
        app ID: {appId}({appName}). Resource value from request: {resource}. Resource app ID: \#
        {resourceAppId}. List of valid resources from app registration: {regList}.
        when v1 resource or v2 .default for a resource absent from requiredResourceAccess
        remedy Add API permission
        authorizeError invalid_client
        note a redirect pasted by an Azure VPN user carries invalid_client; invalid_resource is \#
        the documented meaning

        700003 DeviceNotFound
        as invalid_grant 400 device_authentication_failed
        on authorize-page authorize-redirect token
        is natural inferred recall
        message Device object was not found in the tenant '{tenant}' directory.
        when presented device id deleted
        remedy Re-register device

        700005 InvalidGrantRedeemAgainstWrongTenant
        as invalid_grant 400 -
        on token
        is natural documented wire
        message Provided Authorization Code is intended to use against other tenant, thus \#
        rejected. OAuth2 Authorization Code must be redeemed against same tenant it was \#
        acquired for (/common or /{tenant-ID} as appropriate).
        when code issued under one tenant path redeemed under another
        remedy Redeem on the same authority

        700007 GrantExchangeNotAllowed
        as invalid_grant 400 -
        on token
        is natural inferred recall
        message The grant is not obtained for the use of the requesting application.
        when refresh token or code presented by another client_id of the tenant
        remedy Use own grant

        700011 UnauthorizedClientAppNotFoundInOrgIdTenant
        as unauthorized_client 400 -
        on authorize-page token
        is on-demand documented docs
        message Application with identifier {appIdentifier} was not found in the directory.
        when app missing from OrgId tenant
        remedy Provision app

        700016 UnauthorizedClient_DoesNotMatchRequest
        as unauthorized_client 400 -
        on authorize-page token devicecode
        is natural verified-wire wire
        message Application with identifier '{appIdentifier}' was not found in the directory \#
        '{tenantName}'. This can happen if the application has not been installed by the \#
        administrator of the tenant or consented to by any user in the tenant. You may have \#
        sent your authentication request to the wrong tenant.
        when client_id unknown in tenant, or multi-tenant app without service principal for \#
        app-only use; {tenantName} is the directory display name (tenant GUID for consumers)
        remedy Fix client_id/tenant or consent

        700020 InteractionRequired
        as interaction_required 400 -
        on authorize-redirect token
        is on-demand documented docs
        message The access grant requires interaction.
        when generic interaction required
        remedy Interactive sign-in

        700021 ClientAssertionAppIdMismatch
        as invalid_client 401 -
        on token
        is natural inferred recall
        message Client assertion application identifier doesn't match 'client_id' parameter. \#
        Review the documentation at \#
        https://docs.microsoft.com/azure/active-directory/develop/active-directory-certificate-c\#
        redentials .
        when client assertion iss/sub differs from client_id
        remedy Align client_id

        700022 InvalidMultipleResourcesScope
        as invalid_scope 400 -
        on authorize-page authorize-redirect token
        is natural documented wire
        message Provided value for the input parameter scope is not valid because it contains \#
        more than one resource. Scope {scope} is not valid.
        when implicit or hybrid authorize request (an access token is asked for) whose scope \#
        names two resources; code redemption with two resources answers 28000
        remedy One resource per request

        700023 ClientAssertionAudienceMismatch
        as invalid_client 401 -
        on token
        is natural verified-wire wire
        message Client assertion audience claim does not match Realm issuer. Review the \#
        documentation at https://docs.microsoft.com/azure/active-directory/develop/active-direct\#
        ory-certificate-credentials .
        when client assertion whose aud is neither this tenant's token endpoint nor its issuer
        remedy Set aud to the token endpoint
        legacyMessage The provided value for the input parameter scope is not valid when \#
        requesting an access token.
        note wire text of 2021 (AzureAD/microsoft-authentication-library-for-dotnet#2746); the \#
        reference table lists the number as InvalidResourcelessScope with the legacyMessage, \#
        invalid_scope 400

        700024 ClientAssertionNotWithinTimeRange
        as invalid_client 401 -
        on token
        is natural verified-wire wire
        message Client assertion is not within its valid time range. Current time: {curTime}, \#
        assertion valid from {validFrom}, expiry time of assertion {expTime}. Review the \#
        documentation at https://docs.microsoft.com/azure/active-directory/develop/active-direct\#
        ory-certificate-credentials .
        when client assertion exp in the past or nbf in the future; times as 7-digit fractional \#
        ISO 8601 Z
        remedy New assertion, fix clock

        700025 InvalidClientPublicClientWithCredential
        as invalid_client 401 -
        on token
        is natural verified-wire wire
        message Client is public so neither 'client_assertion' nor 'client_secret' should be \#
        presented.
        when secret/assertion sent for a request bound to a public-client redirect URI or by \#
        public-only app
        remedy Drop the secret
        errorUri absent
        """#
}
