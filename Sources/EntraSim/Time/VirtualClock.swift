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
    private let state: Mutex<Mode>

    /// - Parameter frozenAt: where the clock stands still from the start; nil follows `system`.
    init(system: any SimulationClock, frozenAt: Timestamp? = nil) {
        self.system = system
        state = Mutex(frozenAt.map { .frozen($0) } ?? .running(offset: .zero))
    }

    var mode: Mode { state.withLock { $0 } }

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
        let time = time ?? now
        state.withLock { $0 = .frozen(time) }
    }

    /// Jumps to `time`; a running clock runs on from there.
    func set(to time: Timestamp) {
        let offset = time - system.now
        state.withLock { mode in
            switch mode {
            case .running: mode = .running(offset: offset)
            case .frozen: mode = .frozen(time)
            }
        }
    }

    /// Runs on from where it stands.
    func resume() {
        set(running: now)
    }

    private func set(running time: Timestamp) {
        let offset = time - system.now
        state.withLock { $0 = .running(offset: offset) }
    }
}
