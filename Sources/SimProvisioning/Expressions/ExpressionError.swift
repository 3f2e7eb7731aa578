import SimCore

/// Why an expression cannot be parsed. Offsets count UTF-8 bytes from the start.
package enum ExpressionSyntaxError: Error, Hashable, Sendable {
    case unexpected(String, offset: Int)
    case unexpectedEnd(offset: Int)
    case unterminatedText(offset: Int)
    case unterminatedAttribute(offset: Int)
    /// `“x”` or `'x'`: only straight double quotation marks delimit text.
    case wrongQuotationMark(String, offset: Int)
    case unknownWord(String, offset: Int)
    case unknownFunction(String, offset: Int)
    /// Known to cloud sync, not to the provisioning of apps.
    case cloudSyncFunction(String, offset: Int)
    case notTopLevel(function: String, offset: Int)
    case argumentCount(function: String, given: Int, expected: String, offset: Int)
    case numberOutOfRange(offset: Int)
    case tooLong(limit: Int)
    case nestedTooDeeply(limit: Int)

    /// What is wrong, for a person; names the nearest known function or word where there is one.
    package var explanation: String {
        switch self {
        case .unexpected(let text, let offset): "unexpected '\(text)' at position \(offset + 1)"
        case .unexpectedEnd(let offset):
            "the expression ends too early, at position \(offset + 1)"
        case .unterminatedText(let offset):
            "the text that starts at position \(offset + 1) never ends"
        case .unterminatedAttribute(let offset):
            "the attribute that starts at position \(offset + 1) has no closing ']'"
        case .wrongQuotationMark(let mark, let offset):
            "\(mark) at position \(offset + 1) does not delimit text, type a straight \" instead"
        case .unknownWord(let word, let offset):
            "'\(word)' at position \(offset + 1) is no function, attribute or text"
                + Self.suggestion(word, MappingExpression.Word.allCases.map(\.rawValue))
        case .unknownFunction(let name, let offset):
            "unknown function '\(name)' at position \(offset + 1)"
                + Self.suggestion(name, ExpressionFunction.all.map(\.name))
        case .cloudSyncFunction(let name, let offset):
            "'\(name)' at position \(offset + 1) is a function of cloud sync only"
        case .notTopLevel(let function, let offset):
            "\(function) at position \(offset + 1) may only be the outermost function"
        case .argumentCount(let function, let given, let expected, _):
            "\(function) takes \(expected) arguments, not \(given)"
        case .numberOutOfRange(let offset): "the number at position \(offset + 1) is too large"
        case .tooLong(let limit): "an expression has at most \(limit) characters"
        case .nestedTooDeeply(let limit): "calls are nested more than \(limit) levels deep"
        }
    }

    /// Where it is wrong, in UTF-8 bytes from the start; nil when it is the whole text.
    package var offset: Int? {
        switch self {
        case .unexpected(_, let offset), .unexpectedEnd(let offset), .unterminatedText(let offset),
            .unterminatedAttribute(let offset), .wrongQuotationMark(_, let offset),
            .unknownWord(_, let offset), .unknownFunction(_, let offset),
            .cloudSyncFunction(_, let offset), .notTopLevel(_, let offset),
            .argumentCount(_, _, _, let offset), .numberOutOfRange(let offset):
            offset
        case .tooLong, .nestedTooDeeply: nil
        }
    }

    private static func suggestion(_ name: String, _ known: [String]) -> String {
        NearestName.of(name, in: known).map { ", did you mean '\($0)'" } ?? ""
    }
}

/// Why an expression has no value for one object.
package struct ExpressionEvaluationError: Error, Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case evaluation = "EvaluationError"
        case indexOutOfRange = "IndexOutOfRange"
        /// Every rule of `SelectUniqueValue` gives a value the target already has.
        case uniqueValueExhausted = "UniqueValueExhausted"
        /// Raised by the mapping itself: `Error("…")`.
        case custom = "CustomError"
    }

    package let function: String
    package let reason: String
    package var kind = Kind.evaluation

    /// The text the log shows, spelled as the service spells it. mapping-expressions.md §3.4.
    package var explanation: String {
        "An error occured while evaluating this function: '\(function).' \(reason)"
    }
}
