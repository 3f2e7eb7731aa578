extension AADSTSCatalogue {
    /// Entries 7000012 to 9002346 of the catalogue, in the form `CatalogueText` reads.
    static let entries7000012To9002346 = #"""
        7000012 GrantForDifferentTenant
        as invalid_grant 400 -
        on token
        is natural verified-wire wire
        message The grant was obtained for a different tenant.
        when refresh token redeemed on another tenant segment than the one that issued it (seen \#
        with personal accounts)
        remedy Use the issuing authority
        errorUri absent

        7000112 UnauthorizedClientApplicationDisabled
        as unauthorized_client 400 -
        on authorize-page authorize-redirect token
        is natural verified-wire wire
        message Application '{appId}'({appName}) is disabled.
        when client service principal accountEnabled=false
        remedy Enable the enterprise app

        7000113 OboNotAuthorizedForApplication
        as unauthorized_client 400 -
        on token
        is on-demand inferred recall
        message Application '{appId}' is not authorized to make application on-behalf-of calls.
        when app-only assertion in OBO
        remedy Use client_credentials

        7000114 OboNotAllowedForAppOnly
        as invalid_grant 400 -
        on token
        is natural documented recall
        message Application '{appId}' is not allowed to make application on-behalf-of calls.
        when OBO assertion is an app-only token (no user)
        remedy Use client_credentials

        7000117 ResourceOwnerGrantNotAllowed
        as unauthorized_client 400 -
        on token
        is on-demand inferred recall
        message The application is not allowed to use the requested grant.
        when grant not allowed
        remedy Enable public client flow

        7000214 CertificateRevoked
        as invalid_client 401 -
        on token
        is natural inferred recall
        message Certificate has been revoked.
        when client certificate revoked
        remedy Replace certificate

        7000215 InvalidClientSecret
        as invalid_client 401 -
        on token
        is natural verified-wire wire
        message Invalid client secret provided. Ensure the secret being sent in the request is \#
        the client secret value, not the client secret ID, for a secret added to app \#
        '{client_id}'.
        when client_secret equals no active passwordCredential
        remedy Send the secret value
        legacyMessage Invalid client secret is provided.

        7000216 ClientCredentialRequired
        as invalid_client 401 -
        on token
        is natural verified-wire wire
        message 'client_assertion', 'client_secret' or 'request' is required for the \#
        'client_credentials' grant type.
        when client_credentials without any credential, or with an empty secret
        remedy Send a credential

        7000218 ClientCredentialMissing
        as invalid_client 401 -
        on token
        is natural verified-wire wire
        message The request body must contain the following parameter: 'client_assertion' or \#
        'client_secret'.
        when confidential client (web redirect URI, or fallback public client off for \#
        ROPC/device code) without credential
        remedy Send credential or allow public client flows
        note a 2026 capture carries claims with capolids on this code

        7000219 ClientAssertionTypeInvalid
        as invalid_request 400 -
        on token
        is on-demand inferred recall
        message 'client_assertion' or 'client_secret' is required for the '{grant_type}' grant \#
        type.
        when variant of 7000216 for other grants
        remedy Send a credential

        7000222 InvalidClientSecretExpiredKeysProvided
        as invalid_client 401 -
        on token
        is natural verified-wire wire
        message The provided client secret keys for app '{client_id}' are expired. Visit the \#
        Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or \#
        consider using certificate credentials for added security: https://aka.ms/certCreds.
        when client_secret matches a passwordCredential whose endDateTime has passed
        remedy Create a new secret
        legacyMessage The provided client secret keys are expired. Visit the Azure portal to \#
        create new keys for your app, or consider using certificate credentials for added \#
        security: https://docs.microsoft.com/azure/active-directory/develop/active-directory-cer\#
        tificate-credentials

        7000229 ClientMissingServicePrincipal
        as invalid_client 401 -
        on token
        is natural verified-wire wire
        message The client application {client_id} is missing service principal in the tenant \#
        {tenant}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119
        when app registration exists in (or is known to) the tenant but its service principal \#
        was deleted
        remedy Recreate service principal
        note invalid_client seen for client_credentials

        7000272 CredentialTypeBlockedByPolicy
        as invalid_client 401 -
        on token
        is on-demand inferred recall
        message The credential type used for the application is blocked by tenant application \#
        management policy.
        when app management policy
        remedy Use allowed credential

        7000277 ClientCertificateRevoked
        as invalid_client 401 -
        on token
        is on-demand inferred recall
        message Certificate was revoked.
        when revoked client certificate
        remedy Replace certificate

        7500511 SamlAcsUrlInvalid
        as invalid_request 200 -
        on saml
        is natural inferred recall
        message The assertion consumer service URL in the SAML request is not a valid absolute \#
        URI.
        when AssertionConsumerServiceURL malformed
        remedy Fix ACS URL

        7500514 SupportedSamlResponseNotFound
        as invalid_request 200 -
        on saml
        is natural documented docs
        message A supported type of SAML response was not found. The supported response types \#
        are 'Response' (in XML namespace 'urn:oasis:names:tc:SAML:2.0:protocol') or 'Assertion' \#
        (in XML namespace 'urn:oasis:names:tc:SAML:2.0:assertion').
        when federated IdP posts another element
        remedy Fix IdP response

        7500522 SamlNamespaceMissing
        as invalid_request 200 -
        on saml
        is natural inferred recall
        message XML attribute '{attribute}' in the SAML message must be a URI.
        when attribute must be a URI but is not (e.g. AttributeName, Issuer Format)
        remedy Fix attribute

        7500525 SamlXmlError
        as invalid_request 200 -
        on saml
        is natural inferred recall
        message There was an XML error in the SAML message at line {line}, position {position}. \#
        Verify that the XML content of the SAML messages conforms to the SAML protocol \#
        specifications.
        when SAMLRequest XML not well-formed
        remedy Fix XML

        7500529 InvalidSamlId
        as invalid_request 200 -
        on saml
        is natural documented docs
        message The value '{id}' is not a valid SAML ID. The ID must not begin with a number.
        when AuthnRequest ID starts with a digit or contains illegal NCName characters
        remedy Prefix with a letter or underscore

        9001023 GrantTypeNotSupportedOverEndpoint
        as invalid_request 400 -
        on token
        is natural documented docs
        message The grant type is not supported over the /common or /consumers endpoints. \#
        Please use the /organizations or tenant-specific endpoint.
        when ROPC over /common or /consumers
        remedy Use tenant or /organizations

        9002313 InvalidRequestMalformed
        as invalid_grant 400 -
        on token
        is natural verified-wire wire
        message Invalid request. Request is malformed or invalid.
        when code, refresh_token or device_code is not decodable (garbage value); checked \#
        before the client secret
        remedy Send the real artifact
        note invalid_grant (suberror bad_token in MSAL fixtures) for bad code/refresh token; \#
        invalid_request for other malformed bodies

        9002325 PkceRequiredForCrossOriginRedemption
        as invalid_request 400 -
        on authorize-redirect token
        is natural verified-wire wire
        message Proof Key for Code Exchange is required for cross-origin authorization code \#
        redemption.
        when authorize or code redemption for a spa redirect URI without PKCE
        remedy Send code_challenge/verifier

        9002326 CrossOriginRedemptionOnlyForSpa
        as invalid_request 400 -
        on token
        is natural verified-wire wire
        message Cross-origin token redemption is permitted only for the 'Single-Page \#
        Application' client-type. Request origin: '{origin}'.
        when Origin header present and redirect URI is registered as web/native (current \#
        service may use 90023 with the longer text)
        remedy Register URI as spa

        9002327 SpaTokensOnlyCrossOrigin
        as invalid_request 400 -
        on token
        is natural verified-wire wire
        message Tokens issued for the 'Single-Page Application' client-type may only be \#
        redeemed via cross-origin requests.
        when spa code or refresh token redeemed without an Origin header
        remedy Redeem from the browser

        9002328 SpaRefreshTokenCrossOriginMismatch
        as invalid_request 400 -
        on token
        is natural inferred recall
        message Client-type is 'Single-Page Application' and a client credential was presented.
        when client_secret together with an Origin header
        remedy Drop secret

        9002331 MsaOnlyApplicationUseConsumers
        as invalid_request 400 -
        on authorize-page authorize-redirect token
        is natural documented wire
        message Application '{appId}'({appName}) is configured for use by Microsoft Account \#
        users only. Please use the /consumers endpoint to serve this request.
        when signInAudience=PersonalMicrosoftAccount with another endpoint
        remedy Use /consumers

        9002332 AadOnlyApplicationNotConsumers
        as invalid_request 400 -
        on authorize-page authorize-redirect token
        is natural documented wire
        message Application '{principalId}'({principalName}) is configured for use by Azure \#
        Active Directory users only. Please do not use the /consumers endpoint to serve this \#
        request.
        when /consumers with a work-only app
        remedy Use tenant/organizations

        9002341 UserRequiredToPermitSso
        as invalid_grant 400 -
        on authorize-page authorize-redirect token
        is on-demand documented recall
        message User is required to permit SSO.
        when native SSO permission interrupt
        remedy Interactive sign-in

        9002346 MsaOnlyApplication
        as invalid_request 400 -
        on authorize-page authorize-redirect token
        is natural inferred recall
        message Application '{appId}'({appName}) is configured for use by Microsoft Account \#
        users only. Please use the /consumers endpoint to serve this request.
        when as 9002331; newer code
        remedy Use /consumers
        """#
}
