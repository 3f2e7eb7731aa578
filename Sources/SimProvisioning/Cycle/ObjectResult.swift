import SimCore

/// What became of one object, before it is committed in its turn.
struct ObjectResult: Sendable {
    enum Outcome: Sendable {
        case created, updated, disabled, deleted
        case skipped(SkipReason)
        indirect case failed(TargetFailure)
        /// Nothing happened that anybody needs to read about.
        case ignored
        /// A disable or delete that is held back.
        case staged
        /// The target broke the contract: the cycle cannot go on.
        indirect case abandoned(ConnectionTestResult.Failure)
    }

    enum LinkChange: Sendable {
        case keep
        case set(Link)
        case remove
    }

    let key: ObjectKey
    var outcome: Outcome
    var link = LinkChange.keep
    /// nil once the directory has forgotten the object.
    var source: SourceObject?
    var steps: [ProvisioningLogEntry.Step] = []
    var modified = Deferred<[ProvisioningLogEntry.ModifiedProperty]>([])
    var targetID = ""
    var targetDisplayName = ""
    /// The manager the target shows, where the object was read in this cycle.
    var observedManager: String?
    /// Whether the target's own answer says what it shows.
    var wasObserved = false
    /// Writes attempted.
    var writes = 0

    var isStaged: Bool {
        if case .staged = outcome { true } else { false }
    }
}
