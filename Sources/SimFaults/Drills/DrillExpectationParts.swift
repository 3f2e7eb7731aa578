import SimCore

/// A name and how many of it there are to be.
struct NamedCount: Hashable, Sendable {
    let name: String
    let bounds: CountBounds
}

/// A user and where they are to be.
struct NamedPresence: Hashable, Sendable {
    typealias Presence = DrillObservation.Presence

    let name: String
    let presence: Presence

    /// - Parameter other: what cannot be there.
    init(_ name: String, _ json: JSONValue, refusing other: Presence) throws(FaultRuleError) {
        let known = Presence.allCases.filter { $0 != other }.map(\.rawValue)
        guard let text = json.stringValue, let presence = Presence(rawValue: text),
            presence != other
        else {
            throw FaultRuleError(
                "'\(json.stringValue ?? json.text)' is no state of a user",
                hint: json.stringValue.flatMap { NearestName.of($0, in: known) }
                    .map { "did you mean '\($0)'?" } ?? "one of: \(known.joined(separator: ", "))")
        }
        self.name = name
        self.presence = presence
    }

    func check(_ seen: Presence?, at place: String) -> DrillCheck {
        DrillCheck(
            text: "\(name) is \(presence.rawValue) \(place)",
            problems: seen == presence
                ? [] : ["\(name): expected \(presence.rawValue), is \(seen?.rawValue ?? "unknown")"]
        )
    }
}

extension DrillExpectation {
    /// `{"status": "Quarantine", "schedule": "Active", "reason": "…", "retries": 3, "staged": 0}`
    struct JobPart: Hashable, Sendable {
        let status: String?
        let schedule: String?
        let reason: String?
        let retries: CountBounds?
        let staged: CountBounds?

        init(_ json: JSONValue) throws(FaultRuleError) {
            let reader = try FaultObjectReader(
                json, keys: ["status", "schedule", "reason", "retries", "staged"], place: "'job'")
            status = try reader.string("status")
            schedule = try reader.string("schedule")
            reason = try reader.string("reason")
            retries = try reader.nested("retries") { json throws(FaultRuleError) in
                try CountBounds(json)
            }
            staged = try reader.nested("staged") { json throws(FaultRuleError) in
                try CountBounds(json)
            }
        }

        func check(_ seen: DrillObservation.Job?) -> DrillCheck {
            let fields = DrillCheck.fields(
                "job",
                [
                    ("status", status, seen?.status), ("schedule", schedule, seen?.schedule),
                    ("reason", reason, seen?.reason),
                ])
            let counts = [("retries", retries, seen?.retries), ("staged", staged, seen?.staged)]
                .compactMap { name, bounds, seen in
                    bounds.map { DrillCheck.count("job \(name)", $0, seen ?? 0) }
                }
            return DrillCheck(
                text: ([fields.text] + counts.map(\.text)).filter { $0 != "job " }
                    .joined(separator: ", "),
                problems: fields.problems + counts.flatMap(\.problems))
        }
    }

    /// `{"kind": "initial", "state": "Succeeded", "error": "…", "created": 18, …}`
    struct CyclePart: Hashable, Sendable {
        private static let counted = [
            "created", "updated", "disabled", "deleted", "skipped", "failed",
        ]

        let kind: String?
        let state: String?
        let error: String?
        let counts: [NamedCount]

        init(_ json: JSONValue) throws(FaultRuleError) {
            let reader = try FaultObjectReader(
                json, keys: ["kind", "state", "error"] + Self.counted, place: "'cycle'")
            kind = try reader.string("kind")
            state = try reader.string("state")
            error = try reader.string("error")
            var counts: [NamedCount] = []
            for name in Self.counted {
                let bounds = try reader.nested(name) { json throws(FaultRuleError) in
                    try CountBounds(json)
                }
                if let bounds { counts.append(NamedCount(name: name, bounds: bounds)) }
            }
            self.counts = counts
        }

