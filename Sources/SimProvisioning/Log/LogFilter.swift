import SimCore

/// Which rows of a log are wanted: every condition given must hold.
package struct LogFilter: Hashable, Sendable {
    package var status: ProvisioningLogEntry.Status?
    package var action: ProvisioningLogEntry.Action?
    package var code: LogCode?
    /// Part of a name or id of the source or target object, without case.
    package var text: String?
    /// One of these objects; nil for any.
    package var objects: Set<ObjectKey>?
    package var cycle: GUID?
    /// First instant wanted.
    package var since: Timestamp?
    /// Last instant wanted.
    package var until: Timestamp?

    package init() {}

    /// Whether the row is wanted.
    package func admits(_ row: ProvisioningLogEntry) -> Bool {
        if let status, row.status != status { return false }
        if let action, row.action != action { return false }
        if let cycle, row.cycle != cycle { return false }
        if let since, row.at < since { return false }
        if let until, row.at > until { return false }
        if let objects, !objects.contains(row.subject) { return false }
        if let code, !code.explains(row) { return false }
        guard let text = text?.lowercased() else { return true }
        return row.names.contains { $0.lowercased().contains(text: text) }
    }
}

extension ProvisioningLogEntry {
    /// What the object is called in the source and in the target, ids included.
    var names: [String] {
        [displayName, reportableID, targetID, targetDisplayName, subject.guid.description]
    }
}

/// Why a row failed or was skipped: an error code or a skip reason, as the log spells it.
/// provisioning.md §5.4, §5.5.
package struct LogCode: RawRepresentable, Hashable, CaseIterable, Sendable {
    package let rawValue: String

    package init?(rawValue: String) {
        guard Self.known.contains(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    private init(known: String) {
        rawValue = known
    }

    /// Error codes first, then the skip reasons that are none.
    package static var allCases: [LogCode] { known.map { LogCode(known: $0) } }

    private static let known: [String] = {
        let codes = ProvisioningErrorCode.allCases.map(\.rawValue)
        return codes + SkipReason.allCases.map(\.rawValue).filter { !codes.contains($0) }
    }()

    func explains(_ row: ProvisioningLogEntry) -> Bool {
        row.failure?.code.rawValue == rawValue || row.skipReason?.rawValue == rawValue
    }
}

/// Some rows of a log in the order logged, and where to go on.
package struct LogPage: Hashable, Sendable {
    package let rows: [ProvisioningLogEntry]
    /// Everything before this position has been looked at.
    package let next: Int
}

extension ProvisioningLog {
    /// The first rows at `position` and later, oldest first. A position beyond the end belongs to
    /// a log that is gone: the page starts over.
    package func page(from position: Int, _ filter: LogFilter, limit: Int) -> LogPage {
        var next = position > endPosition ? firstPosition : max(position, firstPosition)
        var rows: [ProvisioningLogEntry] = []
        while next < endPosition, rows.count < limit {
            let row = self[next]
            next += 1
            if filter.admits(row) { rows.append(row) }
        }
        return LogPage(rows: rows, next: next)
    }

    /// The newest rows, newest first.
    package func newest(_ filter: LogFilter, limit: Int) -> [ProvisioningLogEntry] {
        var rows: [ProvisioningLogEntry] = []
        var position = endPosition
        while position > firstPosition, rows.count < limit {
            position -= 1
            let row = self[position]
            if filter.admits(row) { rows.append(row) }
        }
        return rows
    }
}
