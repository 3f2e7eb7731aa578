extension AADSTSCatalogue {
    /// Entries 50057 to 50155 of the catalogue, in the form `CatalogueText` reads.
    static let entries50057To50155 = #"""
        50057 UserDisabled
        as invalid_grant 400 -
        on authorize-page authorize-redirect token
        is natural verified-wire wire
        message The user account is disabled.
        when user accountEnabled=false (sign-in, ROPC, refresh, OBO)
        remedy Enable the user

        50058 UserInformationNotProvided
        as login_required 302 -
        on authorize-redirect
        is natural verified-wire wire
        message A silent sign-in request was sent but no user is signed in.
        when prompt=none with no usable session cookie, or more than one session and no hint
        remedy Start an interactive sign-in
        legacyMessage Session information is not sufficient for single-sign-on.
        longMessage A silent sign-in request was sent but no user is signed in. The cookies \#
        used to represent the user's session were not sent in the request to Azure AD. This can \#
        happen if the user is using Internet Explorer or Edge, and the web app sending the \#
        silent sign-in request is in different IE security zone than the Azure AD endpoint \#
        (login.microsoftonline.com).

        50059 MissingTenantRealmAndNoUserInformationProvided
        as invalid_request 400 -
        on authorize-page token devicecode
        is natural verified-wire wire
        message No tenant-identifying information found in either the request or implied by any \#
        provided credentials.
        when client_credentials or ROPC sent to /common or /organizations without anything \#
        naming a tenant; POST /devicecode on /common or /organizations for a single-tenant app
        remedy Use a tenant-specific authority

        50061 SignoutInvalidRequest
        as invalid_request 400 -
        on logout saml
        is natural documented docs
        message Unable to complete sign out. The request was invalid.
        when LogoutRequest or logout call is malformed
        remedy Fix the request

        50064 CredentialAuthenticationError
        as invalid_grant 400 -
        on authorize-page token
        is on-demand documented docs
        message Credential validation on username or password has failed.
        when alternate bad-credential code
        remedy Retry credentials

        50068 SignoutInitiatorNotParticipant
        as invalid_request 400 -
        on logout saml
        is natural documented docs
        message Signout failed. The initiating application is not a participant in the current \#
        session.
        when SAML LogoutRequest from an app that never got a token in the session
        remedy Sign out from a participating app

        50070 SignoutUnknownSessionIdentifier
        as invalid_request 400 -
        on logout saml
        is natural documented docs
        message Signout failed. The request specified a name identifier that did not match the \#
        existing session(s).
        when LogoutRequest NameID/SessionIndex unknown
        remedy Send the issued NameID

        50071 SignoutMessageExpired
        as invalid_request 400 -
        on logout saml
        is natural documented docs
        message The signout request has expired.
        when LogoutRequest IssueInstant too old
        remedy Resend

        50072 UserStrongAuthEnrollmentRequiredInterrupt
        as invalid_grant 400 basic_action
        on authorize-page authorize-redirect token
        is natural documented recall
        message Due to a configuration change made by your administrator, or because you moved \#
        to a new location, you must enroll in multi-factor authentication to access \#
        '{resource}'.
        when MFA required, user has no method registered, interactive request
        remedy Register MFA
        v1OAuthError interaction_required
        authorizeError interaction_required
        claims -

        50074 UserStrongAuthClientAuthNRequiredInterrupt
        as invalid_grant 400 basic_action
        on authorize-page authorize-redirect token
        is natural documented wire
        message Strong Authentication is required.
        when MFA required during an interactive flow and the challenge was not completed
        remedy Complete MFA
        v1OAuthError interaction_required
        authorizeError interaction_required
        claims -

        50076 UserStrongAuthClientAuthNRequired
        as invalid_grant 400 basic_action
        on authorize-redirect token
        is natural verified-wire wire
        message Due to a configuration change made by your administrator, or because you moved \#
        to a new location, you must use multi-factor authentication to access '{resource}'.
        when policy requires MFA, user has methods, and the request is non-interactive (ROPC, \#
        refresh, OBO, prompt=none); {resource} is the resource app id
        remedy Interactive request with the returned claims
        v1OAuthError interaction_required
        authorizeError interaction_required
        claims -

        50078 UserStrongAuthExpired
        as invalid_grant 400 basic_action
        on authorize-redirect token
        is natural documented recall
        message Presented multi-factor authentication has expired due to policies configured by \#
        your administrator, you must refresh your multi-factor authentication to access \#
        '{resource}'.
        when session MFA older than the policy's MFA lifetime
        remedy Redo MFA
        v1OAuthError interaction_required
        authorizeError interaction_required
        claims -

        50079 UserStrongAuthEnrollmentRequired
        as invalid_grant 400 basic_action
        on authorize-redirect token
        is natural verified-wire wire
        message Due to a configuration change made by your administrator, or because you moved \#
        to a new location, you must enroll in multi-factor authentication to access \#
        '{resource}'.
        when policy requires MFA and the user has no registered method, non-interactive request
        remedy Interactive request so that the user registers
        v1OAuthError interaction_required
        authorizeError interaction_required
        legacyMessage The user is required to use multi-factor authentication.
        claims -

        50085 RefreshTokenNeedsSocialIdpLogin
        as invalid_grant 400 -
        on token
        is on-demand documented docs
        message Refresh token needs social IDP login. Have user try signing-in again with \#
        username -password.
        when social-IdP-backed refresh token must be renewed
        remedy Sign in again

        50086 SasNonRetryableError
        as server_error 200 -
        on authorize-page
        is on-demand documented docs
        message A non-retryable error has occurred during strong authentication.
        when fault injection: MFA backend
        remedy Contact admin

        50087 SasRetryableError
        as temporarily_unavailable 200 -
        on authorize-page
        is on-demand documented docs
        message A transient error has occurred during strong authentication. Please try again.
        when fault injection: MFA backend transient
        remedy Retry

        50088 TelecomMfaLimitReached
        as access_denied 200 -
        on authorize-page
        is on-demand documented docs
        message Limit on telecom MFA calls reached. Please try again in a few minutes.
        when fault injection: SMS/voice throttled
        remedy Wait

        50089 FlowTokenExpired
        as invalid_grant 400 -
        on authorize-page token
        is natural documented docs
        message Flow token expired. Authentication failed.
        when sign-in page posted after its flow token expired
        remedy Restart sign-in

        50097 DeviceAuthenticationRequired
        as invalid_grant 400 device_authentication_failed
        on authorize-page authorize-redirect token
        is natural documented recall
        message Device authentication is required.
        when CA policy needs device identity and none was presented
        remedy Use a registered device
        v1OAuthError interaction_required
        authorizeError interaction_required
        claims -

        50099 PKeyAuthInvalidJwtUnauthorized
        as invalid_grant 401 -
        on token
        is on-demand documented docs
        message PKeyAuth: the JWT signature is invalid.
        when device key challenge answered with a bad signature
        remedy Re-register device

        50105 EntitlementGrantsNotFound
        as invalid_grant 400 -
        on authorize-page authorize-redirect token
        is natural verified-wire wire
        message Your administrator has configured the application {appName} ('{appId}') to \#
        block users unless they are specifically granted ('assigned') access to the \#
        application. The signed in user '{user}' is blocked because they are not a direct \#
        member of a group with access, nor had access directly assigned by an administrator. \#
        Please contact your administrator to assign access to this application.
        when service principal appRoleAssignmentRequired=true and user has neither direct nor \#
        direct-group assignment; token endpoint renders {user} as the literal {EUII Hidden}
        remedy Assign user or group
        authorizeError interaction_required
        legacyMessage The signed in user '{user}' is not assigned to a role for the application \#
        '{appId}'({appName}).
        note interactive: error page, never redirected; prompt=none: interaction_required \#
        redirect

        50107 InvalidRealmUri
        as invalid_request 200 -
        on authorize-page
        is natural documented recall
        message The requested federation realm object '{realm}' does not exist.
        when domain_hint/whr names an unknown federated realm
        remedy Fix realm

        50120 ThresholdJwtInvalidJwtFormat
        as invalid_request 400 -
        on token
        is natural documented docs
        message Unknown or invalid JWT header format.
        when PRT/assertion JWT header not decodable
        remedy Fix the JWT

        50124 ClaimsTransformationInvalidInputParameter
        as server_error 400 -
        on authorize-page saml token
        is natural documented docs
        message Claims Transformation contains invalid input parameter.
        when claims-mapping policy references an invalid parameter
        remedy Fix the policy

        50125 PasswordResetRegistrationRequiredInterrupt
        as interaction_required 200 -
        on authorize-page
        is natural documented docs
        message Sign-in was interrupted because of a password reset or password registration \#
        entry.
        when SSPR registration or reset pending
        remedy Complete registration

        50126 InvalidUserNameOrPassword
        as invalid_grant 400 -
        on authorize-page token
        is natural verified-wire wire
        message Error validating credentials due to invalid username or password.
        when password does not match (ROPC) or sign-in form credential wrong
        remedy Correct the password

        50127 BrokerAppNotInstalled
        as interaction_required 400 -
        on authorize-page authorize-redirect token
        is on-demand documented recall
        message The client app is a Mobile Application Management (MAM) app. User needs to \#
        install a broker app to gain access to this content.
        when mobile CA policy needs a broker app
        remedy Install the broker

        50128 InvalidDomainName
        as invalid_request 400 -
        on authorize-page token
        is natural documented recall
        message Invalid domain name - No tenant-identifying information found in either the \#
        request or implied by any provided credentials.
        when home-realm discovery or ROPC username suffix maps to no tenant (/organizations)
        remedy Use a verified domain

        50129 DeviceIsNotWorkplaceJoined
        as interaction_required 400 -
        on authorize-page authorize-redirect token
        is on-demand documented docs
        message Device is not Workplace joined - Workplace join is required to register the \#
        device.
        when CA registered-device rule
        remedy Join the device

        50130 ClaimValueCannotBeInterpretedAsAuthMethod
        as invalid_request 400 -
        on authorize-page saml
        is natural documented docs
        message Claim value(s) '{value}' cannot be interpreted as known auth method(s).
        when requested acr/AuthnContext value unknown
        remedy Request a known method

        50131 ConditionalAccessFailed
        as invalid_grant 400 message_only
        on authorize-page authorize-redirect token
        is natural documented recall
        message Device is not in required device state: {state}. Or, the request was blocked \#
        due to suspicious activity, access policy, or security policy decisions.
        when device-state or suspicious-activity block without its own code
        remedy Fix device state
        v1OAuthError interaction_required
        authorizeError interaction_required

        50132 SsoArtifactInvalidOrExpired
        as invalid_grant 400 bad_token
        on authorize-redirect token
        is natural documented docs
        message The session is not valid due to password expiration or recent password change.
        when session older than the user's password change
        remedy Sign in again
        authorizeError login_required

        50133 SsoArtifactRevoked
        as invalid_grant 400 bad_token
        on authorize-redirect token
        is natural documented docs
        message The session is not valid due to password expiration or recent password change.
        when revokeSignInSessions called after the session began
        remedy Sign in again
        authorizeError login_required

        50134 DeviceFlowAuthorizeWrongDatacenter
        as invalid_grant 400 -
        on authorize-page devicecode
        is on-demand documented docs
        message Wrong data center. To authorize a request that was initiated by an app in the \#
        OAuth 2.0 device flow, the authorizing party must be in the same data center where the \#
        original request resides.
        when fault injection on device flow
        remedy Restart the flow

        50135 PasswordChangeCompromisedPassword
        as interaction_required 400 -
        on authorize-page authorize-redirect token
        is natural documented docs
        message Password change is required due to account risk.
        when user risk policy demands password change
        remedy Change password

        50136 RedirectMsaSessionToApp
        as interaction_required 200 -
        on authorize-page
        is on-demand documented docs
        message Single MSA session detected.
        when internal interrupt
        remedy None

        50137 PasswordChangeRequiredByPolicy
        as interaction_required 200 -
        on authorize-page
        is on-demand documented docs
        message Password needs to be changed due to security policy rule.
        when policy-driven password change
        remedy Change password

        50139 SessionMissingMsaOAuth2RefreshToken
        as invalid_grant 400 -
        on authorize-redirect token
        is on-demand documented docs
        message The session is not valid due to a missing external refresh token.
        when personal-account session without its external refresh token
        remedy Sign in again

        50140 KmsiInterrupt
        as interaction_required 200 -
        on authorize-page
        is on-demand documented docs
        message This error occurred due to 'Keep me signed in' interrupt when the user was \#
        signing-in.
        when logged only: stay-signed-in page shown
        remedy Continue

        50143 SessionMismatch
        as interaction_required 200 -
        on authorize-page authorize-redirect
        is natural documented docs
        message Session is invalid because user tenant does not match the domain hint due to \#
        different resource.
        when session tenant differs from domain_hint
        remedy Sign in with the right account

        50144 InvalidPasswordExpiredOnPremPassword
        as invalid_grant 400 -
        on authorize-page token
        is natural documented docs
        message User's Active Directory password has expired.
        when on-premises-synced user with expired AD password (PTA)
        remedy Reset password

        50146 MissingCustomSigningKey
        as invalid_request 400 -
        on authorize-page token
        is natural verified-wire wire
        message This application is required to be configured with an application-specific \#
        signing key. It is either not configured with one, or the key has expired or is not yet \#
        valid.
        when claims mapping applied without app-specific key
        remedy Configure signing key
        legacyMessage This application is required to be configured with an \#
        application-specific signing key. It is either not configured with one, or the key has \#
        expired or is not yet valid. Please contact the application's administrator.

        50147 MissingCodeChallenge
        as invalid_request 400 -
        on authorize-redirect token
        is natural documented docs
        message The size of the code challenge parameter is not valid.
        when code_challenge missing or of bad size when required
        remedy Send 43-128 chars
        authorizeError invalid_request

        50148 CodeVerifierMismatch
        as invalid_grant 400 -
        on token
        is natural documented wire
        message The code_verifier does not match the code_challenge supplied in the \#
        authorization request for PKCE.
        when code_verifier missing from a redemption whose authorize request carried a \#
        code_challenge (seen 2021; the code was still live in 2025)
        remedy Send the right verifier

        50149 InvalidCodeChallengeMethod
        as invalid_request 400 -
        on authorize-page authorize-redirect
        is natural documented docs
        message Invalid Code_Challenge_method parameter.
        when code_challenge_method is neither plain nor S256
        remedy Send S256

        50155 DeviceAuthenticationFailed
        as invalid_grant 400 device_authentication_failed
        on authorize-page authorize-redirect token
        is natural documented docs
        message Device authentication failed for this user.
        when device certificate/key does not verify
        remedy Re-register device
        v1OAuthError interaction_required
        authorizeError interaction_required
        """#
}
