import SimCore
import Synchronization

/// One tenant's log and its newest snapshot.
///
/// Readers take a snapshot and decide on it without a lock; writers append under a short lock, in
/// which one-time effects and references are checked once more. An append is all or nothing: it is
/// in the journal before anybody sees it.
package final class Tenant: Sendable {
    /// Sees every append, in log order, before `append` returns. It must not append to the same
    /// tenant.
    package typealias Observer = @Sendable ([LogRecord]) -> Void

    private struct State {
        var snapshot: DirectorySnapshot
        /// The snapshot behind one reference, made for the first reader who only asks. Gone before
        /// the snapshot changes: what it holds would have to be copied.
        var published: (any DirectoryQueries)?
        /// Appended, not yet shown to the observers.
        var unobserved: [[LogRecord]] = []
    }

    private let state: Mutex<State>
    private let observers = Mutex<[Observer]>([])
    private let journal: (any TenantJournal)?

    /// - Parameter journal: nil keeps the log in memory only.
    package init(snapshot: DirectorySnapshot, journal: (any TenantJournal)? = nil) {
        state = Mutex(State(snapshot: snapshot))
        self.journal = journal
    }

    /// The tenant as of the last append.
    package func snapshot() -> DirectorySnapshot {
        state.withLock { $0.snapshot }
    }

    /// The same behind one reference: cheaper to take and to hand on, as each request does.
    package func queries() -> any DirectoryQueries {
        state.withLock { state in
            if let published = state.published { return published }
            let queries: any DirectoryQueries = state.snapshot
            state.published = queries
            return queries
        }
    }

    /// Calls `body` with the newest snapshot and the journal while nothing can be appended.
    func withState<Result>(
        _ body: (DirectorySnapshot, (any TenantJournal)?) -> sending Result
    ) -> Result {
        state.withLock { body($0.snapshot, journal) }
    }

    /// Puts another snapshot in place of the newest one, once `body` has changed the journal.
    func replace(
        _ body: ((any TenantJournal)?) throws(JournalFailure) -> DirectorySnapshot
    ) throws(TenantError) {
        let failure = state.withLock { state -> TenantError? in
            do throws(JournalFailure) {
                state.published = nil
                state.snapshot = try body(journal)
                state.unobserved = []
                return nil
            } catch {
                return .journal(error)
            }
        }
        if let failure { throw failure }
    }

    /// Adds an observer for the appends that follow.
    package func observe(_ observer: @escaping Observer) {
        observers.withLock { $0.append(observer) }
    }

    /// Appends `events` in order, all stamped `time`.
    ///
    /// - Returns: the records written; empty for no events.
    @discardableResult
    package func append(
        _ events: [TenantEvent], at time: Timestamp
    ) throws(TenantError) -> [LogRecord] {
        do {
            return try append(at: time) { (_) throws(Never) in events }
        } catch {
            switch error {
            case .tenant(let refusal): throw refusal
            }
        }
    }

    /// Decides on the newest snapshot and appends what was decided, with nothing in between: for
    /// effects that must happen once. `decide` runs under the tenant's lock and must be short.
    @discardableResult
    package func append<Refusal: Error>(
        at time: Timestamp,
        deciding decide: (DirectorySnapshot) throws(Refusal) -> [TenantEvent]
    ) throws(AppendError<Refusal>) -> [LogRecord] {
        let outcome = state.withLock { state -> Result<[LogRecord], AppendError<Refusal>> in
            do throws(Refusal) {
                let events = try decide(state.snapshot)
                return self.write(events, at: time, to: &state).mapError { .tenant($0) }
            } catch {
                return .failure(.refused(error))
            }
        }
        let records = try outcome.get()
        guard let last = records.last else { return records }
        if let journal {
            do throws(JournalFailure) {
                try journal.makeDurable(upTo: last.sequence)
            } catch {
                throw .tenant(.journal(error))
            }
        }
        notify()
        return records
    }

    private func write(
        _ events: [TenantEvent], at time: Timestamp, to state: inout State
    ) -> Result<[LogRecord], TenantError> {
        guard !events.isEmpty else { return .success([]) }
        state.published = nil
        var next = state.snapshot.sequence
        let records = events.map { event in
            next += 1
            return LogRecord(sequence: next, at: time, event: event)
        }
        do throws(TenantError) {
            if records.count == 1 || events.allSatisfy(\.leavesDirectoryAlone) {
                try EventCheck.check(records[0].event, in: state.snapshot)
                try record(records)
                for record in records { state.snapshot.apply(record) }
            } else {
                // Later events may refer to what earlier ones create, so they are checked on a
                // copy that becomes the snapshot only when all of them are sound.
                var working = state.snapshot
                for record in records {
                    try EventCheck.check(record.event, in: working)
                    working.apply(record)
                }
                try self.record(records)
                state.snapshot = working
            }
        } catch {
            return .failure(error)
        }
        state.unobserved.append(records)
        return .success(records)
    }

    private func record(_ records: [LogRecord]) throws(TenantError) {
        guard let journal else { return }
        do throws(JournalFailure) {
            try journal.append(records)
        } catch {
            throw .journal(error)
        }
    }

    /// Shows what was appended to the observers, in order; one thread at a time.
    private func notify() {
        observers.withLock { observers in
            let batches = state.withLock { state in
                defer { state.unobserved = [] }
                return state.unobserved
            }
            for batch in batches {
                for observer in observers { observer(batch) }
            }
        }
    }
}

/// Why a checked append did not happen: the decision's own refusal, or the log's.
package enum AppendError<Refusal: Error>: Error {
    case refused(Refusal)
    case tenant(TenantError)
}
