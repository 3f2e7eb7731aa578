/// The case names of the enumerations declared in a file.
enum EnumCases {
    static func declared(in file: SourceFile) -> [Set<String>] {
        file.places(of: "enum").compactMap { index in
            guard let body = file.tokens[index...].firstIndex(where: { $0.isSymbol("{") }),
                file.token(after: index)?.kind == .word
            else { return nil }
            let names = Set(cases(in: file, body: body))
            return names.isEmpty ? nil : names
        }
    }

    private static func cases(in file: SourceFile, body: Int) -> [String] {
        var names: [String] = []
        var index = body + 1
        let end = file.closing(body)
        while index < end {
            if ["{", "(", "["].contains(file.tokens[index].text), isBracket(file.tokens[index]) {
                index = file.closing(index) + 1
            } else if file.tokens[index].isWord("case") {
                index = list(in: file, from: index + 1, into: &names)
            } else {
                index += 1
            }
        }
        return names
    }

    /// Reads `a, b(Int), c = "d"`; returns the index after it.
    private static func list(
        in file: SourceFile, from start: Int, into names: inout [String]
    ) -> Int {
        var index = start
        while index < file.tokens.count, file.tokens[index].kind == .word {
            names.append(file.tokens[index].text.filter { $0 != "`" })
            index += 1
            if index < file.tokens.count, file.tokens[index].isSymbol("(") {
                index = file.closing(index) + 1
            }
            if index + 1 < file.tokens.count, file.tokens[index].isSymbol("=") { index += 2 }
            guard index < file.tokens.count, file.tokens[index].isSymbol(",") else { break }
            index += 1
        }
        return index
    }

    private static func isBracket(_ token: SourceToken) -> Bool { token.kind == .symbol }
}

/// The labels of one `switch`.
struct SwitchStatement {
    /// Tokens between `case` and `:`, per label.
    var patterns: [ArraySlice<SourceToken>] = []
    /// `default`, or a label that takes whatever is left.
    var catchAll: SourceToken?

    static func all(in file: SourceFile) -> [SwitchStatement] {
        file.places(of: "switch").compactMap { index in
            guard file.token(before: index)?.isSymbol(".") != true,
                let open = opening(in: file, after: index)
            else { return nil }
            return SwitchStatement(in: file, open: open)
        }
    }

    private static func opening(in file: SourceFile, after index: Int) -> Int? {
        var at = index + 1
        while at < file.tokens.count {
            let token = file.tokens[at]
            if token.isSymbol("{") { return at }
            at = token.isSymbol("(") || token.isSymbol("[") ? file.closing(at) + 1 : at + 1
        }
        return nil
    }

    private init(in file: SourceFile, open: Int) {
        var index = open + 1
        let end = file.closing(open)
        while index < end {
            let token = file.tokens[index]
            if token.kind == .symbol, ["{", "(", "["].contains(token.text) {
                index = file.closing(index) + 1
            } else if token.isWord("default"), file.token(after: index)?.isSymbol(":") == true {
                catchAll = token
                index += 2
            } else if token.isWord("case"), !Self.isCondition(file.token(before: index)) {
                let colon = Self.colon(in: file, after: index)
                let pattern = file.tokens[(index + 1)..<max(index + 1, colon)]
                if Self.takesAnything(pattern) { catchAll = token }
                patterns.append(pattern)
                index = colon + 1
            } else {
                index += 1
            }
        }
    }

    /// `if case`, `guard case` and the like.
    private static func isCondition(_ before: SourceToken?) -> Bool {
        guard let before else { return false }
        return ["if", "guard", "while", "for", ","].contains(before.text)
    }

    private static func colon(in file: SourceFile, after index: Int) -> Int {
        var at = index + 1
        while at < file.tokens.count, !file.tokens[at].isSymbol(":") {
            let token = file.tokens[at]
            let opens = token.kind == .symbol && ["{", "(", "["].contains(token.text)
            at = opens ? file.closing(at) + 1 : at + 1
        }
        return at
    }

