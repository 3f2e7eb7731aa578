import SimCore

/// Prints log rows as they come, in one form.
struct RowPrinter {
    let format: LogArguments.Format
    let table: ProvisioningLogCSV.Table
    let hasDetails: Bool
    let shell: any Shell
    private var isHeaderWritten = false

    init(
        format: LogArguments.Format, table: ProvisioningLogCSV.Table, hasDetails: Bool,
        shell: any Shell
    ) {
        self.format = format
        self.table = table
        self.hasDetails = hasDetails
        self.shell = shell
    }

    mutating func print(_ rows: [JSONValue]) {
        guard !rows.isEmpty else { return }
        switch format {
        case .text:
            shell.write(
                hasDetails
                    ? ProvisioningLogText.details(rows) + "\n"
                    : rows.map { ProvisioningLogText.line($0) }.joined())
        case .json, .jsonl: shell.write(rows.map { $0.text + "\n" }.joined())
        case .csv:
            writeHeader()
            shell.write(ProvisioningLogCSV.text(rows, table))
        }
    }

    /// A table without rows has its header still.
    mutating func finish() {
        if format == .csv { writeHeader() }
    }

    private mutating func writeHeader() {
        guard !isHeaderWritten else { return }
        isHeaderWritten = true
        shell.write(ProvisioningLogCSV.header(table))
    }
}

/// The files of a download.
enum LogFiles {
    struct File {
        let path: String
        let text: String
        let rows: Int
    }

    /// One file, or the three tables of the portal's CSV download beside each other.
    static func files(
        _ rows: [JSONValue], _ format: LogArguments.Format, _ path: String
    ) -> [File] {
        switch format {
        case .text:
            return [File(path: path, text: ProvisioningLogText.list(rows), rows: rows.count)]
        case .json:
            let value: JSONValue = ["value": .array(rows)]
            return [File(path: path, text: value.prettyText + "\n", rows: rows.count)]
        case .jsonl:
            return [
                File(path: path, text: rows.map { $0.text + "\n" }.joined(), rows: rows.count)
            ]
        case .csv:
            let isNamed = path.hasSuffix(".csv")
            let stem = isNamed ? String(path.dropLast(4)) : path
            return ProvisioningLogCSV.Table.allCases.map { table in
                File(
                    path: stem + table.suffix + (isNamed ? ".csv" : ""),
                    text: ProvisioningLogCSV.header(table) + ProvisioningLogCSV.text(rows, table),
                    rows: ProvisioningLogCSV.records(rows, table).count)
            }
        }
    }
}
