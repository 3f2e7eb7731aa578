/// Why a text is not a filter, with the byte offset of the first offending byte.
package struct SCIMFilterError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case empty
        case tooLong(limit: Int)
        case nestedTooDeeply(limit: Int)
        case expectedAttribute
        case notAnAttribute(String)
        case expectedOperator
        case unknownOperator(String)
        case expectedValue
        case malformedValue
        case expectedClosing(Character)
        case filterInsideValueFilter
        case trailingText
    }

    package let reason: Reason
    package let offset: Int

    package init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}

extension SCIMFilterError: CustomStringConvertible {
    /// The `detail` of an `invalidFilter` answer.
    package var description: String {
        "\(explanation) (at character \(offset + 1))"
    }

    private var explanation: String {
        switch reason {
        case .empty: "the filter is empty"
        case .tooLong(let limit): "the filter is longer than \(limit) bytes"
        case .nestedTooDeeply(let limit): "the filter is nested more than \(limit) levels deep"
        case .expectedAttribute: "an attribute name is expected"
        case .notAnAttribute(let text): "'\(text)' is not an attribute name"
        case .expectedOperator: "an operator is expected after the attribute"
        case .unknownOperator(let text): "'\(text)' is not an operator"
        case .expectedValue: "a value is expected after the operator"
        case .malformedValue: "the value is not a JSON string, number, boolean or null"
        case .expectedClosing(let bracket): "'\(bracket)' is missing"
        case .filterInsideValueFilter: "a value filter cannot hold another one"
        case .trailingText: "text after the end of the filter"
        }
    }
}
