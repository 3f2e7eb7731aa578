import CLinux
import SimCore
import Synchronization

/// The machine's randomness, whatever the purpose: the only caller of `getrandom`.
///
/// Small draws come from a buffer: a system call for each costs a tenth of a discovery request.
package struct SystemRandom: RandomSource {
    /// Bytes asked of the machine at a time, and the longest draw taken from them.
    private static let bufferLength = 4_096
    private static let smallDraw = 64

    private struct Buffer {
        var bytes: [UInt8] = []
        var used = 0

        /// Where the next `count` bytes stand; they are used up.
        mutating func take(_ count: Int) -> Int {
            if bytes.count - used < count {
                bytes = SystemRandom.drawn(SystemRandom.bufferLength)
                used = 0
            }
            defer { used += count }
            return used
        }
    }

    private static let buffer = Mutex(Buffer())

    package init() {}

    package func bytes(_ count: Int, for purpose: RandomPurpose) -> [UInt8] {
        guard count <= Self.smallDraw else { return Self.drawn(count) }
        return Self.buffer.withLock { buffer in
            let start = buffer.take(count)
            return Array(buffer.bytes[start..<start + count])
        }
    }

    /// Without a list between: two for each row of a log.
    package func guid(for purpose: RandomPurpose) -> GUID {
        Self.buffer.withLock { buffer in
            let start = buffer.take(16)
            func word(_ start: Int) -> UInt64 {
                var word: UInt64 = 0
                for index in start..<start + 8 { word = word << 8 | UInt64(buffer.bytes[index]) }
                return word
            }
            return GUID(version4: GUID(high: word(start), low: word(start + 8)))
        }
    }

    private static func drawn(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = getrandom(buffer.baseAddress.map { $0 + filled }, count - filled, 0)
                // Only EINTR is possible: the pool is ready, the buffer is ours.
                if got > 0 { filled += got }
            }
        }
    }
}
