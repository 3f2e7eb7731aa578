import SimPortal
import SimProvisioning
import Synchronization

/// A part of the request journal that one thread writes, mostly. What a lane lets go of was then
/// made by the thread that frees it: memory that threads free for each other costs them the wait
/// for a lock of the allocator, which was a fifth of a provisioning cycle's time.
final class JournalLane: Sendable {
    enum Kept: Sendable {
        /// With what its answer must not show; nil when it may be shown as it is.
        case whole(JournalEntry.Direction, WireExchange, SecretTexts?)
        case published(PublishedExchange)
    }

    struct Slot: Sendable {
        var number: UInt64
        let kept: Kept
    }

    /// The slots by number, from `first` on around the end.
    private struct Ring: Sendable {
        private var places: [Slot?] = []
        private var first = 0
        private(set) var count = 0

        var slots: [Slot] {
            (0..<count).compactMap { places[(first + $0) % places.count] }
        }

        /// Moves the slot in.
        mutating func append(_ slot: inout Slot?) {
            if count == places.count { grow() }
            swap(&places[(first + count) % places.count], &slot)
            count += 1
        }

        /// The oldest slot, when its number is not above `number`.
        mutating func removeFirst(through number: UInt64) -> Slot? {
            // A span: looking at a slot in an array copies it.
            guard count > 0, let oldest = places.span[first]?.number, oldest <= number else {
                return nil
            }
            let slot = places[first].take()
            first = (first + 1) % places.count
            count -= 1
            return slot
        }

        private mutating func grow() {
            var larger: [Slot?] = slots
            larger.append(contentsOf: repeatElement(nil, count: max(16, count)))
            places = larger
            first = 0
        }
    }

    private let ring = Mutex(Ring())

    /// Keeps an exchange under the next number, and lets go of one or two that fell behind.
    ///
    /// - Returns: the number.
    func keep(
        _ kept: consuming Kept, counting count: borrowing Atomic<UInt64>, limit: UInt64
    ) -> UInt64 {
        var slot: Slot? = Slot(number: 0, kept: kept)
        let (number, _, _) = ring.withLock { ring in
            let number = count.add(1, ordering: .relaxed).newValue
            slot?.number = number
            let oldest = number > limit ? number - limit : 0
            // They leave the lock with us: freeing them takes longer than the rest.
            let gone = (ring.removeFirst(through: oldest), ring.removeFirst(through: oldest))
            ring.append(&slot)
            return (number, gone.0, gone.1)
        }
        return number
    }

    /// Lets go of everything up to `number`.
    func forget(through number: UInt64) {
        while ring.withLock({ $0.removeFirst(through: number) }) != nil {}
    }

    /// Calls `body` with the slots while nothing can be added.
    func holding<Result: Sendable>(_ body: ([Slot]) -> Result) -> Result {
        ring.withLock { body($0.slots) }
    }
}
