extension AADSTSCatalogue {
    /// Entries 70004 to 90002 of the catalogue, in the form `CatalogueText` reads.
    static let entries70004To90002 = #"""
        70004 InvalidRedirectUri
        as invalid_request 200 -
        on authorize-page
        is on-demand documented docs
        message The app returned an invalid redirect URI. The redirect address specified by the \#
        client does not match any configured addresses or any addresses on the OIDC approve \#
        list.
        when legacy form of 50011
        remedy Register the URI

        70005 UnsupportedResponseType
        as unsupported_response_type 200 -
        on authorize-page authorize-redirect
        is natural documented recall
        message The app requested an unsupported response type '{response_type}' when \#
        requesting a token.
        when response_type not one of code, id_token, token, none or a supported combination
        remedy Fix response_type
        note recorded as an error page with 200 on v2 authorize; redirect (302) as a setting \#
        (unverified)

        70007 UnsupportedResponseMode
        as invalid_request 200 -
        on authorize-page authorize-redirect
        is natural verified-wire wire
        message '{response_mode}' is not a supported value of 'response_mode' when requesting a \#
        token.
        when response_mode=query with id_token/token response types, or unknown mode
        remedy Use fragment or form_post

        70008 ExpiredOrRevokedGrant
        as invalid_grant 400 -
        on token
        is natural verified-wire wire
        message The provided authorization code or refresh token has expired due to inactivity. \#
        Send a new interactive authorization request for this user and resource.
        when authorization code older than its lifetime (10 min) or refresh token expired
        remedy Sign in again
        legacyMessage The provided access grant is expired or revoked.

        70011 InvalidScope
        as invalid_scope 400 -
        on authorize-redirect token devicecode
        is natural verified-wire wire
        message The provided request must include a 'scope' input parameter. The provided value \#
        for the input parameter 'scope' is not valid. The scope {scope} is not valid.
        when scope string malformed (bad URI, .default mixed with named scopes, unknown plain \#
        word); also two resources' .default in one client_credentials request. longMessage when \#
        the scope is not in URI or GUID form; msaMessage when the request is served by the \#
        personal-account side
        remedy Fix scope
        legacyMessage The provided value for the input parameter 'scope' is not valid. The \#
        scope {scope} is not valid.
        longMessage The provided request must include a 'scope' input parameter. The provided \#
        value for the input parameter 'scope' is not valid. The scope {scope} is not valid. The \#
        scope format is invalid. Scope must be in a valid URI form <https://example/scope> or a \#
        valid Guid <guid/scope>.
        msaMessage The provided value for the input parameter 'scope' is not valid. The scope \#
        '{scope}' does not exist.
        errorUri absent

        70012 MsaServerError
        as server_error 500 -
        on authorize-page token
        is on-demand documented docs
        message A server error occurred while authenticating an MSA (consumer) user. Try again.
        when fault injection for consumers
        remedy Retry

        70016 AuthorizationPending
        as authorization_pending 400 -
        on token
        is natural verified-wire wire
        message OAuth 2.0 device flow error. Authorization is pending. Continue polling.
        when device_code poll before the user finished; v1 text is 'Pending end-user \#
        authorization.'
        remedy Poll again after interval
        v1Message Pending end-user authorization.

        70018 BadVerificationCode
        as bad_verification_code 400 -
        on authorize-page token
        is natural documented docs
        message Invalid verification code due to User typing in wrong user code for device code \#
        flow. Authorization is not approved.
        when unknown device_code at token endpoint (bad_verification_code) or wrong user code \#
        on the page
        remedy Restart device flow

        70019 CodeExpired
        as expired_token 400 -
        on authorize-page token
        is natural documented docs
        message Verification code expired. Have the user retry the sign-in.
        when user enters the user code after expires_in
        remedy Restart device flow

        70020 DeviceCodeExpired
        as expired_token 400 -
        on token
        is natural verified-wire wire
        message The provided value for the input parameter 'device_code' is not valid. This \#
        device code has expired.
        when poll after expires_in (900 s)
        remedy Restart device flow

        70021 NoMatchingFederatedIdentity
        as invalid_request 400 -
        on token
        is on-demand inferred recall
        message No matching federated identity record found for presented assertion. Assertion \#
        Issuer: '{issuer}'. Assertion Subject: '{subject}'. Assertion Audience: '{audience}'. \#
        Check your federated identity credential Subject, Audience and Issuer against the \#
        presented assertion. \#
        https://docs.microsoft.com/azure/active-directory/workload-identities/workload-identity-\#
        federation
        when legacy text; current codes are 700211/700212/700213
        remedy Fix federated credential

        70025 NoFederatedCredentialsConfigured
        as invalid_client 401 -
        on token
        is natural inferred recall
        message The client '{appId}'({appName}) has no configured federated identity \#
        credentials.
        when external-issuer client assertion for an app without any federated credential
        remedy Add federated credential

        70037 RemoteAuthSessionDenied
        as access_denied 200 -
        on authorize-page
        is on-demand documented docs
        message Incorrect challenge response provided. Remote auth session denied.
        when remote auth
        remedy Retry

