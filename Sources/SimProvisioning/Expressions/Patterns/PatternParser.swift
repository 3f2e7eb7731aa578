/// Reads the text of a .NET regular expression.
struct PatternParser {
    /// Levels of nested groups and classes.
    static let depthLimit = 100
    /// Highest count of a `{n,m}`.
    static let countLimit = 1_000

    struct Options: Hashable {
        var ignoresCase = false
        var isMultiline = false
        var isSingleLine = false
        var ignoresSpace = false
        var capturesNamedOnly = false
    }

    var units: [UInt16]
    var offset = 0
    var options = Options()
    var groups: [String?] = []
    private var depth = 0

    private init(_ text: String) { units = Array(text.utf16) }

    static func parse(_ text: String) throws(PatternError) -> ParsedPattern {
        var parser = PatternParser(text)
        let root = try parser.alternatives()
        guard parser.offset == parser.units.count else {
            throw parser.invalid("too many closing parentheses")
        }
        return ParsedPattern(root: root, groups: parser.groups)
    }

    func invalid(_ reason: String) -> PatternError { .invalid(reason, offset: offset) }

    /// The unit `ahead` of the current one as a character to compare with; nil at the end.
    func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
        guard offset + ahead < units.count else { return nil }
        return Unicode.Scalar(units[offset + ahead]) ?? "\u{FFFD}"
    }

    mutating func take(_ text: String) -> Bool {
        let wanted = Array(text.utf16)
        guard units[offset...].starts(with: wanted) else { return false }
        offset += wanted.count
        return true
    }

    mutating func descend() throws(PatternError) {
        depth += 1
        guard depth <= Self.depthLimit else { throw invalid("nested too deeply") }
    }

    mutating func ascend() { depth -= 1 }

    /// Options set inside a group end with it.
    mutating func alternatives() throws(PatternError) -> PatternNode {
        try descend()
        let outer = options
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        options = outer
        ascend()
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence() throws(PatternError) -> PatternNode {
        var parts: [PatternNode] = []
        while let next = peek(), next != "|", next != ")" {
            if options.ignoresSpace, skipSpaceOrComment() { continue }
            guard let atom = try atom() else { continue }
            parts.append(try quantified(atom))
        }
        switch parts.count {
        case 0: return .empty
        case 1: return parts[0]
        default: return .sequence(parts)
        }
    }

    private mutating func skipSpaceOrComment() -> Bool {
        guard let next = peek() else { return false }
        if next == "#" {
            while peek().map({ $0 != "\n" }) ?? false { offset += 1 }
            return true
        }
        guard next.properties.isWhitespace else { return false }
        offset += 1
        return true
    }

    /// One unit of the pattern; nil for what only changes options.
    private mutating func atom() throws(PatternError) -> PatternNode? {
        switch peek() {
        case "("?: return try parenthesis()
        case "["?:
            offset += 1
            return .set(try characterClass())
        case "."?:
            offset += 1
            return .anyUnit(takesLineFeed: options.isSingleLine)
        case "^"?:
            offset += 1
            return .anchor(options.isMultiline ? .lineStart : .textStart)
        case "$"?:
            offset += 1
            return .anchor(options.isMultiline ? .lineEnd : .textEndOrFinalLineFeed)
        case "\\"?: return try escape()
        case "*"?, "+"?, "?"?: throw invalid("a quantifier follows nothing")
        case "{"? where quantifierInBraces() != nil: throw invalid("a quantifier follows nothing")
        default:
            let unit = units[offset]
            offset += 1
            return .unit(unit, ignoresCase: options.ignoresCase)
        }
    }

    private mutating func quantified(_ atom: PatternNode) throws(PatternError) -> PatternNode {
        if options.ignoresSpace { while skipSpaceOrComment() {} }
        let bounds: (least: Int, most: Int?)
        switch peek() {
        case "*"?: (bounds, offset) = ((0, nil), offset + 1)
        case "+"?: (bounds, offset) = ((1, nil), offset + 1)
        case "?"?: (bounds, offset) = ((0, 1), offset + 1)
        case "{"?:
            guard let found = quantifierInBraces() else { return atom }
            guard found.least <= Self.countLimit, found.most ?? 0 <= Self.countLimit else {
                throw .tooLarge
            }
            guard found.most.map({ $0 >= found.least }) ?? true else {
                throw invalid("the bounds of a quantifier are the wrong way round")
            }
            bounds = (found.least, found.most)
            offset = found.end
        default: return atom
        }
        let isLazy = take("?")
        if let next = peek(), "*+?".unicodeScalars.contains(next) {
            throw invalid("a quantifier follows a quantifier")
        }
        return .loop(atom, PatternLoop(least: bounds.least, most: bounds.most, isLazy: isLazy))
    }

    /// `{n}`, `{n,}` or `{n,m}` at the current place; nil when the brace is plain text.
    private func quantifierInBraces() -> (least: Int, most: Int?, end: Int)? {
        var at = offset + 1
        func number() -> Int? {
            let start = at
            var value = 0
            while at < units.count, (48...57).contains(units[at]) {
                value = min(value * 10 + Int(units[at] - 48), 1_000_000)
                at += 1
            }
            return at > start ? value : nil
        }
        guard let least = number(), at < units.count else { return nil }
        var most: Int? = least
        if units[at] == 44 {
            at += 1
            most = number()
        }
        guard at < units.count, units[at] == 125 else { return nil }
        return (least, most, at + 1)
    }
}
