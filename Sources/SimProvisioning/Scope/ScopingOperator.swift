/// How a clause of a scoping filter compares. mapping-expressions.md §8.2.
package enum ScopingOperator: String, CaseIterable, Sendable {
    case equals = "EQUALS"
    case notEquals = "NOT EQUALS"
    case isTrue = "IS TRUE"
    case isFalse = "IS FALSE"
    case isNull = "IS NULL"
    case isNotNull = "IS NOT NULL"
    case regexMatch = "REGEX MATCH"
    case notRegexMatch = "NOT REGEX MATCH"
    case greaterThan = "GREATER_THAN"
    case greaterThanOrEquals = "GREATER_THAN_OR_EQUALS"
    case includes = "INCLUDES"
    case endsWith = "ENDS_WITH"
    case bitsSet = "&"
    case noBitsSet = "!&"

    /// Whether the operator takes a value to compare with.
    package var isUnary: Bool {
        switch self {
        case .isTrue, .isFalse, .isNull, .isNotNull: true
        case .equals, .notEquals, .regexMatch, .notRegexMatch, .greaterThan,
            .greaterThanOrEquals, .includes, .endsWith, .bitsSet, .noBitsSet:
            false
        }
    }

    /// Any case; spaces and underscores are alike. nil for an unknown name.
    package init?(named text: String) {
        func plain(_ text: String) -> String {
            text.uppercased().replacingOccurrences(of: "_", with: " ")
        }
        let wanted = plain(text)
        guard let found = Self.allCases.first(where: { plain($0.rawValue) == wanted }) else {
            return nil
        }
        self = found
    }

    /// Whether the attribute's value satisfies the clause. Null and empty satisfy `IS NULL` only.
    func holds(_ value: ExpressionValue, _ operands: [ScopingOperand]) -> Bool {
        switch self {
        case .isNull: return value.isNullOrEmpty
        case .isNotNull: return !value.isNullOrEmpty
        case .equals, .notEquals, .isTrue, .isFalse, .regexMatch, .notRegexMatch, .greaterThan,
            .greaterThanOrEquals, .includes, .endsWith, .bitsSet, .noBitsSet:
            guard let text = value.text, !text.isEmpty else { return false }
            return holds(text, value.number, operands)
        }
    }

    private func holds(_ text: String, _ number: Int64?, _ operands: [ScopingOperand]) -> Bool {
        switch self {
        case .isNull, .isNotNull: false
        case .isTrue: text == "True"
        case .isFalse: text == "False"
        case .equals: operands.contains { $0.text.utf8.elementsEqual(text.utf8) }
        case .notEquals: !operands.contains { $0.text.utf8.elementsEqual(text.utf8) }
        case .regexMatch: operands.contains { $0.matches(text) ?? false }
        // A pattern that takes too long neither matches nor fails to.
        case .notRegexMatch: operands.allSatisfy { $0.matches(text) == false }
        case .greaterThan: operands.contains { Self.compare(number, $0.number, >) }
        case .greaterThanOrEquals: operands.contains { Self.compare(number, $0.number, >=) }
        case .includes: operands.contains { $0.isPart(of: text) }
        case .endsWith: operands.contains { text.utf16.reversed().starts(with: $0.reversed) }
        case .bitsSet: operands.contains { $0.holdsBits(text, number) }
        case .noBitsSet: !operands.contains { $0.holdsBits(text, number) }
        }
    }

    private static func compare(
        _ left: Int64?, _ right: Int64?, _ holds: (Int64, Int64) -> Bool
    ) -> Bool {
        guard let left, let right else { return false }
        return holds(left, right)
    }
}

/// A value to compare with, made ready once for many objects.
package struct ScopingOperand: Sendable {
    let text: String
    let number: Int64?
    let reversed: [UInt16]
    private let units: [UInt16]
    private let pattern: DotNetPattern?

    /// - Parameter isPattern: the text is a regular expression.
    init(_ text: String, isPattern: Bool) throws(PatternError) {
        self.text = text
        units = Array(text.utf16)
        reversed = units.reversed()
        number = ExpressionValue.string(text).number
        pattern = isPattern ? try DotNetPattern(text) : nil
    }

    /// Anywhere in the text, as `Regex.IsMatch`; nil when matching takes too long.
    func matches(_ text: String) -> Bool? { try? pattern?.matches(text) }

    /// Whether matching anywhere and matching the whole text differ.
    func isAmbiguous(_ text: String) -> Bool {
        guard let pattern else { return false }
        return (try? pattern.matches(text)) != (try? pattern.matchesWhole(text))
    }

    func isPart(of text: String) -> Bool {
        Array(text.utf16).firstRange(of: units, from: 0) != nil
    }

    /// Two integers share a bit; else the value is part of the operand (unverified).
    func holdsBits(_ text: String, _ value: Int64?) -> Bool {
        if let number, let value { return number & value != 0 }
        return units.firstRange(of: Array(text.utf16), from: 0) != nil
    }
}
