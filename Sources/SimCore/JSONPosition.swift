/// One step from a JSON value to a value inside it.
package enum JSONStep: Hashable, Sendable {
    case key(String)
    case index(Int)
}

/// Finds where in a JSON text a value stands, for messages to people. The text has been parsed
/// before, so it is known to be sound; a path that leads nowhere ends at the last step found.
package struct JSONPosition {
    private let bytes: [UInt8]
    private var offset = 0

    /// Byte offset of the key (when the last step is a key) or of the element at the end of `path`.
    package static func offset(of path: [JSONStep], in bytes: [UInt8]) -> Int {
        var scan = JSONPosition(bytes: bytes)
        var found = 0
        for step in path {
            guard let next = scan.enter(step) else { return found }
            found = next
        }
        return found
    }

    /// 1-based line and column (in bytes) of an offset.
    package static func lineAndColumn(
        of offset: Int, in bytes: [UInt8]
    ) -> (line: Int, column: Int) {
        var line = 1
        var lineStart = 0
        for (index, byte) in bytes.prefix(offset).enumerated() where byte == 10 {
            line += 1
            lineStart = index + 1
        }
        return (line, offset - lineStart + 1)
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Moves to the value of one step; returns where its key or itself begins.
    private mutating func enter(_ step: JSONStep) -> Int? {
        skipSpace()
        let opening: UInt8
        switch step {
        case .key: opening = UInt8(ascii: "{")
        case .index: opening = UInt8(ascii: "[")
        }
        guard offset < bytes.count, bytes[offset] == opening else { return nil }
        offset += 1
        var position = 0
        var match: (start: Int, value: Int)?
        while true {
            skipSpace()
            guard offset < bytes.count, bytes[offset] != UInt8(ascii: "}"),
                bytes[offset] != UInt8(ascii: "]")
            else { break }
            let start = offset
            var isMatch: Bool
            switch step {
            case .key(let name):
                skipString()
                let text = Array(bytes[start..<offset])
                // The text was parsed before: a key that does not decode matches nothing.
                isMatch = (try? JSONValue(parsing: text)) == .string(name)
                skipSpace()
                offset += 1
                skipSpace()
            case .index(let index):
                isMatch = position == index
            }
            // The last member of a name is the one that counts.
            if isMatch { match = (start, offset) }
            if isMatch, case .index = step { break }
            skipValue()
            skipSpace()
            if offset < bytes.count, bytes[offset] == UInt8(ascii: ",") { offset += 1 }
            position += 1
        }
        guard let match else { return nil }
        offset = match.value
        return match.start
    }

    private mutating func skipSpace() {
        while offset < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[offset]) { offset += 1 }
    }

    private mutating func skipString() {
        offset += 1
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
            offset += bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
        }
        offset += 1
    }

    /// Skips one value of any kind: up to the comma or bracket that ends it.
    private mutating func skipValue() {
        var depth = 0
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\""):
                skipString()
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return }
                depth -= 1
            case UInt8(ascii: ","):
                if depth == 0 { return }
            default: break
            }
            offset += 1
        }
    }
}
