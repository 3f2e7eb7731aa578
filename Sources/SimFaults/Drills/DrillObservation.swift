import SimCore

/// What the player has seen, as far as an expectation may ask.
package struct DrillObservation: Sendable {
    /// How the last cycle of the drill's app ended.
    package struct Cycle: Hashable, Sendable {
        package let kind: String
        package let state: String
        package let error: String?
        /// `created`, `updated`, `disabled`, `deleted`, `skipped`, `failed`.
        package let counts: [String: Int]

        package init(kind: String, state: String, error: String?, counts: [String: Int]) {
            self.kind = kind
            self.state = state
            self.error = error
            self.counts = counts
        }
    }

    /// The drill's job as Graph names its state.
    package struct Job: Hashable, Sendable {
        package let status: String
        package let schedule: String
        /// Why it is in quarantine; nil when it is not.
        package let reason: String?
        /// Objects that are tried again later.
        package let retries: Int
        /// Deletes held back.
        package let staged: Int

        package init(status: String, schedule: String, reason: String?, retries: Int, staged: Int) {
            self.status = status
            self.schedule = schedule
            self.reason = reason
            self.retries = retries
            self.staged = staged
        }
    }

    /// A row of the provisioning log.
    package struct LogRow: Hashable, Sendable {
        package let who: String
        package let action: String
        package let status: String
        /// Error code or skip reason; empty for a success.
        package let code: String
        package let reason: String

        package init(who: String, action: String, status: String, code: String, reason: String) {
            self.who = who
            self.action = action
            self.status = status
            self.code = code
            self.reason = reason
        }
    }

    /// What Test Connection said.
    package struct Connection: Hashable, Sendable {
        package let isSuccess: Bool
        package let status: Int?
        package let text: String

        package init(isSuccess: Bool, status: Int?, text: String) {
            self.isSuccess = isSuccess
            self.status = status
            self.text = text
        }
    }

    /// How a person is known somewhere.
    package enum Presence: String, CaseIterable, Sendable {
        case active, disabled, absent
        /// In the recycle bin; only the directory has one.
        case deleted
        /// Two resources of that name; only a target can have them.
        case twice
    }

    /// Calls to targets.
    package var calls: [ObservedCall] = []
    /// Earlier calls of the stretch that the journal no longer holds.
    package var forgottenCalls = 0
    package var cycle: Cycle?
    /// Cycles of the drill's app.
    package var cycleCount = 0
    package var job: Job?
    package var log: [LogRow] = []
    /// Subjects of mails sent.
    package var mails: [String] = []
    package var signIn: DrillSignInOutcome?
    package var connection: Connection?
    /// Hits by the rule's name.
    package var hits: [String: Int] = [:]
    package var target: [String: Presence] = [:]
    package var directory: [String: Presence] = [:]

    package init() {}
}

/// How a sign-in went, seen from the app.
package struct DrillSignInOutcome: Hashable, Sendable {
    package enum Result: String, CaseIterable, Sendable {
        /// The app has valid tokens.
        case signedIn
        /// The login endpoint refused, with a number.
        case refused
        /// A page asks for something nobody gave.
        case asked
        /// Tokens came and the app does not accept them.
        case rejected
        /// No answer, or none that is of any use.
        case unavailable
    }

    package let result: Result
    /// Number of a refusal.
    package let error: Int?
    package let suberror: String?
    /// What a person reads of it, one line.
    package let detail: String

    package init(
        _ result: Result, error: Int? = nil, suberror: String? = nil, _ detail: String
    ) {
        self.result = result
        self.error = error
        self.suberror = suberror
        self.detail = detail
    }

    /// `refused 50076 mfa_required: …`
    package var text: String {
        [result.rawValue, error.map { String($0) }, suberror].compactMap { $0 }
            .joined(separator: " ") + (detail.isEmpty ? "" : ": \(detail)")
    }
}

/// One thing that was expected, and what does not hold.
package struct DrillCheck: Hashable, Sendable {
    package let text: String
    /// Empty when it holds.
    package let problems: [String]

    package var isMet: Bool { problems.isEmpty }
}
