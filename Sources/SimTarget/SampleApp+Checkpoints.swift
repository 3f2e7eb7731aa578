import SimCore

/// A sample app at one moment, to come back to.
package struct SampleAppCheckpoint: Sendable {
    let inner: SampleApp.Inner
    let mark: Int?
}

extension SampleApp {
    /// The app as it is now. Costs a few pointers, whatever its size.
    package func checkpoint() -> SampleAppCheckpoint {
        inner.withLock { SampleAppCheckpoint(inner: $0, mark: journal?.mark) }
    }

    /// Makes the app what it was; what was done to it since has never been.
    package func rewind(to checkpoint: SampleAppCheckpoint) throws(SampleAppJournalError) {
        try replace(by: checkpoint.inner, at: checkpoint.mark)
    }

    /// Makes the app what its fixture says.
    package func startOver() throws(SampleAppJournalError) {
        try replace(
            by: Inner(
                state: SampleAppState(configuration), traffic: TrafficLog(lastSync: nil)), at: 0)
    }

    /// A second app with the same people, at `/apps/{name}`, forgotten with the process.
    ///
    /// - Parameter issuers: which issuer is trusted in place of one that is.
    package func forked(
        as name: String, random: any RandomSource, issuers: (String) -> String = { $0 }
    ) -> SampleApp {
        var copy = configuration
        copy.name = name
        copy.oauth = copy.oauth?.trusting(issuers)
        return SampleApp(copy, inner: inner.withLock { $0 }, random: random)
    }

    private func replace(by next: Inner, at mark: Int?) throws(SampleAppJournalError) {
        let failure = inner.withLock { inner -> SampleAppJournalError? in
            do throws(SampleAppJournalError) {
                if let mark { try journal?.rewind(to: mark) }
            } catch {
                return error
            }
            inner = next
            return nil
        }
        if let failure { throw failure }
    }
}
