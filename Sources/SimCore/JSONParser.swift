/// Why a text is not JSON, with the byte offset of the first offending byte.
package struct JSONError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case unexpectedEnd
        case unexpectedByte(UInt8)
        case invalidNumber
        case invalidEscape
        case invalidUTF8
        case controlCharacterInString
        case nestedTooDeeply(limit: Int)
        case trailingBytes
    }

    package let reason: Reason
    package let offset: Int

    /// 1-based line and column of the offset in `bytes`, for a message to a person.
    package func position(in bytes: [UInt8]) -> (line: Int, column: Int) {
        let before = bytes.prefix(offset)
        let line = before.reduce(1) { $0 + ($1 == 10 ? 1 : 0) }
        let column = before.count - (before.lastIndex(of: 10).map { $0 + 1 } ?? 0) + 1
        return (line, column)
    }

    /// What is wrong, without the place.
    package var explanation: String {
        switch reason {
        case .unexpectedEnd: "the text ends too early"
        case .unexpectedByte(let byte):
            (33..<127).contains(byte)
                ? "unexpected '\(Character(Unicode.Scalar(byte)))'" : "unexpected byte \(byte)"
        case .invalidNumber: "not a number"
        case .invalidEscape: "not an escape sequence"
        case .invalidUTF8: "not UTF-8"
        case .controlCharacterInString: "a control character inside a string"
        case .nestedTooDeeply(let limit): "nested more than \(limit) levels deep"
        case .trailingBytes: "text after the end of the value"
        }
    }
}

extension JSONValue {
    /// Deepest nesting accepted; deeper input is refused before it can exhaust the stack.
    package static let depthLimit = 128

    package init(parsing bytes: [UInt8]) throws(JSONError) {
        self = try JSONParser.parse(bytes.span)
    }

    package init(parsing text: String) throws(JSONError) {
        try self.init(parsing: Array(text.utf8))
    }
}

extension JSONObject {
    /// The members of a JSON text that are wanted. The others are checked as a full reading checks
    /// them, and left out: most of an answer is often of no interest.
    ///
    /// - Returns: nil for a text that is JSON and no object.
    package init?(
        parsing bytes: [UInt8], keeping isWanted: (String) -> Bool
    ) throws(JSONError) {
        guard let object = try JSONParser.parseObject(bytes.span, isWanted) else { return nil }
        self = object
    }
}

/// A recursive-descent reader of one JSON text. All arithmetic on input is range-checked: a trap
/// here would be a remote crash.
struct JSONParser {
    private var offset = 0
    private var depth = 0

    static func parse(_ bytes: Span<UInt8>) throws(JSONError) -> JSONValue {
        var parser = JSONParser()
        parser.skipSpace(bytes)
        let value = try parser.value(bytes)
        parser.skipSpace(bytes)
        guard parser.offset == bytes.count else { throw parser.error(.trailingBytes) }
        return value
    }

    static func parseObject(
        _ bytes: Span<UInt8>, _ isWanted: (String) -> Bool
    ) throws(JSONError) -> JSONObject? {
        var parser = JSONParser()
        var object: JSONObject?
        parser.skipSpace(bytes)
        if parser.offset < bytes.count, bytes[parser.offset] == UInt8(ascii: "{") {
            object = try parser.object(bytes, isWanted)
        } else {
            try parser.skip(bytes)
        }
        parser.skipSpace(bytes)
        guard parser.offset == bytes.count else { throw parser.error(.trailingBytes) }
        return object
    }

    private func error(_ reason: JSONError.Reason) -> JSONError {
        JSONError(reason: reason, offset: offset)
    }

    private func unexpected(_ bytes: Span<UInt8>) -> JSONError {
        error(offset < bytes.count ? .unexpectedByte(bytes[offset]) : .unexpectedEnd)
    }

