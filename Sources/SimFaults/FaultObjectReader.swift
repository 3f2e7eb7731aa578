import SimCore

/// A JSON object of a rule whose keys are all known: an unknown or repeated one is refused with the
/// nearest name before any value is looked at.
struct FaultObjectReader {
    private let object: JSONObject
    /// What messages call it: `the rule`, `'when'`.
    let place: String

    var names: [String] { object.names }

    init(_ json: JSONValue, keys: [String], place: String) throws(FaultRuleError) {
        guard let object = json.objectValue else {
            throw FaultRuleError("\(place) is a \(json.kindName), not an object")
        }
        self.object = object
        self.place = place
        var seen: Set<String> = []
        for name in object.names {
            guard keys.contains(name) else {
                throw FaultRuleError(
                    "unknown key '\(name)' in \(place)",
                    hint: NearestName.of(name, in: keys).map { "did you mean '\($0)'?" }
                        ?? "known keys: \(keys.joined(separator: ", "))", isUnknownKey: true,
                    path: [.key(name)])
            }
            guard seen.insert(name).inserted else {
                throw FaultRuleError(
                    "\(place) has the key '\(name)' twice", path: [.key(name)])
            }
        }
    }

    func value(_ key: String) -> JSONValue? { object[key] }

    func string(_ key: String) throws(FaultRuleError) -> String? {
        guard let value = object[key] else { return nil }
        guard let text = value.stringValue, !text.isEmpty else {
            throw mismatch(key, value, "a string that is not empty")
        }
        return text
    }

    func number(_ key: String, in bounds: ClosedRange<Int>) throws(FaultRuleError) -> Int? {
        guard let value = object[key] else { return nil }
        guard let number = value.intValue.flatMap({ Int(exactly: $0) }), bounds.contains(number)
        else {
            throw mismatch(key, value, "a number from \(bounds.lowerBound) to \(bounds.upperBound)")
        }
        return number
    }

    /// 0 to 1.
    func fraction(_ key: String) throws(FaultRuleError) -> Double? {
        guard let value = object[key] else { return nil }
        guard let number = value.doubleValue, (0...1).contains(number) else {
            throw mismatch(key, value, "a number from 0 to 1")
        }
        return number
    }

    /// A string that must be there.
    func requiredString(_ key: String) throws(FaultRuleError) -> String {
        guard let text = try string(key) else {
            throw FaultRuleError("\(place) lacks the key '\(key)'")
        }
        return text
    }

    /// A value read by somebody else; its mistakes are placed below this object.
    func nested<Value>(
        _ key: String, _ read: (JSONValue) throws(FaultRuleError) -> Value
    ) throws(FaultRuleError) -> Value? {
        guard let value = object[key] else { return nil }
        do throws(FaultRuleError) {
            return try read(value)
        } catch {
            throw error.inside(.key(key))
        }
    }

    /// The items of an array, each with its mistakes placed; nil when absent.
    func list<Value>(
        _ key: String, limit: Int = 1_000, _ read: (JSONValue) throws(FaultRuleError) -> Value
    ) throws(FaultRuleError) -> [Value]? {
        guard let value = object[key] else { return nil }
        guard let items = value.arrayValue else { throw mismatch(key, value, "an array") }
        guard items.count <= limit else {
            throw FaultRuleError(
                "'\(key)' in \(place) has \(items.count) items, more than \(limit)",
                path: [.key(key)])
        }
        var values: [Value] = []
        for (index, item) in items.enumerated() {
            do throws(FaultRuleError) {
                values.append(try read(item))
            } catch {
                throw error.inside(.key(key), .index(index))
            }
        }
        return values
    }

    /// The members of an object in the order written, each with its mistakes placed.
    func members<Value>(
        _ key: String, _ read: (String, JSONValue) throws(FaultRuleError) -> Value
    ) throws(FaultRuleError) -> [Value] {
        guard let value = object[key] else { return [] }
        guard let members = value.objectValue?.members else {
            throw mismatch(key, value, "an object")
        }
        var values: [Value] = []
        for member in members {
            do throws(FaultRuleError) {
                values.append(try read(member.name, member.value))
            } catch {
                throw error.inside(.key(key), .key(member.name))
            }
        }
        return values
    }

    /// true or false; nil when absent.
    func bool(_ key: String) throws(FaultRuleError) -> Bool? {
        guard let value = object[key] else { return nil }
        guard let flag = value.boolValue else { throw mismatch(key, value, "true or false") }
        return flag
    }

    /// A switch that can only be on: leaving the key out is off.
    func requireTrue(_ key: String) throws(FaultRuleError) {
        guard let value = object[key], value != .bool(true) else { return }
        throw mismatch(key, value, "true")
    }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String, _ type: Choice.Type = Choice.self
    ) throws(FaultRuleError) -> Choice? {
        guard let text = try string(key) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue)
            throw FaultRuleError(
                "'\(key)' in \(place) cannot be '\(text)'",
                hint: NearestName.of(text, in: known).map { "did you mean '\($0)'?" }
                    ?? "one of: \(known.joined(separator: ", "))", path: [.key(key)])
        }
        return choice
    }

    func requiredChoice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String, _ type: Choice.Type = Choice.self
    ) throws(FaultRuleError) -> Choice {
        guard let choice = try choice(key, type) else {
            throw FaultRuleError(
                "\(place) lacks the key '\(key)'",
                hint: "one of: \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return choice
    }

    func timestamp(_ key: String) throws(FaultRuleError) -> Timestamp? {
        guard let text = try string(key) else { return nil }
        guard let time = Timestamp(iso8601: text) else {
            throw FaultRuleError(
                "'\(key)' in \(place) is not an instant: '\(text)'",
                hint: "write it as 2026-01-05T08:00:00Z", path: [.key(key)])
        }
        return time
    }

    func duration(_ key: String) throws(FaultRuleError) -> Duration? {
        guard let text = try string(key) else { return nil }
        guard let duration = FaultDuration.parse(text) else {
            throw FaultRuleError(
                "'\(key)' in \(place) is not a duration: '\(text)'",
                hint: "write it as 250ms, 2s, 40m or 2d", path: [.key(key)])
        }
        return duration
    }

    func requiredDuration(_ key: String) throws(FaultRuleError) -> Duration {
        guard let duration = try duration(key) else {
            throw FaultRuleError(
                "\(place) lacks the key '\(key)'", hint: "write it as 250ms, 2s, 40m or 2d")
        }
        return duration
    }

    /// An object of strings, in the order written; empty when absent.
    func strings(
        _ key: String
    ) throws(FaultRuleError) -> [(name: String, value: String)] {
        guard let value = object[key] else { return [] }
        guard let members = value.objectValue?.members else {
            throw mismatch(key, value, "an object of strings")
        }
        var pairs: [(name: String, value: String)] = []
        for member in members {
            guard let text = member.value.stringValue else {
                throw mismatch("\(key).\(member.name)", member.value, "a string")
            }
            pairs.append((member.name, text))
        }
        return pairs
    }

    func mismatch(_ key: String, _ value: JSONValue, _ wanted: String) -> FaultRuleError {
        let shown =
            value.arrayValue == nil && value.objectValue == nil ? value.text : value.kindName
        return FaultRuleError(
            "'\(key)' in \(place) must be \(wanted), not \(shown)", path: [.key(key)])
    }
}
