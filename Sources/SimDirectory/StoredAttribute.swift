import SimCore

/// Where an attribute stands inside an `AttributeBag`, and how it is written: the name's code, or 0
/// and the name; the value's kind; the value. Lengths are LEB128.
///
/// Offsets into a span rather than slices: looking through a bag then retains nothing.
struct StoredAttribute {
    private enum Kind: UInt8 {
        case no, yes, integer, double, text, json
    }

    private static let wordLength = 8

    private let code: UInt8
    /// Empty where the code says it all.
    private let nameRange: Range<Int>
    private let kind: Kind
    private let valueRange: Range<Int>

    /// Where the next one begins.
    var end: Int { valueRange.upperBound }

    /// The attribute at `start` of bytes that were written here; nil at their end.
    init?(_ bytes: Span<UInt8>, at start: Int) {
        guard start < bytes.count else { return nil }
        code = bytes[start]
        var place = start + 1
        nameRange = code == 0 ? Self.range(bytes, &place) : place..<place
        place = nameRange.upperBound
        guard place < bytes.count, let kind = Kind(rawValue: bytes[place]) else { return nil }
        self.kind = kind
        place += 1
        switch kind {
        case .no, .yes: valueRange = place..<place
        case .integer, .double: valueRange = place..<(place + Self.wordLength)
        case .text, .json: valueRange = Self.range(bytes, &place)
        }
    }

    func name(in bytes: Span<UInt8>) -> String {
        code == 0 ? Self.text(bytes, nameRange) : AttributeName.known(code)
    }

    func value(in bytes: Span<UInt8>) -> JSONValue {
        switch kind {
        case .no: return .bool(false)
        case .yes: return .bool(true)
        case .integer: return .int(Int64(bitPattern: word(bytes)))
        case .double: return .double(Double(bitPattern: word(bytes)))
        case .text: return .string(Self.text(bytes, valueRange))
        case .json:
            // Our own writing parses.
            return (try? JSONValue(parsing: valueRange.map { bytes[$0] })) ?? .null
        }
    }

    func isNamed(_ wanted: AttributeName, in bytes: Span<UInt8>) -> Bool {
        wanted.code == code && (code != 0 || name(in: bytes) == wanted.text)
    }

    /// Whether `wanted` would stand before it.
    func follows(_ wanted: AttributeName, in bytes: Span<UInt8>) -> Bool {
        code != 0 && wanted.code != 0 ? wanted.code < code : wanted.text < name(in: bytes)
    }

    private func word(_ bytes: Span<UInt8>) -> UInt64 {
        valueRange.reduce(0) { $0 << 8 | UInt64(bytes[$1]) }
    }

    /// The range behind the length at `place`.
    private static func range(_ bytes: Span<UInt8>, _ place: inout Int) -> Range<Int> {
        let length = readLength(bytes, &place)
        return place..<(place + length)
    }

    /// The text at a range, as it was written.
    static func text(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
        do {
            return String(copying: try UTF8Span(validating: bytes.extracting(range)))
        } catch {
            preconditionFailure("only whole texts are written: \(error)")
        }
    }

    // MARK: Writing

    static func bytes(_ name: String, _ value: JSONValue) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(name.utf8.count + 48)
        let known = AttributeName(name)
        out.append(known.code)
        if known.code == 0 { append(name.utf8, to: &out) }
        switch value {
        case .bool(let flag): out.append((flag ? Kind.yes : .no).rawValue)
        case .int(let number): append(.integer, UInt64(bitPattern: number), to: &out)
        case .double(let number): append(.double, number.bitPattern, to: &out)
        case .string(let text):
            out.append(Kind.text.rawValue)
            append(text.utf8, to: &out)
        case .null, .number, .array, .object:
            out.append(Kind.json.rawValue)
            append(value.serialized, to: &out)
        }
        return out
    }

    private static func append(_ kind: Kind, _ word: UInt64, to out: inout [UInt8]) {
        out.append(kind.rawValue)
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            out.append(UInt8(truncatingIfNeeded: word >> shift))
        }
    }

    /// A length and what it counts.
    static func append(_ bytes: some Collection<UInt8>, to out: inout [UInt8]) {
        var length = bytes.count
        while length >= 0x80 {
            out.append(UInt8(truncatingIfNeeded: length) | 0x80)
            length >>= 7
        }
        out.append(UInt8(truncatingIfNeeded: length))
        out.append(contentsOf: bytes)
    }

    /// The length at `place`, which moves behind it.
    static func readLength(_ bytes: Span<UInt8>, _ place: inout Int) -> Int {
        var length = 0
        var shift = 0
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            length |= Int(byte & 0x7F) << shift
            shift += 7
            if byte < 0x80 { break }
        }
        return length
    }
}

/// An attribute's name with its code: 1 and up in the order of names the directory knows, 0 for
/// others, such as extensions. Codes live in memory only.
///
/// Whoever asks many objects for the same attribute makes it once: finding the code costs more
/// than finding the value.
package struct AttributeName: Hashable, Sendable {
    package let text: String
    let code: UInt8

    package init(_ text: String) {
        self.text = text
        code = Self.codes[text] ?? 0
    }

    static func known(_ code: UInt8) -> String { UserAttribute.names[Int(code) - 1] }

    private static let codes: [String: UInt8] = {
        var codes: [String: UInt8] = [:]
        for (index, name) in UserAttribute.names.enumerated() {
            codes[name] = UInt8(exactly: index + 1)
        }
        return codes
    }()
}
