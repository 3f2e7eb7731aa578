/// Who waits for the next row of a job's log, or the end of a cycle. Bounded.
struct LogWatchers {
    /// Waiting at once, per job.
    static let limit = 64

    private var waiting: [Int: @Sendable () -> Void] = [:]
    private var next = 0

    /// - Returns: a ticket to give up with; nil when too many wait already.
    mutating func add(_ wake: @escaping @Sendable () -> Void) -> Int? {
        guard waiting.count < Self.limit else { return nil }
        next += 1
        waiting[next] = wake
        return next
    }

    /// The one with this ticket, who no longer waits; nil when it was woken meanwhile.
    mutating func remove(_ ticket: Int) -> (@Sendable () -> Void)? {
        waiting.removeValue(forKey: ticket)
    }

    /// Everybody, in the order they came.
    mutating func removeAll() -> [@Sendable () -> Void] {
        defer { waiting = [:] }
        return waiting.sorted { $0.key < $1.key }.map(\.value)
    }
}
