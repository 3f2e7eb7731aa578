/// A 128-bit identifier as Entra prints it: lower-case hexadecimal, `8-4-4-4-12`.
package struct GUID: Hashable, Comparable, Sendable {
    /// Bytes 0 to 7 of the text order, big-endian.
    package let high: UInt64
    /// Bytes 8 to 15 of the text order, big-endian.
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    package static let zero = GUID(high: 0, low: 0)

    /// 16 bytes in the order of the text form.
    package init(bytes: [UInt8]) {
        precondition(bytes.count == 16, "a GUID has 16 bytes")
        high = bytes[0..<8].reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Sets the version and variant bits of a random (RFC 9562 version 4) identifier.
    package init(version4 bytes: [UInt8]) {
        let raw = GUID(bytes: bytes)
        self.init(version4: RandomBlock(high: raw.high, low: raw.low))
    }

    /// The same from a drawn block.
    package init(version4 block: RandomBlock) {
        high = block.high & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        low = block.low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    }

    /// A stable identifier derived from a seed and a natural name: same input, same GUID, anywhere.
    package init(seed: UInt64, name: String) {
        var first = SplitMix64(state: seed ^ 0x9E37_79B9_7F4A_7C15)
        var left: UInt64 = first.next()
        var right: UInt64 = first.next()
        for byte in name.utf8 {
            left = (left ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
            right = SplitMix64.mix(right ^ left &+ UInt64(byte))
        }
        var bytes: [UInt8] = []
        for word in [SplitMix64.mix(left ^ right), SplitMix64.mix(right)] {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
        self.init(version4: bytes)
    }

    /// Parses the dashed or undashed form, any case; nil for anything else.
    package init?(_ text: some StringProtocol) {
        self.init(String(text))
    }

    /// The same, of the text most callers have.
    package init?(_ text: String) {
        self.init(text: text.utf8Span.span)
    }

    /// The same, of its bytes.
    package init?(text: Span<UInt8>) {
        let dashed = text.count == Self.textLength
        guard dashed || text.count == 32 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        var digits = 0
        for position in text.indices {
            let byte = text[position]
            if dashed, position == 8 || position == 13 || position == 18 || position == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = Self.hexValue(byte) else { return nil }
            if digits < 16 {
                high = high << 4 | UInt64(digit)
            } else {
                low = low << 4 | UInt64(digit)
            }
            digits += 1
        }
        self.init(high: high, low: low)
    }

    /// 16 bytes in text order.
    package var bytes: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(16)
        for word in [high, low] {
            for shift in stride(from: 56, through: 0, by: -8) {
                out.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
        return out
    }

    /// 16 bytes as .NET's `Guid.ToByteArray` gives them: the first three groups little-endian.
    /// `uti` and `rh` are built from this order. Source: identity-platform.md §4.3.
    package var littleEndianBytes: [UInt8] {
        var out: [UInt8] = []
        appendLittleEndian(to: &out)
        return out
    }

    /// Appends them.
    package func appendLittleEndian(to bytes: inout [UInt8]) {
        let first = UInt64(UInt32(truncatingIfNeeded: high >> 32).byteSwapped)
        let second = UInt64(UInt16(truncatingIfNeeded: high >> 16).byteSwapped)
        let third = UInt64(UInt16(truncatingIfNeeded: high).byteSwapped)
        let swapped = first << 32 | second << 16 | third
        bytes.append(addingCapacity: 16) { out in
            for shift in stride(from: 56, through: 0, by: -8) {
                out.append(UInt8(truncatingIfNeeded: swapped >> UInt64(shift)))
            }
            for shift in stride(from: 56, through: 0, by: -8) {
                out.append(UInt8(truncatingIfNeeded: low >> UInt64(shift)))
            }
        }
    }

    /// The text without dashes, as in a provisioning job id.
    package var undashed: String { String(description.filter { $0 != "-" }) }

    package static func < (left: GUID, right: GUID) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }

    static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}

extension GUID: CustomStringConvertible {
    /// Length of the text form.
    package static let textLength = 36

    package var description: String {
        var out = InlineArray<36, UInt8>(repeating: UInt8(ascii: "-"))
        var span = out.mutableSpan
        write(to: &span, at: 0)
        // Hexadecimal digits and dashes are UTF-8.
        return unsafe String(copying: UTF8Span(unchecked: out.span, isKnownASCII: true))
    }

    /// Writes the text form over the 36 bytes at `offset`; the dashes are there already.
    package func write(to bytes: inout MutableSpan<UInt8>, at offset: Int) {
        let first = Self.digits(UInt32(truncatingIfNeeded: high >> 32))
        let second = Self.digits(UInt32(truncatingIfNeeded: high))
        let third = Self.digits(UInt32(truncatingIfNeeded: low >> 32))
        let fourth = Self.digits(UInt32(truncatingIfNeeded: low))
        Self.write(first, 8, &bytes, offset)
        Self.write(second, 4, &bytes, offset + 9)
        Self.write(second << 32, 4, &bytes, offset + 14)
        Self.write(third, 4, &bytes, offset + 19)
        Self.write(third << 32, 4, &bytes, offset + 24)
        Self.write(fourth, 8, &bytes, offset + 28)
    }

    /// The eight digits of a word as characters, the first one highest: all at once, in the lanes
    /// of a larger word.
    private static func digits(_ word: UInt32) -> UInt64 {
        var lanes = UInt64(word)
        lanes = (lanes | lanes << 16) & 0x0000_FFFF_0000_FFFF
        lanes = (lanes | lanes << 8) & 0x00FF_00FF_00FF_00FF
        lanes = (lanes | lanes << 4) & 0x0F0F_0F0F_0F0F_0F0F
        let letters = (lanes &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return lanes &+ 0x3030_3030_3030_3030 &+ letters &* 39
    }

    /// The first `count` characters of eight.
    private static func write(
        _ characters: UInt64, _ count: Int, _ bytes: inout MutableSpan<UInt8>, _ offset: Int
    ) {
        for index in 0..<count {
            bytes[offset + index] = UInt8(
                truncatingIfNeeded: characters &>> UInt64(56 - index * 8))
        }
    }
}
