extension SourceRule {
    static let wordingRules = [errorNumbers, pages, talk, unfinished, names]

    static let errorNumbers = SourceRule(
        "AADSTS texts are written only by the catalogue",
        flags: ["Sources/SimIdentity/A.swift": #"throw Refusal("AADSTS50011: no such address")"#],
        accepts: [
            "Sources/SimErrors/A.swift": #"let prefix = "AADSTS""#,
            "Sources/SimIdentity/A.swift": "// AADSTS50011\nthrow AADSTSError(.unknownApplication)",
            "Tests/SimIdentityTests/A.swift": #"#expect(text.hasPrefix("AADSTS50011"))"#,
        ]
    ) { file, _ in
        guard file.isSource, file.target != "SimErrors" else { return [] }
        return file.strings { $0.contains("AADSTS") }.map {
            file.finding($0, "an AADSTS text outside SimErrors")
        }
    }

    static let pages = SourceRule(
        "HTML is written only in page files",
        flags: [
            "Sources/SimIdentity/A.swift": #"let body = "<p>Signed out</p>""#,
            "Sources/SimTarget/A.swift": "let text = \"\"\"\n    <div class=\"row\">\n    \"\"\"",
            "Sources/SimPortal/A.swift": ##"return #"<!DOCTYPE html><html>"#"##,
        ],
        accepts: [
            "Sources/SimIdentity/SignInPage.swift": #"let body = "<p>Signed out</p>""#,
            "Sources/SimPortal/JobPage+Log.swift": #"let body = "<p>Signed out</p>""#,
            "Sources/SimIdentity/A.swift": #"let text = "a < b, <name>, <samlp:Response>""#,
            "Tests/SimIdentityTests/A.swift": #"#expect(body.contains("<form "))"#,
        ]
    ) { file, _ in
        guard file.isSource, !file.name.contains("Page") else { return [] }
        return file.strings(where: looksLikeHTML).map {
            file.finding($0, "HTML outside a page file")
        }
    }

    static let talk = SourceRule(
        "only the command line prints",
        flags: [
            "Sources/SimRuntime/A.swift": "print(\"listening\")",
            "Sources/SimIdentity/A.swift": "debugPrint(request)",
            "Tests/SimCoreTests/A.swift": "dump(value)",
        ],
        accepts: [
            "Sources/entra-sim/A.swift": "print(\"listening\")",
            "Sources/sim-bench/A.swift": "print(row)",
            "Sources/SimCore/A.swift": "printer.print(x) // print(",
        ]
    ) { file, _ in
        guard !LayerTable.talks.contains(file.target ?? "") else { return [] }
        return file.words(["print", "debugPrint", "dump", "NSLog"])
            .filter { file.token(after: $0)?.isSymbol("(") == true }
            .filter { file.token(before: $0)?.isWord("func") != true }
            .map { file.finding(file.tokens[$0], "prints") }
    }

    static let unfinished = SourceRule(
        "nothing is left for later",
        flags: [
            "Sources/SimCore/A.swift": "// TODO: the other half",
            "Tests/SimCoreTests/A.swift": "let x = 1 /* FIXME */",
            "Sources/SimCore/B.swift": "/// XXX does not work",
        ],
        accepts: ["Sources/SimCore/A.swift": "// A todo list\nlet hint = \"TODO\""]
    ) { file, _ in
        file.comments.filter { comment in
            comment.text.split { !$0.isLetter }.contains { marks.contains(String($0)) }
        }
        .map { file.finding($0, "unfinished") }
    }

    static let names = SourceRule(
        "a type is named after what it is",
        flags: [
            "Sources/SimCore/A.swift": "final class TokenManager {}",
            "Sources/SimCore/B.swift": "enum StringUtils {}",
            "Sources/SimCore/C.swift": "struct ParserImpl {}",
            "Sources/SimCore/Helpers/A.swift": "struct Row {}",
        ],
        accepts: [
            "Sources/SimCore/A.swift": "struct ServicePrincipal { let manager: User? }",
            "Sources/SimSCIM/A.swift": "struct ManagerReference {}",
        ]
    ) { file, _ in
        let folders = file.path.split(separator: "/").dropLast()
        let vague: Set<Substring> = ["Utils", "Helpers", "Common", "Models", "Misc"]
        let misplaced = vague.intersection(folders).map {
            Finding(path: file.path, line: 1, message: "folder \($0) says nothing")
        }
        let endings = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Impl"]
        let declared = file.words(["struct", "class", "enum", "protocol", "actor"])
            .compactMap { file.token(after: $0) }
            .filter { token in
                token.isTypeName && endings.contains { token.text.hasSuffix($0) }
            }
        return misplaced + declared.map { file.finding($0, "\($0.text) says nothing") }
    }

    private static let marks: Set = ["TODO", "FIXME", "XXX", "HACK"]

    /// An opening or closing tag of an element that pages use.
    @Sendable private static func looksLikeHTML(_ text: String) -> Bool {
        text.split(separator: "<", omittingEmptySubsequences: false).dropFirst().contains { rest in
            let name = rest.drop { $0 == "/" || $0 == "!" }
                .prefix { $0.isLetter || $0.isNumber }.lowercased()
            guard elements.contains(name) else { return false }
            let after = rest.drop { $0 == "/" || $0 == "!" }.dropFirst(name.count).first
            return after == ">" || after == " " || after == "\n" || after == "/"
        }
    }

    private static let elements: Set = [
        "doctype", "html", "head", "body", "div", "span", "p", "form", "input", "button", "table",
        "tr", "td", "th", "ul", "ol", "li", "h1", "h2", "h3", "h4", "script", "style", "label",
        "main", "nav", "section", "header", "footer", "br", "hr", "img", "svg", "meta", "noscript",
    ]
}

extension SourceFile {
    fileprivate func strings(where matches: (String) -> Bool) -> [SourceToken] {
        tokens.filter { $0.kind == .string && matches($0.text) }
    }
}
