import SimCore

/// A filter expression. RFC 7644 §3.4.2.2.
///
/// Chains of one operator are flat, so depth is the depth of the parentheses a client wrote.
package indirect enum SCIMFilter: Hashable, Sendable {
    /// `userName eq "ada"`; the value is a string, number, boolean or null.
    case compare(AttributePath, ComparisonOperator, JSONValue)
    /// `title pr`
    case present(AttributePath)
    /// `emails[type eq "work"]`: one element satisfies the whole inner filter.
    case element(AttributePath, SCIMFilter)
    case and([SCIMFilter])
    case or([SCIMFilter])
    case not(SCIMFilter)

    /// The comparison operators. RFC 7644 table 3.
    package enum ComparisonOperator: String, CaseIterable, Sendable {
        case equal = "eq"
        case notEqual = "ne"
        case contains = "co"
        case startsWith = "sw"
        case endsWith = "ew"
        case greaterThan = "gt"
        case greaterOrEqual = "ge"
        case lessThan = "lt"
        case lessOrEqual = "le"
    }

    /// Longest filter text accepted, in UTF-8 bytes.
    package static let lengthLimit = 16_384
    /// Deepest nesting of parentheses, `not` and brackets accepted.
    package static let depthLimit = 32

    /// `attribute eq "value"`, the only filter the provisioning service writes.
    package static func equal(_ path: AttributePath, _ value: String) -> SCIMFilter {
        .compare(path, .equal, .string(value))
    }
}

extension SCIMFilter {
    /// The attribute and value when the filter is one string equality: what an index can answer.
    package var singleEquality: (path: AttributePath, value: String)? {
        guard case .compare(let path, .equal, .string(let value)) = self else { return nil }
        return (path, value)
    }
}

/// The filter's text: lower-case operators, parentheses only where precedence needs them.
extension SCIMFilter: CustomStringConvertible {
    package var description: String {
        switch self {
        case .compare(let path, let comparison, let value):
            "\(path) \(comparison.rawValue) \(value.text)"
        case .present(let path): "\(path) pr"
        case .element(let path, let filter): "\(path)[\(filter)]"
        case .and(let terms):
            terms.map { term in
                if case .or = term { "(\(term))" } else { term.description }
            }.joined(separator: " and ")
        case .or(let terms): terms.map(\.description).joined(separator: " or ")
        case .not(let term): "not (\(term))"
        }
    }
}
