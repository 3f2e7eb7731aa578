/// Percent coding of URL parts and form fields. RFC 3986 §2.1; WHATWG URL §5.
package enum PercentCoding {
    /// How a space and the escapes are written.
    package enum Style: Sendable {
        /// `%20` and upper-case hexadecimal: paths and ordinary query values.
        case component
        /// `+` for a space, upper-case hexadecimal: forms.
        case form
        /// `+` for a space, lower-case hexadecimal: the service's authorize redirects and the
        /// engine's SCIM queries. Source: aadsts.md §2; provisioning.md §7.2.
        case redirect
    }

    package static func encode(_ text: String, _ style: Style = .component) -> String {
        // What is added to a digit above 9 to become a letter.
        let letter: UInt8 = style == .redirect ? 87 : 55
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"):
                out.append(byte)
            case UInt8(ascii: "~") where style == .component:
                out.append(byte)
            case UInt8(ascii: " ") where style != .component:
                out.append(UInt8(ascii: "+"))
            default:
                out.append(UInt8(ascii: "%"))
                let (high, low) = (byte >> 4, byte & 15)
                out.append(high + (high < 10 ? 48 : letter))
                out.append(low + (low < 10 ? 48 : letter))
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Decodes `%XX`, and `+` as a space when `plusIsSpace`; nil when an escape is broken or the
    /// result is not UTF-8.
    package static func decode(_ text: some StringProtocol, plusIsSpace: Bool) -> String? {
        decode(Array(text.utf8)[...], plusIsSpace: plusIsSpace)
    }

    /// The same for bytes.
    package static func decode(_ source: ArraySlice<UInt8>, plusIsSpace: Bool) -> String? {
        decode(source.span, plusIsSpace: plusIsSpace)
    }

    /// The same; text without escapes is not copied byte by byte.
    package static func decode(_ source: Span<UInt8>, plusIsSpace: Bool) -> String? {
        guard hasEscape(source, plusIsSpace) else { return text(source) }
        var out: [UInt8] = []
        out.reserveCapacity(source.count)
        var index = 0
        while index < source.count {
            switch source[index] {
            case UInt8(ascii: "%"):
                guard index + 2 < source.count, let high = GUID.hexValue(source[index + 1]),
                    let low = GUID.hexValue(source[index + 2])
                else { return nil }
                out.append(high << 4 | low)
                index += 3
            case UInt8(ascii: "+") where plusIsSpace:
                out.append(UInt8(ascii: " "))
                index += 1
            default:
                out.append(source[index])
                index += 1
            }
        }
        return text(out.span)
    }

    /// Nil for bytes that are no UTF-8.
    private static func text(_ bytes: Span<UInt8>) -> String? {
        guard let text = try? UTF8Span(validating: bytes) else { return nil }
        return String(copying: text)
    }

    private static func hasEscape(_ bytes: Span<UInt8>, _ plusIsSpace: Bool) -> Bool {
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%") || plusIsSpace && byte == UInt8(ascii: "+") {
                return true
            }
        }
        return false
    }
}
