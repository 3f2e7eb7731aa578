import SimCore

/// A tenant at one moment, to come back to.
package struct TenantCheckpoint: Sendable {
    package let snapshot: DirectorySnapshot
    let mark: JournalMark?
}

extension Tenant {
    /// Whether there is a journal.
    package var isStored: Bool { withState { _, journal in journal != nil } }

    /// The tenant as it is now. Costs a few pointers, whatever its size.
    package func checkpoint() -> TenantCheckpoint {
        withState { snapshot, journal in
            TenantCheckpoint(snapshot: snapshot, mark: journal?.mark())
        }
    }

    /// Makes the tenant what it was; what was appended since has never been.
    package func rewind(to checkpoint: TenantCheckpoint) throws(TenantError) {
        try replace { (journal) throws(JournalFailure) in
            if let mark = checkpoint.mark { try journal?.rewind(to: mark) }
            return checkpoint.snapshot
        }
    }

    /// Nobody comes back to `checkpoint`.
    package func forget(_ checkpoint: TenantCheckpoint) {
        withState { _, journal in
            if let mark = checkpoint.mark { journal?.forget(mark) }
        }
    }

    /// Makes the tenant what `fixture` says. The log goes on counting, so that readers of changes
    /// see that theirs are gone. Checkpoints made before are void where the tenant is kept on disk.
    package func startOver(with fixture: DirectorySnapshot) throws(TenantError) {
        var next = fixture
        let sequence = max(snapshot().sequence, fixture.sequence)
        next.finishRestoration(sequence: sequence, changesAreCompleteAfter: sequence)
        let snapshot = next
        try replace { (journal) throws(JournalFailure) in
            try journal?.startOver(with: snapshot)
            return snapshot
        }
    }
}
