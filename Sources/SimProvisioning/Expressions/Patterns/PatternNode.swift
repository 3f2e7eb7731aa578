/// A pattern as a tree.
indirect enum PatternNode: Sendable {
    case empty
    case unit(UInt16, ignoresCase: Bool)
    case anyUnit(takesLineFeed: Bool)
    case set(PatternClass)
    case sequence([PatternNode])
    case alternatives([PatternNode])
    /// A capture; groups are counted from 1 in the order they open.
    case group(PatternNode, place: Int)
    case atomic(PatternNode)
    case look(PatternNode, isAhead: Bool, isNegated: Bool)
    case loop(PatternNode, PatternLoop)
    case anchor(PatternAnchor)
    case backReference(String, ignoresCase: Bool, offset: Int)
}

/// How often something repeats.
struct PatternLoop: Hashable, Sendable {
    let least: Int
    /// nil: without end.
    let most: Int?
    let isLazy: Bool
}

/// Conditions that take no text.
enum PatternAnchor: Hashable, Sendable {
    case textStart
    case lineStart
    /// The end, or before a line feed that ends the text.
    case textEndOrFinalLineFeed
    case lineEnd
    case textEnd
    case wordBoundary
    case noWordBoundary
    /// Where the search started.
    case searchStart
}

/// A tree with the groups it opens.
struct ParsedPattern: Sendable {
    let root: PatternNode
    /// Names in the order of opening; nil for a group without one.
    let groups: [String?]
}
