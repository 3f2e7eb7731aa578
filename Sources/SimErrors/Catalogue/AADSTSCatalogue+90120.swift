extension AADSTSCatalogue {
    /// Entries 90120 to 500113 of the catalogue, in the form `CatalogueText` reads.
    static let entries90120To500113 = #"""
        90120 InvalidDeviceFlowRequest
        as invalid_request 400 -
        on authorize-page token
        is natural documented docs
        message The request was already authorized or declined.
        when user code used again
        remedy Restart flow

        90121 InvalidEmptyRequest
        as invalid_request 400 -
        on authorize-page token
        is natural documented docs
        message Invalid empty request.
        when empty POST body
        remedy Send parameters

        90123 IdentityProviderAccessDenied
        as access_denied 200 -
        on authorize-page authorize-redirect
        is on-demand documented docs
        message The token can't be issued because the identity or claim issuance provider \#
        denied the request.
        when external IdP or claims provider denial
        remedy Check provider

        90124 V1ResourceV2GlobalEndpointNotSupported
        as invalid_request 400 -
        on authorize-page authorize-redirect token
        is natural documented recall
        message Resource '{resource}'({resourceName}) is not supported over the /common or \#
        /consumers endpoints. Please use the /organizations or tenant-specific endpoint.
        when v1-only resource asked through /common v2
        remedy Use /organizations

        90125 DebugModeEnrollTenantNotFound
        as invalid_request 400 -
        on authorize-page
        is on-demand documented docs
        message The user is not in the system. Make sure you entered the user name correctly.
        when debug enrolment
        remedy Fix username

        90126 DebugModeEnrollTenantNotInferred
        as invalid_request 400 -
        on authorize-page
        is on-demand documented docs
        message The user type is not supported on this endpoint. The system cannot infer the \#
        user's tenant from the user name.
        when debug enrolment
        remedy Fix username

        90130 NonConvergedAppV2GlobalEndpointNotSupported
        as invalid_request 400 -
        on authorize-page authorize-redirect token
        is natural documented recall
        message Application '{appId}'({appName}) is not supported over the /common or \#
        /consumers endpoints. Please use the /organizations or tenant-specific endpoint.
        when work-only app through /common v2
        remedy Use /organizations

        100007 RegionalOnlySupportsMsiOrSni
        as invalid_request 400 -
        on token
        is on-demand documented recall
        message AAD Regional ONLY supports auth either for MSIs OR for requests from MSAL using \#
        SN+I for 1P apps or 3P apps in Microsoft infrastructure tenants.
        when regional host used
        remedy Use global host

        120000 PasswordChangeIncorrectCurrentPassword
        as invalid_request 200 -
        on authorize-page
        is natural documented docs
        message The current password is incorrect.
        when forced password-change page: PasswordChangeIncorrectCurrentPassword
        remedy Retry with a valid password

        120002 PasswordChangeInvalidNewPasswordWeak
        as invalid_request 200 -
        on authorize-page
        is natural documented docs
        message The new password is too weak.
        when forced password-change page: PasswordChangeInvalidNewPasswordWeak
        remedy Retry with a valid password

        120003 PasswordChangeInvalidNewPasswordContainsMemberName
        as invalid_request 200 -
        on authorize-page
        is natural documented docs
        message The new password contains the member name.
        when forced password-change page: PasswordChangeInvalidNewPasswordContainsMemberName
        remedy Retry with a valid password

        120004 PasswordChangeOnPremComplexity
        as invalid_request 200 -
        on authorize-page
        is on-demand documented docs
        message The new password does not meet the on-premises complexity rules.
        when fault injection on the password-change page
        remedy Retry with a valid password

        120005 PasswordChangeOnPremSuccessCloudFail
        as invalid_request 200 -
        on authorize-page
        is on-demand documented docs
        message The password was changed on-premises but not in the cloud.
        when fault injection on the password-change page
        remedy Retry with a valid password

        120008 PasswordChangeAsyncJobStateTerminated
        as invalid_request 200 -
        on authorize-page
        is on-demand documented docs
        message A non-retryable error has occurred.
        when fault injection on the password-change page
        remedy Retry with a valid password

        120011 PasswordChangeAsyncUpnInferenceFailed
        as invalid_request 200 -
        on authorize-page
        is on-demand documented docs
        message The user principal name could not be inferred.
        when fault injection on the password-change page
        remedy Retry with a valid password

        120012 PasswordChangeNeedsToHappenOnPrem
        as invalid_request 200 -
        on authorize-page
        is on-demand documented docs
        message The password must be changed on-premises.
        when fault injection on the password-change page
        remedy Retry with a valid password

        120013 PasswordChangeOnPremisesConnectivityFailure
        as invalid_request 200 -
        on authorize-page
        is on-demand documented docs
        message On-premises connectivity failure during password change.
        when fault injection on the password-change page
        remedy Retry with a valid password

        120014 PasswordChangeOnPremUserAccountLockedOutOrDisabled
        as invalid_request 200 -
        on authorize-page
        is on-demand documented docs
        message The on-premises account is locked out or disabled.
        when fault injection on the password-change page
        remedy Retry with a valid password

        120015 PasswordChangeADAdminActionRequired
        as invalid_request 200 -
        on authorize-page
        is on-demand documented docs
        message An Active Directory administrator must act.
        when fault injection on the password-change page
        remedy Retry with a valid password

        120016 PasswordChangeUserNotFoundBySspr
        as invalid_request 200 -
        on authorize-page
        is on-demand documented docs
        message The user was not found by self-service password reset.
        when fault injection on the password-change page
        remedy Retry with a valid password

        120018 PasswordChangePasswordDoesnotComplyFuzzyPolicy
        as invalid_request 200 -
        on authorize-page
        is natural documented docs
        message The password matches the banned-password list.
        when forced password-change page: PasswordChangePasswordDoesnotComplyFuzzyPolicy
        remedy Retry with a valid password

        120020 PasswordChangeFailure
        as invalid_request 200 -
        on authorize-page
        is on-demand documented docs
        message The password change failed.
        when fault injection on the password-change page
        remedy Retry with a valid password

        120021 PartnerServiceSsprInternalServiceError
        as invalid_request 200 -
        on authorize-page
        is on-demand documented docs
        message Internal error in self-service password reset.
        when fault injection on the password-change page
        remedy Retry with a valid password

        130004 NgcKeyNotFound
        as invalid_grant 400 -
        on authorize-page token
        is on-demand documented docs
        message The user principal does not have the NGC ID key configured.
        when fault injection on device credentials
        remedy Re-register device

        130005 NgcInvalidSignature
        as invalid_grant 400 -
        on authorize-page token
        is on-demand documented docs
        message NGC key signature verification failed.
        when fault injection on device credentials
        remedy Re-register device

        130006 NgcTransportKeyNotFound
        as invalid_grant 400 -
        on authorize-page token
        is on-demand documented docs
        message The NGC transport key is not configured on the device.
        when fault injection on device credentials
        remedy Re-register device

        130007 NgcDeviceIsDisabled
        as invalid_grant 400 device_authentication_failed
        on authorize-page token
        is on-demand documented docs
        message The device is disabled.
        when fault injection on device credentials
        remedy Re-register device

        130008 NgcDeviceIsNotFound
        as invalid_grant 400 device_authentication_failed
        on authorize-page token
        is on-demand documented docs
        message The device referenced by the NGC key was not found.
        when fault injection on device credentials
        remedy Re-register device

        135010 KeyNotFound
        as invalid_grant 400 -
        on authorize-page token
        is on-demand documented docs
        message The key was not found.
        when fault injection on device credentials
        remedy Re-register device

        135011 DeviceDisabled
        as invalid_grant 400 device_authentication_failed
        on authorize-page token
        is natural documented docs
        message Device used during the authentication is disabled.
        when device object accountEnabled=false
        remedy Re-register device

        140000 InvalidRequestNonce
        as invalid_request 400 -
        on token
        is on-demand documented docs
        message Request nonce is not provided.
        when PRT request without nonce
        remedy Get nonce

        140001 InvalidSessionKey
        as invalid_request 400 -
        on token
        is on-demand documented docs
        message The session key is not valid.
        when PRT request
        remedy Re-register

        160021 AppSessionSelectionInvalidSessionNotExist
        as interaction_required 200 -
        on authorize-page authorize-redirect
        is natural documented recall
        message Application requested a user session which does not exist.
        when prompt=none with a sid for which no session cookie exists
        remedy Start an interactive sign-in

        165000 InvalidRequestCookie
        as invalid_request 200 -
        on authorize-page
        is natural inferred recall
        message Invalid Request: The request tokens do not match the user context. Do not copy \#
        the user context values (cookies; form fields; headers) between different requests or \#
        user sessions; always maintain the ALL of the supplied values across a complete single \#
        user flow. Failure Reasons:[{reason}]
        when sign-in form posted with a flow token / cookie of another session
        remedy Restart sign-in

        165004 InvalidRequestContext
        as invalid_request 200 -
        on authorize-page
        is on-demand documented docs
        message {detail}
        when runtime specific
        remedy Restart sign-in

        165900 InvalidApiRequest
        as invalid_request 400 -
        on authorize-page
        is on-demand documented docs
        message Invalid request.
        when bad page API call
        remedy Restart sign-in

        220450 UnsupportedAndroidWebViewVersion
        as invalid_request 200 -
        on authorize-page
        is on-demand documented docs
        message The Chrome WebView version is not supported.
        when fault injection
        remedy Update WebView

        220501 InvalidCrlDownload
        as invalid_request 200 -
        on authorize-page
        is on-demand documented docs
        message The certificate revocation list could not be downloaded.
        when certificate sign-in
        remedy Fix CRL

        221000 DeviceOnlyTokensNotSupportedByResource
        as invalid_request 400 -
        on token
        is on-demand documented docs
        message The resource is not configured to accept device-only tokens.
        when device tokens
        remedy None

        230109 CachedCredentialNonGWAuthNRequestsNotSupported
        as invalid_request 400 -
        on authorize-page token
        is on-demand documented docs
        message Backup Auth Service only allows AuthN requests from AAD Gateway.
        when backup service
        remedy None

        240001 BulkAADJTokenUnauthorized
        as unauthorized_client 400 -
        on token
        is on-demand documented docs
        message The user is not authorized to register devices in Azure AD.
        when device registration quota/role
        remedy Allow user

        240002 RequiredClaimIsMissing
        as invalid_grant 400 -
        on token
        is natural documented recall
        message Input id_token cannot be used as 'urn:ietf:params:oauth:grant-type:jwt-bearer' \#
        grant.
        when OBO assertion is an id_token
        remedy Send an access token

        392189 MtlsEndpointRequiresSni
        as invalid_client 401 -
        on token
        is on-demand inferred recall
        message The mTLS token endpoint only supports subject-name/issuer certificates or \#
        federated identity.
        when mTLS endpoint
        remedy Use SN/I

        392200 MtlsClientCertificateMissing
        as invalid_client 401 -
        on token
        is on-demand documented docs
        message Client certificate is missing from the request.
        when mTLS endpoint without client certificate
        remedy Send certificate

        399218 FicIssuerPolicy
        as invalid_client 401 -
        on token
        is on-demand inferred recall
        message The inbound assertion does not satisfy the federated credential policy.
        when policy
        remedy Fix policy

        500011 InvalidResourceServicePrincipalNotFound
        as invalid_resource 400 -
        on authorize-redirect token
        is natural verified-wire wire
        message The resource principal named {name} was not found in the tenant named {tenant}. \#
        This can happen if the application has not been installed by the administrator of the \#
        tenant or consented to by any user in the tenant. You might have sent your \#
        authentication request to the wrong tenant.
        when scope/resource names an identifier URI or app id with no service principal in the \#
        tenant
        remedy Create/consent the resource service principal or fix the scope

        500013 InvalidResourceIdentifier
        as invalid_resource 400 -
        on authorize-redirect token
        is natural inferred recall
        message Resource identifier is not provided.
        when v1 code/token request without resource and none bound earlier
        remedy Send resource

        500014 InvalidResourceServicePrincipalDisabled
        as invalid_resource 400 -
        on authorize-redirect token
        is natural inferred recall
        message The service principal for resource '{resource}' is disabled. This indicate that \#
        a subscription within the tenant has lapsed, or that the administrator for this tenant \#
        has disabled the application, preventing tokens from being issued for it.
        when resource service principal has accountEnabled=false
        remedy Enable the resource service principal

        500021 TenantRestrictionBlocked
        as access_denied 200 -
        on authorize-page authorize-redirect
        is natural documented docs
        message Access to '{tenant}' tenant is denied.
        when Restrict-Access-To-Tenants header present and tenant not listed
        remedy Change the tenant-restriction list

        500022 TenantRestrictionBlockedCloud
        as access_denied 200 -
        on authorize-page authorize-redirect
        is on-demand documented docs
        message Access to '{tenant}' tenant is denied.
        when tenant restrictions v2 denies the tenant
        remedy Change the tenant-restriction list

        500112 ReplyAddressMismatchAtRedemption
        as invalid_client 401 -
        on token
        is natural inferred recall
        message The reply address '{redirect_uri}' does not match the reply address \#
        '{authorize_redirect_uri}' provided when requesting Authorization code.
        when code redeemed with another redirect_uri than at authorize
        remedy Send the same redirect_uri
        note invalid_client/401 from recall; some captures show invalid_grant/400 (unverified)

        500113 NoReplyAddressRegistered
        as invalid_request 200 -
        on authorize-page
        is natural verified-wire wire
        message No reply address is registered for the application.
        when registration has no reply URLs for the requested platform and none can be used
        remedy Register a redirect URI
        neverRedirect yes
        """#
}