    /// `_`, `let x`, `(_, _)`: `default` by another name.
    private static func takesAnything(_ pattern: ArraySlice<SourceToken>) -> Bool {
        let words = pattern.filter { $0.kind != .symbol || !["(", ")", ","].contains($0.text) }
        if words.allSatisfy({ $0.isWord("_") }) { return !words.isEmpty }
        guard words.count == 2, pattern.count == 2, let first = words.first else { return false }
        return first.isWord("let") || first.isWord("var")
    }

    /// Members named by one label, by their place in the tuple: `.expired` stands in place 0, in
    /// `(.running, .failed)` the second stands in place 1. Payloads of cases are not looked at.
    private static func members(_ labels: ArraySlice<SourceToken>) -> [(place: Int, name: String)] {
        let pattern = labels.prefix { !$0.isWord("where") }
        let level = pattern.first?.isSymbol("(") == true ? 1 : 0
        var names: [(place: Int, name: String)] = []
        var depth = 0
        var place = 0
        for index in pattern.indices.dropLast() {
            let token = pattern[index]
            if token.isSymbol("(") { depth += 1 }
            if token.isSymbol(")") { depth -= 1 }
            if depth == 0, level == 1 { place = 0 }
            if token.isSymbol(","), depth == 1, level == 1 { place += 1 }
            guard token.isSymbol("."), depth == level else { continue }
            let before = index > pattern.startIndex ? pattern[index - 1] : nil
            if token.isGlued, let before, before.endsOperand, !before.isTypeName { continue }
            names.append((place, pattern[index + 1].text.filter { $0 != "`" }))
        }
        return names
    }

    /// A case of one of our enumerations that a label names; nil when none does.
    ///
    /// All members named in one place must be cases of one enumeration: the constants of a
    /// structure may share a name with one, not all.
    func ownCase(among enumerations: [Set<String>]) -> String? {
        let places = Dictionary(grouping: patterns.flatMap(Self.members), by: \.place)
            .mapValues { Set($0.map(\.name)) }
        return places.values.filter { named in
            enumerations.contains { named.isSubset(of: $0) }
        }
        .compactMap { $0.min() }.min()
    }
}

extension SourceRule {
    static let closedChoiceRules = [closedChoices]

    /// Switches that need `default` although a label looks like a case of one of our enumerations,
    /// by path and case name. Say why; the usual reason is a struct constant of the same name.
    static let openChoices: [String: String] = [:]

    static let closedChoices = SourceRule(
        "a switch over our own enumerations names every case",
        flags: [
            "Sources/SimCore/A.swift": """
            enum Grant { case code, device(String), refresh = "x" }
            func f(_ grant: Grant) -> Int {
                switch grant {
                case .code: 1
                default: 0
                }
            }
            """,
            "Sources/SimCore/B.swift": """
            enum Grant { case code, device }
            switch grant {
            case .device: if case .code = other { f() }
            case _: break
            }
            """,
            "Sources/SimCore/C.swift": """
            enum Phase { case idle, running }
            switch (phase, event) {
            case (.idle, 1): break
            case (_, _): break
            }
            """,
            "Sources/SimCore/D.swift": """
            enum Phase { case idle, running }
            switch phase { case Phase.idle: break; case let other: use(other) }
            """,
        ],
        accepts: [
            "Sources/SimCore/A.swift": """
            enum Grant { case code, device }
            switch byte { case 0x20, 0x09: true; case 0x30...0x39: false; default: false }
            switch text { case "code": 1; default: 2 }
            switch grant { case .code: 1; case .device: 2 }
            """,
            "Sources/SimCore/B.swift": """
            enum Grant { case code, device }
            switch method { case .get: 1; default: 2 }
                switch byte { case 0x20 where grant == .code: 1; default: 2 }
            """,
            "Sources/SimCore/C.swift": """
            enum Grant { case code, device }
            switch grant {
            case .code:
                switch text { case "a": 1; default: 2 }
            case .device: 3
            }
            """,
        ]
    ) { file, surroundings in
        SwitchStatement.all(in: file).compactMap { statement in
            guard let catchAll = statement.catchAll,
                let name = statement.ownCase(among: surroundings.enumerations),
                openChoices["\(file.path) \(name)"] == nil
            else { return nil }
            return file.finding(catchAll, "takes the rest in a switch that names .\(name)")
        }
    }
}
