import SimCore

/// The key that says what a step does.
package enum DrillActionKey: String, CaseIterable, Sendable {
    case edit, fault, clear, advance, cycle, job, onDemand, testConnection, signIn
}

/// What a step does.
package enum DrillAction: Hashable, Sendable {
    /// How far the clock moves.
    package enum Move: Hashable, Sendable {
        case by(Duration)
        case to(Timestamp)
    }

    /// What an administrator does with the job itself.
    package enum JobOrder: String, CaseIterable, Sendable {
        case start, pause
        /// The portal's: the watermark, failures and quarantine are forgotten.
        case restart
        /// The links to the target's objects too: everybody is matched again.
        case restartFull
        /// "Allow deletes": what the accidental-deletion guard has staged is sent.
        case allowDeletes
    }

    case edit(DrillEdit)
    case fault(FaultRule)
    /// A rule by its name, or all of them.
    case clear(String?)
    /// Cycles, retries and purges that fall due on the way happen.
    case advance(Move)
    /// A cycle now, whatever the schedule says; of the drill's app when nil.
    case cycle(app: String?)
    case job(JobOrder)
    /// Provision one user on demand.
    case onDemand(user: String)
    /// Test Connection with the saved token, or another.
    case testConnection(token: String?)
    case signIn(DrillSignIn)

    init(_ key: DrillActionKey, _ json: JSONValue) throws(FaultRuleError) {
        switch key {
        case .edit: self = .edit(try DrillEdit(json))
        case .fault: self = .fault(try FaultRule(json))
        case .clear: self = .clear(json == .bool(true) ? nil : try Self.name(json, "'clear'"))
        case .advance: self = .advance(try Self.move(json))
        case .cycle: self = .cycle(app: json == .bool(true) ? nil : try Self.name(json, "'cycle'"))
        case .job:
            let wrapped = try FaultObjectReader(["job": json], keys: ["job"], place: "the step")
            self = .job(try wrapped.requiredChoice("job"))
        case .onDemand: self = .onDemand(user: try Self.name(json, "'onDemand'"))
        case .testConnection:
            guard json != .bool(true) else {
                self = .testConnection(token: nil)
                return
            }
            let reader = try FaultObjectReader(json, keys: ["token"], place: "'testConnection'")
            self = .testConnection(token: try reader.requiredString("token"))
        case .signIn: self = .signIn(try DrillSignIn(json))
        }
    }

    /// The provisioning service calls the target because of it.
    var callsTarget: Bool {
        switch self {
        case .cycle, .onDemand, .testConnection, .job: true
        case .edit, .fault, .clear, .advance, .signIn: false
        }
    }

    private static func name(
        _ json: JSONValue, _ place: String
    ) throws(FaultRuleError) -> String {
        guard let text = json.stringValue, !text.isEmpty else {
            throw FaultRuleError("\(place) is a name or true, not \(json.text)")
        }
        return text
    }

    private static func move(_ json: JSONValue) throws(FaultRuleError) -> Move {
        let text = json.stringValue ?? json.text
        if let duration = FaultDuration.parse(text), duration > .zero { return .by(duration) }
        if let time = Timestamp(iso8601: text) { return .to(time) }
        throw FaultRuleError(
            "'advance' is neither a duration nor an instant: '\(text)'",
            hint: "write it as 40m, 6h, 2d or 2026-01-12T08:00:00Z")
    }
}
