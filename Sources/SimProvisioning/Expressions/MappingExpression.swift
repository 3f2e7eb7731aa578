/// A mapping expression as a tree. Printing gives the service's normal form.
/// mapping-expressions.md §1, §3.1.
package indirect enum MappingExpression: Hashable, Sendable {
    case attribute(String)
    case text(String)
    case integer(Int64)
    /// A number with a fraction, digits as written.
    case decimal(String)
    case word(Word)
    /// nil arguments are positions left empty.
    case call(ExpressionFunction, [MappingExpression?])
    case comparison(MappingExpression, Comparison, MappingExpression)

    /// Bare words the language knows.
    package enum Word: String, CaseIterable, Sendable {
        case ignoreAttributeFlow = "IgnoreAttributeFlow"
        case ignoreObjectFlow = "IgnoreObjectFlow"
        case vbTextCompare
        case vbBinaryCompare
    }

    package enum Comparison: String, CaseIterable, Sendable {
        case equal = "="
        case notEqual = "<>"
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    /// Names of the source attributes read, in order of first appearance.
    package var attributeNames: [String] {
        var names: [String] = []
        collectAttributes(into: &names)
        return names
    }

    private func collectAttributes(into names: inout [String]) {
        switch self {
        case .attribute(let name):
            if !names.contains(name) { names.append(name) }
        case .text, .integer, .decimal, .word:
            break
        case .call(_, let arguments):
            for argument in arguments { argument?.collectAttributes(into: &names) }
        case .comparison(let left, _, let right):
            left.collectAttributes(into: &names)
            right.collectAttributes(into: &names)
        }
    }
}

extension MappingExpression: CustomStringConvertible {
    /// The normal form: one space after each comma, an empty argument prints nothing.
    package var description: String {
        switch self {
        case .attribute(let name): "[\(name)]"
        case .text(let text): Self.quoted(text)
        case .integer(let number): String(number)
        case .decimal(let digits): digits
        case .word(let word): word.rawValue
        case .call(let function, let arguments):
            "\(function.name)(\(arguments.map { $0?.description ?? "" }.joined(separator: ", ")))"
        case .comparison(let left, let comparison, let right):
            "\(left) \(comparison.rawValue) \(right)"
        }
    }

    /// A text literal with `"` and `\` escaped.
    package static func quoted(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") })
        else { return "\"" + text + "\"" }
        var out = "\""
        for character in text.unicodeScalars {
            if character == "\"" || character == "\\" { out.unicodeScalars.append("\\") }
            out.unicodeScalars.append(character)
        }
        return out + "\""
    }
}
