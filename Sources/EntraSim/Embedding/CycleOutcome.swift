import SimCore
import SimPortal
import SimProvisioning

/// How a provisioning cycle went.
public struct CycleOutcome: Hashable, Sendable, CustomStringConvertible {
    public enum State: String, CaseIterable, Sendable {
        case succeeded = "Succeeded"
        /// Single objects failed and are tried again.
        case entryLevelErrors = "EntryLevelErrors"
        /// Nothing was looked at; the job is in quarantine.
        case failed = "Failed"
    }

    /// How many objects ended in which way.
    public struct Counts: Hashable, Sendable {
        public let created: Int
        public let updated: Int
        public let disabled: Int
        public let deleted: Int
        public let skipped: Int
        public let failed: Int
    }

    /// An object that could not be provisioned.
    public struct Failure: Hashable, Sendable {
        /// User principal name, or a group's name.
        public let identity: String
        /// `errorCode` of the log row.
        public let code: String
        public let reason: String
    }

    public let app: String
    /// The first cycle, or the first after a restart: everything was looked at.
    public let isInitial: Bool
    public let state: State
    public let counts: Counts
    public let failures: [Failure]
    /// Why the whole cycle failed; nil when it did not.
    public let errorCode: String?
    /// Whether the job is in quarantine afterwards.
    public let isInQuarantine: Bool
    /// The cycle in words, a line an object.
    public let report: String

    public var description: String { report }
}

/// What "Test Connection" says.
public struct ConnectionTestOutcome: Hashable, Sendable {
    public let isSuccess: Bool
    /// The text an administrator sees.
    public let text: String
    /// Status of the target's refusal; nil for success and when nothing answered.
    public let status: Int?
}

extension CycleOutcome {
    /// - Parameter runner: of the job, in the state the cycle left it in.
    init(_ report: SimPortal.CycleReport, of runner: JobRunner) {
        app = report.app
        isInitial =
            switch report.kind {
            case .initial: true
            case .incremental: false
            }
        state =
            switch report.state {
            case .succeeded: .succeeded
            case .entryLevelErrors: .entryLevelErrors
            case .failed: .failed
            }
        counts = Counts(
            created: report.counts.created, updated: report.counts.updated,
            disabled: report.counts.disabled, deleted: report.counts.deleted,
            skipped: report.counts.skipped, failed: report.counts.failed)
        errorCode = report.error?["code"]?.stringValue
        isInQuarantine = report.quarantine != nil
        let rows = GUID(report.cycleID).map { runner.log.entries(ofCycle: $0) } ?? []
        failures = rows.compactMap { row in
            row.failure.map {
                Failure(
                    identity: row.subject.kind == .user ? row.reportableID : row.displayName,
                    code: $0.code.rawValue, reason: $0.reason)
            }
        }
        self.report = report.text
    }
}
