import SimCore

/// What is expected after a step. Everything said must hold.
///
/// JSON: the keys of `CallExpectation`, and `job`, `cycle`, `cycles`, `log`, `mails`, `target`,
/// `directory`, `signIn`, `connection`, `hits`; `"since": "start"` looks at the whole drill instead
/// of at what the last action brought.
package struct DrillExpectation: Hashable, Sendable {
    /// The stretch that calls, log rows, cycles and mails are taken from.
    package enum Since: String, CaseIterable, Sendable {
        /// The last step that did something.
        case action
        case start
    }

    /// Mails by number or by their subjects.
    enum Mails: Hashable, Sendable {
        case count(CountBounds)
        case subjects([String])
    }

    static let keys =
        CallExpectation.keys + [
            "since", "job", "cycle", "cycles", "log", "mails", "target", "directory", "signIn",
            "connection", "hits",
        ]

    package let since: Since
    let calls: CallExpectation
    let job: JobPart?
    let cycle: CyclePart?
    let cycles: CountBounds?
    let log: [LogPart]
    let mails: Mails?
    let target: [NamedPresence]
    let directory: [NamedPresence]
    let signIn: SignInPart?
    let connection: ConnectionPart?
    let hits: [NamedCount]

    /// Users whose state at the target is asked for.
    package var targetUsers: [String] { target.map(\.name) }

    /// Users whose state in the directory is asked for.
    package var directoryUsers: [String] { directory.map(\.name) }

    init(_ json: JSONValue) throws(FaultRuleError) {
        let reader = try FaultObjectReader(json, keys: Self.keys, place: "'expect'")
        guard reader.names.contains(where: { $0 != "since" }) else {
            throw FaultRuleError(
                "'expect' expects nothing", hint: "one of: \(Self.keys.joined(separator: ", "))")
        }
        since = try reader.choice("since") ?? .action
        calls = try CallExpectation(reader)
        job = try reader.nested("job") { json throws(FaultRuleError) in try JobPart(json) }
        cycle = try reader.nested("cycle") { json throws(FaultRuleError) in try CyclePart(json) }
        cycles = try reader.nested("cycles") { json throws(FaultRuleError) in
            try CountBounds(json)
        }
        log =
            try reader.list("log") { json throws(FaultRuleError) in try LogPart(json) } ?? []
        mails = try reader.nested("mails") { json throws(FaultRuleError) in try Self.mails(json) }
        target = try reader.members("target") { name, value throws(FaultRuleError) in
            try NamedPresence(name, value, refusing: .deleted)
        }
        directory = try reader.members("directory") { name, value throws(FaultRuleError) in
            try NamedPresence(name, value, refusing: .twice)
        }
        signIn = try reader.nested("signIn") { json throws(FaultRuleError) in
            try SignInPart(json)
        }
        connection = try reader.nested("connection") { json throws(FaultRuleError) in
            try ConnectionPart(json)
        }
        hits = try reader.members("hits") { name, value throws(FaultRuleError) in
            NamedCount(name: name, bounds: try CountBounds(value))
        }
    }

    private static func mails(_ json: JSONValue) throws(FaultRuleError) -> Mails {
        guard let items = json.arrayValue else { return .count(try CountBounds(json)) }
        let texts = items.compactMap(\.stringValue)
        guard texts.count == items.count else {
            throw FaultRuleError("'mails' is a count or a list of subjects, * for anything")
        }
        return .subjects(texts)
    }

    /// Each thing expected, held against what was seen.
    package func checks(of seen: DrillObservation) -> [DrillCheck] {
        var checks: [DrillCheck] = []
        if !calls.isEmpty {
            let problems = calls.problems(with: seen.calls, forgotten: seen.forgottenCalls)
            checks.append(DrillCheck(text: calls.text, problems: problems))
        }
        if let cycle { checks.append(cycle.check(seen.cycle)) }
        if let cycles {
            checks.append(.count("cycles", cycles, seen.cycleCount))
        }
        if let job { checks.append(job.check(seen.job)) }
        checks += log.map { $0.check(seen.log) }
        if let mails { checks.append(Self.check(mails, seen.mails)) }
        checks += target.map { $0.check(seen.target[$0.name], at: "at the target") }
        checks += directory.map { $0.check(seen.directory[$0.name], at: "in the directory") }
        if let signIn { checks.append(signIn.check(seen.signIn)) }
        if let connection { checks.append(connection.check(seen.connection)) }
        checks += hits.map { .count("hits of '\($0.name)'", $0.bounds, seen.hits[$0.name] ?? 0) }
        return checks
    }

    private static func check(_ mails: Mails, _ seen: [String]) -> DrillCheck {
        switch mails {
        case .count(let bounds): return .count("mails", bounds, seen.count)
        case .subjects(let patterns):
            let missing = patterns.filter { pattern in
                !seen.contains { FaultPattern.matches(pattern, $0) }
            }
            return DrillCheck(
                text: "mails \(patterns.map { "'\($0)'" }.joined(separator: ", "))",
                problems: missing.map { "- no mail '\($0)'" }
                    + (missing.isEmpty ? [] : seen.map { "  seen: \($0)" }))
        }
    }
}

extension DrillCheck {
    static func count(_ what: String, _ bounds: CountBounds, _ seen: Int) -> DrillCheck {
        DrillCheck(
            text: "\(what): \(bounds)",
            problems: bounds.admits(seen) ? [] : ["\(what): expected \(bounds), seen \(seen)"])
    }

    /// Compares pair by pair; what is not expected is left out.
    static func fields(
        _ what: String, _ pairs: [(name: String, expected: String?, seen: String?)]
    ) -> DrillCheck {
        let asked = pairs.filter { $0.expected != nil }
        return DrillCheck(
            text: what + " "
                + asked.map { "\($0.name) \($0.expected ?? "")" }.joined(separator: ", "),
            problems: asked.compactMap { pair in
                let seen = pair.seen ?? "nothing"
                guard let wanted = pair.expected, !FaultPattern.matches(wanted, seen) else {
                    return nil
                }
                return "\(what) \(pair.name): expected \(wanted), is \(seen)"
            })
    }
}

extension CallExpectation {
    /// What it asks for, one line.
    var text: String {
        var parts: [String] = []
        if !allowsWrites { parts.append("no write") }
        parts += counts.map { "\($0.bounds) × \($0.call.text)" }
        if let calls {
            let listed = calls.map(\.text).joined(separator: ", ")
            switch order {
            case .exactly:
                parts.append(calls.isEmpty ? "no call at all" : "exactly \(listed)")
            case .inOrder: parts.append("in order \(listed)")
            case .contains: parts.append("among others \(listed)")
            }
        }
        return "calls\(path.map { " of \($0)" } ?? ""): " + parts.joined(separator: "; ")
    }
}
