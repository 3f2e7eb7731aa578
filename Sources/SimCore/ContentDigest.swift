/// A 128-bit fingerprint of bytes, to notice that a file changed; not a defence against anybody.
/// FNV-1a and a second chain over it, mixed at the end; how the bytes are cut makes no difference.
package struct ContentDigest: Sendable {
    private var high: UInt64 = 0x6C62_272E_07BB_0142
    private var low: UInt64 = 0x62B8_2175_6295_C58D
    private var length: UInt64 = 0

    package init() {}

    package mutating func add(_ bytes: [UInt8]) {
        for byte in bytes {
            low = (low ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
            high = (high ^ low) &* 0x9E37_79B9_7F4A_7C15
        }
        length &+= UInt64(bytes.count)
    }

    /// 32 hexadecimal digits.
    package var text: String {
        GUID(
            high: SplitMix64.mix(high ^ length), low: SplitMix64.mix(low &+ high)
        ).undashed
    }
}