    private mutating func skipSpace(_ bytes: Span<UInt8>) {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            default: return
            }
        }
    }

    private mutating func value(_ bytes: Span<UInt8>) throws(JSONError) -> JSONValue {
        guard offset < bytes.count else { throw error(.unexpectedEnd) }
        switch bytes[offset] {
        case UInt8(ascii: "\""): return .string(try string(bytes))
        case UInt8(ascii: "{"): return .object(try object(bytes))
        case UInt8(ascii: "["): return .array(try array(bytes))
        case UInt8(ascii: "t"): return try literal("true", .bool(true), bytes)
        case UInt8(ascii: "f"): return try literal("false", .bool(false), bytes)
        case UInt8(ascii: "n"): return try literal("null", .null, bytes)
        case UInt8(ascii: "-"), 48...57: return try number(bytes)
        default: throw unexpected(bytes)
        }
    }

    private mutating func literal(
        _ text: String, _ value: JSONValue, _ bytes: Span<UInt8>
    ) throws(JSONError) -> JSONValue {
        for byte in text.utf8 {
            guard offset < bytes.count, bytes[offset] == byte else {
                throw unexpected(bytes)
            }
            offset += 1
        }
        return value
    }

    private mutating func enter() throws(JSONError) {
        depth += 1
        guard depth <= JSONValue.depthLimit else {
            throw error(.nestedTooDeeply(limit: JSONValue.depthLimit))
        }
    }

    private mutating func object(
        _ bytes: Span<UInt8>, _ isWanted: (String) -> Bool = { _ in true }
    ) throws(JSONError) -> JSONObject {
        try enter()
        defer { depth -= 1 }
        offset += 1
        var members: [JSONObject.Member] = []
        skipSpace(bytes)
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "}") {
            offset += 1
            return JSONObject()
        }
        while true {
            skipSpace(bytes)
            guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
                throw unexpected(bytes)
            }
            let name = try string(bytes)
            skipSpace(bytes)
            guard offset < bytes.count, bytes[offset] == UInt8(ascii: ":") else {
                throw unexpected(bytes)
            }
            offset += 1
            skipSpace(bytes)
            if isWanted(name) {
                members.append(JSONObject.Member(name, try value(bytes)))
            } else {
                try skip(bytes)
            }
            skipSpace(bytes)
            guard offset < bytes.count else { throw error(.unexpectedEnd) }
            if bytes[offset] == UInt8(ascii: ",") {
                offset += 1
            } else if bytes[offset] == UInt8(ascii: "}") {
                offset += 1
                return JSONObject(members)
            } else {
                throw unexpected(bytes)
            }
        }
    }

    private mutating func array(_ bytes: Span<UInt8>) throws(JSONError) -> [JSONValue] {
        try enter()
        defer { depth -= 1 }
        offset += 1
        var values: [JSONValue] = []
        skipSpace(bytes)
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "]") {
            offset += 1
            return values
        }
        while true {
            skipSpace(bytes)
            values.append(try value(bytes))
            skipSpace(bytes)
            guard offset < bytes.count else { throw error(.unexpectedEnd) }
            if bytes[offset] == UInt8(ascii: ",") {
                offset += 1
            } else if bytes[offset] == UInt8(ascii: "]") {
                offset += 1
                return values
            } else {
                throw unexpected(bytes)
            }
        }
    }

    private mutating func number(_ bytes: Span<UInt8>) throws(JSONError) -> JSONValue {
        let start = offset
        if bytes[offset] == UInt8(ascii: "-") { offset += 1 }
        let whole = digits(bytes)
        guard whole > 0, whole == 1 || bytes[offset - whole] != UInt8(ascii: "0") else {
            throw error(.invalidNumber)
        }
        var isWhole = true
        if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
            isWhole = false
            offset += 1
            guard digits(bytes) > 0 else { throw error(.invalidNumber) }
        }
        if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            offset += 1
            if offset < bytes.count,
                bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-")
            {
                offset += 1
            }
            guard digits(bytes) > 0 else { throw error(.invalidNumber) }
        }
        let text = try text(bytes.extracting(start..<offset))
        if isWhole, let value = Int64(text) { return .int(value) }
        guard !isWhole, let value = Double(text), value.isFinite, "\(value)" == text else {
            return .number(text)
        }
        return .double(value)
    }

    private mutating func digits(_ bytes: Span<UInt8>) -> Int {
        let start = offset
        while offset < bytes.count, bytes[offset] >= 48, bytes[offset] <= 57 { offset += 1 }
        return offset - start
    }

    private func text(_ bytes: Span<UInt8>) throws(JSONError) -> String {
        do {
            return String(copying: try UTF8Span(validating: bytes))
        } catch {
            throw JSONError(reason: .invalidUTF8, offset: offset)
        }
    }
}

