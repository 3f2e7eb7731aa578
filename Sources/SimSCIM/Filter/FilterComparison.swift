import SimCore

/// Compares one value with the filter's by the attribute's type and case rule. RFC 7644 §3.4.2.2.
struct FilterComparison {
    /// nil for an attribute the schema does not know: compared as its JSON type, without case.
    let definition: SCIMAttribute?

    func holds(
        _ value: JSONValue, _ comparison: SCIMFilter.ComparisonOperator, _ wanted: JSONValue
    ) -> Bool {
        switch comparison {
        case .equal: return order(value, wanted) == .equal
        case .notEqual: return order(value, wanted) != .equal
        case .greaterThan: return order(value, wanted) == .greater
        case .greaterOrEqual:
            let order = order(value, wanted)
            return order == .greater || order == .equal
        case .lessThan: return order(value, wanted) == .less
        case .lessOrEqual:
            let order = order(value, wanted)
            return order == .less || order == .equal
        case .contains:
            return text(value, wanted) { $1.isEmpty || Self.contains($0, $1) }
        case .startsWith: return text(value, wanted) { $0.starts(with: $1) }
        case .endsWith: return text(value, wanted) { $0.reversed().starts(with: $1.reversed()) }
        }
    }

    private enum Order { case less, equal, greater }

    /// nil when the two cannot be compared: then only `ne` holds.
    private func order(_ value: JSONValue, _ wanted: JSONValue) -> Order? {
        if case .string(let left) = value, case .string(let right) = wanted {
            if definition?.kind == .dateTime, let first = Timestamp(iso8601: left),
                let second = Timestamp(iso8601: right)
            {
                return Self.order(first, second)
            }
            return Self.order(folded(left), folded(right))
        }
        if case .bool(let left) = value {
            // Entra writes booleans as strings: `active eq "True"`.
            guard let right = BooleanText.value(wanted) else { return nil }
            return left == right ? .equal : left ? .greater : .less
        }
        guard let left = value.doubleValue, let right = wanted.doubleValue else {
            return value == wanted ? .equal : nil
        }
        return Self.order(left, right)
    }

    private static func order<Value: Comparable>(_ left: Value, _ right: Value) -> Order {
        left < right ? .less : left == right ? .equal : .greater
    }

    private func text(
        _ value: JSONValue, _ wanted: JSONValue, _ test: ([UInt8], [UInt8]) -> Bool
    ) -> Bool {
        guard let left = value.stringValue, let right = wanted.stringValue else { return false }
        return test(Array(folded(left).utf8), Array(folded(right).utf8))
    }

    private func folded(_ text: String) -> String {
        definition?.isCaseExact ?? false ? text : text.lowercased()
    }

    private static func contains(_ text: [UInt8], _ piece: [UInt8]) -> Bool {
        guard text.count >= piece.count else { return false }
        return (0...(text.count - piece.count)).contains { start in
            text[start..<(start + piece.count)].elementsEqual(piece)
        }
    }
}

/// Booleans as SCIM clients write them: JSON, or `"True"` and `"False"` in any case.
package enum BooleanText {
    package static func value(_ json: JSONValue) -> Bool? {
        switch json {
        case .bool(let flag): flag
        case .string(let text):
            SCIMName.isSame(text, "true") ? true : SCIMName.isSame(text, "false") ? false : nil
        case .null, .int, .double, .number, .array, .object: nil
        }
    }
}
