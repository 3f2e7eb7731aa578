extension SourceRule {
    static let safetyRules = [traps, untyped, unchecked, access]

    static let traps = SourceRule(
        "nothing is forced",
        flags: [
            "Sources/SimCore/A.swift": "let value = try! parse(text)",
            "Sources/SimCore/B.swift": "let user = object as! User",
            "Sources/SimCore/C.swift": "func f() { fatalError(\"later\") }",
            "Sources/SimCore/D.swift": "let first = list.first!.name",
            "Sources/SimCore/E.swift": "var socket: Socket!",
            "Tests/SimCoreTests/A.swift": "let name = names[key]!",
        ],
        accepts: [
            "Sources/SimCore/A.swift": "let differs = a != b && !isEmpty && !list.isEmpty",
            "Sources/SimCore/B.swift": "// try! fatalError(\nlet text = \"as! first!\"",
            "Sources/SimCore/C.swift": "if !f(x), try !g() { return !h }",
        ]
    ) { file, _ in
        let unwraps = file.tokens.indices.filter { index in
            let token = file.tokens[index]
            guard token.isSymbol("!"), token.isGlued, let before = file.token(before: index) else {
                return false
            }
            return before.endsOperand || before.isWord("try") || before.isWord("as")
        }
        return unwraps.map { file.finding(file.tokens[$0], "forced with `!`") }
            + file.places(of: "fatalError", "(").map {
                file.finding(file.tokens[$0], "fatalError")
            }
    }

    static let untyped = SourceRule(
        "nothing is untyped",
        flags: [
            "Sources/SimSCIM/A.swift": "let object: [String: Any] = [:]",
            "Sources/SimSCIM/B.swift": "let object = NSDictionary()",
        ],
        accepts: [
            "Sources/SimSCIM/A.swift": "let source: any RandomSource // Any",
            "Sources/SimSCIM/B.swift": "let kind = Match.Any",
            "Sources/SimRuntime/A.swift": "protocol Poller: AnyObject {}",
        ]
    ) { file, _ in
        guard file.isSource else { return [] }
        return file.words(["Any", "AnyHashable", "NSDictionary", "NSArray"]).map {
            file.finding(file.tokens[$0], "\(file.tokens[$0].text) says nothing")
        }
    }

    static let unchecked = SourceRule(
        "what the compiler cannot check says what protects it",
        flags: [
            "Sources/SimRuntime/A.swift": "final class Box: @unchecked Sendable {}",
            "Sources/SimRuntime/B.swift": """
            /// Holds the connections of one loop.
            let other = 1


            final class Box: @unchecked Sendable {}
            """,
            "Sources/SimRuntime/C.swift": "nonisolated(unsafe) var count = 0",
        ],
        accepts: [
            "Sources/SimRuntime/A.swift": """
            /// Protected by the lock: every access is inside `withLock`.
            final class Box: @unchecked Sendable {}
            """,
            "Sources/SimRuntime/B.swift": "// @unchecked Sendable",
        ]
    ) { file, _ in
        let places =
            file.places(of: "@", "unchecked") + file.places(of: "nonisolated", "(", "unsafe", ")")
        return places.compactMap { index in
            let token = file.tokens[index]
            let explained = file.comments.contains {
                (token.line - 4...token.line).contains($0.endLine) && $0.text.count > 20
                    && !file.hasDeclaration(between: $0.endLine, and: token.line)
            }
            return explained ? nil : file.finding(token, "no sentence says what protects it")
        }
    }

    /// Generic types that callers have to specialise for their values: Swift 6.3 does it across
    /// modules for `public` code alone, and unspecialised each access costs several times its work.
    private static let specialised: Set = [
        "Sources/SimCore/ChunkedArray.swift", "Sources/SimCore/Deferred.swift",
        "Sources/SimCore/ShardedMap.swift", "Sources/SimCore/ShardedTable.swift",
    ]

    static let access = SourceRule(
        "only EntraSim is public",
        flags: [
            "Sources/SimCore/A.swift": "public struct GUID {}",
            "Sources/SimCore/B.swift": "open class Loop {}",
            "Sources/entra-sim/A.swift": "public func run() {}",
        ],
        accepts: [
            "Sources/EntraSim/A.swift": "public struct Simulator {}",
            "Sources/SimCore/ShardedMap.swift": "public struct ShardedMap {}",
            "Sources/SimDirectory/A.swift": "enum Kind { case `public`, secret }",
            "Sources/SimDirectory/B.swift": "if kind == .public { open(path) }",
            "Sources/SimDirectory/C.swift": "func f(public: Bool) {} // public struct",
        ]
    ) { file, _ in
        guard file.isSource, file.target != "EntraSim", !specialised.contains(file.path) else {
            return []
        }
        return file.words(["public", "open"]).compactMap { index in
            let declarations: Set = [
                "struct", "class", "enum", "protocol", "extension", "func", "let", "var", "init",
                "static", "final", "actor", "typealias", "subscript", "indirect", "mutating",
                "import", "override", "nonisolated",
            ]
            let next = file.token(after: index)
            let opensDeclaration = next.map { $0.isSymbol("@") || declarations.contains($0.text) }
            guard
                opensDeclaration == true
                    || next?.isSymbol("(") == true
                        && file.token(after: index + 1)?.isWord("set") == true
            else { return nil }
            return file.finding(file.tokens[index], "only EntraSim may be public")
        }
    }
}

extension SourceFile {
    /// A declaration of something else stands on a line strictly between the two.
    fileprivate func hasDeclaration(between first: Int, and last: Int) -> Bool {
        let words = ["let", "var", "func", "struct", "class", "enum", "case", "extension"]
        return tokens.contains { first < $0.line && $0.line < last && words.contains($0.text) }
    }
}
