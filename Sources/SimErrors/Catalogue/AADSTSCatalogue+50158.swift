extension AADSTSCatalogue {
    /// Entries 50158 to 70003 of the catalogue, in the form `CatalogueText` reads.
    static let entries50158To70003 = #"""
        50158 ExternalSecurityChallenge
        as invalid_grant 400 basic_action
        on authorize-page authorize-redirect token
        is natural documented wire
        message External security challenge not satisfied. User will be redirected to another \#
        page or authentication provider to satisfy additional authentication challenges.
        when terms of use, custom control or external MFA not yet satisfied
        remedy Interactive sign-in
        v1OAuthError interaction_required
        authorizeError interaction_required
        claims -

        50161 InvalidExternalSecurityChallengeConfiguration
        as server_error 200 -
        on authorize-page
        is on-demand documented docs
        message Claims sent by external provider is not sufficient, or missing claim requested \#
        to external provider.
        when external MFA provider misconfigured
        remedy Fix provider

        50166 ExternalClaimsProviderThrottled
        as temporarily_unavailable 200 -
        on authorize-page
        is on-demand documented docs
        message Failed to send the request to the claims provider.
        longMessage Request to External OIDC endpoint failed.
        when fault injection on external provider
        remedy Retry

        50168 ChromeBrowserSsoInterruptRequired
        as interaction_required 200 -
        on authorize-page
        is on-demand documented docs
        message The client is capable of obtaining an SSO token through the Windows 10 Accounts \#
        extension, but the token was not found in the request or the supplied token was expired.
        when logged only
        remedy None

        50169 InvalidRequestBadRealm
        as invalid_request 400 -
        on authorize-page token
        is natural documented docs
        message The realm '{realm}' is not a configured realm of the current service namespace.
        when realm parameter unknown
        remedy Fix realm

        50170 MissingExternalClaimsProviderMapping
        as server_error 200 -
        on authorize-page
        is on-demand documented docs
        message The external controls mapping is missing.
        when external control not mapped
        remedy Fix mapping

        50172 ExternalClaimsProviderNotApproved
        as server_error 200 -
        on authorize-page
        is on-demand documented docs
        message External claims provider {provider} is not approved.
        when external provider not approved
        remedy Approve it

        50173 FreshTokenNeeded
        as invalid_grant 400 bad_token
        on token
        is natural verified-wire wire
        message The provided grant has expired due to it being revoked, a fresh auth token is \#
        needed. The user might have changed or reset their password. The grant was issued on \#
        '{authTime}' and the TokensValidFrom date (before which tokens are not valid) for this \#
        user is '{validDate}'.
        when refresh token issued before the user's signInSessionsValidFromDateTime (password \#
        reset, revokeSignInSessions)
        remedy Sign in again

        50177 ExternalChallengeNotSupportedForPassthroughUsers
        as interaction_required 200 -
        on authorize-page
        is natural documented recall
        message User account '{user}' from identity provider '{idp}' does not exist in tenant \#
        '{tenant}' and cannot access the application '{appId}'({appName}) in that tenant. The \#
        account needs to be added as an external user in the tenant first.
        when CA external control hits an account not present in the tenant
        remedy Add as guest

        50178 SessionControlNotSupportedForPassthroughUsers
        as interaction_required 200 -
        on authorize-page
        is natural documented docs
        message Session control is not supported for passthrough users.
        when CA session control hits an account not present in the tenant
        remedy Add as guest

        50180 WindowsIntegratedAuthMissing
        as interaction_required 200 -
        on authorize-page
        is on-demand documented docs
        message Windows Integrated authentication is needed.
        when seamless SSO required
        remedy Enable seamless SSO

        50181 OtpFailure
        as interaction_required 200 -
        on authorize-page
        is natural documented docs
        message Unable to validate the one-time passcode.
        when wrong OTP on the simulated MFA page
        remedy Retry

        50187 DeviceInformationNotProvided
        as interaction_required 200 -
        on authorize-page authorize-redirect
        is on-demand documented docs
        message The service failed to perform device authentication.
        when device info missing
        remedy Use a registered device

        50192 RawCredentialExpectedNotFound
        as invalid_request 400 -
        on authorize-page
        is natural documented docs
        message Invalid Request. No credential was included in the sign-in request.
        when certificate-based sign-in without a client certificate
        remedy Send the certificate

        50194 NotMultiTenantApplication
        as invalid_request 400 -
        on authorize-page authorize-redirect token
        is natural verified-wire wire
        message Application '{appId}'({appName}) is not configured as a multi-tenant \#
        application. Usage of the /common endpoint is not supported for such applications \#
        created after '{time}'. Use a tenant-specific endpoint or configure the application to \#
        be multi-tenant.
        when /common or /organizations used with signInAudience=AzureADMyOrg ({time} is \#
        normally 10/15/2018)
        remedy Use tenant authority

        50196 LoopDetected
        as invalid_grant 400 -
        on authorize-page authorize-redirect token
        is natural verified-wire wire
        message The server terminated an operation because it encountered a client request \#
        loop. Please contact your app vendor.
        when same client, user hint, scope, redirect_uri and response type sent 15+ times \#
        within 5 minutes with the same cookie
        remedy Cache tokens
        legacyMessage The server terminated an operation because it encountered a loop while \#
        processing a request.

        50197 ConflictingIdentities
        as interaction_required 200 -
        on authorize-page
        is on-demand documented docs
        message The user could not be found. Please try signing-in again.
        when two identities in one session
        remedy Sign in again

        50199 CmsiInterrupt
        as interaction_required 200 -
        on authorize-page
        is natural documented docs
        message For security reasons, user confirmation is required for this request.
        when device-code or custom-scheme app confirmation page ('Are you trying to sign in to \#
        ...?')
        remedy Confirm

        50201 MessagePromptInterrupt
        as interaction_required 200 -
        on authorize-page
        is on-demand documented docs
        message Message prompt interrupt.
        when logged only
        remedy Continue

        51000 RequiredFeatureNotEnabled
        as invalid_request 412 -
        on authorize-page token
        is on-demand documented docs
        message {feature} is/are disabled.
        when feature switch off (e.g. MtlsClientAuth)
        remedy Enable feature

        51001 DomainHintMustbePresent
        as invalid_request 400 -
        on authorize-page
        is natural documented docs
        message Domain hint must be present with on-premises security identifier or on-premises \#
        UPN.
        when onprem hint sent without domain_hint
        remedy Add domain_hint

        51004 UserAccountNotInDirectory
        as invalid_grant 400 bad_token
        on authorize-page authorize-redirect token
        is natural documented recall
        message The user account {user} does not exist in the {tenant} directory. To sign into \#
        this application, the account must be added to the directory.
        when known session user was deleted from the tenant (refresh / SSO)
        remedy Restore or invite user

        51005 TemporaryRedirect
        as temporarily_unavailable 307 -
        on token
        is on-demand documented docs
        message Temporary redirect.
        when fault injection: 307 with Location, method kept
        remedy Follow Location

        51006 ForceReauthDueToInsufficientAuth
        as interaction_required 200 -
        on authorize-page authorize-redirect
        is on-demand documented docs
        message Windows Integrated authentication is needed. User logged in using session token \#
        that is missing the Windows Integrated auth claim.
        when integrated auth required
        remedy Sign in again

        52004 DelegationDoesNotExistForLinkedIn
        as consent_required 400 consent_required
        on authorize-redirect token
        is on-demand documented docs
        message The user has not provided consent for access to LinkedIn resources.
        when LinkedIn integration
        remedy Consent

        53000 DeviceNotCompliant
        as invalid_grant 400 message_only
        on authorize-page authorize-redirect token
        is natural documented wire
        message Device is not in required device state: {state}. Conditional Access policy \#
        requires a compliant device, and the device is not compliant. The user must enroll \#
        their device with an approved MDM provider like Intune.
        when CA grant control compliantDevice and device.isCompliant=false
        remedy Enroll / make compliant
        v1OAuthError interaction_required
        authorizeError interaction_required
        claims -

        53001 DeviceNotDomainJoined
        as invalid_grant 400 message_only
        on authorize-page authorize-redirect token
        is natural documented wire
        message Device is not in required device state: {state}. Conditional Access policy \#
        requires a domain joined device, and the device is not domain joined.
        when CA grant control domainJoinedDevice
        remedy Use hybrid-joined device
        v1OAuthError interaction_required
        authorizeError interaction_required
        claims -
        note {state} is 'domain_joined' here and 'compliant' in 53000; only the first sentence \#
        was seen in captures

        53002 ApplicationUsedIsNotAnApprovedApp
        as invalid_grant 400 message_only
        on authorize-page authorize-redirect token
        is natural documented recall
        message Application used is not an approved application for Conditional Access. User \#
        needs to use one of the apps from the list of approved applications to use in order to \#
        get access.
        when CA approvedApplication control
        remedy Use approved app
        v1OAuthError interaction_required
        authorizeError interaction_required
        claims -

        53003 BlockedByConditionalAccess
        as invalid_grant 400 message_only
        on authorize-page authorize-redirect token
        is natural verified-wire wire
        message Access has been blocked by Conditional Access policies. The access policy does \#
        not allow token issuance.
        when CA policy with block control matches (user, app, named location, client type, \#
        risk) or workload-identity policy blocks client_credentials
        remedy Change policy or context
        v1OAuthError interaction_required
        authorizeError interaction_required
        claims {"access_token":{"capolids":{"essential":true,"values":["{policyId}"]}}}

        53004 ProofUpBlockedDueToRisk
        as invalid_grant 400 message_only
        on authorize-page authorize-redirect token
        is natural documented docs
        message User needs to complete the multi-factor authentication registration process \#
        before accessing this content. User should register for multi-factor authentication.
        when risky user has no MFA method and registration is blocked
        remedy Register from trusted context
        v1OAuthError interaction_required
        authorizeError interaction_required

        53008 BrowserNotSupported
        as interaction_required 400 message_only
        on authorize-page
        is on-demand inferred recall
        message Browser not supported.
        when managed-browser requirement
        remedy Use managed browser

        53009 ProtectionPolicyRequired
        as unauthorized_client 400 protection_policy_required
        on token
        is natural inferred recall
        message Application needs to enforce Intune protection policies.
        when CA compliantApplication (app protection) control
        remedy Apply protection policy

        53010 ProofUpBlockedDueToSecurityInfoAcr
        as interaction_required 200 message_only
        on authorize-page
        is natural documented docs
        message Cannot configure multi-factor authentication methods because the organization \#
        requires this information to be set from specific locations or devices.
        when security-info registration CA action blocked by location
        remedy Register from allowed place

        53011 UserBlockedDueToRiskOnHomeTenant
        as interaction_required 400 message_only
        on authorize-page authorize-redirect token
        is natural documented docs
        message User blocked due to risk on home tenant.
        when guest whose home tenant marks high risk
        remedy Remediate in home tenant

        54000 MinorUserBlockedLegalAgeGroupRule
        as access_denied 200 -
        on authorize-page
        is natural documented docs
        message User is blocked due to legal age group rule.
        when user ageGroup=Minor without consent and app blocks minors
        remedy Adult consent

        54005 AuthorizationCodeAlreadyRedeemed
        as invalid_grant 400 -
        on token
        is natural verified-wire wire
        message OAuth2 Authorization code was already redeemed, please retry with a new valid \#
        code or use an existing refresh token.
        when second redemption of the same code
        remedy Start a new sign-in
        legacyMessage Error validating credentials. AADSTS54005: OAuth2 Authorization code was \#
        already redeemed, please retry with a new valid code or use an existing refresh token. \#
        (as AADSTS70002 wrapper, error_codes [70002,54005], 2018)

        65001 DelegationDoesNotExist
        as invalid_grant 400 consent_required
        on authorize-redirect token
        is natural verified-wire wire
        message The user or administrator has not consented to use the application with ID \#
        '{appId}' named '{appName}'. Send an interactive authorization request for this user \#
        and resource.
        when requested delegated scope lacks a grant and consent UI cannot be shown (token \#
        endpoint, OBO, prompt=none)
        remedy Interactive request with consent, or admin consent
        authorizeError consent_required
        errorUri absent
        note consent_required vs interaction_required on prompt=none differs between captures \#
        (unverified)

        65002 FirstPartyPreauthorizationRequired
        as invalid_request 400 -
        on authorize-page authorize-redirect token
        is on-demand documented docs
        message Consent between first party application '{applicationId}' and first party \#
        resource '{resourceId}' must be configured via preauthorization - applications owned \#
        and operated by Microsoft must get approval from the API owner before requesting tokens \#
        for that API.
        when reused Microsoft client id
        remedy Use own app registration

        65004 UserDeclinedConsent
        as access_denied 302 -
        on authorize-redirect
        is natural verified-wire wire
        message User declined to consent to access the app.
        when Cancel pressed on the consent page; adds error_subcode=cancel
        remedy Ask again
        adminConsentError consent_required
        legacyMessage The resource owner or authorization server denied the request.

        65005 MisconfiguredApplication
        as invalid_client 401 -
        on authorize-page authorize-redirect token
        is natural documented recall
        message Misconfigured application. The client application has requested access to \#
        resource '{resource}'. This request has failed because the client has not specified \#
        this resource in its requiredResourceAccess list.
        when v1 request for a resource missing from requiredResourceAccess (legacy of \#
        650056/650057)
        remedy Add API permission

        67003 ActorNotValidServiceIdentity
        as invalid_grant 400 -
        on token
        is on-demand documented docs
        message The actor is not a valid service identity.
        when fault injection
        remedy Fix actor token

        70000 InvalidGrant
        as invalid_grant 400 -
        on token
        is natural documented recall
        message Provided grant is invalid or malformed.
        when refresh token decodes but is not recognised, or belongs to another client/tenant
        remedy Sign in again
        legacyMessage The provided access grant is invalid or malformed.
        msaMessage The provided value for the input parameter 'refresh_token' or 'assertion' is \#
        not valid.

        70001 UnauthorizedClient
        as unauthorized_client 400 -
        on authorize-page token
        is on-demand documented recall
        message Application with identifier '{appIdentifier}' was not found in the directory \#
        {tenant}.
        when legacy form of 700016
        remedy Fix client_id or tenant

        70002 InvalidClient
        as invalid_client 401 -
        on token
        is on-demand documented recall
        message Error validating credentials. {inner}
        when legacy wrapper that precedes a second AADSTS code in one description
        remedy Fix credential

        70003 UnsupportedGrantType
        as unsupported_grant_type 400 -
        on token
        is natural verified-wire wire
        message The app requested an unsupported grant type '{grant_type}'.
        when grant_type value not implemented
        remedy Use a supported grant
        errorUri absent
        """#
}
