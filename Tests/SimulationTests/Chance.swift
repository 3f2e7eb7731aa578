import SimCore

/// A seed's stream of draws.
struct Chance {
    private var stream: SplitMix64

    init(seed: UInt64, _ purpose: UInt64) {
        stream = SplitMix64(state: SplitMix64.mix(seed &* 31 &+ purpose))
    }

    /// 0 up to, not including, `bound`.
    mutating func below(_ bound: Int) -> Int {
        Int(stream.next().multipliedFullWidth(by: UInt64(max(1, bound))).high)
    }

    mutating func happens(_ percent: Int) -> Bool { below(100) < percent }

    mutating func pick<Element>(_ list: [Element]) -> Element? {
        list.isEmpty ? nil : list[below(list.count)]
    }
}
