/// A Swift text with its place in the package, cut into tokens.
struct SourceFile: Sendable {
    /// Below the package root, with slashes: `Sources/SimCore/GUID.swift`.
    let path: String
    let text: String
    /// Without comments.
    let tokens: [SourceToken]
    let comments: [SourceToken]
    /// Indices of the words and symbols by their text, ascending.
    private let occurrences: [String: [Int]]

    init(path: String, text: String) {
        self.path = path
        self.text = text
        let all = SwiftLexer.tokens(of: text)
        tokens = all.filter { $0.kind != .comment }
        comments = all.filter { $0.kind == .comment }
        var occurrences: [String: [Int]] = [:]
        for (index, token) in tokens.enumerated() where token.isCode {
            occurrences[token.text, default: []].append(index)
        }
        self.occurrences = occurrences
    }

    /// Second path component: `SimCore` for `Sources/SimCore/GUID.swift`; nil at the top.
    var target: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 ? String(parts[1]) : nil
    }

    var isSource: Bool { path.hasPrefix("Sources/") }
    var isTest: Bool { path.hasPrefix("Tests/") }
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    func finding(_ token: SourceToken, _ message: String) -> Finding {
        Finding(path: path, line: token.line, message: message)
    }

    /// The indices where the given words and symbols follow each other.
    func places(of run: String...) -> [Int] {
        (run.first.flatMap { occurrences[$0] } ?? []).filter { start in
            start + run.count <= tokens.count
                && run.indices.allSatisfy {
                    tokens[start + $0].isCode && tokens[start + $0].text == run[$0]
                }
        }
    }

    /// Indices of the given identifiers where they are not members.
    func words(_ words: [String]) -> [Int] {
        words.flatMap { occurrences[$0] ?? [] }.sorted().filter { index in
            tokens[index].kind == .word && token(before: index)?.isSymbol(".") != true
        }
    }

    /// The token before `index`, if there is one.
    func token(before index: Int) -> SourceToken? {
        index > 0 ? tokens[index - 1] : nil
    }

    func token(after index: Int) -> SourceToken? {
        index + 1 < tokens.count ? tokens[index + 1] : nil
    }

    /// The index of the bracket that closes the one at `open`, or the last token.
    func closing(_ open: Int) -> Int {
        var depth = 0
        for index in open..<tokens.count where tokens[index].kind == .symbol {
            switch tokens[index].text {
            case "{", "(", "[": depth += 1
            case "}", ")", "]": depth -= 1
            default: continue
            }
            if depth == 0 { return index }
        }
        return tokens.count - 1
    }
}

/// One place that breaks a rule. Prints as an editor can jump to it.
struct Finding: Hashable, CustomStringConvertible {
    let path: String
    let line: Int
    let message: String

    var description: String { "\(path):\(line): \(message)" }
}
