import SimDirectory

/// Reads the text of a mapping expression. Grammar: mapping-expressions.md §1.
package struct ExpressionParser {
    /// Characters of an expression, at most.
    package static let lengthLimit = 10_000
    /// Levels of nested calls; deeper input is refused before it can exhaust the stack.
    package static let depthLimit = 128

    private let bytes: [UInt8]
    private var offset = 0
    private var depth = 0
    /// Where the outermost call begins.
    private var firstOffset = 0
    private let settings: ExpressionSettings

    private init(_ text: String, _ settings: ExpressionSettings) {
        bytes = Array(text.utf8)
        self.settings = settings
    }

    /// - Parameter settings: decide which functions and argument counts are known.
    package static func parse(
        _ text: String, settings: ExpressionSettings = .standard
    ) throws(ExpressionSyntaxError) -> MappingExpression {
        guard text.utf16.count <= lengthLimit else { throw .tooLong(limit: lengthLimit) }
        var parser = ExpressionParser(text, settings)
        parser.skipSpace()
        parser.firstOffset = parser.offset
        let expression = try parser.comparison()
        parser.skipSpace()
        guard parser.offset == parser.bytes.count else { throw parser.unexpected() }
        return expression
    }

    private var byte: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func skipSpace() {
        while let byte, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
            offset += 1
        }
    }

    private func unexpected() -> ExpressionSyntaxError {
        guard let byte else { return .unexpectedEnd(offset: offset) }
        let rest = String(decoding: bytes[offset...], as: UTF8.self)
        let character = rest.first.map(String.init) ?? ""
        if byte == UInt8(ascii: "'") || ["“", "”", "„", "‘", "’", "«", "»"].contains(character) {
            return .wrongQuotationMark(character, offset: offset)
        }
        return .unexpected(character, offset: offset)
    }

    private mutating func comparison() throws(ExpressionSyntaxError) -> MappingExpression {
        let left = try operand()
        let mark = offset
        skipSpace()
        guard let comparison = comparisonOperator() else {
            offset = mark
            return left
        }
        skipSpace()
        return .comparison(left, comparison, try operand())
    }

    private mutating func comparisonOperator() -> MappingExpression.Comparison? {
        switch byte {
        case UInt8(ascii: "="):
            offset += 1
            return .equal
        case UInt8(ascii: "<"):
            offset += 1
            if byte == UInt8(ascii: ">") {
                offset += 1
                return .notEqual
            }
            return orEqual(.less, .lessOrEqual)
        case UInt8(ascii: ">"):
            offset += 1
            return orEqual(.greater, .greaterOrEqual)
        default:
            return nil
        }
    }

    private mutating func orEqual(
        _ strict: MappingExpression.Comparison, _ loose: MappingExpression.Comparison
    ) -> MappingExpression.Comparison {
        guard byte == UInt8(ascii: "=") else { return strict }
        offset += 1
        return loose
    }

    private mutating func operand() throws(ExpressionSyntaxError) -> MappingExpression {
        switch byte {
        case UInt8(ascii: "["): .attribute(try attributeName())
        case UInt8(ascii: "\""): .text(try text())
        case UInt8(ascii: "&"): try hexadecimal()
        case UInt8(ascii: "-")?, (48...57)?: try number()
        case (65...90)?, (97...122)?: try callOrWord()
        default: throw unexpected()
        }
    }

    /// `[name]`; brackets and quoted text nest: `[emails[type eq "work"].value]`.
    private mutating func attributeName() throws(ExpressionSyntaxError) -> String {
        let start = offset
        var level = 0
        while let byte {
            offset += 1
            if byte == UInt8(ascii: "[") {
                level += 1
            } else if byte == UInt8(ascii: "]") {
                level -= 1
                if level == 0 {
                    guard offset - start > 2 else { throw .unexpected("]", offset: offset - 1) }
                    return String(decoding: bytes[(start + 1)..<(offset - 1)], as: UTF8.self)
                }
            }
        }
        throw .unterminatedAttribute(offset: start)
    }

    /// Only `\"` and `\\` are escapes; any other backslash pair keeps both characters (unverified).
    private mutating func text() throws(ExpressionSyntaxError) -> String {
        let start = offset
        offset += 1
        var out: [UInt8] = []
        while let byte {
            offset += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: out, as: UTF8.self) }
            if byte == UInt8(ascii: "\\"), let next = self.byte,
                next == UInt8(ascii: "\"") || next == UInt8(ascii: "\\")
            {
                out.append(next)
                offset += 1
            } else {
                out.append(byte)
            }
        }
        throw .unterminatedText(offset: start)
    }

    private mutating func hexadecimal() throws(ExpressionSyntaxError) -> MappingExpression {
        let start = offset
        guard offset + 2 < bytes.count, bytes[offset + 1] | 0x20 == UInt8(ascii: "h") else {
            throw unexpected()
        }
        offset += 2
        let digits = takeWhile { byte in
            (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
        }
        guard !digits.isEmpty else { throw unexpected() }
        guard let value = Int64(digits, radix: 16) else { throw .numberOutOfRange(offset: start) }
        return .integer(value)
    }

    private mutating func number() throws(ExpressionSyntaxError) -> MappingExpression {
        let start = offset
        if byte == UInt8(ascii: "-") { offset += 1 }
        guard !takeWhile({ (48...57).contains($0) }).isEmpty else { throw unexpected() }
        if byte == UInt8(ascii: ".") {
            offset += 1
            guard !takeWhile({ (48...57).contains($0) }).isEmpty else { throw unexpected() }
            return .decimal(String(decoding: bytes[start..<offset], as: UTF8.self))
        }
        guard let value = Int64(String(decoding: bytes[start..<offset], as: UTF8.self)) else {
            throw .numberOutOfRange(offset: start)
        }
        return .integer(value)
    }

    private mutating func takeWhile(_ isIncluded: (UInt8) -> Bool) -> String {
        let start = offset
        while let byte, isIncluded(byte) { offset += 1 }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }
}

