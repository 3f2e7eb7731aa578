import CLinux
import Glibc
import SimCore
import Synchronization

/// The machine's randomness, whatever the purpose: the only caller of `getrandom`.
///
/// Small draws come from buffers: a system call for each costs a tenth of a discovery request.
/// Threads that draw at the same time do so from different ones.
package struct SystemRandom: RandomSource {
    /// Bytes asked of the machine at a time, and the longest draw taken from them.
    private static let bufferLength = 2_048
    private static let smallDraw = 128

    private struct Buffer {
        var bytes: [UInt8] = []
        var used = 0

        /// Makes sure of so many unused bytes; where they begin.
        mutating func take(_ count: Int) -> Int {
            if bytes.count - used < count {
                bytes = SystemRandom.drawn(SystemRandom.bufferLength)
                used = 0
            }
            defer { used += count }
            return used
        }
    }

    private static let stripes = InlineArray<8, Mutex<Buffer>> { _ in Mutex(Buffer()) }

    /// Number of the calling thread's buffer; two threads may share one.
    private static var stripe: Int { ThreadStripe.current & (stripes.count - 1) }

    package init() {}

    package func bytes(_ count: Int, for purpose: RandomPurpose) -> [UInt8] {
        guard count <= Self.smallDraw else { return Self.drawn(count) }
        return Self.stripes[Self.stripe].withLock { buffer in
            let start = buffer.take(count)
            return Array(buffer.bytes[start..<start + count])
        }
    }

    package func block(for purpose: RandomPurpose) -> RandomBlock {
        Self.stripes[Self.stripe].withLock { buffer in
            let start = buffer.take(16)
            let bytes = buffer.bytes.span.bytes
            return RandomBlock(
                high: bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self).bigEndian,
                low: bytes.unsafeLoadUnaligned(fromByteOffset: start + 8, as: UInt64.self)
                    .bigEndian)
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
