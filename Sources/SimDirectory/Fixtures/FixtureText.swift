import SimCore

/// One parsed text of a fixture (the tenant file, or a line of a `.jsonl` file) that collects the
/// problems found in it.
final class FixtureText {
    let file: String
    /// 1-based line of the file at which `bytes` begins.
    let firstLine: Int
    private let bytes: [UInt8]
    private(set) var problems: [FixtureProblem] = []

    init(file: String, bytes: [UInt8], firstLine: Int = 1) {
        self.file = file
        self.bytes = bytes
        self.firstLine = firstLine
    }

    /// The root object; nil with a problem noted when there is none.
    func root() -> JSONObject? {
        do throws(JSONError) {
            let value = try JSONValue(parsing: bytes)
            if let object = value.objectValue { return object }
            note(.wrongKind(expected: "an object", found: value.kindName), at: [])
        } catch {
            let place = error.position(in: bytes)
            problems.append(
                FixtureProblem(
                    file: file, line: place.line + firstLine - 1, column: place.column, keyPath: "",
                    reason: .notJSON(error.explanation)))
        }
        return nil
    }

    func note(
        _ reason: FixtureProblem.Reason, at path: [JSONStep], nearest: String? = nil
    ) {
        let offset = JSONPosition.offset(of: path, in: bytes)
        let place = JSONPosition.lineAndColumn(of: offset, in: bytes)
        problems.append(
            FixtureProblem(
                file: file, line: place.line + firstLine - 1, column: place.column,
                keyPath: path.keyPath, reason: reason, nearest: nearest))
    }
}

/// Reads the members of one object of a fixture strictly: what is not asked for is a problem.
final class FixtureObject {
    let object: JSONObject
    let path: [JSONStep]
    let text: FixtureText
    private var asked: [String] = []

    init(_ object: JSONObject, at path: [JSONStep], in text: FixtureText) {
        self.object = object
        self.path = path
        self.text = text
    }

    /// To be called when everything was asked for: notes unknown and repeated keys.
    func finish() {
        var seen: Set<String> = []
        for member in object.members {
            if !asked.contains(member.name) {
                text.note(
                    .unknownKey(member.name), at: path + [.key(member.name)],
                    nearest: NearestName.of(member.name, in: asked))
            } else if !seen.insert(member.name).inserted {
                text.note(.duplicateKey(member.name), at: path + [.key(member.name)])
            }
        }
    }

    func note(_ reason: FixtureProblem.Reason, at key: String, nearest: String? = nil) {
        text.note(reason, at: path + [.key(key)], nearest: nearest)
    }

    /// The value of a key; null counts as absent.
    func value(_ key: String) -> JSONValue? {
        asked.append(key)
        guard let value = object[key], !value.isNull else { return nil }
        return value
    }

    func string(_ key: String) -> String? {
        guard let value = value(key) else { return nil }
        guard let text = value.stringValue else {
            note(.wrongKind(expected: "a string", found: value.kindName), at: key)
            return nil
        }
        guard !text.isEmpty else {
            note(.empty, at: key)
            return nil
        }
        return text
    }

    /// A string that must be there; notes its absence.
    func requiredString(_ key: String) -> String? {
        guard value(key) != nil else {
            text.note(.missingKey(key), at: path)
            return nil
        }
        return string(key)
    }

    func bool(_ key: String) -> Bool? {
        guard let value = value(key) else { return nil }
        guard let flag = value.boolValue else {
            note(.wrongKind(expected: "true or false", found: value.kindName), at: key)
            return nil
        }
        return flag
    }

    func integer(_ key: String) -> Int64? {
        guard let value = value(key) else { return nil }
        guard let number = value.intValue else {
            note(.wrongKind(expected: "a whole number", found: value.kindName), at: key)
            return nil
        }
        return number
    }

    func timestamp(_ key: String) -> Timestamp? {
        guard let text = string(key) else { return nil }
        guard let time = Timestamp(iso8601: text) else {
            note(.notA("a time such as 2026-01-05T08:00:00Z", found: text), at: key)
            return nil
        }
        return time
    }

    func identifier<Kind>(_ key: String, _: Kind.Type) -> Identifier<Kind>? {
        guard let text = string(key) else { return nil }
        guard let id = Identifier<Kind>(text) else {
            note(.notA("a GUID", found: text), at: key)
            return nil
        }
        return id
    }

    /// A value of a closed list.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, _: Choice.Type
    ) -> Choice? where Choice.RawValue == String {
        guard let text = string(key) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let known = Choice.allCases.map(\.rawValue)
        note(.notOneOf(known, found: text), at: key, nearest: NearestName.of(text, in: known))
        return nil
    }

    func array(_ key: String) -> [JSONValue]? {
        guard let value = value(key) else { return nil }
        guard let values = value.arrayValue else {
            note(.wrongKind(expected: "a list", found: value.kindName), at: key)
            return nil
        }
        return values
    }

    /// The strings of a list with their paths.
    func strings(_ key: String) -> [(text: String, path: [JSONStep])]? {
        guard let values = array(key) else { return nil }
        var found: [(text: String, path: [JSONStep])] = []
        for (index, value) in values.enumerated() {
            let place = path + [.key(key), .index(index)]
            if let string = value.stringValue, !string.isEmpty {
                found.append((string, place))
            } else {
                text.note(.wrongKind(expected: "a string", found: value.kindName), at: place)
            }
        }
        return found
    }

    /// Reads an object member with `body`, strictly.
    func object<Result>(_ key: String, _ body: (FixtureObject) -> Result) -> Result? {
        guard let value = value(key) else { return nil }
        guard let object = value.objectValue else {
            note(.wrongKind(expected: "an object", found: value.kindName), at: key)
            return nil
        }
        let child = FixtureObject(object, at: path + [.key(key)], in: text)
        defer { child.finish() }
        return body(child)
    }

    /// Reads each object of a list with `body`, strictly.
    func objects<Result>(_ key: String, _ body: (FixtureObject) -> Result?) -> [Result] {
        var results: [Result] = []
        for (index, value) in (array(key) ?? []).enumerated() {
            let place = path + [.key(key), .index(index)]
            guard let object = value.objectValue else {
                text.note(.wrongKind(expected: "an object", found: value.kindName), at: place)
                continue
            }
            let child = FixtureObject(object, at: place, in: text)
            if let result = body(child) { results.append(result) }
            child.finish()
        }
        return results
    }
}
