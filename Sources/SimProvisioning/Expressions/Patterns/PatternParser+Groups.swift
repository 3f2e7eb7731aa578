// What stands in parentheses.
extension PatternParser {
    /// nil for `(?i)` and comments.
    mutating func parenthesis() throws(PatternError) -> PatternNode? {
        offset += 1
        guard take("?") else {
            if options.capturesNamedOnly { return try closed(try alternatives()) }
            return try capture(named: nil)
        }
        if take(":") { return try closed(try alternatives()) }
        if take(">") { return .atomic(try closed(try alternatives())) }
        if take("=") { return try look(isAhead: true, isNegated: false) }
        if take("!") { return try look(isAhead: true, isNegated: true) }
        if take("<=") { return try look(isAhead: false, isNegated: false) }
        if take("<!") { return try look(isAhead: false, isNegated: true) }
        if take("<") { return try capture(named: try name(until: ">")) }
        if take("'") { return try capture(named: try name(until: "'")) }
        if take("#") {
            while offset < units.count, !take(")") { offset += 1 }
            return nil
        }
        if take("(") { throw invalid("conditional groups are not supported") }
        return try inlineOptions()
    }

    private mutating func look(
        isAhead: Bool, isNegated: Bool
    ) throws(PatternError) -> PatternNode {
        .look(try closed(try alternatives()), isAhead: isAhead, isNegated: isNegated)
    }

    /// A name used twice is one group.
    private mutating func capture(named name: String?) throws(PatternError) -> PatternNode {
        let place: Int
        if let name, let known = groups.firstIndex(of: name) {
            place = known + 1
        } else {
            groups.append(name)
            place = groups.count
        }
        return .group(try closed(try alternatives()), place: place)
    }

    private mutating func closed(_ node: PatternNode) throws(PatternError) -> PatternNode {
        guard take(")") else { throw invalid("a parenthesis is not closed") }
        return node
    }

    /// Letters, digits and `_` up to the delimiter.
    mutating func name(until end: Unicode.Scalar) throws(PatternError) -> String {
        let start = offset
        while let next = peek(), next != end {
            guard PatternClass.isWord(units[offset]) else {
                throw invalid(
                    next == "-"
                        ? "balancing groups are not supported"
                        : "a group name has letters and digits only")
            }
            offset += 1
        }
        guard offset > start, offset < units.count else { throw invalid("a group has no name") }
        defer { offset += 1 }
        return String(decoding: units[start..<offset], as: UTF16.self)
    }

    /// `(?i)`, `(?i-s)`, `(?i:…)`.
    private mutating func inlineOptions() throws(PatternError) -> PatternNode? {
        let outer = options
        var isOn = true
        while let next = peek() {
            offset += 1
            switch next {
            case "-": isOn = false
            case "+": isOn = true
            case "i": options.ignoresCase = isOn
            case "m": options.isMultiline = isOn
            case "s": options.isSingleLine = isOn
            case "x": options.ignoresSpace = isOn
            case "n": options.capturesNamedOnly = isOn
            case ")": return nil
            case ":":
                let body = try closed(try alternatives())
                options = outer
                return body
            default:
                offset -= 1
                throw invalid("an unknown kind of group")
            }
        }
        throw invalid("a parenthesis is not closed")
    }
}
