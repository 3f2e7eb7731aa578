extension AADSTSCatalogue {
    /// Entries 16000 to 50056 of the catalogue, in the form `CatalogueText` reads.
    static let entries16000To50056 = #"""
        16000 InteractionRequired
        as interaction_required 200 -
        on authorize-page authorize-redirect
        is natural documented docs
        message User account '{user}' from identity provider '{idp}' does not exist in tenant \#
        '{tenant}' and cannot access the application '{appId}'({appName}) in that tenant. The \#
        account needs to be added as an external user in the tenant first. Sign out and sign in \#
        again with a different Azure Active Directory user account.
        when signed-in session belongs to an account (often personal) with no user object in \#
        the target tenant; with prompt=none it is returned to the app
        remedy Invite the account as guest or use another account

        16001 UserAccountSelectionInvalid
        as interaction_required 200 -
        on authorize-page
        is on-demand documented recall
        message User account selection is invalid.
        when account-picker posts a session tile that is no longer selectable
        remedy Pick another account

        16002 AppSessionSelectionInvalid
        as interaction_required 200 -
        on authorize-page authorize-redirect
        is natural documented recall
        message The application-specified session identifier requirement was not met.
        when request carries sid and no live session has that sid
        remedy Drop sid or sign in again

        16003 SsoUserAccountNotFoundInResourceTenant
        as interaction_required 200 -
        on authorize-page authorize-redirect
        is natural documented docs
        message User account is not found in the resource tenant. The user has not been \#
        explicitly added to the tenant.
        when SSO session user has no member/guest object in the resource tenant
        remedy Add the user as guest

        17003 CredentialKeyProvisioningFailed
        as server_error 500 -
        on token
        is on-demand documented docs
        message Credential key provisioning failed. Azure AD can't provision the user key.
        when fault injection only
        remedy Retry

        20001 WsFedSignInResponseError
        as server_error 200 -
        on authorize-page
        is on-demand documented docs
        message There is an issue with your federated Identity Provider. Contact your IDP to \#
        resolve this issue.
        when simulated federated IdP returns a WS-Fed error
        remedy Fix the federated IdP

        20012 WsFedMessageInvalid
        as invalid_request 200 -
        on authorize-page
        is natural documented recall
        message An error occurred when trying to process a WS-Federation message. The message \#
        was invalid.
        when wsignin request or wresult cannot be parsed
        remedy Fix the WS-Fed message

        20033 FedMetadataInvalidTenantName
        as invalid_request 200 -
        on authorize-page
        is natural documented docs
        message There is an issue with your federated Identity Provider. The tenant name in the \#
        federation metadata request is invalid.
        when federation metadata requested for an unknown tenant name
        remedy Use a valid tenant name

        28000 InvalidScopeMultipleResources
        as invalid_grant 400 -
        on token
        is natural documented wire
        message Provided value for the input parameter scope is not valid because it contains \#
        more than one resource. Scope {scope} is not valid.
        when v2 token request whose scope spans two resources (refresh_token: first resource \#
        wins, no error)
        remedy Ask for one resource per token request

        28002 InvalidScopeForAccessToken
        as invalid_grant 400 -
        on token
        is natural documented docs
        message Provided value for the input parameter scope '{scope}' is not valid when \#
        requesting an access token. Please specify a valid scope.
        when scope at code/refresh redemption is syntactically valid but not usable for an \#
        access token
        remedy Fix scope

        28003 EmptyScopeForCode
        as invalid_request 400 -
        on token
        is natural verified-wire wire
        message Provided value for the input parameter scope cannot be empty when requesting an \#
        access token using the provided authorization code. Please specify a valid scope.
        when v2 code redemption without scope when the code carried several resources or none
        remedy Send scope

        40008 OAuth2IdPUnretryableServerError
        as invalid_grant 400 -
        on authorize-page token
        is on-demand documented docs
        message There is an issue with your federated Identity Provider. Contact your IDP to \#
        resolve this issue.
        when simulated external OAuth identity provider fails during federation
        remedy Check the external IdP

        40009 OAuth2IdPRefreshTokenRedemptionUserError
        as invalid_grant 400 -
        on authorize-page token
        is on-demand documented docs
        message There is an issue with your federated Identity Provider. Contact your IDP to \#
        resolve this issue.
        when simulated external OAuth identity provider fails during federation
        remedy Check the external IdP

        40010 OAuth2IdPRetryableServerError
        as temporarily_unavailable 503 -
        on authorize-page token
        is on-demand documented docs
        message There is an issue with your federated Identity Provider. Contact your IDP to \#
        resolve this issue.
        when simulated external OAuth identity provider fails during federation
        remedy Check the external IdP

        40014 OAuth2IdPUserError
        as invalid_grant 400 -
        on authorize-page token
        is on-demand documented docs
        message There is an issue with your federated Identity Provider. Contact your IDP to \#
        resolve this issue.
        when simulated external OAuth identity provider fails during federation
        remedy Check the external IdP

        40015 OAuth2IdPAuthCodeRedemptionUserError
        as invalid_grant 400 -
        on authorize-page token
        is on-demand documented docs
        message There is an issue with your federated Identity Provider. Contact your IDP to \#
        resolve this issue.
        when simulated external OAuth identity provider fails during federation
        remedy Check the external IdP

        50000 TokenIssuanceError
        as server_error 500 -
        on authorize-page token
        is on-demand documented recall
        message There was an error issuing a token or an issue with our sign-in service.
        when fault injection: token issuance failure
        remedy Retry; open a support case

        50001 InvalidResource
        as invalid_resource 400 -
        on authorize-redirect token
        is on-demand documented recall
        message The application named {resource} was not found in the tenant named {tenant}. \#
        This can happen if the application has not been installed by the administrator of the \#
        tenant or consented to by any user in the tenant. You might have sent your \#
        authentication request to the wrong tenant.
        when legacy form of 500011; raised for a disabled or unknown v1 resource when legacy \#
        messages are selected
        remedy Fix resource or provision its service principal

        50002 NotAllowedTenant
        as access_denied 200 -
        on authorize-page
        is natural documented docs
        message Sign-in failed because of a restricted proxy access on the tenant.
        when request passes tenant-restriction headers that exclude the tenant (legacy code)
        remedy Allow the tenant in the proxy policy

        50003 MissingSigningKey
        as server_error 200 -
        on authorize-page saml
        is natural documented recall
        message No signing key is configured.
        when SAML app without an active token-signing certificate
        remedy Create a signing certificate

        50005 DevicePolicyError
        as invalid_grant 400 message_only
        on authorize-page authorize-redirect token
        is natural documented recall
        message User tried to log in to a device from a platform ({platform}) that's currently \#
        not supported through Conditional Access policy. Supported device platforms are: iOS, \#
        Android, Mac, and Windows flavors.
        when CA policy needs device state and the user agent is an unsupported platform
        remedy Use a supported platform
        v1OAuthError interaction_required
        authorizeError interaction_required

        50006 InvalidSignature
        as invalid_request 400 -
        on saml token
        is natural documented docs
        message Signature verification failed because of an invalid signature.
        when signed SAML request or assertion fails verification
        remedy Sign with the registered key

        50007 PartnerEncryptionCertificateMissing
        as server_error 200 -
        on saml
        is natural documented docs
        message The partner encryption certificate was not found for this app.
        when SAML token encryption enabled but the certificate is missing
        remedy Upload the encryption certificate

        50008 InvalidSamlToken
        as invalid_grant 400 -
        on saml token
        is natural documented recall
        message SAML token is invalid. {detail}
        when SAML assertion used as grant or federation response is malformed
        remedy Fix the assertion

        50010 AudienceUriValidationFailed
        as invalid_request 200 -
        on authorize-page saml
        is natural documented docs
        message Audience URI validation for the application failed since no token audiences \#
        were configured.
        when SAML app with no identifier URI configured
        remedy Configure an identifier

        50011 InvalidReplyTo
        as invalid_client 401 -
        on authorize-page token saml
        is natural verified-wire wire
        message The redirect URI '{redirect_uri}' specified in the request does not match the \#
        redirect URIs configured for the application '{client_id}'. Make sure the redirect URI \#
        sent in the request matches one added to your application in the Azure portal. Navigate \#
        to https://aka.ms/redirectUriMismatchError to learn more about how to fix this.
        when redirect_uri (or SAML ACS / WS-Fed wreply) absent from the registration's reply \#
        URLs
        remedy Register the exact URI
        legacyMessage The reply URL specified in the request does not match the reply URLs \#
        configured for the application: '{client_id}'.
        neverRedirect yes
        note page: HTTP 200, recorded as invalid_request. Token endpoint with a redirect_uri \#
        that is not registered at all: invalid_client with this code (captured 2022, older \#
        text); status 401 follows the invalid_client rule (unverified)

        50012 AuthenticationFailed
        as invalid_client 401 -
        on token
        is natural documented recall
        message Authentication failed. {reason}
        when client assertion / certificate chain is rejected for a reason without its own code
        remedy Fix the client credential

        50013 InvalidAssertion
        as invalid_grant 400 -
        on token
        is natural verified-wire wire
        message Assertion failed signature validation. [Reason - {reason}]
        when OBO assertion or client assertion signature/issuer is wrong (issuer mismatch, \#
        tampered, wrong key); {reason} e.g. 'Key was found, but use of the key to verify the \#
        signature failed.' or 'The key was not found.'
        remedy Send an access token issued by this tenant for this API

        50014 GuestUserInPendingState
        as invalid_grant 200 -
        on authorize-page authorize-redirect
        is natural documented recall
        message The user's redemption is in a pending state. The guest invitation has not been \#
        accepted yet.
        when guest user with externalUserState=PendingAcceptance signs in non-interactively
        remedy Redeem the invitation

        50015 ViralUserLegalAgeConsentRequiredState
        as interaction_required 200 -
        on authorize-page
        is on-demand documented docs
        message The user requires legal age group consent.
        when user ageGroup/consent state flagged
        remedy Complete consent

        50017 CertificateValidationFailed
        as invalid_client 401 -
        on authorize-page token
        is natural documented recall
        message Certificate validation failed. {reason}
        when user or client certificate chain/CRL check fails
        remedy Fix trust store or CRL

        50020 UserUnauthorized
        as invalid_grant 400 -
        on authorize-page authorize-redirect token
        is natural verified-wire wire
        message User account '{user}' from identity provider '{idp}' does not exist in tenant \#
        '{tenant}' and cannot access the application '{appId}'({appName}) in that tenant. The \#
        account needs to be added as an external user in the tenant first. Sign out and sign in \#
        again with a different Azure Active Directory user account.
        when interactive or silent sign-in with an account whose home is elsewhere and which is \#
        not a guest
        remedy Invite as B2B guest or use a tenant account
        v1OAuthError interaction_required
        authorizeError interaction_required

        50027 InvalidJwtToken
        as invalid_request 400 -
        on authorize-page token
        is natural documented recall
        message JWT token is invalid or malformed. {detail}
        when assertion, id_token_hint or client assertion is not a well-formed JWT, or \#
        issuer/audience/nonce do not match
        remedy Send a valid JWT

        50029 InvalidUri
        as invalid_request 400 -
        on authorize-page
        is natural documented docs
        message Invalid URI - domain name contains invalid characters. Contact the tenant admin.
        when tenant segment or home-realm domain has illegal characters
        remedy Fix the domain

        50032 WeakRsaKey
        as invalid_client 401 -
        on token
        is natural documented docs
        message Weak RSA key. The RSA key used is too small.
        when client certificate RSA key below 2048 bits
        remedy Use a 2048+ bit key

        50033 RetryableError
        as temporarily_unavailable 503 -
        on authorize-page token
        is on-demand documented docs
        message A transient error has occurred. Please try again.
        when fault injection: transient failure
        remedy Retry

        50034 UserAccountNotFound
        as invalid_grant 400 bad_token
        on authorize-page authorize-redirect token
        is natural verified-wire wire
        message The user account {user} does not exist in the {tenant} directory. To sign into \#
        this application, the account must be added to the directory.
        when ROPC or sign-in form with a UPN that has no user in the tenant; at the token \#
        endpoint {user} is rendered as the literal {EUII Hidden} (older: {EmailHidden})
        remedy Fix username or create the user

        50042 UnableToGeneratePairwiseIdentifierWithMissingSalt
        as server_error 500 -
        on token
        is on-demand documented docs
        message The salt required to generate a pairwise identifier is missing in principle.
        when fault injection
        remedy Contact support

        50043 UnableToGeneratePairwiseIdentifierWithMultipleSalts
        as server_error 500 -
        on token
        is on-demand documented docs
        message Unable to generate a pairwise identifier because multiple salts exist.
        when fault injection
        remedy Contact support

        50048 SubjectMismatchesIssuer
        as invalid_client 401 -
        on token
        is natural documented recall
        message Subject must match Issuer claim in the client assertion.
        when client assertion sub != iss
        remedy Set sub = iss = client_id

        50049 NoSuchInstanceForDiscovery
        as invalid_instance 400 -
        on token
        is natural verified-wire wire
        message Unknown or invalid instance.
        when GET /common/discovery/instance with an authorization_endpoint host the service \#
        does not know
        remedy Use a known host or disable instance discovery

        50050 MalformedDiscoveryRequest
        as invalid_request 400 -
        on token
        is natural documented docs
        message The request is malformed.
        when instance discovery call without or with unparsable authorization_endpoint
        remedy Fix the discovery request

        50052 InvalidPasswordExceedsMaxLength
        as invalid_grant 400 -
        on authorize-page token
        is natural documented docs
        message The password entered exceeds the maximum length of 256. Please reach out to \#
        your admin to reset the password.
        when submitted password longer than 256 characters
        remedy Use a shorter password

        50053 IdsLocked
        as invalid_grant 400 -
        on authorize-page token
        is natural verified-wire wire
        message The account is locked, you've tried to sign in too many times with an incorrect \#
        user ID or password.
        when user locked: smart-lockout counter reached (10 bad passwords by default, 60 s \#
        first lock) or locked flag set
        remedy Wait for the lockout window or unblock

        50054 OldPasswordUsed
        as invalid_grant 400 -
        on authorize-page token
        is on-demand documented recall
        message Old password is used for authentication.
        when password equals a recently replaced one
        remedy Use the new password

        50055 InvalidPasswordExpiredPassword
        as invalid_grant 400 user_password_expired
        on authorize-page token
        is natural verified-wire wire
        message The password is expired.
        when user passwordExpired or forceChangePasswordNextSignIn=true used through ROPC; \#
        interactively the change-password page is shown instead
        remedy Change password
        v1OAuthError user_password_expired
        legacyMessage Password is expired.
        errorUri absent
        extraField password_change_url {password_change_url}

        50056 InvalidOrNullPassword
        as invalid_grant 400 -
        on authorize-page token
        is natural documented recall
        message Invalid or null password: password does not exist in the directory for this \#
        user.
        when user object has no password (federated / passwordless) and ROPC is used
        remedy Reset password or use the federated IdP
        """#
}
