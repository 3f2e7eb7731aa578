/// Secrets in texts that are searched rather than parsed: JSON that has been cut, and pages.
enum BodyRedaction {
    /// The values of members with these names, up to the end of the string or of the text.
    static func json(_ text: String, names: Set<String>) -> String {
        var out: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let quote = rest.firstIndex(of: UInt8(ascii: "\"")) {
            let end = stringEnd(rest[(quote + 1)...])
            let name = String(decoding: rest[(quote + 1)..<end], as: UTF8.self).lowercased()
            // In JSON a `code` is an error's name, not an authorization code.
            guard name != "code", names.contains(name), end < rest.endIndex else {
                let next = min(end + 1, rest.endIndex)
                out += rest[..<next]
                rest = rest[next...]
                continue
            }
            let value = rest[(end + 1)...].firstIndex { ![0x20, 0x3A, 0x0A, 0x0D].contains($0) }
            guard let value, rest[value] == UInt8(ascii: "\"") else {
                out += rest[...end]
                rest = rest[(end + 1)...]
                continue
            }
            out += rest[...value]
            out += WireExchange.redaction.utf8
            rest = rest[stringEnd(rest[(value + 1)...])...]
            if !rest.isEmpty {
                out.append(UInt8(ascii: "\""))
                rest = rest.dropFirst()
            }
        }
        return String(decoding: out + rest, as: UTF8.self)
    }

    /// Where a JSON string's closing quote stands; the end of the text where there is none.
    private static func stringEnd(_ text: ArraySlice<UInt8>) -> Int {
        var index = text.startIndex
        while index < text.endIndex, text[index] != UInt8(ascii: "\"") {
            index += text[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(index, text.endIndex)
    }
}
