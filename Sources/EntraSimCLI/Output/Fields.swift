/// Names and values below each other, the values in one column.
enum Fields {
    /// Width of the names of blocks that stand below each other.
    static let blockWidth = 12

    /// Rows with an empty value are left out.
    ///
    /// - Parameter width: least width of the names, in characters.
    static func text(_ rows: [(String, String)], width: Int = 10) -> String {
        let shown = rows.filter { !$0.1.isEmpty }
        let width = max(width, shown.map(\.0.count).max() ?? 0)
        return shown.map { name, value in
            name + String(repeating: " ", count: width - name.count + 1)
                + TextTable.oneLine(value) + "\n"
        }.joined()
    }
}
