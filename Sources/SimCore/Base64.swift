/// Base64 in both alphabets. RFC 4648 §4 (padded) and §5 (URL-safe, unpadded).
package enum Base64 {
    private static var standard: String {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    }
    private static var urlSafe: String {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    }

    /// Padded text in the standard alphabet, without line breaks.
    package static func encode(_ bytes: [UInt8]) -> String {
        String(decoding: encoded(bytes, alphabet: standard, padded: true), as: UTF8.self)
    }

    /// Unpadded text in the URL-safe alphabet.
    package static func urlEncode(_ bytes: [UInt8]) -> String {
        String(decoding: encoded(bytes, alphabet: urlSafe, padded: false), as: UTF8.self)
    }

    /// Unpadded URL-safe bytes, for building a token without passing through `String`.
    package static func urlEncodedBytes(_ bytes: [UInt8]) -> [UInt8] {
        encoded(bytes, alphabet: urlSafe, padded: false)
    }

    /// Unpadded text of a drawn block in the URL-safe alphabet.
    package static func urlEncode(_ block: RandomBlock) -> String {
        var text = [UInt8](repeating: 0, count: blockLength)
        var span = text.mutableSpan
        urlWrite(block, to: &span, at: 0)
        return String(decoding: text, as: UTF8.self)
    }

    /// Length of 16 bytes in URL-safe form.
    package static let blockLength = 22

    /// Writes a drawn block in URL-safe form over the 22 bytes at `offset`.
    package static func urlWrite(
        _ block: RandomBlock, to bytes: inout MutableSpan<UInt8>, at offset: Int
    ) {
        let digits = urlSafe.utf8Span.span
        var rest = block.high
        for index in 0..<10 {
            bytes[offset + index] = digits[Int(truncatingIfNeeded: rest &>> 58)]
            rest &<<= 6
        }
        // Four bits are left, and the first two of the other word.
        let middle = rest &>> 58 | block.low &>> 62
        bytes[offset + 10] = digits[Int(truncatingIfNeeded: middle)]
        rest = block.low &<< 2
        for index in 11..<blockLength {
            bytes[offset + index] = digits[Int(truncatingIfNeeded: rest &>> 58)]
            rest &<<= 6
        }
    }

    /// Decodes the standard alphabet; padding required, nothing but the alphabet accepted.
    package static func decode(_ text: String) -> [UInt8]? {
        decoded(Array(text.utf8), urlSafe: false)
    }

    /// Decodes the URL-safe alphabet; padding is accepted when complete (clients send it).
    package static func urlDecode(_ text: some StringProtocol) -> [UInt8]? {
        decoded(Array(text.utf8), urlSafe: true)
    }

    /// Appends the unpadded URL-safe form.
    package static func urlAppend(_ bytes: [UInt8], to text: inout [UInt8]) {
        append(bytes, to: &text, alphabet: urlSafe, padded: false)
    }

    private static func encoded(_ bytes: [UInt8], alphabet: String, padded: Bool) -> [UInt8] {
        var text: [UInt8] = []
        append(bytes, to: &text, alphabet: alphabet, padded: padded)
        return text
    }

    private static func append(
        _ bytes: [UInt8], to text: inout [UInt8], alphabet: String, padded: Bool
    ) {
        let full = bytes.count / 3
        let rest = bytes.count % 3
        let count = full * 4 + (rest == 0 ? 0 : padded ? 4 : rest + 1)
        let start = text.count
        text.append(contentsOf: repeatElement(UInt8(ascii: "="), count: count))
        var out = text.mutableSpan
        let digits = alphabet.utf8Span.span
        let bytes = bytes.span
        // No group ends behind the bytes, and none of its digits behind the room made for them.
        for group in 0..<full {
            let (source, target) = (group * 3, start + group * 4)
            let first = unsafe Int(bytes[unchecked: source])
            let second = unsafe Int(bytes[unchecked: source + 1])
            let third = unsafe Int(bytes[unchecked: source + 2])
            let word = first << 16 | second << 8 | third
            unsafe out[unchecked: target] = digits[unchecked: word >> 18]
            unsafe out[unchecked: target + 1] = digits[unchecked: word >> 12 & 63]
            unsafe out[unchecked: target + 2] = digits[unchecked: word >> 6 & 63]
            unsafe out[unchecked: target + 3] = digits[unchecked: word & 63]
        }
        guard rest > 0 else { return }
        let target = start + full * 4
        let word = Int(bytes[full * 3]) << 16 | (rest == 2 ? Int(bytes[full * 3 + 1]) << 8 : 0)
        out[target] = digits[word >> 18]
        out[target + 1] = digits[word >> 12 & 63]
        if rest == 2 { out[target + 2] = digits[word >> 6 & 63] }
    }

    private static func decoded(_ text: [UInt8], urlSafe: Bool) -> [UInt8]? {
        var digits = text[...]
        if digits.count % 4 == 0 {
            for _ in 0..<2 where digits.last == UInt8(ascii: "=") { digits.removeLast() }
        } else if !urlSafe {
            return nil
        }
        guard digits.count % 4 != 1 else { return nil }
        var out: [UInt8] = []
        out.reserveCapacity(digits.count * 3 / 4)
        var word: UInt32 = 0
        var bits = 0
        for byte in digits {
            guard let value = value(of: byte, urlSafe: urlSafe) else { return nil }
            word = word << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                out.append(UInt8(truncatingIfNeeded: word >> UInt32(bits)))
                word &= 1 << UInt32(bits) - 1
            }
        }
        // Bits left over must be zero, otherwise two texts would decode to the same bytes.
        return word == 0 ? out : nil
    }

    private static func value(of byte: UInt8, urlSafe: Bool) -> UInt8? {
        switch byte {
        case 65...90: byte - 65
        case 97...122: byte - 71
        case 48...57: byte + 4
        case UInt8(ascii: "+"): urlSafe ? nil : 62
        case UInt8(ascii: "/"): urlSafe ? nil : 63
        case UInt8(ascii: "-"): urlSafe ? 62 : nil
        case UInt8(ascii: "_"): urlSafe ? 63 : nil
        default: nil
        }
    }
}
