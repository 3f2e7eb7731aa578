/// Names and values below each other, the values in one column.
enum Fields {
    /// Rows with an empty value are left out.
    static func text(_ rows: [(String, String)]) -> String {
        let shown = rows.filter { !$0.1.isEmpty }
        let width = max(10, shown.map(\.0.count).max() ?? 0)
        return shown.map { name, value in
            name + String(repeating: " ", count: width - name.count + 1)
                + TextTable.oneLine(value) + "\n"
        }.joined()
    }
}
