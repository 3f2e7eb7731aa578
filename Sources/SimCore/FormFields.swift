/// The fields of a form body or a query, in the order sent, duplicates kept.
/// `application/x-www-form-urlencoded`, WHATWG URL §5.1.
package struct FormFields: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package enum ParseError: Error, Hashable, Sendable {
        case tooManyFields(limit: Int)
        case malformedEscape
    }

    /// More fields than any client of the protocols sends.
    package static let fieldLimit = 1_000

    package private(set) var fields: [Field]

    package init(_ fields: [Field] = []) {
        self.fields = fields
    }

    package init(_ pairs: KeyValuePairs<String, String>) {
        self.fields = pairs.map { Field($0.key, $0.value) }
    }

    /// Parses `name=value&…`; empty pieces are skipped, a piece without `=` has an empty value.
    package init(parsing text: some StringProtocol) throws(ParseError) {
        try self.init(parsing: Array(text.utf8))
    }

    /// The same of bytes, which are refused where they are no UTF-8.
    package init(parsing bytes: [UInt8]) throws(ParseError) {
        var parsed: [Field] = []
        let bytes = bytes.span
        var start = 0
        while start < bytes.count {
            var end = start
            var equals = -1
            while end < bytes.count, bytes[end] != UInt8(ascii: "&") {
                if equals < 0, bytes[end] == UInt8(ascii: "=") { equals = end }
                end += 1
            }
            if end > start {
                guard parsed.count < Self.fieldLimit else {
                    throw .tooManyFields(limit: Self.fieldLimit)
                }
                let nameEnd = equals < 0 ? end : equals
                let valueStart = equals < 0 ? end : equals + 1
                guard
                    let name = PercentCoding.decode(
                        bytes.extracting(start..<nameEnd), plusIsSpace: true),
                    let value = PercentCoding.decode(
                        bytes.extracting(valueStart..<end), plusIsSpace: true)
                else { throw .malformedEscape }
                if parsed.isEmpty { parsed.reserveCapacity(8) }
                parsed.append(Field(name, value))
            }
            start = end + 1
        }
        fields = parsed
    }

    /// The first value of `name`, compared exactly; nil when absent.
    package subscript(name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    package func values(_ name: String) -> [String] {
        fields.lazy.filter { $0.name == name }.map(\.value)
    }

    package mutating func append(_ name: String, _ value: String) {
        fields.append(Field(name, value))
    }

    /// `name=value&…` in the order held.
    package func encoded(_ style: PercentCoding.Style = .form) -> String {
        fields.map {
            PercentCoding.encode($0.name, style) + "=" + PercentCoding.encode($0.value, style)
        }.joined(separator: "&")
    }
}
