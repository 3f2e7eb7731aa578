/// Header fields in the order sent, compared without case, duplicates kept. RFC 9110 §5.
///
/// Kept as they stand in a message: to write them, to keep them in a journal and to copy a block of
/// them made in advance is to copy bytes. A field is looked at when somebody asks for it.
package struct HTTPHeaders: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Fields that a serializer writes by itself, unless they are here.
    struct OwnFields: OptionSet, Hashable, Sendable {
        let rawValue: UInt8
        static let host = OwnFields(rawValue: 1)
        static let date = OwnFields(rawValue: 2)
        static let connection = OwnFields(rawValue: 4)
        static let contentLength = OwnFields(rawValue: 8)
    }

    /// `Name: value` and a line end, for each field.
    package private(set) var lines: [UInt8] = []
    private(set) var own: OwnFields = []
    /// The first field that would break a message; it is kept by name only.
    private(set) var unsendable: String?

    package init(_ fields: [Field] = []) {
        for field in fields { append(field.name, field.value) }
    }

    /// Whether the message is the last one on its connection. RFC 9112 §9.6.
    package var asksToClose: Bool {
        guard own.contains(.connection), let asked = self["Connection"] else { return false }
        return Self.isSame(asked, "close")
    }

    package var isEmpty: Bool { lines.isEmpty && unsendable == nil }

    /// Every field as texts, in order.
    package var fields: [Field] {
        var fields: [Field] = []
        var start = 0
        while let line = line(from: start) {
            fields.append(Field(text(line.name), text(line.value)))
            start = line.next
        }
        return fields
    }

    /// The first value of `name`; nil when absent.
    package subscript(name: String) -> String? {
        range(of: name, from: 0).map { text($0.value) }
    }

    package func values(_ name: String) -> [String] {
        var values: [String] = []
        var start = 0
        while let found = range(of: name, from: start) {
            values.append(text(found.value))
            start = found.next
        }
        return values
    }

    package func contains(_ name: String) -> Bool { range(of: name, from: 0) != nil }

    /// Whether some name begins like that.
    package func contains(prefix: String) -> Bool {
        let bytes = lines.span
        let wanted = prefix.utf8Span.span
        var start = 0
        while start + wanted.count < bytes.count {
            if Self.isName(wanted, in: bytes, at: start) { return true }
            start = Self.lineEnd(bytes, start) + 2
        }
        return false
    }

    package mutating func append(_ name: String, _ value: String) {
        let start = lines.count
        lines.append(contentsOf: name.utf8)
        let colon = lines.count
        lines.append(UInt8(ascii: ":"))
        lines.append(0x20)
        lines.append(contentsOf: value.utf8)
        // Checked where it stands: contiguous bytes are cheaper to look at than a string's.
        guard Self.isField(lines.span, start, colon) else {
            lines.removeSubrange(start...)
            if unsendable == nil { unsendable = name }
            return
        }
        lines.append(13)
        lines.append(10)
        own.formUnion(Self.ownField(lines.span, start, colon))
    }

    /// Appends fields made in advance.
    package mutating func append(contentsOf others: [Field]) {
        for field in others { append(field.name, field.value) }
    }

    /// Appends a block made in advance.
    package mutating func append(contentsOf block: HTTPHeaders) {
        lines.append(contentsOf: block.lines)
        own.formUnion(block.own)
        if unsendable == nil { unsendable = block.unsendable }
    }

    /// Appends lines written in the source: none of them is one a serializer writes by itself.
    package mutating func append(prepared text: String) {
        lines.append(contentsOf: text.utf8)
    }

    /// Appends a field line of a received message, whose characters its reader has checked.
    mutating func append(
        received bytes: [UInt8], name: Range<Int>, value: Range<Int>
    ) {
        let start = lines.count
        let isPlain =
            value.lowerBound == name.upperBound + 2 && bytes[name.upperBound + 1] == 0x20
            && value.upperBound + 1 < bytes.count && bytes[value.upperBound] == 13
            && bytes[value.upperBound + 1] == 10
        if isPlain {
            lines.append(contentsOf: bytes[name.lowerBound..<value.upperBound + 2])
        } else {
            lines.append(contentsOf: bytes[name])
            lines.append(UInt8(ascii: ":"))
            lines.append(0x20)
            lines.append(contentsOf: bytes[value])
            lines.append(13)
            lines.append(10)
        }
        own.formUnion(Self.ownField(lines.span, start, start + name.count))
    }

    /// Makes room for so many bytes of field lines, so that those to come are not moved.
    package mutating func reserve(bytes count: Int) {
        lines.reserveCapacity(count)
    }

    /// Removes every field of that name, then appends.
    package mutating func set(_ name: String, _ value: String) {
        remove(name)
        append(name, value)
    }

    /// Gives the first field of that name another value where it stands, or appends one.
    mutating func replaceFirst(_ name: String, _ value: String) {
        guard let found = range(of: name, from: 0) else { return append(name, value) }
        lines.replaceSubrange(found.value, with: Array(value.utf8))
    }

    package mutating func remove(_ name: String) {
        if let unsendable, Self.isSame(unsendable, name) { self.unsendable = nil }
        var start = 0
        while let found = range(of: name, from: start) {
            own.subtract(Self.ownField(lines.span, found.name.lowerBound, found.name.upperBound))
            lines.removeSubrange(found.name.lowerBound..<found.next)
            start = found.name.lowerBound
        }
    }

    /// Writes over bytes of a block whose shape is known: holes left for values of fixed length.
    package mutating func fill(_ write: (inout MutableSpan<UInt8>) -> Void) {
        var span = lines.mutableSpan
        write(&span)
    }

    /// ASCII comparison without case and without allocation.
    package static func isSame(_ left: String, _ right: String) -> Bool {
        let one = left.utf8Span.span
        return one.count == right.utf8.count && isName(right.utf8Span.span, in: one, at: 0)
    }
}

