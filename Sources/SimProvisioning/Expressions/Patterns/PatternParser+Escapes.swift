// Escapes and character classes.
extension PatternParser {
    /// A backslash and what follows, outside a class.
    mutating func escape() throws(PatternError) -> PatternNode {
        offset += 1
        guard let next = peek() else { throw invalid("a backslash ends the pattern") }
        if let item = try classEscape() {
            return .set(PatternClass(items: [item], ignoresCase: options.ignoresCase))
        }
        let anchors: [Unicode.Scalar: PatternAnchor] = [
            "b": .wordBoundary, "B": .noWordBoundary, "A": .textStart,
            "Z": .textEndOrFinalLineFeed, "z": .textEnd, "G": .searchStart,
        ]
        if let anchor = anchors[next] {
            offset += 1
            return .anchor(anchor)
        }
        if next == "k" { return try namedReference() }
        if ("1"..."9").contains(next) { return numberedReference() }
        return .unit(try unitEscape(), ignoresCase: options.ignoresCase)
    }

    private mutating func namedReference() throws(PatternError) -> PatternNode {
        let start = offset - 1
        offset += 1
        let end: Unicode.Scalar
        if take("<") || take("{") {
            end = units[offset - 1] == 60 ? ">" : "}"
        } else if take("'") {
            end = "'"
        } else {
            throw invalid("\\k needs a group name")
        }
        return .backReference(
            try name(until: end), ignoresCase: options.ignoresCase, offset: start)
    }

    private mutating func numberedReference() -> PatternNode {
        let start = offset
        var digits = ""
        while let next = peek(), ("0"..."9").contains(next), digits.count < 3 {
            digits.unicodeScalars.append(next)
            offset += 1
        }
        return .backReference(digits, ignoresCase: options.ignoresCase, offset: start - 1)
    }

    /// `\d`, `\W`, `\p{L}` and the like; nil when the escape is something else.
    private mutating func classEscape() throws(PatternError) -> PatternClass.Item? {
        guard let next = peek() else { return nil }
        switch next {
        case "d", "D": offset += 1
        case "w", "W": offset += 1
        case "s", "S": offset += 1
        case "p", "P": return try categoryEscape()
        default: return nil
        }
        let isNegated = next.properties.isUppercase
        switch next {
        case "d", "D": return .digit(isNegated: isNegated)
        case "w", "W": return .word(isNegated: isNegated)
        default: return .space(isNegated: isNegated)
        }
    }

    private mutating func categoryEscape() throws(PatternError) -> PatternClass.Item {
        let isNegated = peek() == "P"
        offset += 1
        guard take("{") else { throw invalid("\\p needs a category in braces") }
        let start = offset
        while peek().map({ $0 != "}" }) ?? false { offset += 1 }
        guard offset < units.count else { throw invalid("a brace is not closed") }
        let name = String(decoding: units[start..<offset], as: UTF16.self)
        guard PatternClass.categories.contains(name) else {
            offset = start
            throw invalid("unknown category '\(name)'")
        }
        offset += 1
        return .category(name, isNegated: isNegated)
    }

    /// The one code unit an escape stands for: `\t`, `\x41`, `\u00E9`, `\cA`, `\.`.
    private mutating func unitEscape() throws(PatternError) -> UInt16 {
        guard let next = peek() else { throw invalid("a backslash ends the pattern") }
        let unit = units[offset]
        offset += 1
        switch next {
        case "t": return 9
        case "n": return 10
        case "v": return 11
        case "f": return 12
        case "r": return 13
        case "a": return 7
        case "e": return 27
        case "x": return try number(digits: 2)
        case "u": return try number(digits: 4)
        case "0": return octal()
        case "c":
            guard let control = peek(), (64...95).contains(control.value & ~32) else {
                throw invalid("\\c needs a letter")
            }
            offset += 1
            return UInt16(control.value & 31)
        default:
            guard !PatternClass.isWord(unit) else {
                offset -= 1
                throw invalid("unknown escape \\\(next)")
            }
            return unit
        }
    }

    private mutating func number(digits: Int) throws(PatternError) -> UInt16 {
        guard offset + digits <= units.count,
            let value = UInt16(
                String(decoding: units[offset..<(offset + digits)], as: UTF16.self), radix: 16)
        else { throw invalid("\(digits) hexadecimal digits are missing") }
        offset += digits
        return value
    }

    private mutating func octal() -> UInt16 {
        var value: UInt16 = 0
        var count = 0
        while count < 2, let next = peek(), ("0"..."7").contains(next) {
            value = value * 8 + (units[offset] - 48)
            offset += 1
            count += 1
        }
        return value
    }

    /// What follows `[`. A `]` in the first place is text; `-[…]` at the end is taken away.
    mutating func characterClass() throws(PatternError) -> PatternClass {
        try descend()
        defer { ascend() }
        var set = PatternClass(ignoresCase: options.ignoresCase)
        set.isNegated = take("^")
        var isFirst = true
        while let next = peek() {
            if next == "]", !isFirst {
                offset += 1
                return set
            }
            if next == "-", peek(1) == "[", !isFirst {
                offset += 2
                set.subtracted = [try characterClass()]
                guard take("]") else { throw invalid("a subtraction must end its class") }
                return set
            }
            isFirst = false
            set.items.append(try classItem())
        }
        throw invalid("a bracket is not closed")
    }

    private mutating func classItem() throws(PatternError) -> PatternClass.Item {
        let first: UInt16
        switch try classUnit() {
        case .set(let item): return item
        case .unit(let unit): first = unit
        }
        guard peek() == "-", let after = peek(1), after != "]", after != "[" else {
            return .range(first, first)
        }
        offset += 1
        guard case .unit(let last) = try classUnit() else {
            throw invalid("a range ends in a class")
        }
        guard first <= last else { throw invalid("a range is in reverse order") }
        return .range(first, last)
    }

    private enum ClassUnit {
        case unit(UInt16)
        case set(PatternClass.Item)
    }

    private mutating func classUnit() throws(PatternError) -> ClassUnit {
        guard let next = peek() else { throw invalid("a bracket is not closed") }
        guard next == "\\" else {
            defer { offset += 1 }
            return .unit(units[offset])
        }
        offset += 1
        if let item = try classEscape() { return .set(item) }
        if peek() == "b" {
            offset += 1
            return .unit(8)
        }
        return .unit(try unitEscape())
    }
}
