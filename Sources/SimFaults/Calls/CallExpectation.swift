import SimCore

/// What a test suite expects of the calls in a stretch of the journal. Everything said must hold.
///
/// JSON: `{"calls": ["GET */Users 200", "POST */Users 201"], "order": "exactly", "writes": false,
/// "counts": {"POST */Users": 18, "* * 429": {"min": 1}}}`.
package struct CallExpectation: Hashable, Sendable {
    /// How the expected calls and the real ones go together.
    package enum Order: String, CaseIterable, Sendable {
        /// These calls, in this order, and no others.
        case exactly
        /// These calls, in this order, others between them.
        case inOrder
        /// These calls in any order, each as often as written, others too.
        case contains
    }

    /// How often a call is to be seen.
    package struct Count: Hashable, Sendable {
        let call: CallPattern
        let bounds: CountBounds
    }

    package static let keys = ["path", "calls", "order", "writes", "counts"]
    package static let callLimit = 1_000

    /// Only calls with a path of this form are looked at; nil for all of them.
    package let path: String?
    /// nil when no list of calls is asked for.
    package let calls: [CallPattern]?
    package let order: Order
    package let allowsWrites: Bool
    package let counts: [Count]

    package init(
        path: String? = nil, calls: [CallPattern]? = nil, order: Order = .exactly,
        allowsWrites: Bool = true, counts: [Count] = []
    ) {
        self.path = path
        self.calls = calls
        self.order = order
        self.allowsWrites = allowsWrites
        self.counts = counts
    }

    /// Reads those of `keys` that are there.
    package init(_ json: JSONValue) throws(FaultRuleError) {
        let reader = try FaultObjectReader(json, keys: Self.keys, place: "the expectation")
        guard reader.names.contains(where: { $0 != "path" }) else {
            throw FaultRuleError(
                "nothing is expected",
                hint: #"{"calls": ["POST */Users 201"]} or {"writes": false}"#)
        }
        try self.init(reader)
    }

    init(_ reader: FaultObjectReader) throws(FaultRuleError) {
        path = try reader.string("path")
        calls = try reader.list("calls", limit: Self.callLimit) {
            json throws(FaultRuleError) in try CallPattern(json)
        }
        let order = try reader.choice("order", Order.self)
        if order != nil, calls == nil {
            throw FaultRuleError(
                "'order' in \(reader.place) means nothing without 'calls'", path: [.key("order")])
        }
        self.order = order ?? .exactly
        allowsWrites = try reader.bool("writes") ?? true
        counts = try reader.members("counts") { name, value throws(FaultRuleError) in
            try Count(name, value)
        }
    }

    /// Says nothing at all.
    var isEmpty: Bool { calls == nil && allowsWrites && counts.isEmpty }

    /// What does not hold, one line each; empty when all does. Lines of a comparison begin with
    /// `-` where a call is missing and with `+` where one was not expected.
    ///
    /// - Parameter forgotten: exchanges of the stretch that are no longer known: nothing can be
    ///   said then.
    package func problems(with seen: [ObservedCall], forgotten: Int = 0) -> [String] {
        guard forgotten == 0 else {
            return ["the journal has forgotten \(forgotten) earlier exchanges of this stretch"]
        }
        let seen =
            path.map { path in
                seen.filter { FaultPattern.matches(path, $0.path) }
            } ?? seen
        var problems: [String] = []
        if !allowsWrites {
            let writes = seen.filter(\.isWrite)
            problems += writes.prefix(Self.shownLimit).map { "a write: \($0.line)" }
            let more = writes.count - Self.shownLimit
            if more > 0 { problems.append("\(more) more writes") }
        }
        problems += counts.compactMap { $0.problem(with: seen) }
        guard let calls else { return problems }
        switch order {
        case .exactly: return problems + CallComparison(calls, seen).problems
        case .inOrder: return problems + inOrder(calls, seen)
        case .contains: return problems + contained(calls, seen)
        }
    }

    private func inOrder(_ calls: [CallPattern], _ seen: [ObservedCall]) -> [String] {
        var rest = seen[...]
        for (index, call) in calls.enumerated() {
            guard let place = rest.firstIndex(where: call.fits) else {
                let earlier = rest.startIndex > 0 ? " after \(seen[rest.startIndex - 1].line)" : ""
                return ["- call \(index + 1): expected \(call.text)\(earlier), did not come"]
                    + Self.listing(rest)
            }
            rest = rest[(place + 1)...]
        }
        return []
    }

    private func contained(_ calls: [CallPattern], _ seen: [ObservedCall]) -> [String] {
        var rest = seen
        var missing: [String] = []
        for call in calls {
            if let place = rest.firstIndex(where: call.fits) {
                rest.remove(at: place)
            } else {
                missing.append("- expected \(call.text), did not come")
            }
        }
        return missing.isEmpty ? [] : missing + Self.listing(rest[...])
    }

    /// The calls that were there instead.
    private static func listing(_ calls: ArraySlice<ObservedCall>) -> [String] {
        guard !calls.isEmpty else { return ["  nothing else was called"] }
        let more = calls.count - shownLimit
        return calls.prefix(shownLimit).map { "  seen: \($0.line)" }
            + (more > 0 ? ["  seen: \(more) more"] : [])
    }

    /// Calls listed in one problem.
    static let shownLimit = 20
}

extension CallExpectation.Count {
    init(_ text: String, _ json: JSONValue) throws(FaultRuleError) {
        guard let call = CallPattern(text) else {
            throw FaultRuleError(
                "'\(text)' is not a call", hint: "write it as PATCH */Users/* 204")
        }
        self.call = call
        bounds = try CountBounds(json)
    }

    func problem(with seen: [ObservedCall]) -> String? {
        let count = seen.count(where: call.fits)
        return bounds.admits(count) ? nil : "\(call.text): expected \(bounds), seen \(count)"
    }
}
