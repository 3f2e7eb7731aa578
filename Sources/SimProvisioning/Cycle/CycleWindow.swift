import SimCore
import SimHTTP

/// The objects in flight and those that wait for their turn: results may arrive in any order, but
/// leave in the order the objects went in.
struct CycleWindow: Sendable {
    enum Task: Sendable {
        case object(ObjectTask)
        case reference(ReferenceTask)
    }

    private struct Slot: Sendable {
        /// nil while its owner works on it: a second copy would make every append a copy.
        var task: Task?
        let matchKey: String?
        var isFinished = false
        var endedAt: Timestamp
    }

    private var slots: [Slot?] = []
    /// Slots whose results have left, at the front; given back when they are half of all, so that
    /// a removal moves two slots on average instead of the whole window.
    private var left = 0
    /// Number of the first slot; grows as slots are given back.
    private var base = 0
    /// Calls in flight with the numbers of their tasks: a handful.
    private var places: [(exchange: ExchangeID, number: Int)] = []
    private var busyMatches: Set<String> = []

    var inFlight: Int { places.count }
    var count: Int { slots.count - left }
    var isEmpty: Bool { count == 0 }

    func isBusy(_ matchKey: String) -> Bool { busyMatches.contains(matchKey) }

    /// Takes a task in; it stands behind all others.
    /// - Returns: its number.
    mutating func append(_ task: consuming Task?, matchKey: String?, at time: Timestamp) -> Int {
        if let matchKey { busyMatches.insert(matchKey) }
        slots.append(Slot(task: task, matchKey: matchKey, endedAt: time))
        return base + slots.count - 1
    }

    mutating func sent(_ exchange: ExchangeID, for number: Int) {
        places.append((exchange, number))
    }

    /// The number of the task an answer belongs to; nil for an answer nobody waits for.
    mutating func answered(_ exchange: ExchangeID) -> Int? {
        guard let place = places.firstIndex(where: { $0.exchange == exchange }) else { return nil }
        return places.remove(at: place).number
    }

    /// Whom an answer that is waited for will be about; nil for other exchanges.
    func call(_ exchange: ExchangeID) -> CycleCall? {
        guard let number = places.first(where: { $0.exchange == exchange })?.number else {
            return nil
        }
        switch slots[number - base]?.task {
        case .object(let task)?: return CycleCall(key: task.work.key, isReference: false)
        case .reference(let task)?: return CycleCall(key: task.subject.key, isReference: true)
        case nil: return nil
        }
    }

    /// Hands a task out; `put` takes it back.
    mutating func take(_ number: Int) -> Task? { slots[number - base]?.task.take() }

    mutating func put(_ task: consuming Task, at number: Int) {
        slots[number - base]?.task = task
    }

    mutating func finish(_ number: Int, at time: Timestamp) {
        slots[number - base]?.isFinished = true
        slots[number - base]?.endedAt = time
    }

    /// The first task, when it has come to its result.
    mutating func removeFinished() -> (task: Task, endedAt: Timestamp)? {
        guard left < slots.count, slots[left]?.isFinished == true,
            let task = slots[left]?.task.take(), let endedAt = slots[left]?.endedAt
        else { return nil }
        if let key = slots[left]?.matchKey { busyMatches.remove(key) }
        slots[left] = nil
        left += 1
        if left * 2 >= slots.count {
            slots.removeFirst(left)
            base += left
            left = 0
        }
        return (task, endedAt)
    }
}
