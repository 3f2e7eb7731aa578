import SimCore

/// A rule's stream of numbers from 0 up to, not including, 1: a function of its seed and of how
/// many were drawn.
struct FaultStream: Hashable, Sendable {
    private let seed: UInt64
    private var drawn: UInt64 = 0

    init(seed: UInt64) {
        self.seed = seed
    }

    mutating func next() -> Double {
        drawn &+= 1
        var stream = SplitMix64(state: SplitMix64.mix(seed &+ drawn))
        return Double(stream.next() >> 11) * 0x1p-53
    }
}
