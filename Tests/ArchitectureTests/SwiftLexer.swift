/// Splits a Swift text into tokens, so that rules are never confused by comments or literals.
///
/// Knows nested block comments, multi-line and raw strings, interpolations inside them, and
/// regular-expression literals. It does not parse: rules look at short runs of tokens.
struct SwiftLexer {
    private let bytes: [UInt8]
    private var offset = 0
    private var line = 1
    private var isGlued = false
    private var tokens: [SourceToken] = []

    static func tokens(of text: String) -> [SourceToken] {
        var lexer = SwiftLexer(bytes: Array(text.utf8))
        lexer.lexCode()
        return lexer.tokens
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads code to the end of the text or, within an interpolation, past its closing parenthesis.
    private mutating func lexCode(isInterpolation: Bool = false) {
        var depth = 0
        while let byte = peek() {
            if byte == UInt8(ascii: ")") && isInterpolation {
                if depth == 0 {
                    offset += 1
                    return
                }
                depth -= 1
            } else if byte == UInt8(ascii: "(") {
                depth += 1
            }
            lexOne(byte)
        }
    }

    private mutating func lexOne(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\n"):
            line += 1
            offset += 1
            isGlued = false
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
            offset += 1
            isGlued = false
        case UInt8(ascii: "/") where peek(1) == byte || peek(1) == UInt8(ascii: "*"):
            lexComment()
        case UInt8(ascii: "\""):
            lexString(pounds: 0)
        case UInt8(ascii: "#"):
            lexPound()
        case UInt8(ascii: "/") where startsRegex():
            lexRegex(pounds: 0)
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            lexNumber()
        case UInt8(ascii: "`"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...,
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
            lexWord()
        default:
            lexSymbol(byte)
        }
    }

    private func peek(_ ahead: Int = 0) -> UInt8? {
        offset + ahead < bytes.count ? bytes[offset + ahead] : nil
    }

    private mutating func emit(_ kind: SourceToken.Kind, from start: Int, line first: Int) {
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        tokens.append(
            SourceToken(kind: kind, text: text, line: first, endLine: line, isGlued: isGlued))
        isGlued = true
    }
}

// MARK: - Comments, words, symbols

extension SwiftLexer {
    private mutating func lexComment() {
        let start = offset
        let first = line
        let isBlock = peek(1) == UInt8(ascii: "*")
        offset += 2
        var depth = 1
        while let byte = peek(), depth > 0 {
            if byte == UInt8(ascii: "\n") {
                if !isBlock { break }
                line += 1
            } else if isBlock && byte == UInt8(ascii: "*") && peek(1) == UInt8(ascii: "/") {
                depth -= 1
                offset += 1
            } else if isBlock && byte == UInt8(ascii: "/") && peek(1) == UInt8(ascii: "*") {
                depth += 1
                offset += 1
            }
            offset += 1
        }
        emit(.comment, from: start, line: first)
    }

    private mutating func lexWord() {
        let start = offset
        if peek() == UInt8(ascii: "`") {
            offset += 1
            while let byte = peek(), byte != UInt8(ascii: "`"), byte != UInt8(ascii: "\n") {
                offset += 1
            }
            offset = min(offset + 1, bytes.count)
        } else {
            while let byte = peek(), Self.isWordByte(byte) { offset += 1 }
        }
        emit(.word, from: start, line: line)
    }

    private mutating func lexNumber() {
        let start = offset
        while let byte = peek() {
            let isFraction =
                byte == UInt8(ascii: ".") && peek(1).map { (0x30...0x39).contains($0) } == true
            guard Self.isWordByte(byte) || isFraction else { break }
            offset += 1
        }
        emit(.number, from: start, line: line)
    }

    private mutating func lexSymbol(_ first: UInt8) {
        let start = offset
        offset += 1
        if Self.operatorBytes.contains(first) {
            while let byte = peek(), Self.operatorBytes.contains(byte) { offset += 1 }
        } else if first == UInt8(ascii: ".") && peek() == first {
            while let byte = peek(), byte == first || byte == UInt8(ascii: "<") { offset += 1 }
        }
        emit(.symbol, from: start, line: line)
    }

    private static let operatorBytes = Set("/=-+!*%<>&|^~?".utf8)

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"): true
        default: byte >= 0x80
        }
    }
}

// MARK: - Literals

extension SwiftLexer {
    private mutating func lexPound() {
        var pounds = 0
        while peek(pounds) == UInt8(ascii: "#") { pounds += 1 }
        switch peek(pounds) {
        case UInt8(ascii: "\""):
            lexString(pounds: pounds)
        case UInt8(ascii: "/"):
            lexRegex(pounds: pounds)
        default:
            lexSymbol(UInt8(ascii: "#"))
        }
    }

    private mutating func lexString(pounds: Int) {
        let index = tokens.count
        tokens.append(
            SourceToken(kind: .string, text: "", line: line, endLine: line, isGlued: isGlued))
        offset += pounds
        let quotes = peek(1) == UInt8(ascii: "\"") && peek(2) == UInt8(ascii: "\"") ? 3 : 1
        offset += quotes
        var content: [UInt8] = []
        while let byte = peek() {
            if byte == UInt8(ascii: "\""), closes(quotes: quotes, pounds: pounds) {
                offset += quotes + pounds
                break
            }
            if byte == UInt8(ascii: "\\"), hasPounds(pounds, after: 1) {
                if peek(1 + pounds) == UInt8(ascii: "(") {
                    offset += 2 + pounds
                    isGlued = false
                    lexCode(isInterpolation: true)
                    continue
                }
                content.append(byte)
                offset += 1 + pounds
                if peek() == UInt8(ascii: "\n") { continue }
            } else if byte == UInt8(ascii: "\n") {
                if quotes == 1 { break }
                line += 1
            }
            if let next = peek() { content.append(next) }
            offset += 1
        }
        tokens[index].text = String(decoding: content, as: UTF8.self)
        tokens[index].endLine = line
        isGlued = true
    }

    private func hasPounds(_ pounds: Int, after distance: Int) -> Bool {
        (0..<pounds).allSatisfy { peek(distance + $0) == UInt8(ascii: "#") }
    }

    private func closes(quotes: Int, pounds: Int) -> Bool {
        (0..<quotes).allSatisfy { peek($0) == UInt8(ascii: "\"") }
            && hasPounds(pounds, after: quotes)
    }

    /// A bare slash opens a regular expression where no operand can end, if it closes on its line.
    private func startsRegex() -> Bool {
        let before = tokens.last { $0.kind != .comment }
        guard before?.endsOperand != true, let next = peek(1) else { return false }
        guard !Set(" \t\n)=/*".utf8).contains(next) else { return false }
        var ahead = 1
        while let byte = peek(ahead), byte != UInt8(ascii: "\n") {
            if byte == UInt8(ascii: "/") { return true }
            ahead += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        return false
    }

    private mutating func lexRegex(pounds: Int) {
        let first = line
        let wasGlued = isGlued
        offset += pounds + 1
        var content: [UInt8] = []
        while let byte = peek() {
            if byte == UInt8(ascii: "/"), hasPounds(pounds, after: 1) {
                offset += 1 + pounds
                break
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
            content.append(byte)
            offset += 1
            if byte == UInt8(ascii: "\\"), let escaped = peek() {
                content.append(escaped)
                offset += 1
            }
        }
        tokens.append(
            SourceToken(
                kind: .string, text: String(decoding: content, as: UTF8.self), line: first,
                endLine: line, isGlued: wasGlued))
        isGlued = true
    }
}