        func check(_ seen: DrillObservation.Cycle?) -> DrillCheck {
            let fields = DrillCheck.fields(
                "cycle",
                [
                    ("kind", kind, seen?.kind), ("state", state, seen?.state),
                    ("error", error, seen?.error),
                ])
            let counts = counts.map {
                DrillCheck.count($0.name, $0.bounds, seen?.counts[$0.name] ?? 0)
            }
            return DrillCheck(
                text: ([fields.text] + counts.map(\.text)).joined(separator: " "),
                problems: fields.problems + counts.flatMap(\.problems))
        }
    }

    /// `{"who": "a@b.test", "action": "create", "status": "failure", "code": "…"}`: one such row.
    struct LogPart: Hashable, Sendable {
        let who: String?
        let action: String?
        let status: String?
        let code: String?
        let reason: String?
        let count: CountBounds?

        init(_ json: JSONValue) throws(FaultRuleError) {
            let reader = try FaultObjectReader(
                json, keys: ["who", "action", "status", "code", "reason", "count"],
                place: "a row of 'log'")
            who = try reader.string("who")
            action = try reader.string("action")
            status = try reader.string("status")
            code = try reader.string("code")
            reason = try reader.string("reason")
            count = try reader.nested("count") { json throws(FaultRuleError) in
                try CountBounds(json)
            }
        }

        private var text: String {
            [who, action, status, code, reason].compactMap { $0 }.joined(separator: " ")
        }

        private func fits(_ row: DrillObservation.LogRow) -> Bool {
            [
                (who, row.who), (action, row.action), (status, row.status), (code, row.code),
                (reason, row.reason),
            ].allSatisfy { wanted, seen in
                wanted.map { FaultPattern.matches($0, seen) } ?? true
            }
        }

        func check(_ rows: [DrillObservation.LogRow]) -> DrillCheck {
            let found = rows.count(where: fits)
            if let count { return .count("log rows \(text)", count, found) }
            guard found == 0 else { return DrillCheck(text: "log: \(text)", problems: []) }
            let near = rows.filter { $0.status != "success" }
            return DrillCheck(
                text: "log: \(text)",
                problems: ["- no row \(text)"]
                    + (near.isEmpty ? rows : near).prefix(CallExpectation.shownLimit).map {
                        "  seen: \($0.who) \($0.action) \($0.status) \($0.code)"
                    })
        }
    }

    /// `{"result": "refused", "error": 50076, "suberror": "…", "detail": "*…*"}`
    struct SignInPart: Hashable, Sendable {
        let result: DrillSignInOutcome.Result?
        let error: Int?
        let suberror: String?
        let detail: String?

        init(_ json: JSONValue) throws(FaultRuleError) {
            let reader = try FaultObjectReader(
                json, keys: ["result", "error", "suberror", "detail"], place: "'signIn'")
            result = try reader.choice("result")
            error = try reader.number("error", in: 1...9_999_999)
            suberror = try reader.string("suberror")
            detail = try reader.string("detail")
        }

        func check(_ seen: DrillSignInOutcome?) -> DrillCheck {
            let check = DrillCheck.fields(
                "sign-in",
                [
                    ("result", result?.rawValue, seen?.result.rawValue),
                    ("error", error.map { String($0) }, seen?.error.map { String($0) }),
                    ("suberror", suberror, seen?.suberror), ("detail", detail, seen?.detail),
                ])
            guard !check.isMet, let seen else { return check }
            return DrillCheck(
                text: check.text, problems: check.problems + ["  seen: \(seen.text)"])
        }
    }

    /// `{"success": false, "status": 401, "text": "*Unauthorized*"}`
    struct ConnectionPart: Hashable, Sendable {
        let success: Bool?
        let status: Int?
        let text: String?

        init(_ json: JSONValue) throws(FaultRuleError) {
            let reader = try FaultObjectReader(
                json, keys: ["success", "status", "text"], place: "'connection'")
            success = try reader.bool("success")
            status = try reader.number("status", in: 100...599)
            text = try reader.string("text")
        }

        func check(_ seen: DrillObservation.Connection?) -> DrillCheck {
            .fields(
                "Test Connection",
                [
                    ("success", success.map { "\($0)" }, seen.map { "\($0.isSuccess)" }),
                    ("status", status.map { "\($0)" }, seen?.status.map { "\($0)" }),
                    ("text", text, seen?.text),
                ])
        }
    }
}