extension JSONParser {
    /// Reads a string; the fast path copies one span, escapes fall to `unescaped`.
    private mutating func string(_ bytes: Span<UInt8>) throws(JSONError) -> String {
        offset += 1
        let start = offset
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == UInt8(ascii: "\"") {
                let value = try text(bytes.extracting(start..<offset))
                offset += 1
                return value
            }
            if byte == UInt8(ascii: "\\") { return try unescaped(from: start, bytes) }
            guard byte >= 0x20 else { throw error(.controlCharacterInString) }
            offset += 1
        }
        throw error(.unexpectedEnd)
    }

    private mutating func unescaped(
        from start: Int, _ bytes: Span<UInt8>
    ) throws(JSONError) -> String {
        var out: [UInt8] = []
        for index in start..<offset { out.append(bytes[index]) }
        while offset < bytes.count {
            let byte = bytes[offset]
            switch byte {
            case UInt8(ascii: "\""):
                let value = try text(out.span)
                offset += 1
                return value
            case UInt8(ascii: "\\"):
                offset += 1
                try escape(bytes, into: &out)
            case 0..<0x20:
                throw error(.controlCharacterInString)
            default:
                out.append(byte)
                offset += 1
            }
        }
        throw error(.unexpectedEnd)
    }

    private mutating func escape(
        _ bytes: Span<UInt8>, into out: inout [UInt8]
    ) throws(JSONError) {
        guard offset < bytes.count else { throw error(.unexpectedEnd) }
        let byte = bytes[offset]
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
        case UInt8(ascii: "b"): out.append(0x08)
        case UInt8(ascii: "f"): out.append(0x0C)
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "r"): out.append(0x0D)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "u"):
            let scalar = try unicodeEscape(bytes)
            out.append(contentsOf: Array(String(scalar).utf8))
        default:
            throw error(.invalidEscape)
        }
    }

    /// The four digits of `\u`, joined with a following low surrogate where one is needed.
    private mutating func unicodeEscape(_ bytes: Span<UInt8>) throws(JSONError) -> Unicode.Scalar {
        let first = try fourDigits(bytes)
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
            bytes[offset + 1] == UInt8(ascii: "u")
        else { throw error(.invalidEscape) }
        offset += 2
        let second = try fourDigits(bytes)
        guard second >= 0xDC00, second <= 0xDFFF,
            let scalar = Unicode.Scalar(0x10000 + ((first & 0x3FF) << 10 | second & 0x3FF))
        else { throw error(.invalidEscape) }
        return scalar
    }

    private mutating func fourDigits(_ bytes: Span<UInt8>) throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard offset < bytes.count else { throw error(.unexpectedEnd) }
            guard let digit = GUID.hexValue(bytes[offset]) else { throw error(.invalidEscape) }
            value = value << 4 | UInt32(digit)
            offset += 1
        }
        return value
    }
}

// MARK: - Passing over

extension JSONParser {
    /// Checks a value and goes past it.
    private mutating func skip(_ bytes: Span<UInt8>) throws(JSONError) {
        guard offset < bytes.count else { throw error(.unexpectedEnd) }
        switch bytes[offset] {
        case UInt8(ascii: "\""): try skipString(bytes)
        case UInt8(ascii: "{"): try skipMembers(bytes, UInt8(ascii: "}"), areNamed: true)
        case UInt8(ascii: "["): try skipMembers(bytes, UInt8(ascii: "]"), areNamed: false)
        default: _ = try value(bytes)
        }
    }

    /// The members of an object or the values of an array, up to `end`.
    private mutating func skipMembers(
        _ bytes: Span<UInt8>, _ end: UInt8, areNamed: Bool
    ) throws(JSONError) {
        try enter()
        defer { depth -= 1 }
        offset += 1
        skipSpace(bytes)
        if offset < bytes.count, bytes[offset] == end {
            offset += 1
            return
        }
        while true {
            skipSpace(bytes)
            if areNamed {
                guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
                    throw unexpected(bytes)
                }
                try skipString(bytes)
                skipSpace(bytes)
                guard offset < bytes.count, bytes[offset] == UInt8(ascii: ":") else {
                    throw unexpected(bytes)
                }
                offset += 1
                skipSpace(bytes)
            }
            try skip(bytes)
            skipSpace(bytes)
            guard offset < bytes.count else { throw error(.unexpectedEnd) }
            guard bytes[offset] == UInt8(ascii: ",") || bytes[offset] == end else {
                throw unexpected(bytes)
            }
            offset += 1
            if bytes[offset - 1] == end { return }
        }
    }

    private mutating func skipString(_ bytes: Span<UInt8>) throws(JSONError) {
        let start = offset
        var all: UInt8 = 0
        offset += 1
        while offset < bytes.count {
            let byte = bytes[offset]
            guard byte != UInt8(ascii: "\"") else {
                if all >= 0x80 { _ = try text(bytes.extracting((start + 1)..<offset)) }
                offset += 1
                return
            }
            guard byte != UInt8(ascii: "\\"), byte >= 0x20 else { break }
            all |= byte
            offset += 1
        }
        // An escape, or trouble: the slow way says which.
        offset = start
        _ = try string(bytes)
    }
}
