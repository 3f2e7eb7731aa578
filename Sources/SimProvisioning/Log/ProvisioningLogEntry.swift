import SimCore

/// One row of the provisioning log, compact: what every row has in common (job, systems, texts of
/// steps) is added when it is shown. provisioning.md §5.
///
/// A class: a row goes from the cycle to the tenant's log, the job's log and its readers, and has
/// dozens of fields.
package final class ProvisioningLogEntry: Sendable {
    package enum Action: String, CaseIterable, Sendable {
        case create, update, delete
        case stagedDelete = "stageddelete"
        case disable, other
    }

    package enum Status: String, CaseIterable, Sendable {
        case success, warning, failure, skipped
    }

    /// A change of one target attribute; the values are text, `True` and `False` included.
    package struct ModifiedProperty: Hashable, Sendable {
        package let name: String
        package let old: String?
        package let new: String?

        package init(_ name: String, old: String? = nil, new: String? = nil) {
            self.name = name
            self.old = old
            self.new = new
        }
    }

    /// Name and value of one detail; both are text on the wire.
    package struct Detail: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package struct Step: Hashable, Sendable {
        package let kind: LogStep
        package let status: Status
        private let content: Deferred<[Detail]>

        package init(_ kind: LogStep, _ status: Status = .success, _ details: [Detail] = []) {
            self.kind = kind
            self.status = status
            content = Deferred(details)
        }

        /// - Parameter details: as for `Deferred`.
        init(
            _ kind: LogStep, _ status: Status = .success,
            making details: @escaping @Sendable () -> [Detail]
        ) {
            self.kind = kind
            self.status = status
            content = Deferred(making: details)
        }

        package var details: [Detail] { content.value }
    }

    /// `errorInformation` of a failed row.
    package struct Failure: Hashable, Sendable {
        package let code: ProvisioningErrorCode
        package let reason: String

        package init(code: ProvisioningErrorCode, reason: String) {
            self.code = code
            self.reason = reason
        }
    }

    package let id: GUID
    package let at: Timestamp
    package let cycle: GUID
    package let change: GUID
    package let action: Action
    package let status: Status
    package let milliseconds: Int
    package let subject: ObjectKey
    package let displayName: String
    /// UPN of a user, object id of a group.
    package let reportableID: String
    /// Empty until the object is linked.
    package let targetID: String
    package let targetDisplayName: String
    package let steps: [Step]
    private let changes: Deferred<[ModifiedProperty]>
    /// Why a skipped row was skipped; nil for every other status.
    package let skipReason: SkipReason?
    package let failure: Failure?

    package init(
        id: GUID, at: Timestamp, cycle: GUID, change: GUID, action: Action, status: Status,
        milliseconds: Int, subject: ObjectKey, displayName: String, reportableID: String,
        targetID: String, targetDisplayName: String, steps: [Step],
        modified: Deferred<[ModifiedProperty]>,
        skipReason: SkipReason? = nil, failure: Failure? = nil
    ) {
        self.id = id
        self.at = at
        self.cycle = cycle
        self.change = change
        self.action = action
        self.status = status
        self.milliseconds = milliseconds
        self.subject = subject
        self.displayName = displayName
        self.reportableID = reportableID
        self.targetID = targetID
        self.targetDisplayName = targetDisplayName
        self.steps = steps
        changes = modified
        self.skipReason = skipReason
        self.failure = failure
    }

    package var modified: [ModifiedProperty] { changes.value }
}

extension ProvisioningLogEntry: Hashable {
    package static func == (left: ProvisioningLogEntry, right: ProvisioningLogEntry) -> Bool {
        // What is stored is all there is.
        left === right || left.id == right.id && left.payload == right.payload
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// Why an object was left alone. provisioning.md §5.4.
package enum SkipReason: String, CaseIterable, Sendable {
    case notEffectivelyEntitled = "NotEffectivelyEntitled"
    case redundantExport = "RedundantExport"
    case redundantSoftDelete = "RedundantSoftDelete"
    case attributeValidationFailed = "AttributeValidationFailed"
    case importSkipped = "ImportSkipped"
    case entrySynchronizationSkipped = "EntrySynchronizationSkipped"
}
