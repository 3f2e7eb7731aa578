extension AADSTSCatalogue {
    /// Entries 700026 to 5002730 of the catalogue, in the form `CatalogueText` reads.
    static let entries700026To5002730 = #"""
        700026 ClientAssertionTypeMissing
        as invalid_request 400 -
        on token
        is natural inferred recall
        message Client application has no configured keys.
        when client assertion for an app without key credentials
        remedy Upload certificate

        700027 ClientAssertionSignatureInvalid
        as invalid_client 401 -
        on token
        is natural verified-wire wire
        message The certificate with identifier used to sign the client assertion is not \#
        registered on application. [Reason - {reason}, Thumbprint of key used by client: \#
        '{thumbprint}', Please visit the Azure Portal, Graph Explorer or directly use MS Graph \#
        to see configured keys for app Id '{appId}'. Review the documentation at \#
        https://docs.microsoft.com/en-us/graph/deployments to determine the corresponding \#
        service endpoint and \#
        https://docs.microsoft.com/en-us/graph/api/application-get?view=graph-rest-1.0&tabs=http\#
         to build a query request URL, such as \#
        'https://graph.microsoft.com/beta/applications/{appId}'].
        when x5t of client assertion not among keyCredentials ({reason} 'The key was not \#
        found.') or expired ('is expired on application')
        remedy Register the certificate
        expiredMessage The certificate with identifier used to sign the client assertion is \#
        expired on application. [Reason - The key used is expired., Thumbprint of key used by \#
        client: '{thumbprint}', ...]

        700030 InvalidCertificateSubjectName
        as invalid_client 401 -
        on token
        is on-demand documented docs
        message Invalid certificate - subject name in certificate is not authorized. \#
        SubjectNames/SubjectAlternativeNames (up to 10) in token certificate are: \#
        {certificateSubjects}.
        when SN/I trust mismatch
        remedy Fix subject

        700038 InvalidApplicationIdentifier
        as unauthorized_client 400 -
        on authorize-page token
        is natural verified-wire wire
        message {appIdentifier} is not a valid application identifier.
        when client_id is the all-zero GUID or another reserved value; an ordinary unknown GUID \#
        gives 700016
        remedy Fix client_id
        errorUri absent

        700051 UnsupportedResponseTypeTokenNotEnabled
        as unsupported_response_type 302 -
        on authorize-redirect
        is natural inferred recall
        message response_type 'token' is not enabled for the application.
        when response_type includes token, implicit access tokens off
        remedy Enable access tokens implicit grant or use code

        700054 UnsupportedResponseTypeIdTokenNotEnabled
        as unsupported_response_type 302 -
        on authorize-redirect
        is natural verified-wire wire
        message response_type 'id_token' is not enabled for the application.
        when response_type includes id_token, implicit id tokens off
        remedy Enable ID tokens
        msaMessage The provided value for the input parameter 'response_type' is not valid. \#
        Expected values are the following: 'code', 'token', 'none'. 'id_token' is disabled for \#
        this app.

        700081 RefreshTokenMaxLifetimeExpired
        as invalid_grant 400 bad_token
        on token
        is natural verified-wire wire
        message The refresh token has expired due to maximum lifetime. The token was issued on \#
        {issueDate} and the maximum allowed lifetime for this application is {time}.
        when refresh token beyond absolute lifetime (SPA 1.00:00:00)
        remedy Sign in again

        700082 ExpiredOrRevokedGrantInactiveToken
        as invalid_grant 400 bad_token
        on token
        is natural verified-wire wire
        message The refresh token has expired due to inactivity.\#u{A0}The token was issued on \#
        {issueDate} and was inactive for {time}.
        when refresh token unused for 90 days ({time} as 90.00:00:00)
        remedy Sign in again
        note the separator before 'The token was issued' is U+00A0 in the captured bodies \#
        (2019, 2023, 2024), an ordinary space elsewhere in the text

        700084 SpaRefreshTokenExpired
        as invalid_grant 400 bad_token
        on token
        is natural documented docs
        message The refresh token was issued to a single page app (SPA), and therefore has a \#
        fixed, limited lifetime of {time}, which cannot be extended. It is now expired and a \#
        new sign in request must be sent by the SPA to the sign in page. The token was issued \#
        on {issueDate}.
        when SPA refresh chain older than 24 h ({time} as 1.00:00:00)
        remedy New sign-in (silent iframe or redirect)

        700211 FicIssuerMismatch
        as invalid_client 401 -
        on token
        is natural inferred recall
        message No matching federated identity record found for presented assertion issuer \#
        '{issuer}'. Check your federated identity credential Subject, Audience and Issuer \#
        against the presented assertion. \#
        https://learn.microsoft.com/entra/workload-id/workload-identity-federation
        when external client assertion whose issuer matches no federated credential
        remedy Fix issuer

        700212 FicAudienceMismatch
        as invalid_client 401 -
        on token
        is natural inferred recall
        message No matching federated identity record found for presented assertion audience \#
        '{audience}'. Check your federated identity credential Subject, Audience and Issuer \#
        against the presented assertion. \#
        https://learn.microsoft.com/entra/workload-id/workload-identity-federation
        when audience matches no federated credential
        remedy Use api://AzureADTokenExchange

        700213 FicSubjectMismatch
        as invalid_client 401 -
        on token
        is natural verified-wire wire
        message No matching federated identity record found for presented assertion subject \#
        '{subject}'. Check your federated identity credential Subject, Audience and Issuer \#
        against the presented assertion. \#
        https://learn.microsoft.com/entra/workload-id/workload-identity-federation
        when subject matches no federated credential
        remedy Fix subject

        700222 FicAadTokenNotAllowed
        as invalid_client 401 -
        on token
        is natural inferred recall
        message AAD-issued tokens may not be used for federated identity flows.
        when client assertion issued by Entra for a cross-app federated credential not permitted
        remedy Use external issuer

        700223 FicDisabledByPolicy
        as invalid_client 401 -
        on token
        is on-demand inferred recall
        message Workload identity federation is not allowed for this tenant or application by \#
        policy.
        when policy
        remedy Change policy

        700229 ForbiddenTokenType
        as invalid_client 401 -
        on token
        is natural documented docs
        message Only app-only tokens can be used as Federated Identity Credentials for AAD \#
        issuer.
        when user token used as federated client assertion
        remedy Use app-only token

        750051 SamlRequestMissingAttribute
        as invalid_request 200 -
        on saml
        is natural inferred recall
        message SAML Authentication Request is missing the required attribute '{attribute}'.
        when ID, Version or IssueInstant missing
        remedy Add attribute

        750054 SamlRequestNotPresent
        as invalid_request 200 -
        on saml
        is natural documented wire
        message SAMLRequest or SAMLResponse must be present as query string parameters in HTTP \#
        request for SAML Redirect binding.
        when GET /saml2 without SAMLRequest
        remedy Send SAMLRequest

        750055 SamlRequestNotPresentPost
        as invalid_request 200 -
        on saml
        is natural inferred recall
        message SAMLRequest or SAMLResponse must be present as form parameters in HTTP request \#
        for SAML Post binding.
        when POST /saml2 without SAMLRequest
        remedy Send SAMLRequest

        900021 EmptyTenantGuid
        as invalid_request 400 -
        on authorize-page token devicecode
        is natural verified-wire wire
        message Requested tenant identifier '{tenant}' is not valid. Tenant identifiers may not \#
        be an empty GUID.
        when tenant segment is the all-zero GUID
        remedy Fix tenant

        900023 InvalidTenantIdentifier
        as invalid_request 400 -
        on authorize-page token devicecode
        is natural verified-wire wire
        message Specified tenant identifier '{tenant}' is neither a valid DNS name, nor a valid \#
        external domain.
        when tenant segment is neither GUID, alias nor syntactically valid DNS name
        remedy Fix tenant
        discoveryError invalid_tenant

        900144 MissingRequiredParameter
        as invalid_request 400 -
        on authorize-page authorize-redirect token devicecode
        is natural verified-wire wire
        message The request body must contain the following parameter: '{name}'.
        when required parameter absent or empty: client_id, grant_type, response_type, scope, \#
        code, refresh_token, device_code, assertion, nonce ...
        remedy Send parameter
        note client_id missing: error page; response_type/scope/nonce missing with valid client \#
        and redirect_uri: redirect

        900235 SamlUnsupportedComparison
        as invalid_request 200 -
        on saml
        is natural inferred recall
        message SAML authentication request's RequestedAuthenticationContext Comparison value \#
        must be 'exact'. Received value: '{value}'.
        when RequestedAuthnContext Comparison=minimum/maximum/better
        remedy Use exact

        900236 InvalidRequestSamlPropertyUnsupported
        as invalid_request 200 -
        on saml
        is natural documented docs
        message The SAML authentication request property '{propertyName}' is not supported and \#
        must not be set.
        when Subject element, or Scoping with ProxyCount, IDPListOption or RequesterID \#
        (Conditions is ignored)
        remedy Remove property

        900237 SamlInvalidRequestedAuthnContext
        as invalid_request 200 -
        on saml
        is natural inferred recall
        message SAML authentication request's RequestedAuthenticationContext is invalid.
        when RequestedAuthnContext empty
        remedy Fix context

        900382 ConfidentialClientCrossCloud
        as invalid_request 400 -
        on authorize-redirect token
        is on-demand documented docs
        message Confidential Client is not supported in Cross Cloud request.
        when cross-cloud request
        remedy Use public client

        900384 JwtSignatureValidationFailed
        as invalid_request 400 -
        on token
        is natural documented docs
        message JWT token failed signature validation. {reason}
        when request/assertion JWT signature wrong
        remedy Sign properly

        900432 ConfidentialClientNotSupportedCrossCloud
        as invalid_request 400 -
        on authorize-redirect token
        is on-demand documented docs
        message Confidential Client is not supported in Cross Cloud request.
        when cross-cloud request
        remedy Use public client

        900439 USGClientNotSupportedOnPublicEndpoint
        as invalid_request 200 -
        on authorize-page
        is natural documented docs
        message US Government client is not supported on the public cloud endpoint.
        when government tenant used on the public host
        remedy Use login.microsoftonline.us

        900561 BadResourceRequestInvalidRequest
        as invalid_request 400 -
        on authorize-page token
        is natural verified-wire wire
        message The endpoint only accepts {valid_verbs} requests. Received a {invalid_verb} \#
        request.
        when GET on /token or /devicecode; {valid_verbs} is 'POST, OPTIONS' on the token \#
        endpoint, 'POST' on page-post endpoints; 'GET, POST' for other verbs such as PUT on \#
        /authorize (unverified)
        remedy Use POST
        note browser GET on a page endpoint gets the HTML error page (title Sign in to your \#
        account) with 200; status of GET on /token (405 vs 400/200) is unverified

        900971 NoReplyAddressProvided
        as invalid_request 200 -
        on authorize-page
        is natural documented docs
        message No reply address provided.
        when no redirect_uri and none derivable (adminconsent or native app)
        remedy Send redirect_uri

        901002 ResourceParameterNotSupported
        as invalid_request 400 -
        on authorize-page authorize-redirect token
        is natural documented docs
        message The 'resource' request parameter is not supported.
        when resource sent to the v2 endpoint
        remedy Use scope

        1000000 UserNotBoundError
        as interaction_required 400 -
        on authorize-page token
        is on-demand documented docs
        message The Bind API requires the Azure AD user to also authenticate with an external \#
        IDP, which has not happened yet.
        when account binding
        remedy Bind

        1000002 BindCompleteInterruptError
        as interaction_required 200 -
        on authorize-page
        is on-demand documented docs
        message The bind completed successfully, but the user must be informed.
        when account binding
        remedy Continue

        1000031 ApplicationCannotBeAccessed
        as unauthorized_client 200 -
        on authorize-page
        is on-demand documented docs
        message Application {appDisplayName} cannot be accessed at this time. Contact your \#
        administrator.
        when app blocked
        remedy Contact admin

        1000104 XCB2BResourceCloudNotAllowedOnIdentityTenant
        as access_denied 200 -
        on authorize-page
        is on-demand documented docs
        message Resource cloud {resourceCloud} is not allowed on identity tenant \#
        {identityTenant}.
        when cross-cloud B2B policy
        remedy Change policy

        1000502 ClientCertificateOutsideValidity
        as invalid_client 401 -
        on token
        is natural inferred recall
        message The provided certificate is not within its specified validity window. Current \#
        time: {curTime}, certificate NotBefore {notBefore}, NotAfter {notAfter}.
        when SN/I or registered client certificate outside notBefore..notAfter
        remedy Renew certificate

        1000610 AttestationTokenInvalid1
        as invalid_client 401 -
        on token
        is on-demand inferred recall
        message The attestation token is not valid.
        when mTLS managed-identity attestation; out of normal simulator scope
        remedy Re-issue the credential

        1000611 AttestationTokenInvalid2
        as invalid_client 401 -
        on token
        is on-demand inferred recall
        message The attestation token is not valid.
        when mTLS managed-identity attestation; out of normal simulator scope
        remedy Re-issue the credential

        1000612 AttestationTokenInvalid3
        as invalid_client 401 -
        on token
        is on-demand inferred recall
        message The attestation token is not valid.
        when mTLS managed-identity attestation; out of normal simulator scope
        remedy Re-issue the credential

        1000613 AttestationTokenInvalid4
        as invalid_client 401 -
        on token
        is on-demand documented docs
        message The attestation token contains invalid Jku header. The value must be a URL with \#
        a domain name that matches the token issuer.
        when mTLS managed-identity attestation; out of normal simulator scope
        remedy Re-issue the credential

        1000614 AttestationTokenInvalid5
        as invalid_client 401 -
        on token
        is on-demand inferred recall
        message The attestation token is not valid.
        when mTLS managed-identity attestation; out of normal simulator scope
        remedy Re-issue the credential

        1002012 InvalidScopeClientCredentials
        as invalid_scope 400 -
        on token
        is natural verified-wire wire
        message The provided value for scope {scope} is not valid. Client credential flows must \#
        have a scope value with /.default suffixed to the resource identifier (application ID \#
        URI).
        when client_credentials scope that is not <resource>/.default
        remedy Use /.default

        5000819 InvalidSamlTokenEmailMissingOrInvalid
        as invalid_grant 200 -
        on authorize-page saml
        is on-demand documented docs
        message SAML Assertion is invalid. Email address claim is missing or does not match \#
        domain from an external realm.
        when external SAML IdP assertion lacks a matching email claim
        remedy Fix the IdP claim

        5002723 InvalidJwtTokenInvalidAudience
        as invalid_request 400 -
        on token
        is natural inferred recall
        message Invalid JWT token. No certificate thumbprint certificate specified in token \#
        header.
        when client assertion JWT header lacks x5t/kid
        remedy Add x5t or x5t#S256

        5002727 InvalidJwtHeaderType
        as invalid_request 400 -
        on token
        is natural verified-wire wire
        message Invalid JWT header type specified, must be 'JWT' or \#
        'http://openid.net/specs/jwt/1.0'.
        when client assertion JWT typ header present but not JWT
        remedy Set typ to JWT
        errorUri absent

        5002730 InvalidJwtHeaderAlgorithm
        as invalid_request 400 -
        on token
        is natural documented recall
        message Invalid JWT token. Unsupported key or algorithm for the client assertion \#
        signature.
        when client assertion signed with an alg the authority does not take (e.g. PSS where \#
        unsupported)
        remedy Use RS256 or PS256 as supported
        """#
}
