/// Columns aligned by spaces, two between columns, none at the end of a line.
struct TextTable: Sendable {
    private let header: [String]
    private var rows: [[String]] = []
    /// Columns whose values stand at the right: numbers.
    private let numeric: Set<Int>

    init(_ header: [String], numeric: Set<Int> = []) {
        self.header = header
        self.numeric = numeric
    }

    mutating func add(_ row: [String]) {
        rows.append(row.map { $0.isEmpty ? "-" : TextTable.oneLine($0) })
    }

    /// Header and rows, each ended by a line feed.
    var text: String {
        let all = (header.isEmpty ? [] : [header]) + rows
        let count = all.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in
            all.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return all.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let space = String(repeating: " ", count: widths[column] - cell.count)
                line +=
                    (column > 0 ? "  " : "")
                    + (numeric.contains(column) ? space + cell : cell + space)
            }
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }

    /// Line breaks and control characters as spaces, so that a value cannot draw on the terminal.
    static func oneLine(_ text: String) -> String {
        String(
            text.map { character in
                character.unicodeScalars.contains { $0.value < 32 || $0.value == 127 }
                    ? " " : character
            })
    }
}