        70043 BadTokenDueToSignInFrequency
        as invalid_grant 400 token_expired
        on token
        is natural verified-wire wire
        message The refresh token has expired or is invalid due to sign-in frequency checks by \#
        conditional access. The token was issued on {issueDate} and the maximum allowed \#
        lifetime for this request is {time}.
        when CA sign-in frequency elapsed at refresh; {issueDate} like \#
        2026-07-22T05:15:31.6070000Z, {time} in seconds
        remedy Interactive sign-in
        errorUri absent

        70044 SessionExpiredSignInFrequency
        as interaction_required 302 -
        on authorize-redirect authorize-page
        is natural documented recall
        message The session has expired or is invalid due to sign-in frequency checks by \#
        conditional access.
        when browser session older than sign-in frequency with prompt=none
        remedy Interactive sign-in

        70046 SessionExpiredReauthRequired
        as interaction_required 302 -
        on authorize-redirect authorize-page
        is natural inferred recall
        message The session has expired or is invalid due to re-authentication checks by \#
        conditional access.
        when CA demands re-authentication every time
        remedy Interactive sign-in

        75001 BindingSerializationError
        as invalid_request 200 -
        on saml
        is natural documented docs
        message An error occurred during SAML message binding.
        when SAMLRequest cannot be base64/deflate decoded for the binding
        remedy Encode per binding

        75003 UnsupportedBindingError
        as invalid_request 200 -
        on saml
        is natural documented recall
        message SAML protocol response cannot be sent via bindings other than HTTP POST. \#
        Requested binding: {binding}.
        when ProtocolBinding other than HTTP-POST
        remedy Use HTTP-POST

        75005 Saml2MessageInvalid
        as invalid_request 200 -
        on saml
        is natural documented recall
        message The request is not a valid Saml2 protocol message.
        when decoded XML is not an AuthnRequest/LogoutRequest, or mandatory attributes are \#
        missing
        remedy Send a valid message

        75008 RequestDeniedError
        as invalid_request 200 -
        on saml
        is natural documented docs
        message The request from the application was denied since the SAML request had an \#
        unexpected destination.
        when Destination attribute is not this tenant's /saml2 URL
        remedy Fix Destination

        75009 SamlUnsupportedVersion
        as invalid_request 200 -
        on saml
        is natural inferred recall
        message SAML Authentication Request has an unsupported Version. Only '2.0' is supported.
        when Version != 2.0
        remedy Send 2.0

        75011 NoMatchedAuthnContextInOutputClaims
        as invalid_request 200 -
        on saml
        is natural verified-wire wire
        message Authentication method '{authMethods}' by which the user authenticated with the \#
        service doesn't match requested authentication method '{requestedMethods}'. Contact the \#
        {appName} application owner.
        when RequestedAuthnContext exact value not met by the session; method lists are \#
        comma+space joined, e.g. 'X509, MultiFactor, X509Device' against 'Password, \#
        ProtectedTransport'
        remedy Drop RequestedAuthnContext or use ForceAuthn

        75016 Saml2AuthenticationRequestInvalidNameIDPolicy
        as invalid_request 200 -
        on saml
        is natural documented docs
        message SAML2 Authentication Request has invalid NameIdPolicy. {detail}
        when NameIDPolicy Format unsupported or SPNameQualifier set
        remedy Use a supported format

        76021 ApplicationRequiresSignedRequests
        as invalid_request 200 -
        on saml
        is natural documented docs
        message The request sent by client is not signed while the application requires signed \#
        requests.
        when app verification certificate required and no Signature
        remedy Sign requests

        76022 SignatureAlgorithmNotAllowed
        as invalid_request 200 -
        on saml
        is natural inferred recall
        message The request is signed with an algorithm that the application does not allow.
        when SHA-1 signed while SHA-256 is required
        remedy Use RSA-SHA256

        76023 SignatureVerificationFailed
        as invalid_request 200 -
        on saml
        is natural inferred recall
        message Signature verification of the request failed with the configured verification \#
        certificates.
        when request signature does not match uploaded certificates
        remedy Upload right certificate

        76026 RequestIssueTimeExpired
        as invalid_request 200 -
        on saml
        is natural documented docs
        message The request has expired. IssueTime in the SAML2 Authentication Request is \#
        outside the accepted window.
        when IssueInstant too old for a signed request (about 5 minutes)
        remedy Resend, fix clock

        80001 OnPremiseStoreIsNotAvailable
        as invalid_grant 400 -
        on authorize-page token
        is on-demand documented docs
        message Unable to connect to Active Directory.
        when fault injection on the simulated on-premises agent
        remedy Check agent / AD

        80002 OnPremisePasswordValidatorRequestTimedout
        as invalid_grant 400 -
        on authorize-page token
        is on-demand documented docs
        message Password validation request timed out.
        when fault injection on the simulated on-premises agent
        remedy Check agent / AD

        80003 OnPremisePasswordValidatorInvalidResponse
        as invalid_grant 400 -
        on authorize-page token
        is on-demand documented docs
        message Invalid response received by Authentication Agent.
        when fault injection on the simulated on-premises agent
        remedy Check agent / AD

