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
    }

    private static let buffer = Mutex(Buffer())

    package init() {}

    package func bytes(_ count: Int, for purpose: RandomPurpose) -> [UInt8] {
        guard count <= Self.smallDraw else { return Self.drawn(count) }
        return Self.buffer.withLock { buffer in
            if buffer.bytes.count - buffer.used < count {
                buffer.bytes = Self.drawn(Self.bufferLength)
                buffer.used = 0
            }
            defer { buffer.used += count }
            return Array(buffer.bytes[buffer.used..<buffer.used + count])
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
