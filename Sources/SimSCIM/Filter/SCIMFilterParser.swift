import SimCore

extension SCIMFilter {
    /// Parses a filter, percent-decoding already done.
    package init(parsing text: String) throws(SCIMFilterError) {
        var parser = SCIMFilterParser(text)
        self = try parser.wholeFilter()
    }
}

/// A recursive-descent reader of the filter grammar. RFC 7644 §3.4.2.2, figure 1.
///
/// Recursion is bounded by `SCIMFilter.depthLimit`, every index by the text's length.
struct SCIMFilterParser {
    private let bytes: [UInt8]
    private(set) var offset: Int
    private var depth = 0
    private var isInsideBrackets = false

    init(_ text: String, from offset: Int = 0) {
        bytes = Array(text.utf8)
        self.offset = offset
    }

    mutating func wholeFilter() throws(SCIMFilterError) -> SCIMFilter {
        guard bytes.count <= SCIMFilter.lengthLimit else {
            throw SCIMFilterError(
                .tooLong(limit: SCIMFilter.lengthLimit), at: SCIMFilter.lengthLimit)
        }
        skipSpace()
        guard offset < bytes.count else { throw error(.empty) }
        let filter = try disjunction()
        guard offset == bytes.count else { throw error(.trailingText) }
        return filter
    }

    /// The filter of a PATCH path; the offset stands on `[` and ends after `]`.
    mutating func bracketedFilter() throws(SCIMFilterError) -> SCIMFilter {
        guard bytes.count <= SCIMFilter.lengthLimit else {
            throw SCIMFilterError(
                .tooLong(limit: SCIMFilter.lengthLimit), at: SCIMFilter.lengthLimit)
        }
        guard !isInsideBrackets else { throw error(.filterInsideValueFilter) }
        isInsideBrackets = true
        defer { isInsideBrackets = false }
        return try enclosed(by: "]")
    }
}

// MARK: - Logic

extension SCIMFilterParser {
    private mutating func disjunction() throws(SCIMFilterError) -> SCIMFilter {
        var terms = [try conjunction()]
        while takeKeyword("or") { terms.append(try conjunction()) }
        return terms.count == 1 ? terms[0] : .or(terms)
    }

    private mutating func conjunction() throws(SCIMFilterError) -> SCIMFilter {
        var terms = [try term()]
        while takeKeyword("and") { terms.append(try term()) }
        return terms.count == 1 ? terms[0] : .and(terms)
    }

    private mutating func term() throws(SCIMFilterError) -> SCIMFilter {
        skipSpace()
        if peek == UInt8(ascii: "(") { return try enclosed(by: ")") }
        let start = offset
        if word().map({ SCIMName.isSame($0, "not") }) ?? false {
            skipSpace()
            if peek == UInt8(ascii: "(") { return .not(try enclosed(by: ")")) }
        }
        offset = start
        return try attributeExpression()
    }

    /// A filter between the bracket at the offset and `closing`; trailing space is consumed.
    private mutating func enclosed(by closing: Character) throws(SCIMFilterError) -> SCIMFilter {
        depth += 1
        defer { depth -= 1 }
        guard depth <= SCIMFilter.depthLimit else {
            throw error(.nestedTooDeeply(limit: SCIMFilter.depthLimit))
        }
        offset += 1
        let filter = try disjunction()
        guard peek == closing.asciiValue else { throw error(.expectedClosing(closing)) }
        offset += 1
        if closing == ")" { skipSpace() }
        return filter
    }

    /// Consumes `keyword` when it is the next whole word. Space around it is consumed too.
    private mutating func takeKeyword(_ keyword: String) -> Bool {
        skipSpace()
        let start = offset
        if let next = word(), SCIMName.isSame(next, keyword) { return true }
        offset = start
        return false
    }
}

// MARK: - Expressions

extension SCIMFilterParser {
    private mutating func attributeExpression() throws(SCIMFilterError) -> SCIMFilter {
        let start = offset
        guard let text = word() else { throw error(.expectedAttribute) }
        guard let path = AttributePath(text) else {
            throw SCIMFilterError(.notAnAttribute(String(text.prefix(64))), at: start)
        }
        guard peek == UInt8(ascii: "[") else { return try comparison(of: path) }
        let inner = try bracketedFilter()
        guard peek == UInt8(ascii: ".") else {
            skipSpace()
            return .element(path, inner)
        }
        return .element(path, try subAttributeComparison(with: inner))
    }

    /// `emails[type eq "work"].value eq "x"`: what the provisioning service sends when such a
    /// path is the matching attribute. It means one element that satisfies both.
    private mutating func subAttributeComparison(
        with inner: SCIMFilter
    ) throws(SCIMFilterError) -> SCIMFilter {
        offset += 1
        let start = offset
        guard let name = word(), AttributePath.isName(name) else {
            throw SCIMFilterError(.expectedAttribute, at: start)
        }
        let outer = try comparison(of: AttributePath(name))
        if case .and(let terms) = inner { return .and(terms + [outer]) }
        // Written out, this alternative stands in parentheses of its own inside the brackets.
        if case .or = inner, depth + 2 > SCIMFilter.depthLimit {
            throw error(.nestedTooDeeply(limit: SCIMFilter.depthLimit))
        }
        return .and([inner, outer])
    }

    private mutating func comparison(
        of path: AttributePath
    ) throws(SCIMFilterError) -> SCIMFilter {
        skipSpace()
        let start = offset
        guard let name = word() else { throw error(.expectedOperator) }
        if SCIMName.isSame(name, "pr") {
            skipSpace()
            return .present(path)
        }
        guard let comparison = SCIMFilter.ComparisonOperator(rawValue: name.lowercased()) else {
            throw SCIMFilterError(.unknownOperator(String(name.prefix(64))), at: start)
        }
        skipSpace()
        let value = try value()
        skipSpace()
        return .compare(path, comparison, value)
    }

    private mutating func value() throws(SCIMFilterError) -> JSONValue {
        let start = offset
        guard let first = peek else { throw error(.expectedValue) }
        if first == UInt8(ascii: "\"") {
            try skipString()
        } else {
            while let byte = peek, !Self.endsWord(byte) { offset += 1 }
        }
        guard offset > start else { throw error(.expectedValue) }
        let text = bytes[start..<offset]
        switch String(decoding: text, as: UTF8.self).lowercased() {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        default: break
        }
        let parsed: JSONValue
        do {
            parsed = try JSONValue(parsing: Array(text))
        } catch {
            throw SCIMFilterError(.malformedValue, at: start + error.offset)
        }
        switch parsed {
        case .string, .int, .double, .number: return parsed
        case .null, .bool, .array, .object: throw SCIMFilterError(.malformedValue, at: start)
        }
    }

    private mutating func skipString() throws(SCIMFilterError) {
        offset += 1
        while let byte = peek, byte != UInt8(ascii: "\"") {
            offset += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        guard offset < bytes.count else {
            offset = bytes.count
            throw error(.expectedClosing("\""))
        }
        offset += 1
    }
}

// MARK: - Words

extension SCIMFilterParser {
    var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private func error(_ reason: SCIMFilterError.Reason) -> SCIMFilterError {
        SCIMFilterError(reason, at: offset)
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 32 || byte == 9 { offset += 1 }
    }

    /// The bytes up to a space, bracket, parenthesis or quote; nil when there are none.
    private mutating func word() -> String? {
        let start = offset
        while let byte = peek, !Self.endsWord(byte) { offset += 1 }
        return offset == start ? nil : String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 32, 9, UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "("), UInt8(ascii: ")"),
            UInt8(ascii: "\""):
            true
        default: false
        }
    }
}
