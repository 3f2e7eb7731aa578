import SimCore
import Synchronization

/// The simulation's clock: the machine's time moved by an offset, or standing still.
///
/// Moving it past due work is the simulator's business (`Simulator.advance`); this type only tells
/// the time.
final class VirtualClock: SimulationClock {
    enum Mode: Hashable, Sendable {
        /// Follows the machine's clock, this far from it.
        case running(offset: Duration)
        case frozen(Timestamp)
    }

    private let system: any SimulationClock
    /// The mode in one word, because every request reads it on every loop: microseconds of the
    /// offset or of the frozen instant, moved left by one; the lowest bit says which.
    private let word: Atomic<Int>

    /// - Parameter frozenAt: where the clock stands still from the start; nil follows `system`.
    init(system: any SimulationClock, frozenAt: Timestamp? = nil) {
        self.system = system
        word = Atomic(Self.word(frozenAt.map { .frozen($0) } ?? .running(offset: .zero)))
    }

    var mode: Mode { Self.mode(word.load(ordering: .acquiring)) }

    var now: Timestamp {
        switch mode {
        case .running(let offset): system.now + offset
        case .frozen(let time): time
        }
    }

    /// The machine's time, however the simulation's was moved: for how long something took.
    var machineTime: Timestamp { system.now }

    /// Stands still at `time`, or at the present moment.
    func freeze(at time: Timestamp? = nil) {
        word.store(Self.word(.frozen(time ?? now)), ordering: .releasing)
    }

    /// Jumps to `time`; a running clock runs on from there.
    func set(to time: Timestamp) {
        let running = Self.word(.running(offset: time - system.now))
        let frozen = Self.word(.frozen(time))
        var seen = word.load(ordering: .acquiring)
        while true {
            let next = seen & 1 == 0 ? running : frozen
            let (exchanged, original) = word.compareExchange(
                expected: seen, desired: next, ordering: .acquiringAndReleasing)
            if exchanged { return }
            seen = original
        }
    }

    /// Runs on from where it stands.
    func resume() {
        word.store(Self.word(.running(offset: now - system.now)), ordering: .releasing)
    }

    private static func word(_ mode: Mode) -> Int {
        switch mode {
        case .running(let offset): Int(offset.wholeMicroseconds) << 1
        case .frozen(let time): Int(time.microseconds) << 1 | 1
        }
    }

    private static func mode(_ word: Int) -> Mode {
        let microseconds = Int64(word >> 1)
        return word & 1 == 0
            ? .running(offset: .microseconds(microseconds))
            : .frozen(Timestamp(microseconds: microseconds))
    }
}
