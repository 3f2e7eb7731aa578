/// Header fields in the order sent, compared without case, duplicates kept. RFC 9110 §5.
package struct HTTPHeaders: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package private(set) var fields: [Field]

    package init(_ fields: [Field] = []) {
        self.fields = fields
    }

    /// The first value of `name`; nil when absent.
    package subscript(name: String) -> String? {
        fields.first { Self.isSame($0.name, name) }?.value
    }

    package func values(_ name: String) -> [String] {
        fields.lazy.filter { Self.isSame($0.name, name) }.map(\.value)
    }

    package mutating func append(_ name: String, _ value: String) {
        fields.append(Field(name, value))
    }

    /// Appends fields made in advance.
    package mutating func append(contentsOf others: [Field]) {
        fields.append(contentsOf: others)
    }

    /// Makes room, so that the fields to come are not moved.
    package mutating func reserveCapacity(_ count: Int) {
        fields.reserveCapacity(count)
    }

    /// Removes every field of that name, then appends.
    package mutating func set(_ name: String, _ value: String) {
        remove(name)
        append(name, value)
    }

    package mutating func remove(_ name: String) {
        fields.removeAll { Self.isSame($0.name, name) }
    }

    /// ASCII comparison without case and without allocation.
    package static func isSame(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        let one = left.utf8Span.span
        let other = right.utf8Span.span
        for index in one.indices {
            let first = one[index]
            let second = other[index]
            guard first != second else { continue }
            guard first | 0x20 == second | 0x20, first | 0x20 >= 97, first | 0x20 <= 122 else {
                return false
            }
        }
        return true
    }
}

extension HTTPHeaders: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field($0.0, $0.1) }
    }
}