        80005 OnPremisePasswordValidatorUnpredictableWebException
        as invalid_grant 400 -
        on authorize-page token
        is on-demand documented docs
        message An unknown error occurred while processing the response from the Authentication \#
        Agent. Retry the request.
        when fault injection on the simulated on-premises agent
        remedy Check agent / AD

        80007 OnPremisePasswordValidatorErrorOccurredOnPrem
        as invalid_grant 400 -
        on authorize-page token
        is on-demand documented docs
        message The Authentication Agent is unable to validate user's password.
        when fault injection on the simulated on-premises agent
        remedy Check agent / AD

        80010 OnPremisePasswordValidationEncryptionException
        as invalid_grant 400 -
        on authorize-page token
        is on-demand documented docs
        message The Authentication Agent is unable to decrypt password.
        when fault injection on the simulated on-premises agent
        remedy Check agent / AD

        80011 OnPremisePasswordValidationKeyException
        as invalid_grant 400 -
        on authorize-page token
        is on-demand documented docs
        message The Authentication Agent is unable to retrieve the encryption key.
        when fault injection on the simulated on-premises agent
        remedy Check agent / AD

        80012 OnPremisePasswordValidationAccountLogonInvalidHours
        as invalid_grant 400 -
        on authorize-page token
        is on-demand documented docs
        message The users attempted to log on outside of the allowed hours (this is specified \#
        in AD).
        when fault injection on the simulated on-premises agent
        remedy Check agent / AD

        80013 OnPremisePasswordValidationTimeSkew
        as invalid_grant 400 -
        on authorize-page token
        is on-demand documented docs
        message The authentication attempt could not be completed due to time skew between the \#
        machine running the authentication agent and AD.
        when fault injection on the simulated on-premises agent
        remedy Check agent / AD

        80014 OnPremisePasswordValidationAuthenticationAgentTimeout
        as invalid_grant 400 -
        on authorize-page token
        is on-demand documented docs
        message Validation request responded after maximum elapsed time exceeded.
        when fault injection on the simulated on-premises agent
        remedy Check agent / AD

        81001 DesktopSsoTicketTooLarge
        as interaction_required 200 -
        on authorize-page
        is on-demand documented docs
        message User's Kerberos ticket is too large.
        when fault injection on simulated seamless SSO
        remedy Sign in with password

        81004 DesktopSsoIdentityInTicketIsNotAuthenticated
        as interaction_required 200 -
        on authorize-page
        is on-demand documented docs
        message Kerberos authentication attempt failed.
        when fault injection on simulated seamless SSO
        remedy Sign in with password

        81005 DesktopSsoAuthenticationPackageNotSupported
        as interaction_required 200 -
        on authorize-page
        is on-demand documented docs
        message The authentication package is not supported.
        when fault injection on simulated seamless SSO
        remedy Sign in with password

        81006 DesktopSsoNoAuthorizationHeader
        as interaction_required 200 -
        on authorize-page
        is on-demand documented docs
        message No authorization header was found.
        when fault injection on simulated seamless SSO
        remedy Sign in with password

        81007 DesktopSsoTenantIsNotOptIn
        as interaction_required 200 -
        on authorize-page
        is on-demand documented docs
        message The tenant is not enabled for Seamless SSO.
        when fault injection on simulated seamless SSO
        remedy Sign in with password

        81009 DesktopSsoAuthorizationHeaderValueWithBadFormat
        as interaction_required 200 -
        on authorize-page
        is on-demand documented docs
        message Unable to validate user's Kerberos ticket.
        when fault injection on simulated seamless SSO
        remedy Sign in with password

        81010 DesktopSsoAuthTokenInvalid
        as interaction_required 200 -
        on authorize-page
        is on-demand documented docs
        message Seamless SSO failed because the user's Kerberos ticket has expired or is \#
        invalid.
        when fault injection on simulated seamless SSO
        remedy Sign in with password

        81011 DesktopSsoLookupUserBySidFailed
        as interaction_required 200 -
        on authorize-page
        is on-demand documented docs
        message Unable to find user object based on information in the user's Kerberos ticket.
        when fault injection on simulated seamless SSO
        remedy Sign in with password

        81012 DesktopSsoMismatchBetweenTokenUpnAndChosenUpn
        as interaction_required 200 -
        on authorize-page
        is on-demand documented docs
        message The user trying to sign in to Azure AD is different from the user signed into \#
        the device.
        when fault injection on simulated seamless SSO
        remedy Sign in with password

        90002 InvalidTenantName
        as invalid_request 400 -
        on authorize-page token devicecode
        is natural verified-wire wire
        message Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID \#
        and are signing into the correct cloud. Check with your subscription administrator, \#
        this may happen if there are no active subscriptions for the tenant.
        when tenant segment is a GUID or domain of no tenant; the discovery document endpoint \#
        answers the same text with error invalid_tenant
        remedy Fix tenant
        discoveryError invalid_tenant
        """#
}
