import SimCore

/// A JSON object whose keys are all known: an unknown or repeated key is refused with the nearest
/// known key, before any value is looked at.
struct StrictObject: Sendable {
    private let object: JSONObject
    /// What the messages call it: `the body`, `the query`, `'web'`.
    private let place: String

    init(_ object: JSONObject, keys: [String], place: String) throws(ControlError) {
        self.object = object
        self.place = place
        var seen: Set<String> = []
        for name in object.names {
            guard keys.contains(name) else { throw .unknownKey(name, in: place, known: keys) }
            guard seen.insert(name).inserted else {
                throw .badRequest("\(place) has the key '\(name)' twice")
            }
        }
    }

    /// Everything that is there.
    var members: JSONObject { object }

    func has(_ key: String) -> Bool { object[key] != nil }

    func value(_ key: String) -> JSONValue? { object[key] }

    /// A string that must be there and not be empty.
    func requiredString(_ key: String) throws(ControlError) -> String {
        guard let text = try string(key) else {
            throw .badRequest("\(place) lacks the key '\(key)'")
        }
        return text
    }

    /// A non-empty string; nil when absent.
    func string(_ key: String) throws(ControlError) -> String? {
        guard let value = object[key] else { return nil }
        guard let text = value.stringValue else { throw mismatch(key, value, "a string") }
        guard !text.isEmpty else { throw .badRequest("'\(key)' in \(place) is empty") }
        return text
    }

    /// A string that may be empty; nil when absent.
    func stringOrEmpty(_ key: String) throws(ControlError) -> String? {
        object[key] == .string("") ? "" : try string(key)
    }

    /// A string, or null to clear.
    func stringChange(_ key: String) throws(ControlError) -> Change<String>? {
        if object[key] == .null { return .clear }
        return try string(key).map { .set($0) }
    }

    /// A boolean; in a query the words `true` and `false`.
    func bool(_ key: String) throws(ControlError) -> Bool? {
        guard let value = object[key] else { return nil }
        switch value {
        case .bool(let flag): return flag
        case .string("true"): return true
        case .string("false"): return false
        case .null, .int, .double, .number, .string, .array, .object:
            throw mismatch(key, value, "true or false")
        }
    }

    /// A whole number within `bounds`; in a query its digits.
    func number(_ key: String, in bounds: ClosedRange<Int>) throws(ControlError) -> Int? {
        guard let value = object[key] else { return nil }
        let number = value.intValue.map { Int($0) } ?? value.stringValue.flatMap { Int($0) }
        guard let number, bounds.contains(number) else {
            throw mismatch(key, value, "a number from \(bounds.lowerBound) to \(bounds.upperBound)")
        }
        return number
    }

    func strings(_ key: String) throws(ControlError) -> [String]? {
        guard let value = object[key] else { return nil }
        guard let items = value.arrayValue else {
            throw mismatch(key, value, "an array of strings")
        }
        var texts: [String] = []
        for item in items {
            guard let text = item.stringValue else { throw mismatch(key, item, "a string") }
            texts.append(text)
        }
        return texts
    }

    /// One of the values of a closed choice, compared exactly.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String, _ type: Choice.Type = Choice.self
    ) throws(ControlError) -> Choice? {
        guard let text = try string(key) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue)
            throw .badRequest(
                "'\(key)' cannot be '\(text)'",
                hint: NearestName.of(text, in: known).map { "did you mean '\($0)'?" }
                    ?? "one of: \(known.joined(separator: ", "))")
        }
        return choice
    }

    func timestamp(_ key: String) throws(ControlError) -> Timestamp? {
        guard let text = try string(key) else { return nil }
        guard let time = Timestamp(iso8601: text) else {
            throw .badRequest(
                "'\(key)' is not an instant: '\(text)'", hint: "write it as 2026-01-05T08:00:00Z")
        }
        return time
    }

    func duration(_ key: String) throws(ControlError) -> Duration? {
        guard let text = try string(key) else { return nil }
        guard let duration = DurationText.parse(text) else {
            throw .badRequest(
                "'\(key)' is not a duration: '\(text)'", hint: "write it as 40m, 6h, 2d or PT40M")
        }
        return duration
    }

    /// A nested object with its own known keys.
    func object(_ key: String, keys: [String]) throws(ControlError) -> StrictObject? {
        guard let value = object[key] else { return nil }
        guard let inner = value.objectValue else { throw mismatch(key, value, "an object") }
        return try StrictObject(inner, keys: keys, place: "'\(key)'")
    }

    private func mismatch(_ key: String, _ value: JSONValue, _ wanted: String) -> ControlError {
        let shown =
            value.arrayValue == nil && value.objectValue == nil ? value.text : value.kindName
        return .badRequest("'\(key)' in \(place) must be \(wanted), not \(shown)")
    }
}

extension ControlError {
    /// A key nobody knows, with the nearest known one.
    static func unknownKey(_ key: String, in place: String, known: [String]) -> Self {
        let hint: String? =
            NearestName.of(key, in: known).map { "did you mean '\($0)'?" }
            ?? (known.isEmpty
                ? "\(place) takes no keys" : "known keys: \(known.joined(separator: ", "))")
        return Self(
            status: 400, code: .unknownKey, message: "unknown key '\(key)' in \(place)", hint: hint)
    }
}