extension ExpressionParser {
    private mutating func callOrWord() throws(ExpressionSyntaxError) -> MappingExpression {
        let start = offset
        let name = takeWhile { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || byte == UInt8(ascii: "_")
        }
        let end = offset
        skipSpace()
        guard byte == UInt8(ascii: "(") else {
            offset = end
            guard let word = MappingExpression.Word(rawValue: name) else {
                throw .unknownWord(name, offset: start)
            }
            return .word(word)
        }
        guard let function = ExpressionFunction.named(name) else {
            throw .unknownFunction(name, offset: start)
        }
        guard !function.help.isCloudSyncOnly || settings.cloudSyncFunctions else {
            throw .cloudSyncFunction(name, offset: start)
        }
        guard !function.isTopLevelOnly || depth == 0 && start == firstOffset else {
            throw .notTopLevel(function: name, offset: start)
        }
        let arguments = try arguments()
        let lacksStyles =
            settings.formatDateTimeWithoutStyles && function == .formatDateTime
            && arguments.count == 3 && arguments.allSatisfy { $0 != nil }
        if !lacksStyles, let expected = function.refusal(of: arguments) {
            throw .argumentCount(
                function: name, given: arguments.count, expected: expected, offset: start)
        }
        return .call(function, arguments)
    }

    /// The arguments of a call; an empty position is nil. `F()` has none, `F(,)` has two.
    private mutating func arguments() throws(ExpressionSyntaxError) -> [MappingExpression?] {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else { throw .nestedTooDeeply(limit: Self.depthLimit) }
        offset += 1
        skipSpace()
        if byte == UInt8(ascii: ")") {
            offset += 1
            return []
        }
        var arguments: [MappingExpression?] = []
        while true {
            skipSpace()
            if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ")") {
                arguments.append(nil)
            } else {
                arguments.append(try comparison())
                skipSpace()
            }
            if byte == UInt8(ascii: ",") {
                offset += 1
            } else if byte == UInt8(ascii: ")") {
                offset += 1
                return arguments
            } else {
                throw unexpected()
            }
        }
    }
}
