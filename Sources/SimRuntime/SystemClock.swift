import CLinux
import SimCore

/// The machine's clock: the only reader of wall-clock time.
package struct SystemClock: SimulationClock {
    package init() {}

    package var now: Timestamp { Timestamp(microseconds: sim_realtime_us()) }
}

/// A point of the machine's monotonic time, for deadlines of sockets and timers. It never reaches
/// an output.
struct MonotonicTime: Comparable, Sendable {
    let nanoseconds: Int64

    static var current: MonotonicTime { MonotonicTime(nanoseconds: sim_monotonic_ns()) }
    /// Later than everything.
    static let never = MonotonicTime(nanoseconds: .max)

    static func < (left: MonotonicTime, right: MonotonicTime) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    static func + (time: MonotonicTime, duration: Duration) -> MonotonicTime {
        let (micros, overflow) = duration.wholeMicroseconds.multipliedReportingOverflow(by: 1_000)
        let sum = time.nanoseconds.addingReportingOverflow(overflow ? .max : micros)
        return MonotonicTime(nanoseconds: sum.overflow ? .max : sum.partialValue)
    }

    /// Milliseconds from `self` until `other`, rounded up, 0…`limit`.
    func milliseconds(until other: MonotonicTime, limit: Int64) -> Int64 {
        guard other > self else { return 0 }
        let distance = other.nanoseconds.subtractingReportingOverflow(nanoseconds)
        if distance.overflow { return limit }
        return min(limit, distance.partialValue / 1_000_000 + 1)
    }
}
