/// A set of UTF-16 code units: `[a-z_]`, `\d`, `\p{Lu}`, `[a-z-[aeiou]]`.
struct PatternClass: Sendable {
    enum Item: Sendable {
        case range(UInt16, UInt16)
        case digit(isNegated: Bool)
        case word(isNegated: Bool)
        case space(isNegated: Bool)
        /// General categories by their short names: `Lu`, or `L` for all letters.
        case category(String, isNegated: Bool)
    }

    var items: [Item] = []
    var isNegated = false
    var ignoresCase = false
    /// None or one class taken away from this one.
    var subtracted: [PatternClass] = []

    func contains(_ unit: UInt16) -> Bool {
        var isIn = items.contains { Self.item($0, contains: unit) }
        if !isIn, ignoresCase {
            let lower = UnitCase.lower(unit)
            let upper = UnitCase.upper(unit)
            isIn = items.contains {
                Self.item($0, contains: lower) || Self.item($0, contains: upper)
            }
        }
        return isIn != isNegated && !subtracted.contains { $0.contains(unit) }
    }

    private static func item(_ item: Item, contains unit: UInt16) -> Bool {
        switch item {
        case .range(let first, let last): first <= unit && unit <= last
        case .digit(let isNegated): (category(unit) == "Nd") != isNegated
        case .word(let isNegated): isWord(unit) != isNegated
        case .space(let isNegated): isSpace(unit) != isNegated
        case .category(let name, let isNegated): category(unit).hasPrefix(name) != isNegated
        }
    }

    /// Letters, non-spacing marks, decimal digits and connectors.
    static func isWord(_ unit: UInt16) -> Bool {
        let name = category(unit)
        return name.hasPrefix("L") || name == "Mn" || name == "Nd" || name == "Pc"
    }

    static func isSpace(_ unit: UInt16) -> Bool {
        Unicode.Scalar(unit)?.properties.isWhitespace ?? false
    }

    /// The short name of the general category; `Cs` for half of a surrogate pair.
    static func category(_ unit: UInt16) -> String {
        Unicode.Scalar(unit)?.properties.generalCategory.shortName ?? "Cs"
    }

    /// Names that `\p{…}` knows.
    static let categories: Set<String> = [
        "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc",
        "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C",
        "Cc", "Cf", "Cs", "Co", "Cn",
    ]
}

extension Unicode.GeneralCategory {
    /// The two letters of the Unicode standard.
    var shortName: String {
        switch self {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        case .unassigned: "Cn"
        @unknown default: "Cn"
        }
    }
}

/// Case of single code units, one for one, as the invariant culture maps it.
enum UnitCase {
    static func lower(_ unit: UInt16) -> UInt16 {
        map(unit) { CaseMapping.single($0.properties.lowercaseMapping) }
    }

    static func upper(_ unit: UInt16) -> UInt16 {
        map(unit) { CaseMapping.single($0.properties.uppercaseMapping) }
    }

    static func areSame(_ left: UInt16, _ right: UInt16) -> Bool {
        left == right || lower(left) == lower(right) || upper(left) == upper(right)
    }

    private static func map(
        _ unit: UInt16, _ change: (Unicode.Scalar) -> Unicode.Scalar?
    ) -> UInt16 {
        guard let scalar = Unicode.Scalar(unit), let other = change(scalar) else { return unit }
        return UInt16(exactly: other.value) ?? unit
    }
}
