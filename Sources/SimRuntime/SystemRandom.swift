import CLinux
import SimCore

/// The machine's randomness, whatever the purpose: the only caller of `getrandom`.
package struct SystemRandom: RandomSource {
    package init() {}

    package func bytes(_ count: Int, for purpose: RandomPurpose) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = getrandom(buffer.baseAddress.map { $0 + filled }, count - filled, 0)
                // Only EINTR is possible: the pool is ready, the buffer is ours.
                if got > 0 { filled += got }
            }
        }
    }
}
