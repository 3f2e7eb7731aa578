import SimCore
import SimDirectory

/// What became of one object's references.
struct ReferenceResult: Sendable {
    /// One member as the target was told of it. provisioning.md §5.3: each has its own row.
    struct MemberExport: Sendable {
        let user: UserID
        /// The member's id in the target.
        let target: String
        let isAdded: Bool
        /// nil when the target took it.
        let failure: TargetFailure?
    }

    let key: ObjectKey
    var source: SourceObject?
    var targetID = ""
    /// Steps and changes of a manager's row.
    var steps: [ProvisioningLogEntry.Step] = []
    var modified = Deferred<[ProvisioningLogEntry.ModifiedProperty]>([])
    /// Members written or refused, in the order sent.
    var members: [MemberExport] = []
    /// Told earlier, and gone from the target with their own object.
    var forgotten: [UserID] = []
    /// nil: unchanged; `.some(nil)`: the manager was taken away.
    var managerAfter: String??
    /// References that wait for an object which is itself being retried.
    var waiting: [DeferredReference] = []
    var resolved: [DeferredReference] = []
    /// Why the manager could not be written.
    var failure: TargetFailure?
    /// The cycle cannot go on; what was written before counts.
    var abandoned: ConnectionTestResult.Failure?
    var isWritten = false
    var writes = 0

    init(key: ObjectKey) {
        self.key = key
    }
}