extension HTTPHeaders: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { append(name, value) }
    }
}

// MARK: - Reading lines

extension HTTPHeaders {
    private struct Line {
        let name: Range<Int>
        let value: Range<Int>
        /// Where the next one begins.
        let next: Int
    }

    /// The line at `start`; nil at the end.
    private func line(from start: Int) -> Line? {
        let bytes = lines.span
        guard start < bytes.count else { return nil }
        var colon = start
        while bytes[colon] != UInt8(ascii: ":") { colon += 1 }
        let end = Self.lineEnd(bytes, colon)
        return Line(name: start..<colon, value: colon + 2..<end, next: end + 2)
    }

    /// The first line at or behind `start` with that name.
    private func range(of name: String, from start: Int) -> Line? {
        let bytes = lines.span
        let wanted = name.utf8Span.span
        var start = start
        while start < bytes.count {
            let colon = start + wanted.count
            if colon < bytes.count, bytes[colon] == UInt8(ascii: ":"),
                Self.isName(wanted, in: bytes, at: start)
            {
                let end = Self.lineEnd(bytes, colon)
                return Line(name: start..<colon, value: colon + 2..<end, next: end + 2)
            }
            start = Self.lineEnd(bytes, start) + 2
        }
        return nil
    }

    /// Where the carriage return of the line stands; there is one behind every field.
    private static func lineEnd(_ bytes: Span<UInt8>, _ start: Int) -> Int {
        // No index is checked: lines are made here only, each with its end.
        var end = start
        while unsafe bytes[unchecked: end] != 13 { end += 1 }
        return end
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: lines[range], as: UTF8.self)
    }

    /// Whether a name stands there, in either case.
    static func isName(
        _ name: Span<UInt8>, in bytes: Span<UInt8>, at start: Int
    ) -> Bool {
        for index in name.indices {
            let first = name[index]
            let second = bytes[start + index]
            guard first != second else { continue }
            guard first | 0x20 == second | 0x20, first | 0x20 >= 97, first | 0x20 <= 122 else {
                return false
            }
        }
        return true
    }

    /// Which of the serializers' own fields has the name that stands at `start`.
    private static func ownField(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int
    ) -> OwnFields {
        func isSame(_ name: StaticString) -> Bool {
            isName(name.description.utf8Span.span, in: bytes, at: start)
        }
        switch end - start {
        case 4:
            if isSame("Date") { return .date }
            return isSame("Host") ? .host : []
        case 10 where isSame("Connection"): return .connection
        case 14 where isSame("Content-Length"): return .contentLength
        default: return []
        }
    }

    /// A token, and a value without control characters. RFC 9110 §5.1, §5.5.
    private static func isField(_ bytes: Span<UInt8>, _ start: Int, _ colon: Int) -> Bool {
        guard colon > start else { return false }
        var index = start
        while index < colon {
            guard HTTPGrammar.isToken(bytes[index]) else { return false }
            index += 1
        }
        while index < bytes.count {
            guard HTTPGrammar.isFieldValue(bytes[index]) else { return false }
            index += 1
        }
        return true
    }
}
