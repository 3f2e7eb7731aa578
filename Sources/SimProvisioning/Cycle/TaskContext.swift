import SimCore
import SimDirectory

/// What every task of a cycle reads. `state` is the job's state with everything committed so far.
struct TaskContext: Sendable {
    let job: ProvisioningJob
    let snapshot: DirectorySnapshot
    let scope: ScopeEvaluator
    let calls: SCIMCalls
    let patch: PatchBody
    let isInitial: Bool
    var state: ProvisioningJobState

    /// The source object as the mappings see it; nil when the directory no longer has it.
    func source(_ key: ObjectKey) -> SourceObject? {
        switch key {
        case .user(let id):
            snapshot.user(id).map {
                SourceObject(body: .user($0), entitlement: scope.entitlement(of: $0))
            }
        case .group(let id):
            snapshot.group(id).map {
                SourceObject(body: .group($0), entitlement: scope.entitlement(of: $0))
            }
        }
    }
}
