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
        var parsed: [Field] = []
        let bytes = Array(text.utf8)
        for piece in bytes.split(separator: UInt8(ascii: "&")) {
            guard parsed.count < Self.fieldLimit else {
                throw .tooManyFields(limit: Self.fieldLimit)
            }
            let equals = piece.firstIndex(of: UInt8(ascii: "=")) ?? piece.endIndex
            guard
                let name = PercentCoding.decode(piece[..<equals], plusIsSpace: true),
                let value = PercentCoding.decode(piece[equals...].dropFirst(), plusIsSpace: true)
            else { throw .malformedEscape }
            parsed.append(Field(name, value))
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
