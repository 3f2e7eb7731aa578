/// One lexical element of a Swift text.
struct SourceToken: Hashable {
    enum Kind: Hashable {
        /// Identifier or keyword, with the back-ticks if it has them.
        case word
        case number
        /// A string or regular-expression literal; `text` is what stands between its delimiters,
        /// without interpolations. The tokens of the interpolations follow.
        case string
        /// One bracket, separator or run of operator characters.
        case symbol
        /// With its slashes.
        case comment
    }

    let kind: Kind
    var text: String
    /// 1-based line of the first character.
    let line: Int
    /// 1-based line of the last character.
    var endLine: Int
    /// Nothing stands between this token and the one before it.
    let isGlued: Bool

    /// Neither literal nor comment.
    var isCode: Bool { kind == .word || kind == .symbol }

    func isWord(_ word: String) -> Bool { kind == .word && text == word }
    func isSymbol(_ symbol: String) -> Bool { kind == .symbol && text == symbol }

    /// An expression may end here, so that a following `!` is an unwrap and `/` a division.
    var endsOperand: Bool {
        switch kind {
        case .word: !Self.wordsBeforeOperand.contains(text)
        case .number, .string: true
        case .symbol: [")", "]", "}"].contains(text)
        case .comment: false
        }
    }

    /// A word that begins with a capital.
    var isTypeName: Bool { kind == .word && text.first?.isUppercase == true }

    private static let wordsBeforeOperand: Set = [
        "return", "case", "in", "where", "if", "guard", "while", "switch", "else", "try", "await",
        "throw", "is", "as",
    ]
}
