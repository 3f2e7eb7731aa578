/// Deadlines in order; equal ones in the order they were set. A binary heap; a cancelled entry
/// stays until its turn and is then skipped.
struct TimerQueue<Action> {
    struct ID: Hashable, Sendable {
        fileprivate let sequence: UInt64
    }

    private struct Entry {
        let deadline: MonotonicTime
        let sequence: UInt64

        func isBefore(_ other: Entry) -> Bool {
            deadline == other.deadline ? sequence < other.sequence : deadline < other.deadline
        }
    }

    private var heap: [Entry] = []
    private var actions: [UInt64: Action] = [:]
    private var nextSequence: UInt64 = 0

    /// The earliest deadline that still has an action.
    var nextDeadline: MonotonicTime? {
        mutating get {
            dropCancelled()
            return heap.first?.deadline
        }
    }

    mutating func add(_ deadline: MonotonicTime, _ action: Action) -> ID {
        let entry = Entry(deadline: deadline, sequence: nextSequence)
        nextSequence += 1
        actions[entry.sequence] = action
        heap.append(entry)
        var child = heap.count - 1
        while child > 0, heap[child].isBefore(heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
        return ID(sequence: entry.sequence)
    }

    mutating func cancel(_ id: ID) {
        actions[id.sequence] = nil
    }

    /// Removes and returns the earliest action that is due at `now`.
    mutating func popDue(at now: MonotonicTime) -> Action? {
        dropCancelled()
        guard let first = heap.first, first.deadline <= now else { return nil }
        removeFirst()
        return actions.removeValue(forKey: first.sequence)
    }

    private mutating func dropCancelled() {
        while let first = heap.first, actions[first.sequence] == nil { removeFirst() }
    }

    private mutating func removeFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].isBefore(heap[least]) { least = child }
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
