/// The error codes of the provisioning log. provisioning.md §5.5.
package enum ProvisioningErrorCode: String, CaseIterable, Sendable {
    case conflict = "Conflict"
    case entryConflict = "EntryConflict"
    case tooManyRequests = "TooManyRequests"
    case internalServerError = "InternalServerError"
    case insufficientRights = "InsufficientRights"
    case methodNotAllowed = "MethodNotAllowed"
    case notPermitted = "NotPermitted"
    case unauthorized = "Unauthorized"
    case unprocessableEntity = "UnprocessableEntity"
    case webExceptionProtocolError = "WebExceptionProtocolError"
    case invalidAnchor = "InvalidAnchor"
    case notImplemented = "NotImplemented"
    case mandatoryFieldsMissing = "MandatoryFieldsMissing"
    case missingValues = "MissingValues"
    case schemaAttributeNotFound = "SchemaAttributeNotFound"
    case internalError = "InternalError"
    case invalidDomain = "InvalidDomain"
    case timeout = "Timeout"
    case licenseLimitExceeded = "LicenseLimitExceeded"
    case duplicateTargetEntries = "DuplicateTargetEntries"
    case duplicateSourceEntries = "DuplicateSourceEntries"
    case importSkipped = "ImportSkipped"
    case entrySynchronizationSkipped = "EntrySynchronizationSkipped"
    case multipleEntriesInResponse =
        "SystemForCrossDomainIdentityManagementMultipleEntriesInResponse"
    case serviceIncompatible = "SystemForCrossDomainIdentityManagementServiceIncompatible"
    case serviceIncompatibleFiltering =
        "SystemForCrossDomainIdentityManagementServiceIncompatibleFiltering"
    case badRequest = "SystemForCrossDomainIdentityManagementBadRequest"
    case credentialValidationFailure =
        "SystemForCrossDomainIdentityManagementCredentialValidationFailure"
    case invalidCredentials = "SystemForCrossDomainIdentityManagementInvalidCredentials"
    case credentialValidationUnavailable =
        "SystemForCrossDomainIdentityManagementCredentialValidationUnavailable"
    case schemaPropertyCanOnlyAcceptValue = "SchemaPropertyCanOnlyAcceptValue"

    /// Tried again in the next cycle rather than by the back-off. provisioning.md §1.11.
    package var isTransient: Bool {
        Self.transient.contains(self)
    }

    private static let transient: Set<ProvisioningErrorCode> = [
        .internalServerError, .timeout, .webExceptionProtocolError, .internalError,
        .tooManyRequests,
    ]
}
