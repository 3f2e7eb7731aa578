/// The rows of `Parity.md`: what we claim, why we believe it, and the test that shows it.
struct ParityTable {
    struct Row: Hashable {
        let line: Int
        let claim: String
        let evidence: String
        let witnesses: [Witness]
        /// Parts of the third column that are no test's name.
        let unreadable: [String]
    }

    static let path = "Sources/EntraSim/EntraSim.docc/Parity.md"
    /// W: seen on the wire. D: documented. U: neither, a setting with a default.
    static let evidenceTags: Set<String> = ["W", "D", "U"]

    let rows: [Row]

    /// Reads every table row with three columns that is neither a heading nor its underline.
    init(_ markdown: String) {
        rows = markdown.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .compactMap { offset, text in
                guard text.hasPrefix("|"), !text.hasPrefix("|-"), !text.hasPrefix("| Claim")
                else { return nil }
                let cells = text.split(separator: "|", omittingEmptySubsequences: true)
                    .map { Self.trimmed($0) }
                return Row(line: offset + 1, cells: cells.filter { !$0.isEmpty })
            }
    }

    /// What is wrong with the table, given the tests there are.
    func faults(knowing tests: Set<Witness>) -> [Finding] {
        rows.flatMap { row in
            var messages = row.unreadable.map { "\"\($0)\" is not Target/Suite/function" }
            if row.claim.isEmpty { messages.append("three columns expected") }
            if !Self.evidenceTags.contains(row.evidence) {
                messages.append("evidence \"\(row.evidence)\" is none of W, D, U")
            }
            if row.witnesses.isEmpty { messages.append("no witness") }
            messages += row.witnesses.filter { !tests.contains($0) }.map { "no test \($0)" }
            return messages.map { Finding(path: Self.path, line: row.line, message: $0) }
        }
    }

    fileprivate static func trimmed(_ text: some StringProtocol) -> String {
        let start = text.drop { $0 == " " }
        return String(start.reversed().drop { $0 == " " }.reversed())
    }
}

extension ParityTable.Row {
    fileprivate init(line: Int, cells: [String]) {
        guard cells.count == 3 else {
            self.init(line: line, claim: "", evidence: "", witnesses: [], unreadable: [])
            return
        }
        let names = cells[2].split(separator: ",").map {
            ParityTable.trimmed($0).filter { $0 != "`" }
        }
        self.init(
            line: line, claim: cells[0], evidence: cells[1],
            witnesses: names.compactMap { Witness($0) },
            unreadable: names.filter { Witness($0) == nil })
    }
}
