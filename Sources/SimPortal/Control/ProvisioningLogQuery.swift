import SimCore
import SimProvisioning

/// Which rows of the provisioning log are wanted, and how they are read: the newest ones, or page
/// by page from a position on.
package struct ProvisioningLogQuery: Hashable, Sendable {
    package static let limitBounds = 1...1_000
    package static let standardLimit = 50
    /// Longest wait for a row that is not there yet, in the machine's time.
    package static let longestWait: Duration = .seconds(60)

    /// Conditions that need no directory.
    package var filter = LogFilter()
    /// Only rows about this user or group, by name or id.
    package var user: String?
    package var group: String?
    package var cycle: CycleReference?
    package var limit: Int
    /// Rows from this position on, oldest first; nil for the newest rows, newest first.
    package var from: Int?
    /// How long to wait when there are none.
    package var wait: Duration = .zero
    /// Cycles the caller has seen end: one more ends the wait too.
    package var seenCycles: Int?

    package init(limit: Int = ProvisioningLogQuery.standardLimit) {
        self.limit = limit
    }
}

extension ProvisioningLogQuery {
    static let keys = [
        "status", "action", "errorCode", "identity", "user", "group", "cycleId", "since", "until",
        "limit", "from", "wait", "seenCycles",
    ]

    init(_ query: StrictObject) throws(ControlError) {
        self.init(limit: try query.number("limit", in: Self.limitBounds) ?? Self.standardLimit)
        filter.status = try query.choice("status")
        filter.action = try query.choice("action")
        filter.code = try query.choice("errorCode")
        filter.text = try query.string("identity")
        filter.since = try query.timestamp("since")
        filter.until = try query.timestamp("until")
        if let since = filter.since, let until = filter.until, since > until {
            throw .badRequest("'since' is after 'until'", hint: "exchange them")
        }
        user = try query.string("user")
        group = try query.string("group")
        cycle = try query.cycle("cycleId")
        from = try query.number("from", in: 0...Int.max)
        seenCycles = try query.number("seenCycles", in: 0...Int.max)
        wait = try query.duration("wait") ?? .zero
        guard wait <= Self.longestWait else {
            throw .badRequest(
                "'wait' is longer than \(Self.longestWait.components.seconds) seconds",
                hint: "ask again with 'from' when nothing came")
        }
        guard wait == .zero || from != nil else {
            throw .badRequest(
                "'wait' needs 'from'", hint: "the answer's 'next' is where to go on")
        }
    }
}

extension StrictObject {
    /// A cycle by number or id, or the last one; nil when absent.
    func cycle(_ key: String) throws(ControlError) -> CycleReference? {
        guard let text = try string(key) else { return nil }
        guard let reference = CycleReference(text) else {
            throw .badRequest(
                "'\(key)' is no cycle: '\(text)'",
                hint: NearestName.of(text, in: ["last"]).map { "did you mean '\($0)'?" }
                    ?? "a number, an id or 'last'")
        }
        return reference
    }
}
