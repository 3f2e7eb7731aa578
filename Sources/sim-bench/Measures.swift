import Glibc

/// The machine's clocks and counters, in nanoseconds and bytes.
enum Measures {
    /// Time since some fixed moment.
    static var wall: Int64 { time(of: CLOCK_MONOTONIC) }
    /// Processor time of this process.
    static var processor: Int64 { time(of: CLOCK_PROCESS_CPUTIME_ID) }

    static func time(of identifier: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(identifier, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Nothing happens for so long; for a server to become idle.
    static func pause(milliseconds: Int32) {
        _ = poll(nil, 0, milliseconds)
    }

    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return .nan }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}
