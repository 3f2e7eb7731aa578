import SimCore
import SimPortal

/// Reads a provisioning log through the control API, a bounded page at a time.
struct LogReader {
    let client: SimulatorClient
    let path: [String]
    let query: [(String, String?)]

    private static let pageSize = ProvisioningLogQuery.limitBounds.upperBound
    /// How long one request of `--follow` stays open.
    private static let wait = "30s"

    /// The newest rows, newest first.
    func newest(_ limit: Int?) throws(CommandFailure) -> JSONValue {
        try client.send(
            "GET", path, query: query + [("limit", limit.map { String($0) })])
    }

    /// Rows from a position on, oldest first.
    func page(
        from position: Int64, isWaiting: Bool = false, seenCycles: Int64? = nil
    ) throws(CommandFailure) -> JSONValue {
        try client.send(
            "GET", path,
            query: query + [
                ("limit", String(Self.pageSize)), ("from", String(position)),
                ("wait", isWaiting ? Self.wait : nil),
                ("seenCycles", seenCycles.map { String($0) }),
            ])
    }

    /// Every row there is now, oldest first.
    func forEachPage(_ body: ([JSONValue]) -> Void) throws(CommandFailure) {
        var position: Int64 = 0
        while true {
            let page = try page(from: position)
            body(page.list)
            let next = page["next"]?.intValue ?? position
            guard page["isEnd"] == false, next > position else { return }
            position = next
        }
    }

    /// The newest rows up to a number, or all; oldest first.
    func all(_ limit: Int?) throws(CommandFailure) -> [JSONValue] {
        if let limit { return try newest(limit).list.reversed() }
        var rows: [JSONValue] = []
        try forEachPage { rows += $0 }
        return rows
    }
}
