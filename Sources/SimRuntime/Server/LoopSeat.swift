import CLinux
import Synchronization

/// Where a quick loop's thread is and what it does, for the other loops of its server.
final class LoopSeat: Sendable {
    private let place = Atomic<Int>(-1)
    private let gauge = Mutex<ThreadGauge?>(nil)

    /// On the loop's own thread, when it begins.
    func take() {
        gauge.withLock { $0 = ThreadGauge() }
    }

    /// On the loop's own thread.
    func noteCore() {
        place.store(Int(sim_current_core()), ordering: .relaxed)
    }

    /// The core it ran on when it last looked; -1 before that.
    var core: Int { place.load(ordering: .relaxed) }
    /// Nil where the system does not count, and when the loop has ended.
    var times: ThreadTimes? { gauge.withLock { $0 }?.times }
}

/// The looks of one quick loop at itself and others. Confined to its thread.
struct LoopLook {
    /// Others looked at, so that a look costs the same on any number of cores.
    private static let neighbours = 8

    private let seats: [LoopSeat]
    private let number: Int
    private let balance: LoopBalance
    private var last = MonotonicTime.current
    private var next = MonotonicTime.current
    private var before: [Int: ThreadTimes] = [:]
    private(set) var advice = LoopBalance.Advice.stay
    /// Tells looks apart, for connections that ask once after each.
    private(set) var count: UInt32 = 0

    init(_ seats: [LoopSeat], number: Int, _ balance: LoopBalance) {
        self.seats = seats
        self.number = number
        self.balance = balance
    }

    func isDue(_ now: MonotonicTime) -> Bool { now >= next }

    mutating func look(_ now: MonotonicTime, connections: Int) {
        let passed = Double(max(1, now.nanoseconds - last.nanoseconds))
        last = now
        next = now + balance.interval
        count &+= 1
        seats[number].noteCore()
        var times: [Int: ThreadTimes] = [:]
        var uses: [Int: LoopSituation.Use] = [:]
        for step in 0...min(Self.neighbours, seats.count - 1) {
            let index = (number + step) % seats.count
            times[index] = seats[index].times
            guard let now = times[index], let earlier = before[index] else { continue }
            let difference = now - earlier
            uses[index] = LoopSituation.Use(
                ran: Double(difference.ran) / passed, waited: Double(difference.waited) / passed)
        }
        before = times
        advice = .stay
        guard let own = uses.removeValue(forKey: number) else { return }
        advice = balance.advice(
            LoopSituation(number: number, own: own, others: uses, connections: connections))
    }

    /// Forgets the advice to give one connection.
    mutating func hasGiven() { advice = .stay }

    /// The loop on a core, if it is another than this one.
    func loop(on core: Int) -> Int? {
        guard core >= 0, seats[number].core != core else { return nil }
        return seats.firstIndex { $0.core == core }
    }
}
