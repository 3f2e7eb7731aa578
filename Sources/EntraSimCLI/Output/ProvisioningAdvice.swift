/// What usually cures an error code of the provisioning log. Source: provisioning.md §5.5, §10.4.
enum ProvisioningAdvice {
    /// nil for a code without a usual cure.
    static func text(for code: String) -> String? {
        let scim = "SystemForCrossDomainIdentityManagement"
        let name = code.hasPrefix(scim) ? String(code.dropFirst(scim.count)) : code
        return advice[name]
    }

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
