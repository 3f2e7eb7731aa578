extension AADSTSCatalogue {
    /// Entries 90004 to 90119 of the catalogue, in the form `CatalogueText` reads.
    static let entries90004To90119 = #"""
        90004 InvalidRequestFormat
        as invalid_request 400 -
        on authorize-page token
        is on-demand documented docs
        message The request is not properly formatted.
        when generic malformed request
        remedy Fix request

        90005 InvalidRequestWithMultipleRequirements
        as invalid_request 400 -
        on authorize-page
        is natural documented docs
        message Unable to complete the request. The request is not valid because the identifier \#
        and login hint cannot be used together.
        when sid and login_hint conflict
        remedy Send one

        90006 ExternalServerRetryableError
        as temporarily_unavailable 503 -
        on authorize-page token
        is on-demand documented docs
        message The service is temporarily unavailable.
        when fault injection
        remedy Retry

        90007 InvalidSessionId
        as invalid_request 400 -
        on authorize-page logout
        is natural documented docs
        message Bad request. The passed session ID cannot be parsed.
        when sid is not a GUID
        remedy Fix sid

        90008 TokenForItselfRequiresGraphPermission
        as invalid_grant 400 consent_required
        on authorize-page authorize-redirect token
        is natural documented recall
        message The user or administrator has not consented to use the application with ID \#
        '{appId}'({appName}). This happened because application is misconfigured: it must \#
        require access to Windows Azure Active Directory by specifying at least 'Sign in and \#
        read user profile' permission.
        when app requests a token for itself without User.Read permission
        remedy Add User.Read

        90009 TokenForItselfMissingIdenticalAppIdentifier
        as invalid_request 400 -
        on authorize-page authorize-redirect token
        is natural documented wire
        message Application '{appId}'({appName}) is requesting a token for itself. This \#
        scenario is supported only if resource is specified using the GUID based App Identifier.
        when resource or scope names the calling app by a non-GUID identifier; also a v2 code \#
        or refresh redemption without scope when the app's own API is the only resource in play
        remedy Use GUID
        longMessage a 2026 variant ends with 'using the GUID based Application ID URI.'

        90010 NotSupported
        as invalid_request 400 -
        on token
        is on-demand documented recall
        message {detail} is not supported.
        when grant or algorithm not supported over the endpoint
        remedy Fix request

        90012 RequestTimeout
        as temporarily_unavailable 408 -
        on authorize-page token
        is on-demand documented docs
        message The request has timed out.
        when fault injection
        remedy Retry

        90013 InvalidUserInput
        as invalid_request 400 -
        on authorize-page token
        is natural documented recall
        message Invalid input received from the user.
        when sign-in form field rejected
        remedy Fix input

        90014 MissingRequiredField
        as invalid_request 400 -
        on authorize-page token
        is natural verified-wire wire
        message The required field '{name}' is missing from the credential. Ensure that you \#
        have all the necessary parameters for the login request.
        when token request lacks a field read from the credential: username/password (ROPC), \#
        scope (client_credentials, captures of 2022), iss or aud inside a client assertion \#
        (2023), nonce with response_type id_token at authorize (2025), api-version on UserRealm
        remedy Send field
        note invalid_request in the captured missing-scope bodies; invalid_grant also reported \#
        (unverified). Which missing fields answer 90014 and which 900144 is not fixed over \#
        time: v2 authorize without scope is 900144

        90015 QueryStringTooLong
        as invalid_request 400 -
        on authorize-page
        is natural documented docs
        message The query string is too long.
        when authorize query longer than the accepted limit
        remedy Use POST / shorten

        90016 MissingRequiredClaim
        as invalid_request 400 -
        on token
        is on-demand documented docs
        message The access token is not valid. The required claim '{claim}' is missing.
        when assertion lacks a claim
        remedy Fix assertion

        90019 MissingTenantRealm
        as invalid_request 400 -
        on authorize-page token
        is natural documented recall
        message No tenant-identifying information found in either the request or implied by any \#
        provided credentials.
        when endpoint without tenant segment and no hint
        remedy Use tenant URL

        90020 Saml11AssertionMissingImmutableId
        as invalid_request 400 -
        on authorize-page token
        is on-demand documented docs
        message The SAML 1.1 Assertion is missing ImmutableID of the user.
        when federated assertion lacks ImmutableID
        remedy Fix IdP claims

        90022 AuthenticatedInvalidPrincipalNameFormat
        as invalid_request 400 -
        on token
        is on-demand documented docs
        message The principal name format is not valid, or does not meet the expected \#
        name[/host][@realm] format.
        when principal name malformed
        remedy Fix name

        90023 InvalidRequest
        as invalid_request 400 -
        on authorize-page authorize-redirect token
        is natural verified-wire wire
        message {detail}
        when generic request validation; known details: Unsupported 'prompt' value. | \#
        Cross-origin token redemption is permitted only for the 'Single-Page Application' \#
        client-type or 'Native' client-type with origin registered in \#
        AllowedOriginForNativeAppCorsRequestInOAuthToken allow list. | Public clients can't \#
        send a client secret. (personal accounts)
        remedy Fix request

        90024 RequestBudgetExceededError
        as temporarily_unavailable 503 -
        on authorize-page token
        is on-demand documented docs
        message A transient error has occurred. Please try again.
        when fault injection
        remedy Retry

        90025 RequestThrottled
        as temporarily_unavailable 429 -
        on token
        is on-demand inferred recall
        message Request processing has exceeded gateway allowance.
        when fault injection: 429 with Retry-After
        remedy Back off

        90027 ApiVersionNotSupportedForMsa
        as invalid_request 400 -
        on authorize-page token
        is natural documented docs
        message We are unable to issue tokens from this API version on the MSA tenant. Please \#
        contact the application vendor as they need to use version 2.0 of the protocol to \#
        support this.
        when v1 endpoint with /consumers
        remedy Use v2

        90033 MsodsServiceUnavailable
        as temporarily_unavailable 503 -
        on authorize-page token
        is on-demand documented recall
        message A transient error has occurred. Please try again.
        when fault injection: directory store unavailable
        remedy Retry

        90036 MsodsServiceUnretryableFailure
        as server_error 500 -
        on authorize-page token
        is on-demand documented recall
        message An unexpected, non-retryable error stemming from the directory service has \#
        occurred.
        when fault injection: directory store failure
        remedy Support case

        90038 NationalCloudTenantRedirection
        as invalid_request 400 -
        on authorize-page token
        is natural documented recall
        message Specified tenant identifier '{tenant}' belongs to National Cloud '{cloud}'. \#
        Current cloud instance '{currentCloud}' does not federate with {cloud}.
        when tenant flagged as living in another cloud
        remedy Use the right cloud host

        90043 NationalCloudAuthCodeRedirection
        as invalid_request 400 -
        on token
        is on-demand documented docs
        message The feature is disabled.
        when national cloud code redirection off
        remedy None

        90051 InvalidNationalCloudId
        as invalid_request 400 -
        on authorize-page token
        is on-demand documented docs
        message Invalid Delegation Token. Invalid national Cloud ID ({cloudId}) is specified.
        when bad cloud id
        remedy Fix id

        90055 TenantThrottlingError
        as temporarily_unavailable 429 -
        on authorize-page token
        is on-demand documented docs
        message There are too many incoming requests. This exception is thrown for blocked \#
        tenants.
        when fault injection: tenant throttled; send Retry-After
        remedy Back off

        90056 BadResourceRequest
        as invalid_request 400 -
        on authorize-page token
        is on-demand documented recall
        message This endpoint only accepts {valid_verbs} requests. Received a {invalid_verb} \#
        request.
        when older form of 900561
        remedy Use the right verb

        90072 PassThroughUserMfaError
        as invalid_grant 400 -
        on authorize-page authorize-redirect token
        is natural documented wire
        message User account '{user}' from identity provider '{idp}' does not exist in tenant \#
        '{tenant}' and cannot access the application '{appId}'({appName}) in that tenant. The \#
        account needs to be added as an external user in the tenant first. Sign out and sign in \#
        again with a different Azure Active Directory user account.
        when MFA required for an account absent from the tenant
        remedy Add as guest
        v1OAuthError interaction_required
        authorizeError interaction_required
        note authorize redirect captured 2020: interaction_required with error_uri, user shown \#
        as {EmailHidden}

        90081 OrgIdWsFederationMessageInvalid
        as invalid_request 200 -
        on authorize-page
        is on-demand documented docs
        message An error occurred when we tried to process a WS-Federation message. The message \#
        was invalid.
        when WS-Federation surface fault injection
        remedy Fix WS-Fed message

        90082 OrgIdWsFederationNotSupported
        as invalid_request 200 -
        on authorize-page
        is on-demand documented docs
        message The selected authentication policy for the request is not currently supported.
        when WS-Federation surface fault injection
        remedy Fix WS-Fed message

        90084 OrgIdWsFederationGuestNotAllowed
        as invalid_request 200 -
        on authorize-page
        is on-demand documented docs
        message Guest accounts are not allowed for this site.
        when WS-Federation surface fault injection
        remedy Fix WS-Fed message

        90085 OrgIdWsFederationSltRedemptionFailed
        as invalid_request 200 -
        on authorize-page
        is on-demand documented docs
        message The service is unable to issue a token because the company object has not been \#
        provisioned yet.
        when WS-Federation surface fault injection
        remedy Fix WS-Fed message

        90086 OrgIdWsTrustDaTokenExpired
        as invalid_request 200 -
        on authorize-page
        is on-demand documented docs
        message The user DA token is expired.
        when WS-Federation surface fault injection
        remedy Fix WS-Fed message

        90087 OrgIdWsFederationMessageCreationFromUriFailed
        as invalid_request 200 -
        on authorize-page
        is on-demand documented docs
        message An error occurred while creating the WS-Federation message from the URI.
        when WS-Federation surface fault injection
        remedy Fix WS-Fed message

        90090 GraphRetryableError
        as temporarily_unavailable 503 -
        on authorize-page token
        is on-demand documented docs
        message The service is temporarily unavailable.
        when fault injection: directory graph
        remedy Retry

        90091 GraphServiceUnreachable
        as temporarily_unavailable 503 -
        on authorize-page token
        is on-demand documented docs
        message The directory service is unreachable.
        when fault injection
        remedy Retry

        90092 GraphNonRetryableError
        as server_error 500 -
        on authorize-page token
        is on-demand documented docs
        message A non-retryable error was returned by the directory service.
        when fault injection; also seen when consent write is refused
        remedy Check app and tenant

        90093 GraphUserUnauthorized
        as access_denied 200 -
        on authorize-page
        is natural documented docs
        message The user does not have permission to perform this operation (directory returned \#
        forbidden).
        when non-admin approves admin-only consent
        remedy Ask an admin

        90094 AdminConsentRequired
        as access_denied 200 -
        on authorize-page authorize-redirect
        is natural documented recall
        message The grant requires admin permission.
        when requested scopes need admin consent and the user is not an admin: 'Need admin \#
        approval' page; redirected only when the user chooses to return (error_subcode=cancel)
        remedy Admin consent

        90095 AdminConsentRequiredRequestAccess
        as interaction_required 200 -
        on authorize-page
        is natural documented docs
        message Admin consent is required. The user can request approval.
        when as 90094 with the admin-consent workflow on: request form shown
        remedy Submit request

        90097 AdminConsentError
        as access_denied 200 -
        on authorize-page
        is on-demand inferred recall
        message An error has occurred during admin consent processing.
        when fault injection on /adminconsent
        remedy Retry

        90099 PartnerAppNotAuthorized
        as unauthorized_client 400 -
        on authorize-page authorize-redirect token
        is on-demand documented docs
        message The application '{appId}' ({appName}) has not been authorized in the tenant \#
        '{tenant}'. Applications must be authorized to access the external tenant before \#
        partner delegated administrators can use them.
        when partner delegated admin without preconsent
        remedy Preconsent

        90100 InvalidRequestParameter
        as invalid_request 400 -
        on authorize-page authorize-redirect token
        is natural documented recall
        message {parameter} parameter is empty or not valid.
        when parameter present but empty/invalid (e.g. domain_hint, login_hint, claims not JSON)
        remedy Fix parameter

        90101 InvalidEmailAddress
        as invalid_request 200 -
        on authorize-page
        is natural documented docs
        message The supplied data is not a valid email address. The email address must be in \#
        the format someone@example.com.
        when login form username without a domain
        remedy Fix input

        90102 InvalidUriParameter
        as invalid_request 200 -
        on authorize-page
        is natural verified-wire recall
        message '{parameter}' value must be a valid absolute Uri.
        when redirect_uri relative or double-encoded; page answers HTTP 200 with x-ms-clitelem \#
        1,90102,0,,
        remedy Send an absolute URI
        neverRedirect yes

        90107 InvalidXml
        as invalid_request 400 -
        on authorize-page saml
        is natural documented docs
        message The request is not valid. Make sure your data does not have invalid characters.
        when invalid XML characters
        remedy Fix XML

        90112 InvalidApplicationIdentifierFormat
        as invalid_request 400 -
        on authorize-page token
        is on-demand inferred recall
        message Application identifier is expected to be a GUID.
        when consumers endpoint with a non-GUID client_id
        remedy Use GUID

        90114 InvalidExpiryDate
        as invalid_request 400 -
        on token
        is on-demand documented docs
        message The bulk token expiration timestamp will cause an expired token to be issued.
        when bulk enrolment
        remedy Fix date

        90117 InvalidRequestInput
        as invalid_request 400 -
        on authorize-page token
        is on-demand documented docs
        message Invalid request input.
        when generic
        remedy Fix input

        90119 InvalidUserCode
        as invalid_request 400 -
        on authorize-page
        is natural documented docs
        message The user code is null or empty.
        when device page posted without a code
        remedy Enter code
        """#
}
