/// A path with named places: `/{tenant}/oauth2/v2.0/token`, or `/apps/{name}/{rest...}` where the
/// last place takes every remaining segment.
package struct RoutePattern: Hashable, Sendable, ExpressibleByStringLiteral {
    enum Segment: Hashable, Sendable {
        case literal(String)
        case capture(String)
        case rest(String)
    }

    let segments: [Segment]

    /// - Parameter pattern: begins with `/`; `{rest...}` only as the last segment. Anything else
    ///   is a programming error, found when the route table is built.
    package init(_ pattern: String) {
        precondition(pattern.hasPrefix("/"), "a pattern begins with '/': \(pattern)")
        let pieces = pattern.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        segments = pieces.enumerated().map { index, piece in
            guard piece.hasPrefix("{"), piece.hasSuffix("}") else { return .literal(String(piece)) }
            let name = piece.dropFirst().dropLast()
            guard name.hasSuffix("...") else { return .capture(String(name)) }
            precondition(index == pieces.count - 1, "the rest is the last segment: \(pattern)")
            return .rest(String(name.dropLast(3)))
        }
    }

    package init(stringLiteral pattern: String) {
        self.init(pattern)
    }
}

/// What the named places of a pattern matched, percent-decoded.
package struct RouteCaptures: Hashable, Sendable {
    private var pairs: [Pair] = []

    private struct Pair: Hashable, Sendable {
        let name: String
        let value: String
    }

    package init() {}

    /// The captured text; empty when the pattern has no such place.
    package subscript(name: String) -> String {
        pairs.first { $0.name == name }?.value ?? ""
    }

    mutating func append(_ name: String, _ value: String) {
        pairs.append(Pair(name: name, value: value))
    }
}
