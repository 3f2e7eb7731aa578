import SimCore

/// One object of a fixture being decoded: it remembers where it is and what may stand in it.
struct FixtureObject {
    let file: String
    let lines: FixtureLines
    let path: String
    private let object: JSONObject

    /// The document itself.
    init(file: String, bytes: [UInt8], keys: [String]) throws(SampleAppProblem) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw SampleAppProblem(
                file: file, line: error.position(in: bytes).line, path: "",
                reason: "not JSON: \(error.explanation)")
        }
        try self.init(file: file, lines: FixtureLines(bytes), path: "", value, keys: keys)
    }

    private init(
        file: String, lines: FixtureLines, path: String, _ value: JSONValue, keys: [String]
    ) throws(SampleAppProblem) {
        self.file = file
        self.lines = lines
        self.path = path
        guard let object = value.objectValue else {
            throw SampleAppProblem(
                file: file, line: lines[path], path: path,
                reason: "an object is expected, found \(value.kindName)")
        }
        self.object = object
        var seen: Set<String> = []
        for name in object.names {
            guard keys.contains(name) else {
                let near = NearestName.of(name, in: keys)
                throw problem(
                    name, "unknown key '\(name)'",
                    hint: near.map { "did you mean '\($0)'?" }
                        ?? "known keys: \(keys.joined(separator: ", "))")
            }
            guard seen.insert(name).inserted else {
                throw problem(name, "the key '\(name)' stands here twice")
            }
        }
    }

    func problem(_ key: String, _ reason: String, hint: String? = nil) -> SampleAppProblem {
        let place = key.isEmpty ? path : FixtureLines.join(path, key)
        return SampleAppProblem(
            file: file, line: lines[place], path: place, reason: reason, hint: hint)
    }

    // MARK: - Values

    func value(_ key: String) -> JSONValue? { object[key] }

    func has(_ key: String) -> Bool { object[key] != nil }

    func optionalString(_ key: String) throws(SampleAppProblem) -> String? {
        guard let value = object[key] else { return nil }
        guard let text = value.stringValue, !text.isEmpty else {
            throw problem(key, "'\(key)' is a string that is not empty")
        }
        return text
    }

    func string(_ key: String) throws(SampleAppProblem) -> String {
        guard let text = try optionalString(key) else { throw problem("", "'\(key)' is missing") }
        return text
    }

    func number(
        _ key: String, in range: ClosedRange<Int64>, default value: Int64
    ) throws(SampleAppProblem) -> Int {
        guard let json = object[key] else { return Int(clamping: value) }
        guard let number = json.intValue, range.contains(number) else {
            throw problem(
                key, "'\(key)' is a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return Int(clamping: number)
    }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String, default value: Choice
    ) throws(SampleAppProblem) -> Choice {
        guard let text = try optionalString(key) else { return value }
        guard let choice = Choice(rawValue: text) else {
            throw unknown(key, text, among: Choice.allCases.map(\.rawValue))
        }
        return choice
    }

    func strings(_ key: String) throws(SampleAppProblem) -> [String] {
        guard let value = object[key] else { return [] }
        guard let texts = value.arrayValue?.compactMap(\.stringValue),
            texts.count == value.arrayValue?.count, !texts.contains("")
        else { throw problem(key, "'\(key)' is a list of strings") }
        if let double = texts.indices.first(where: { texts[..<$0].contains(texts[$0]) }) {
            throw problem("\(key)[\(double)]", "'\(texts[double])' stands here twice")
        }
        return texts
    }

    /// Refuses a name that is none of the declared ones.
    func unknown(_ key: String, _ name: String, among known: [String]) -> SampleAppProblem {
        let near = NearestName.of(name, in: known)
        return problem(
            key, "'\(name)' is not one of \(known.joined(separator: ", "))",
            hint: near.map { "did you mean '\($0)'?" })
    }

    func child(_ key: String, keys: [String]) throws(SampleAppProblem) -> FixtureObject {
        guard let value = object[key] else { throw problem("", "'\(key)' is missing") }
        return try FixtureObject(
            file: file, lines: lines, path: FixtureLines.join(path, key), value, keys: keys)
    }

    func children(_ key: String, keys: [String]) throws(SampleAppProblem) -> [FixtureObject] {
        guard let value = object[key] else { return [] }
        guard let values = value.arrayValue else {
            throw problem(key, "'\(key)' is a list of objects")
        }
        var children: [FixtureObject] = []
        for (index, value) in values.enumerated() {
            let place = FixtureLines.join(path, "\(key)[\(index)]")
            children.append(
                try FixtureObject(file: file, lines: lines, path: place, value, keys: keys))
        }
        return children
    }
}
