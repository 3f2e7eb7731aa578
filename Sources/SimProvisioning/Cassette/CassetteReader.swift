import SimCore

/// The lines of a cassette, key by key; an unknown key is refused with the nearest known one.
struct CassetteReader {
    let app: String
    let kind: CycleKind
    let calls: Int
    let isComplete: Bool

    init(header value: JSONValue, line: Int) throws(CassetteError) {
        guard value["cassette"] != nil else {
            throw CassetteError(
                line: line, "is not the first line of a cassette: it lacks the key 'cassette'",
                hint: "'provision run APP --record FILE' makes one")
        }
        let fields = try Fields(value, "the first line", line: line)
        let version = try fields.number("cassette")
        // Another version may have other keys: said before they are looked at.
        guard version == Cassette.version else {
            throw CassetteError(
                line: line,
                "has the version \(version); this build reads version \(Cassette.version)",
                hint: "record it again")
        }
        try fields.check(["cassette", "app", "cycle", "calls", "complete"])
        app = try fields.text("app")
        kind = try fields.choice("cycle")
        calls = try fields.number("calls")
        guard (0...Cassette.exchangeLimit).contains(calls) else {
            throw CassetteError(
                line: line, "has more than \(Cassette.exchangeLimit) in 'calls', or less than 0")
        }
        guard let flag = value["complete"]?.boolValue else {
            throw fields.mismatch("complete", "true or false")
        }
        isComplete = flag
    }

    static func exchange(
        _ value: JSONValue, line: Int
    ) throws(CassetteError) -> CassetteExchange {
        let fields = try Fields(value, "the line", line: line)
        try fields.check(["object", "operation", "request", "answer"])
        let request = try fields.inner("request")
        try request.check(["method", "path", "headers", "body"])
        var subject: CassetteExchange.Subject?
        if fields.has("object") {
            let object = try fields.inner("object")
            try object.check(["type", "id", "name"])
            subject = .init(
                kind: try object.choice("type"), id: try object.text("id"),
                name: try object.text("name"))
        }
        let answer = try fields.inner("answer")
        try answer.check(["status", "headers", "body", "failure"])
        return CassetteExchange(
            subject: subject, operation: try fields.choice("operation"),
            method: try request.text("method"), path: try request.text("path"),
            headers: try request.object("headers"), body: request.value("body"),
            answer: answer.has("failure")
                ? .failure(try answer.text("failure"))
                : .response(
                    status: try answer.number("status"), headers: try answer.object("headers"),
                    body: answer.value("body")))
    }

    /// An object of a line.
    private struct Fields {
        private let members: JSONObject
        private let place: String
        private let line: Int

        init(_ value: JSONValue, _ place: String, line: Int) throws(CassetteError) {
            guard let object = value.objectValue else {
                throw CassetteError(line: line, "has a \(value.kindName) as \(place)")
            }
            members = object
            self.place = place
            self.line = line
        }

        func check(_ known: [String]) throws(CassetteError) {
            for name in members.names where !known.contains(name) {
                throw CassetteError(
                    line: line, "has the unknown key '\(name)' in \(place)",
                    hint: NearestName.of(name, in: known).map { "did you mean '\($0)'?" }
                        ?? "known keys: \(known.joined(separator: ", "))")
            }
        }

        func has(_ key: String) -> Bool { members[key] != nil }

        func value(_ key: String) -> JSONValue? { members[key] }

        func text(_ key: String) throws(CassetteError) -> String {
            guard let text = members[key]?.stringValue else { throw mismatch(key, "a string") }
            return text
        }

        func number(_ key: String) throws(CassetteError) -> Int {
            guard let number = members[key]?.intValue.flatMap({ Int(exactly: $0) }) else {
                throw mismatch(key, "a whole number")
            }
            return number
        }

        func object(_ key: String) throws(CassetteError) -> JSONObject {
            guard let object = members[key]?.objectValue else {
                throw mismatch(key, "an object")
            }
            return object
        }

        func inner(_ key: String) throws(CassetteError) -> Fields {
            try Fields(.object(try object(key)), "'\(key)'", line: line)
        }

        func choice<Choice: RawRepresentable<String> & CaseIterable>(
            _ key: String
        ) throws(CassetteError) -> Choice {
            let text = try text(key)
            guard let choice = Choice(rawValue: text) else {
                let known = Choice.allCases.map(\.rawValue)
                throw CassetteError(
                    line: line, "has '\(text)' as '\(key)'",
                    hint: NearestName.of(text, in: known).map { "did you mean '\($0)'?" }
                        ?? "one of: \(known.joined(separator: ", "))")
            }
            return choice
        }

        func mismatch(_ key: String, _ wanted: String) -> CassetteError {
            guard let value = members[key] else {
                return CassetteError(line: line, "lacks the key '\(key)' in \(place)")
            }
            return CassetteError(
                line: line, "has a \(value.kindName) as '\(key)' in \(place), not \(wanted)")
        }
    }
}
