/// The character classes of HTTP/1.1, as bit tests. RFC 9110 §5.6.2; RFC 9112 §3.
enum HTTPGrammar {
    // One bit per ASCII character: tchar = "!" / "#" / "$" / "%" / "&" / "'" / "*" / "+" / "-" /
    // "." / "^" / "_" / "`" / "|" / "~" / DIGIT / ALPHA
    private static let tokenLow: UInt64 = 0x3ff_6cfa_0000_0000
    private static let tokenHigh: UInt64 = 0x57ff_ffff_c7ff_fffe

    @inline(__always)
    static func isToken(_ byte: UInt8) -> Bool {
        byte < 128 && (byte < 64 ? tokenLow : tokenHigh) >> UInt64(byte & 63) & 1 != 0
    }

    /// A byte of a field value: HTAB, SP, visible, or the opaque 0x80…0xFF. RFC 9110 §5.5.
    @inline(__always)
    static func isFieldValue(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != 0x7F || byte == 0x09
    }

    /// A byte of a request target: visible ASCII but `#`, which never leaves the client.
    @inline(__always)
    static func isTarget(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "#")
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        byte >= 48 && byte <= 57
    }

    static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }

    /// `1*DIGIT` that fits; nil otherwise. RFC 9110 §8.6.
    static func contentLength(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.count <= 18, text.utf8.allSatisfy(isDigit) else {
            return nil
        }
        return Int(text)
    }

    /// uri-host with an optional port, judged by its characters; empty is allowed. RFC 9112 §3.2.
    static func isHost(_ text: String) -> Bool {
        isHost(text.utf8Span.span, 0..<text.utf8.count)
    }

    /// The same for a part of received bytes.
    static func isHost(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var inBrackets = false
        var portDigits: Int?
        for index in range {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "["):
                if inBrackets || portDigits != nil { return false }
                inBrackets = true
            case UInt8(ascii: "]"):
                if !inBrackets { return false }
                inBrackets = false
            case UInt8(ascii: ":") where !inBrackets:
                if portDigits != nil { return false }
                portDigits = 0
            default:
                if let digits = portDigits {
                    guard isDigit(byte), digits < 5 else { return false }
                    portDigits = digits + 1
                } else if !isToken(byte) && !isHostExtra(byte) {
                    return false
                }
            }
        }
        return !inBrackets
    }

    /// reg-name and IPv6 characters that are not token characters.
    private static func isHostExtra(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ":"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ";"),
            UInt8(ascii: "="):
            true
        default: false
        }
    }

    /// The comma-separated elements of a list field, trimmed, lower-cased. RFC 9110 §5.6.1.
    static func listElements(_ value: String) -> [String] {
        value.utf8.split(separator: UInt8(ascii: ",")).map { piece in
            let start = piece.drop { $0 == 0x20 || $0 == 0x09 }
            let end = start.lastIndex { $0 != 0x20 && $0 != 0x09 }
            guard let end else { return "" }
            return String(Substring(start[...end])).lowercased()
        }.filter { !$0.isEmpty }
    }
}
