import SimCore

/// What changed between two cassettes, call by call.
package struct CassetteComparison: Sendable {
    /// One thing that is not as it was.
    package struct Difference: Hashable, Sendable {
        package enum What: String, CaseIterable, Sendable {
            case missingCall, newCall, request, answer
        }

        /// nil for a probe.
        package let subject: CassetteExchange.Subject?
        package let operation: CassetteExchange.Operation
        package let what: What
        /// `status`, `header.Content-Type`, `body.name.givenName`; for a call its request line.
        package let path: String
        /// JSON or text; nil when there was nothing.
        package let before: JSONValue?
        package let after: JSONValue?
    }

    private struct Key: Hashable {
        let kind: ObjectKey.Kind?
        let name: String
        let operation: CassetteExchange.Operation
        /// Among the same calls.
        let number: Int
    }

    /// Differences kept; more are only counted.
    package static let differenceLimit = 10_000

    package let before: Cassette
    package let after: Cassette
    /// By object in the order of the first cassette, then those only the second one has.
    package private(set) var differences: [Difference] = []
    package private(set) var differenceCount = 0
    /// Calls that differ, are missing or are new.
    package private(set) var callCount = 0

    /// Whether nothing differs, the kind of cycle included.
    package var isSame: Bool { differenceCount == 0 && before.kind == after.kind }

    package init(_ before: Cassette, _ after: Cassette) {
        self.before = before
        self.after = after
        let old = Self.keyed(before)
        let new = Self.keyed(after)
        let later = Dictionary(new, uniquingKeysWith: { first, _ in first })
        let known = Set(old.map(\.0))
        for (key, exchange) in old {
            guard let other = later[key] else {
                add(exchange, .missingCall, exchange.line, before: exchange.outcome, after: nil)
                callCount += 1
                continue
            }
            compare(exchange, other)
        }
        for (key, exchange) in new where !known.contains(key) {
            add(exchange, .newCall, exchange.line, before: nil, after: exchange.outcome)
            callCount += 1
        }
    }

    private static func keyed(_ cassette: Cassette) -> [(Key, CassetteExchange)] {
        var counts: [Key: Int] = [:]
        return cassette.exchanges.map { exchange in
            let first = Key(
                kind: exchange.subject?.kind, name: exchange.subject?.name ?? "",
                operation: exchange.operation, number: 0)
            let number = counts[first, default: 0]
            counts[first] = number + 1
            let key = Key(
                kind: first.kind, name: first.name, operation: first.operation, number: number)
            return (key, exchange)
        }
    }

    private mutating func compare(_ old: CassetteExchange, _ new: CassetteExchange) {
        let start = differenceCount
        if old.method != new.method {
            add(old, .request, "method", before: .string(old.method), after: .string(new.method))
        }
        if old.path != new.path {
            add(old, .request, "path", before: .string(old.path), after: .string(new.path))
        }
        compare(old, .request, headers: old.headers, new.headers)
        compare(old, .request, "body", old.body, new.body)
        switch (old.answer, new.answer) {
        case (
            .response(let status, let headers, let body),
            .response(let newStatus, let newHeaders, let newBody)
        ):
            if status != newStatus {
                add(
                    old, .answer, "status", before: .int(Int64(status)),
                    after: .int(Int64(newStatus)))
            }
            compare(old, .answer, headers: headers, newHeaders)
            compare(old, .answer, "body", body, newBody)
        case (.failure(let reason), .failure(let other)):
            if reason != other {
                add(old, .answer, "failure", before: .string(reason), after: .string(other))
            }
        case (.response, .failure), (.failure, .response):
            add(old, .answer, "status", before: old.outcome, after: new.outcome)
        }
        if differenceCount > start { callCount += 1 }
    }

    /// Names of header fields have no case.
    private mutating func compare(
        _ exchange: CassetteExchange, _ what: Difference.What, headers old: JSONObject,
        _ new: JSONObject
    ) {
        func value(_ name: String, _ headers: JSONObject) -> JSONValue? {
            headers.members.first { $0.name.lowercased() == name.lowercased() }?.value
        }
        for member in old.members where value(member.name, new) != member.value {
            add(
                exchange, what, "header.\(member.name)", before: member.value,
                after: value(member.name, new))
        }
        for member in new.members where value(member.name, old) == nil {
            add(exchange, what, "header.\(member.name)", before: nil, after: member.value)
        }
    }

    /// The order of an object's members does not count; that of an array's items does.
    private mutating func compare(
        _ exchange: CassetteExchange, _ what: Difference.What, _ path: String,
        _ old: JSONValue?, _ new: JSONValue?
    ) {
        guard old != new else { return }
        if let left = old?.objectValue, let right = new?.objectValue {
            for name in left.names {
                compare(exchange, what, "\(path).\(name)", left[name], right[name])
            }
            for name in right.names where left[name] == nil {
                compare(exchange, what, "\(path).\(name)", nil, right[name])
            }
        } else if let left = old?.arrayValue, let right = new?.arrayValue {
            for index in 0..<max(left.count, right.count) {
                compare(
                    exchange, what, "\(path)[\(index)]",
                    index < left.count ? left[index] : Optional.none,
                    index < right.count ? right[index] : Optional.none)
            }
        } else {
            add(exchange, what, path, before: old, after: new)
        }
    }

    private mutating func add(
        _ exchange: CassetteExchange, _ what: Difference.What, _ path: String,
        before: JSONValue?, after: JSONValue?
    ) {
        differenceCount += 1
        guard differences.count < Self.differenceLimit else { return }
        differences.append(
            Difference(
                subject: exchange.subject, operation: exchange.operation, what: what, path: path,
                before: before, after: after))
    }
}

extension CassetteExchange {
    /// `POST /Users`
    fileprivate var line: String { "\(method) \(path)" }

    /// The status, or why there was no answer.
    fileprivate var outcome: JSONValue {
        switch answer {
        case .response(let status, _, _): .int(Int64(status))
        case .failure(let reason): .string("no answer: \(reason)")
        }
    }
}
