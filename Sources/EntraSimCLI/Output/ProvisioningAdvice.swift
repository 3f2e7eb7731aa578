import SimCore

/// What usually cures an error code of the provisioning log. Source: provisioning.md §5.5, §10.4.
enum ProvisioningAdvice {
    /// nil for a code without a usual cure.
    ///
    /// - Parameter message: the service's own words, which tell causes of one code apart.
    static func text(for code: String, message: String = "") -> String? {
        // The token endpoint's failures wear the words of the SCIM endpoint's.
        let known = message.hasPrefix(noToken) ? tokenCauses : causes
        if let cause = known.first(where: { message.contains(text: $0.words) }) {
            return cause.advice
        }
        let scim = "SystemForCrossDomainIdentityManagement"
        let name = code.hasPrefix(scim) ? String(code.dropFirst(scim.count)) : code
        return advice[name]
    }

    private static let noToken = "We were not able to acquire an access token"

    /// No access token: the last one, without words of its own, is for everything else.
    private static let tokenCauses: [(words: String, advice: String)] = [
        (
            "invalid_client",
            "the token endpoint does not take these credentials; set the right ones with "
                + "app set APP --client-id … --client-secret …"
        ),
        (
            "invalid_scope",
            "the client may not have the scope asked for: app set APP --oauth-scope …"
        ),
        (
            "Could not establish trust relationship",
            "the token endpoint's certificate has an authority this machine does not know: start "
                + "with --target-ca FILE"
        ),
        (
            "Microsoft Entra ID issued no token",
            "the app whose token is presented must be there and enabled: app set APP "
                + "--workload-app …"
        ),
        (
            noToken,
            "check the token endpoint's address, app set APP --token-endpoint …; see its answer "
                + "with provision run APP --wire"
        ),
    ]

    /// Connections and answers that failed as a whole; the words are those of the probe.
    private static let causes: [(words: String, advice: String)] = [
        (
            "We are not able to connect to your application while attempting",
            "HTTP 403: the endpoint knows the token, but it may not use SCIM; give it that right "
                + "or set another with app set APP --secret-token …"
        ),
        (
            "Response Status Code: Unauthorized",
            "HTTP 401: the endpoint does not know the token; set the right one with "
                + "app set APP --secret-token …"
        ),
        (
            "Could not establish trust relationship",
            "the endpoint's certificate has an authority this machine does not know: start with "
                + "--target-ca FILE"
        ),
        (
            "Unable to connect to the remote server",
            "nothing listens there: start the endpoint, or correct app set APP --tenant-url …"
        ),
        (
            "The remote name could not be resolved",
            "correct the host in app set APP --tenant-url …"
        ),
        (
            "The SSL/TLS connection failed",
            "no TLS is spoken there: a plain endpoint needs http:// in its tenant URL"
        ),
        (
            "An HTTP/404 Not Found response",
            "nothing answers GET {tenant URL}/Users: correct app set APP --tenant-url …"
        ),
        (
            "&lt;html",
            "a web page answered: the tenant URL must name the SCIM path, such as …/scim/v2"
        ),
    ]

    private static let advice: [String: String] = [
        "CredentialValidationFailure":
            "check the secret token and that the endpoint answers GET /Users?filter=…",
        "CredentialValidationUnavailable":
            "check that the endpoint runs, its address, certificate and the token's permissions",
        "InvalidCredentials":
            "set both: app set APP --tenant-url … --secret-token …",
        "ServiceIncompatible":
            "the endpoint's answer is not SCIM; see it with provision run APP --wire",
        "ServiceIncompatibleFiltering":
            "the endpoint does not find what it has: it misreads the matching filter",
        "BadRequest": "the endpoint refuses the body; see it with provision run APP --wire",
        "MultipleEntriesInResponse": "the matching filter must answer at most one object",
        "Conflict": "another object of the endpoint has that unique value",
        "EntryConflict": "another object of the endpoint has that unique value",
        "DuplicateTargetEntries": "the endpoint holds two objects with the matching value",
        "DuplicateSourceEntries": "two users have the matching value: change one",
        "TooManyRequests": "the endpoint limits the rate; the object is tried again",
        "InternalServerError": "the endpoint failed; its own log says why",
        "Timeout": "the endpoint is too slow",
        "InsufficientRights": "the token may not write: give it the right, then run again",
        "Unauthorized": "the token may not write: give it the right, then run again",
        "NotPermitted": "the endpoint forbids this write",
        "MethodNotAllowed": "the endpoint does not know this method",
        "NotImplemented": "the endpoint lacks this operation",
        "InvalidAnchor": "the linked object has vanished: restart with resetScope Full",
        "MandatoryFieldsMissing": "fill in the attribute the endpoint requires",
        "MissingValues": "fill in the attribute the endpoint requires",
        "SchemaAttributeNotFound": "the endpoint does not know a mapped attribute",
        "InvalidDomain": "the endpoint rejects the domain of a value",
        "LicenseLimitExceeded": "the endpoint has no seat left",
        "ImportSkipped": "the matching attribute is empty: fill it in",
        "UnprocessableEntity": "the endpoint refuses a value; see it with provision run APP --wire",
    ]
}
