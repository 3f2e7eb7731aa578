import Synchronization

/// The purpose of a draw. A stream is named by its purpose, so that one more draw for one purpose
/// never moves the values of another.
package struct RandomPurpose: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package init(_ name: StaticString) {
        self.rawValue = name.description
    }
}

/// Where every component gets its chance. Only the system randomness file asks the machine.
package protocol RandomSource: Sendable {
    /// `count` bytes of the stream named by `purpose`.
    func bytes(_ count: Int, for purpose: RandomPurpose) -> [UInt8]
    /// The next 16 bytes of that stream, without an array around them.
    func block(for purpose: RandomPurpose) -> RandomBlock
}

/// 16 drawn bytes as two words, the first byte in front.
package struct RandomBlock: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}

extension RandomSource {
    package func block(for purpose: RandomPurpose) -> RandomBlock {
        let bytes = bytes(16, for: purpose)
        return RandomBlock(
            high: bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) },
            low: bytes[8...].reduce(0) { $0 << 8 | UInt64($1) })
    }

    /// A random (version 4) GUID.
    package func guid(for purpose: RandomPurpose) -> GUID {
        GUID(version4: block(for: purpose))
    }

    /// A whole number in `0..<bound`.
    package func number(below bound: UInt64, for purpose: RandomPurpose) -> UInt64 {
        precondition(bound > 0, "a bound is positive")
        let word = bytes(8, for: purpose).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return word.multipliedFullWidth(by: bound).high
    }
}

/// Reproducible streams: the same seed and the same order of draws per purpose give the same bytes.
package final class SeededRandom: RandomSource {
    private let seed: UInt64
    private let streams = Mutex<[RandomPurpose: SplitMix64]>([:])

    package init(seed: UInt64) {
        self.seed = seed
    }

    package func bytes(_ count: Int, for purpose: RandomPurpose) -> [UInt8] {
        streams.withLock { streams in
            var stream = streams[purpose] ?? SplitMix64(state: Self.state(seed, purpose))
            var out: [UInt8] = []
            out.reserveCapacity(count + 7)
            while out.count < count {
                var word = stream.next()
                for _ in 0..<8 {
                    out.append(UInt8(truncatingIfNeeded: word))
                    word >>= 8
                }
            }
            streams[purpose] = stream
            out.removeLast(out.count - count)
            return out
        }
    }

    package func block(for purpose: RandomPurpose) -> RandomBlock {
        streams.withLock { streams in
            var stream = streams[purpose] ?? SplitMix64(state: Self.state(seed, purpose))
            let (high, low) = (stream.next(), stream.next())
            streams[purpose] = stream
            // A word's bytes come out lowest first.
            return RandomBlock(high: high.byteSwapped, low: low.byteSwapped)
        }
    }

    private static func state(_ seed: UInt64, _ purpose: RandomPurpose) -> UInt64 {
        purpose.rawValue.utf8.reduce(SplitMix64.mix(seed &+ 0x51)) {
            SplitMix64.mix($0 ^ UInt64($1) &* 0x0000_0100_0000_01B3)
        }
    }
}
