/// The steps a row can consist of, with their type and text. provisioning.md §5.3.
package enum LogStep: String, CaseIterable, Sendable {
    case importAdd = "EntryImportAdd"
    case importUpdate = "EntryImportUpdate"
    case importDelete = "EntryImportDelete"
    case escrowRetry = "EntryEscrowRetry"
    /// Read from the target: by query or by id.
    case targetRead = "EntryImport"
    case targetNotFound = "EntryImportObjectNotFound"
    case scoping = "EntrySynchronizationScoping"
    case planAdd = "EntrySynchronizationAdd"
    case planUpdate = "EntrySynchronizationUpdate"
    case planDisable = "EntrySynchronizationDisable"
    case planDelete = "EntrySynchronizationDelete"
    case skip = "EntrySynchronizationSkip"
    case exportAdd = "EntryExportAdd"
    case exportUpdate = "EntryExportUpdate"
    case exportDisable = "EntryExportUpdateSoftDelete"
    case exportDelete = "EntryExportDelete"

    package enum Kind: String, CaseIterable, Sendable {
        case `import`, scoping, matching, processing, referenceResolution, export
    }

    package var kind: Kind {
        switch self {
        case .importAdd, .importUpdate, .importDelete, .escrowRetry: .import
        case .targetRead, .targetNotFound, .planAdd: .matching
        case .scoping: .scoping
        case .planUpdate, .planDisable, .planDelete: .processing
        case .skip, .exportAdd, .exportUpdate, .exportDisable, .exportDelete: .export
        }
    }

    /// The sentence of a step in `entry`.
    func description(
        in entry: ProvisioningLogEntry, status: ProvisioningLogEntry.Status
    ) -> String {
        let type = entry.subject.kind.rawValue
        let name = "\(type) '\(entry.reportableID)'"
        let source = ObjectNames.sourceDirectory
        let target = ObjectNames.targetDirectory
        let isFailed = status == .failure
        switch self {
        case .importAdd: return "Received \(name) change of type (Add) from \(source)"
        case .importUpdate: return "Received \(name) change of type (Update) from \(source)"
        case .importDelete: return "Received \(name) change of type (Delete) from \(source)"
        case .escrowRetry:
            return "We are retrying an operation that previously failed.\r\nIdentifier: "
                + "\(entry.subject.guid)\r\nObject type: \(type)\r\nDirectory: \(source)"
        case .targetRead:
            if isFailed {
                return "Failed to match an entry in the source and target systems \(name)"
            }
            return "Retrieved  '\(entry.targetDisplayName)' from \(target)"
        case .targetNotFound: return "No matching \(type) found in \(target)"
        case .scoping:
            return "Determine if \(type) in scope by evaluating against each scoping filter"
        case .planAdd:
            return "\(name) will be created in \(target) (\(type) is active and assigned in "
                + "\(source), but no matching \(type) was found in \(target))"
        case .planUpdate: return "\(name) will be updated in \(target)"
        case .planDisable: return "\(name) will be disabled in \(target)"
        case .planDelete: return "\(name) will be deleted in \(target)"
        case .skip: return skipText(entry, name, type)
        case .exportAdd:
            return isFailed
                ? "Failed to create \(name) in \(target)" : "\(name) was created in \(target)"
        case .exportUpdate, .exportDisable:
            return isFailed
                ? "Failed to update \(name) in \(target)" : "\(name) was updated in \(target)"
        case .exportDelete:
            return isFailed
                ? "Failed to delete \(name) in \(target)" : "\(name) was deleted in \(target)"
        }
    }

    private func skipText(_ entry: ProvisioningLogEntry, _ name: String, _ type: String) -> String {
        switch entry.skipReason {
        case .redundantExport, nil:
            return "The state of the entry in both the source and target systems already match. "
                + "No change to the \(name) currently needs to be made."
        case .redundantSoftDelete:
            return "The \(name) is already disabled in the target system. No change currently "
                + "needs to be made."
        case .notEffectivelyEntitled:
            let isInactive = entry.steps.contains { step in
                step.details.contains { $0.name == "IsActive" && $0.value == "False" }
            }
            let first =
                isInactive
                ? "1) This object is not active in the source system. If you did not expect the "
                    + "object to be skipped, enable the \(type.lowercased()). "
                : "1) This object is not assigned to the application. If you did not expect the "
                    + "object to be skipped, assign the object to the application or change your "
                    + "scoping filter to allow all users and groups to be in scope for "
                    + "provisioning. "
            return "The \(name) will be skipped due to the following reasons: " + first
                + "2) This object does not have required entitlement for provisioning. If you did "
                + "not expect the object to be skipped, update provisioning scope to 'Sync all "
                + "users and groups' or assign the object to the application with entitlement of "
                + "provisioning category."
        case .attributeValidationFailed:
            let property =
                entry.steps.lazy.flatMap(\.details).first { $0.name == "PropertyName" }?.value ?? ""
            return "The \(name) will be skipped because the value of the property \(property) is "
                + "missing or invalid. Correct the value in the source system or the mapping."
        case .importSkipped:
            return "The \(name) will be skipped because the matching attribute has no value in "
                + "the source system."
        case .entrySynchronizationSkipped where entry.targetID.isEmpty:
            return "The \(name) will be skipped because Create is not selected in the target "
                + "object actions of the mapping."
        case .entrySynchronizationSkipped:
            return "The \(name) will be skipped because going out of scope is not turned into a "
                + "disable (SkipOutOfScopeDeletions)."
        }
    }
}
