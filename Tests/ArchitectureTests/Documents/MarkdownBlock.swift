/// A fenced block of a Markdown text.
struct MarkdownBlock: Hashable {
    let language: String
    /// 1-based line of the opening fence.
    let line: Int
    let text: String
    /// The file named by a comment `<!-- compiled: path -->` on the line before the fence.
    let compiledFrom: String?

    static func all(in markdown: String) -> [MarkdownBlock] {
        var blocks: [MarkdownBlock] = []
        var open: (language: String, line: Int, source: String?)?
        var body: [Substring] = []
        var before: Substring = ""
        let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false)
        for (offset, line) in lines.enumerated() {
            if line.hasPrefix("```") {
                if let fence = open {
                    blocks.append(
                        MarkdownBlock(
                            language: fence.language, line: fence.line,
                            text: body.joined(separator: "\n"), compiledFrom: fence.source))
                    open = nil
                    body = []
                } else {
                    open = (String(line.dropFirst(3)), offset + 1, source(named: before))
                }
            } else if open != nil {
                body.append(line)
            }
            before = line
        }
        return blocks
    }

    private static func source(named comment: Substring) -> String? {
        let opening = "<!-- compiled: "
        guard comment.hasPrefix(opening), comment.hasSuffix(" -->") else { return nil }
        return String(comment.dropFirst(opening.count).dropLast(4))
    }

    /// The lines between `// README: begin` and `// README: end`, moved left to the margin.
    static func excerpt(of text: String) -> String? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let begin = lines.firstIndex(where: { $0.hasSuffix("// README: begin") }),
            let end = lines.firstIndex(where: { $0.hasSuffix("// README: end") }), begin < end
        else { return nil }
        let inner = lines[(begin + 1)..<end]
        let margin = inner.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
        return inner.map { $0.dropFirst(margin) }.joined(separator: "\n")
    }

    /// What is wrong with the Swift blocks of a text, given a reader of files.
    static func faults(in markdown: String, path: String, file: (String) -> String?) -> [Finding] {
        all(in: markdown).filter { $0.language == "swift" }.compactMap { block in
            let message: String
            if let source = block.compiledFrom {
                guard excerpt(of: file(source) ?? "") != block.text else { return nil }
                message = "differs from \(source)"
            } else {
                message = "no comment names the test that compiles this block"
            }
            return Finding(path: path, line: block.line, message: message)
        }
    }
}
