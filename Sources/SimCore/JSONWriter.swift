extension JSONValue {
    /// Compact text: no spaces, members in the order held, `/` not escaped.
    package var serialized: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(256)
        JSONWriter.write(self, into: &out)
        return out
    }

    package var text: String { String(decoding: serialized, as: UTF8.self) }

    /// Text for people and fixtures: two spaces a level, one member a line.
    package var prettyText: String {
        var out: [UInt8] = []
        JSONWriter.writePretty(self, level: 0, into: &out)
        return String(decoding: out, as: UTF8.self)
    }
}

extension JSONObject {
    package var serialized: [UInt8] { serialized(reserving: 256) }

    /// - Parameter count: of bytes to expect, so that those written do not move.
    package func serialized(reserving count: Int) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(count)
        JSONWriter.write(self, into: &out)
        return out
    }

    package var text: String { JSONValue.object(self).text }
}

/// Writes JSON into a byte buffer.
package enum JSONWriter {
    private static let hex = Array("0123456789abcdef".utf8)

    package static func write(_ value: JSONValue, into out: inout [UInt8]) {
        switch value {
        case .null: out.append(contentsOf: "null".utf8)
        case .bool(let flag): out.append(contentsOf: flag ? "true".utf8 : "false".utf8)
        case .int(let number): write(number, into: &out)
        case .double(let number):
            out.append(contentsOf: number.isFinite ? "\(number)".utf8 : "null".utf8)
        case .number(let digits): out.append(contentsOf: digits.utf8)
        case .string(let text): write(text, into: &out)
        case .array(let values):
            out.append(UInt8(ascii: "["))
            // A span: iterating an array retains each value it looks at.
            let values = values.span
            for index in values.indices {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                write(values[index], into: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let object): write(object, into: &out)
        }
    }

    package static func write(_ object: JSONObject, into out: inout [UInt8]) {
        out.append(UInt8(ascii: "{"))
        let members = object.members.span
        for index in members.indices {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            write(members[index].name, into: &out)
            out.append(UInt8(ascii: ":"))
            write(members[index].value, into: &out)
        }
        out.append(UInt8(ascii: "}"))
    }

    package static func write(_ number: Int64, into out: inout [UInt8]) {
        out.append(contentsOf: String(number).utf8)
    }

    /// A string with its quotes; only what RFC 8259 §7 demands is escaped.
    package static func write(_ text: String, into out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        let bytes = text.utf8Span.span
        if !mustEscapeSome(bytes) {
            unsafe bytes.withUnsafeBufferPointer { unsafe out.append(contentsOf: $0) }
        } else {
            for index in bytes.indices {
                let byte = bytes[index]
                if mustEscape(byte) { escape(byte, into: &out) } else { out.append(byte) }
            }
        }
        out.append(UInt8(ascii: "\""))
    }

    /// Eight bytes at a time, in the lanes of a word.
    private static func mustEscapeSome(_ bytes: Span<UInt8>) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops = ones &<< 7
        var index = 0
        while index + 8 <= bytes.count {
            let word = unsafe bytes.bytes.unsafeLoadUnaligned(
                fromUncheckedByteOffset: index, as: UInt64.self)
            let quotes = word ^ ones &* UInt64(UInt8(ascii: "\""))
            let slashes = word ^ ones &* UInt64(UInt8(ascii: "\\"))
            // A lane's top bit is set where it was below what is subtracted; one above such a
            // lane may be set too, which changes no answer.
            let found =
                (word &- ones &* 0x20) & ~word | (quotes &- ones) & ~quotes
                | (slashes &- ones) & ~slashes
            if found & tops != 0 { return true }
            index += 8
        }
        while index < bytes.count {
            if mustEscape(bytes[index]) { return true }
            index += 1
        }
        return false
    }

    private static func mustEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func escape(_ byte: UInt8, into out: inout [UInt8]) {
        out.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): out.append(byte)
        case 0x08: out.append(UInt8(ascii: "b"))
        case 0x0C: out.append(UInt8(ascii: "f"))
        case 0x0A: out.append(UInt8(ascii: "n"))
        case 0x0D: out.append(UInt8(ascii: "r"))
        case 0x09: out.append(UInt8(ascii: "t"))
        default:
            out.append(contentsOf: "u00".utf8)
            out.append(hex[Int(byte >> 4)])
            out.append(hex[Int(byte & 15)])
        }
    }

    static func writePretty(_ value: JSONValue, level: Int, into out: inout [UInt8]) {
        func newLine(_ level: Int) {
            out.append(10)
            out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: level * 2))
        }
        switch value {
        case .array(let values) where !values.isEmpty:
            out.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                newLine(level + 1)
                writePretty(value, level: level + 1, into: &out)
            }
            newLine(level)
            out.append(UInt8(ascii: "]"))
        case .object(let object) where !object.isEmpty:
            out.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                newLine(level + 1)
                write(member.name, into: &out)
                out.append(contentsOf: ": ".utf8)
                writePretty(member.value, level: level + 1, into: &out)
            }
            newLine(level)
            out.append(UInt8(ascii: "}"))
        case .null, .bool, .int, .double, .number, .string, .array, .object:
            write(value, into: &out)
        }
    }
}
