import SimCore

/// A .NET custom date format with the invariant culture: `M/d/yyyy h:mm:ss tt`.
/// mapping-expressions.md §5.5.
struct DateFormat: Sendable {
    /// `count` is how often the letter stands.
    enum Token: Hashable, Sendable {
        case day(Int)
        case month(Int)
        case year(Int)
        case hour12(Int)
        case hour24(Int)
        case minute(Int)
        case second(Int)
        /// `f` needs its digits, `F` leaves zeros at the end away.
        case fraction(Int, isOptional: Bool)
        /// `t`, `tt`: AM or PM.
        case half(Int)
        /// `z`, `zz`, `zzz`: the offset.
        case offset(Int)
        /// `K`: nothing, `Z` or an offset.
        case kind
        case literal(Unicode.Scalar)
    }

    let tokens: [Token]

    /// - Returns: nil for an empty format, an open quotation mark or a letter .NET refuses.
    init?(_ text: String) {
        let scalars = Array((Self.standard[text] ?? text).unicodeScalars)
        guard !scalars.isEmpty else { return nil }
        // One letter alone names a whole format; only those above are known.
        if scalars.count == 1, scalars[0].properties.isAlphabetic { return nil }
        var tokens: [Token] = []
        var at = 0
        while at < scalars.count {
            guard let end = Self.read(scalars, at, into: &tokens) else { return nil }
            at = end
        }
        self.tokens = tokens
    }

    /// The single-letter formats that stand for a longer one.
    private static let standard: [String: String] = [
        "d": "MM/dd/yyyy", "D": "dddd, dd MMMM yyyy", "t": "HH:mm", "T": "HH:mm:ss",
        "g": "MM/dd/yyyy HH:mm", "G": "MM/dd/yyyy HH:mm:ss", "f": "dddd, dd MMMM yyyy HH:mm",
        "F": "dddd, dd MMMM yyyy HH:mm:ss", "U": "dddd, dd MMMM yyyy HH:mm:ss",
        "M": "MMMM dd", "m": "MMMM dd", "Y": "yyyy MMMM", "y": "yyyy MMMM",
        "o": "yyyy-MM-dd'T'HH:mm:ss.fffffffK", "O": "yyyy-MM-dd'T'HH:mm:ss.fffffffK",
        "r": "ddd, dd MMM yyyy HH:mm:ss 'GMT'", "R": "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
        "s": "yyyy-MM-dd'T'HH:mm:ss", "u": "yyyy-MM-dd HH:mm:ss'Z'",
    ]

    /// Reads one token at `at`; returns the place after it.
    private static func read(
        _ scalars: [Unicode.Scalar], _ at: Int, into tokens: inout [Token]
    ) -> Int? {
        let letter = scalars[at]
        switch letter {
        case "'", "\"":
            guard let close = scalars[(at + 1)...].firstIndex(of: letter) else { return nil }
            tokens += scalars[(at + 1)..<close].map { .literal($0) }
            return close + 1
        case "\\":
            guard at + 1 < scalars.count else { return nil }
            tokens.append(.literal(scalars[at + 1]))
            return at + 2
        case "%":
            // Only separates: `%d` is the day, not the short date.
            return at + 1 < scalars.count && scalars[at + 1] != "%" ? at + 1 : nil
        default: break
        }
        let count = scalars[at...].prefix { $0 == letter }.count
        guard let token = token(letter, count) else {
            tokens.append(.literal(letter))
            return at + 1
        }
        if case .fraction(let digits, _) = token, digits > 7 { return nil }
        tokens.append(token)
        return at + (token == .kind ? 1 : count)
    }

    private static func token(_ letter: Unicode.Scalar, _ count: Int) -> Token? {
        switch letter {
        case "d": .day(count)
        case "M": .month(count)
        case "y": .year(count)
        case "h": .hour12(count)
        case "H": .hour24(count)
        case "m": .minute(count)
        case "s": .second(count)
        case "f": .fraction(count, isOptional: false)
        case "F": .fraction(count, isOptional: true)
        case "t": .half(count)
        case "z": .offset(count)
        case "K": .kind
        default: nil
        }
    }

    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]
    static let weekdays = [
        "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    ]
}

extension DateFormat {
    /// The time in UTC as this format writes it.
    func text(of time: Timestamp) -> String {
        let parts = time.fields
        var out = ""
        for token in tokens {
            switch token {
            case .day(let count): out += Self.day(parts, count)
            case .month(let count):
                out +=
                    count < 3
                    ? Self.padded(parts.month, count)
                    : Self.name(Self.months[parts.month - 1], isShort: count == 3)
            case .year(let count):
                out += Self.padded(count < 3 ? parts.year % 100 : parts.year, count)
            case .hour12(let count):
                out += Self.padded((parts.hour + 11) % 12 + 1, min(count, 2))
            case .hour24(let count): out += Self.padded(parts.hour, min(count, 2))
            case .minute(let count): out += Self.padded(parts.minute, min(count, 2))
            case .second(let count): out += Self.padded(parts.second, min(count, 2))
            case .fraction(let count, let isOptional):
                Self.fraction(parts, count, isOptional, &out)
            case .half(let count):
                out += count == 1 ? (parts.hour < 12 ? "A" : "P") : parts.hour < 12 ? "AM" : "PM"
            case .offset(let count): out += ["+0", "+00", "+00:00"][min(count, 3) - 1]
            case .kind: out += "Z"
            case .literal(let scalar): out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    private static func day(_ parts: Timestamp.Fields, _ count: Int) -> String {
        count < 3
            ? padded(parts.day, count) : name(weekdays[parts.weekday], isShort: count == 3)
    }

    private static func name(_ full: String, isShort: Bool) -> String {
        isShort ? String(full.prefix(3)) : full
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        var out = ""
        out.appendPadded(value, width: width)
        return out
    }

    /// `F` without a digit takes the point before it away too.
    private static func fraction(
        _ parts: Timestamp.Fields, _ count: Int, _ isOptional: Bool, _ out: inout String
    ) {
        var digits = String(padded(parts.microsecond * 10, 7).prefix(count))
        guard isOptional else {
            out += digits
            return
        }
        while digits.last == "0" { digits.removeLast() }
        if digits.isEmpty, out.last == "." { out.removeLast() }
        out += digits
    }
}
