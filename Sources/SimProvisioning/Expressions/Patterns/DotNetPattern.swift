/// A regular expression as .NET reads it, over UTF-16 code units.
///
/// Everything the mapping guides use and more: groups by number and name, lazy quantifiers, classes
/// with subtraction, Unicode categories, look-around, atomic groups, back-references and inline
/// options. Not supported, and refused by name: conditionals and balancing groups. Matching is
/// bounded by steps, so no pattern can hold up a cycle. mapping-expressions.md §5.2.
struct DotNetPattern: Sendable {
    /// Steps one operation may take; ordinary mappings need a few thousand.
    static let stepLimit = 1_000_000

    let program: PatternProgram

    init(_ text: String) throws(PatternError) {
        program = try PatternCompiler.program(try PatternParser.parse(text))
    }

    /// The place of a group among the captures; nil when there is none of that name or number.
    func group(_ name: String) -> Int? {
        program.names[name] ?? Int(name).flatMap { program.numbers[$0] }
    }

    /// Whether the pattern matches anywhere.
    func matches(_ text: String) throws(PatternError) -> Bool {
        try firstMatch(in: Array(text.utf16)) != nil
    }

    /// Whether one match can take the whole text.
    func matchesWhole(_ text: String) throws(PatternError) -> Bool {
        let units = Array(text.utf16)
        return try allMatches(in: units).contains { $0.whole == 0..<units.count }
    }

    func firstMatch(in units: [UInt16]) throws(PatternError) -> PatternMatch? {
        var matcher = PatternMatcher(program, units, steps: Self.stepLimit)
        return try matcher.search(from: 0)
    }

    /// Every match from left to right; after an empty one the search goes on one unit later.
    func allMatches(in units: [UInt16]) throws(PatternError) -> [PatternMatch] {
        var matcher = PatternMatcher(program, units, steps: Self.stepLimit)
        var found: [PatternMatch] = []
        var start = 0
        while start <= units.count, let match = try matcher.search(from: start) {
            found.append(match)
            start = match.whole.isEmpty ? match.whole.upperBound + 1 : match.whole.upperBound
        }
        return found
    }
}

/// Why a pattern has no answer.
enum PatternError: Error, Hashable, Sendable {
    /// `offset` counts UTF-16 code units of the pattern.
    case invalid(String, offset: Int)
    case tooLarge
    case tooSlow

    var explanation: String {
        switch self {
        case .invalid(let reason, let offset):
            "The regular expression is invalid at position \(offset + 1): \(reason)."
        case .tooLarge: "The regular expression is too large."
        case .tooSlow: "The regular expression takes too long to match."
        }
    }
}

/// Where one match and its groups lie, in UTF-16 code units.
struct PatternMatch: Hashable, Sendable {
    /// Start and end of each group, -1 where it took no part; group 0 is the whole match.
    let slots: [Int]

    var whole: Range<Int> { slots[0]..<slots[1] }

    /// nil when the group took no part in the match.
    func range(_ group: Int) -> Range<Int>? {
        let start = slots[2 * group]
        let end = slots[2 * group + 1]
        return start >= 0 && end >= start ? start..<end : nil
    }
}
