import SimCore

/// A cycle for people: what was sent, what was left alone and why, and what to do next.
///
/// Order: failures first, then changes, then what was left alone; inside a section the order of
/// the log. Holds no token, because rows hold none.
package struct CycleReport: Sendable {
    /// Lines a section shows before it only counts.
    package static let standardLineLimit = 25

    private let title: String
    let summary: CycleSummary
    let entries: [ProvisioningLogEntry]
    private let lineLimit: Int
    private let isPreview: Bool
    private let elapsed: Duration

    /// - Parameters:
    ///   - name: what the app is called.
    ///   - entries: the rows of this cycle, oldest first.
    ///   - elapsed: how long a person waited; nil is the simulation's own time.
    package init(
        name: String, summary: CycleSummary, entries: [ProvisioningLogEntry],
        lineLimit: Int = CycleReport.standardLineLimit, isPreview: Bool = false,
        elapsed: Duration? = nil
    ) {
        title = name
        self.summary = summary
        self.entries = entries
        self.lineLimit = max(1, lineLimit)
        self.isPreview = isPreview
        self.elapsed = elapsed ?? summary.endedAt - summary.beganAt
    }

    /// The report, lines ended by `\n`.
    package var text: String {
        var lines = [headline]
        if let error = summary.error {
            lines.append("")
            lines += error.message.split(whereSeparator: \.isNewline).map { "  " + $0 }
            lines.append("")
            lines.append("  No user or group was looked at. The job is in quarantine; it goes back")
            lines.append("  to normal with the first cycle whose connection test succeeds.")
            return lines.joined(separator: "\n") + "\n"
        }
        lines += totals
        for section in Section.allCases { lines += self.lines(of: section) }
        if entries.isEmpty {
            lines.append("")
            lines.append("  Nothing changed since the last cycle, so nothing was sent.")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var headline: String {
        let milliseconds = elapsed.wholeMicroseconds / 1_000
        let outcome =
            switch summary.result {
            case .succeeded: isPreview ? "nothing sent" : "succeeded"
            case .failed: "failed"
            case .entryLevelErrors: "finished with errors"
            }
        let name = isPreview ? "preview of the next cycle" : "cycle"
        let time =
            milliseconds < 1_000
            ? "\(milliseconds) ms" : "\(milliseconds / 1_000).\(milliseconds % 1_000 / 100) s"
        return "\(title): \(summary.kind.rawValue) \(name) \(outcome) in \(time)"
    }

    /// One line a kind of object with the counts that are not zero.
    private var totals: [String] {
        ObjectKey.Kind.allCases.compactMap { kind in
            let counts = Section.allCases.reversed().compactMap { section -> String? in
                let count = entries.count { $0.subject.kind == kind && Section($0) == section }
                return count == 0 ? nil : "\(count) \(section.word(isPreview: isPreview))"
            }
            guard !counts.isEmpty else { return nil }
            let label = kind == .user ? "users " : "groups"
            return "  \(label)  " + counts.joined(separator: ", ")
        } + ["  calls   \(summary.counters.calls)"]
    }

    private func lines(of section: Section) -> [String] {
        let rows = entries.filter { Section($0) == section }
        guard !rows.isEmpty else { return [] }
        let width = min(40, rows.prefix(lineLimit).map { Self.name($0).count }.max() ?? 0)
        var lines = ["", "  " + section.word(isPreview: isPreview)]
        for row in rows.prefix(lineLimit) {
            let name = Self.name(row)
            let padding = String(repeating: " ", count: max(0, width - name.count))
            lines.append("    \(name)\(padding)  \(ReportLine(row).text)")
        }
        if rows.count > lineLimit {
            lines.append("    … and \(rows.count - lineLimit) more")
        }
        return lines
    }

    static func name(_ row: ProvisioningLogEntry) -> String {
        row.subject.kind == .user || row.displayName.isEmpty ? row.reportableID : row.displayName
    }
}

extension CycleReport {
    /// What a row is about, in the order of interest.
    enum Section: CaseIterable {
        case failed, deleted, disabled, created, updated, skipped

        init(_ row: ProvisioningLogEntry) {
            switch row.status {
            case .failure: self = .failed
            case .skipped: self = .skipped
            case .success, .warning:
                switch row.action {
                case .create: self = .created
                case .update: self = .updated
                case .delete: self = .deleted
                case .disable: self = .disabled
                case .stagedDelete, .other: self = .skipped
                }
            }
        }

        func word(isPreview: Bool) -> String {
            switch self {
            case .failed: isPreview ? "would fail" : "failed"
            case .deleted: isPreview ? "would be deleted" : "deleted"
            case .disabled: isPreview ? "would be disabled" : "disabled"
            case .created: isPreview ? "would be created" : "created"
            case .updated: isPreview ? "would be updated" : "updated"
            case .skipped: isPreview ? "would be skipped" : "skipped"
            }
        }
    }
}
