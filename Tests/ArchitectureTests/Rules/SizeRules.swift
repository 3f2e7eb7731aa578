/// A function, initialiser, subscript or computed property with its extent.
struct FunctionExtent {
    let start: SourceToken
    let lastLine: Int

    var length: Int { lastLine - start.line + 1 }

    static func all(in file: SourceFile) -> [FunctionExtent] {
        file.words(["func", "init", "deinit", "subscript", "var"]).compactMap { index in
            let token = file.tokens[index]
            let body =
                token.isWord("var") ? accessors(in: file, of: index) : body(in: file, of: index)
            return body.map {
                FunctionExtent(start: token, lastLine: file.tokens[file.closing($0)].endLine)
            }
        }
    }

    /// The opening brace after a signature; nil for a requirement without body and for a call.
    private static func body(in file: SourceFile, of start: Int) -> Int? {
        var index = start + 1
        while index < file.tokens.count {
            let token = file.tokens[index]
            if token.isSymbol("{") { return index }
            if token.isSymbol("}") || token.isSymbol("=") || ends.contains(token.text) {
                return nil
            }
            let opens = token.isSymbol("(") || token.isSymbol("[")
            index = opens ? file.closing(index) + 1 : index + 1
        }
        return nil
    }

    /// The brace of `var name: Type {` on the line where the type ends.
    private static func accessors(in file: SourceFile, of start: Int) -> Int? {
        var index = start + 1
        var line = file.tokens[start].endLine
        while index < file.tokens.count, file.tokens[index].line == line {
            let token = file.tokens[index]
            if token.isSymbol("{") { return index }
            if token.isSymbol("=") || token.isSymbol("}") || token.isWord("in") { return nil }
            let opens = token.isSymbol("(") || token.isSymbol("[")
            let last = opens ? file.closing(index) : index
            line = file.tokens[last].endLine
            index = last + 1
        }
        return nil
    }

    private static let ends: Set = [
        "func", "var", "let", "init", "deinit", "subscript", "static", "struct", "class", "enum",
        "protocol", "extension", "typealias", "associatedtype", "case", "mutating", "nonmutating",
        "private", "package", "public", "internal", "fileprivate", "import", "return", "if",
    ]
}

extension SourceRule {
    static let fileLineLimit = 500
    static let functionLineLimit = 60
    static let columnLimit = 100

    static let sizeRules = [files, functions, columns]

    static let files = SourceRule(
        "a file has at most \(fileLineLimit) lines",
        flags: ["Sources/SimCore/A.swift": String(repeating: "let x = 1\n", count: 501)],
        accepts: ["Sources/SimCore/A.swift": String(repeating: "let x = 1\n", count: 500)]
    ) { file, _ in
        let count = file.lines.count - (file.text.hasSuffix("\n") ? 1 : 0)
        guard count > fileLineLimit else { return [] }
        return [Finding(path: file.path, line: count, message: "\(count) lines")]
    }

    static let functions = SourceRule(
        "a function has at most \(functionLineLimit) lines",
        flags: [
            "Sources/SimCore/A.swift": function("func f()", lines: 61),
            "Sources/SimCore/B.swift": function("init?(_ text: String) throws(E)", lines: 61),
            "Sources/SimCore/C.swift": function("var description: String", lines: 61),
            "Sources/SimCore/D.swift": function(
                "func f(\n  of: [Int] = [1], g: () -> Int\n)", lines: 61),
            "Tests/SimCoreTests/A.swift": function("@Test func f()", lines: 61),
        ],
        accepts: [
            "Sources/SimCore/A.swift": function("func f()", lines: 60),
            "Sources/SimCore/B.swift": "protocol P {\n    func f()\n    var x: Int { get }\n}\n"
                + function("struct S", lines: 80),
            "Sources/SimCore/C.swift": "let a = self.init(x)\n" + function("enum E", lines: 80),
        ]
    ) { file, _ in
        FunctionExtent.all(in: file).filter { $0.length > functionLineLimit }.map {
            file.finding($0.start, "\($0.length) lines")
        }
    }

    static let columns = SourceRule(
        "a line has at most \(columnLimit) columns, but for the text of a long literal",
        flags: [
            "Sources/SimCore/A.swift": String(repeating: "x", count: 101),
            "Sources/SimCore/B.swift": "let a = \"\(String(repeating: "x", count: 101))\"",
            "Tests/SimCoreTests/A.swift": String(repeating: "x", count: 101) + "(\"y\")",
        ],
        accepts: [
            "Sources/SimCore/A.swift": String(repeating: "é", count: 100),
            "Sources/SimErrors/A.swift":
                "let a = \"\"\"\n\(String(repeating: "x", count: 101))\n\"\"\"",
            // Wire text reads best as it is on the wire.
            "Tests/SimCoreTests/A.swift": "send(\"\(String(repeating: "x", count: 101))\")",
        ]
    ) { file, _ in
        let strings = file.tokens.filter { $0.kind == .string }
        let quoted = strings.filter { $0.line < $0.endLine }
            .reduce(into: Set<Int>()) { $0.formUnion($1.line + 1..<$1.endLine) }
        return file.lines.enumerated().compactMap { offset, text in
            let line = offset + 1
            guard text.count > columnLimit, !quoted.contains(line) else { return nil }
            let wire = file.isTest ? strings.filter { $0.line == line } : []
            let code = text.count - wire.reduce(0) { $0 + $1.text.count }
            guard code > columnLimit else { return nil }
            return Finding(path: file.path, line: line, message: "\(text.count) columns")
        }
    }

    /// A made-up declaration that spans `lines` lines from its first to its closing brace.
    private static func function(_ head: String, lines: Int) -> String {
        let inner = lines - 1 - head.split(separator: "\n").count
        return head + " {\n" + String(repeating: "    work(\"}\") // }\n", count: inner) + "}\n"
    }
}
