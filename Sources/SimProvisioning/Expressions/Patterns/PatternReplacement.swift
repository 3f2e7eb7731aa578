/// The right side of a .NET replace: text with `$1`, `${name}`, `$&`, `$$` and relatives. What
/// names no group stays as it is written.
struct PatternReplacement: Sendable {
    private enum Part: Sendable {
        case text([UInt16])
        case group(Int)
        case before
        case after
        case lastGroup
        case input
    }

    private var parts: [Part] = []

    init(_ text: String, for pattern: DotNetPattern) {
        let units = Array(text.utf16)
        var plain: [UInt16] = []
        var at = 0
        while at < units.count {
            if units[at] == 36, let found = Self.reference(units, at + 1, pattern) {
                if !plain.isEmpty { parts.append(.text(plain)) }
                plain = []
                parts.append(found.part)
                at = found.end
            } else {
                plain.append(units[at])
                at += 1
            }
        }
        if !plain.isEmpty { parts.append(.text(plain)) }
    }

    /// What follows a dollar sign at `start`.
    private static func reference(
        _ units: [UInt16], _ start: Int, _ pattern: DotNetPattern
    ) -> (part: Part, end: Int)? {
        guard start < units.count, let next = Unicode.Scalar(units[start]) else { return nil }
        switch next {
        case "$": return (.text([36]), start + 1)
        case "&": return (.group(0), start + 1)
        case "`": return (.before, start + 1)
        case "'": return (.after, start + 1)
        case "+": return (.lastGroup, start + 1)
        case "_": return (.input, start + 1)
        case "{":
            guard let close = units[start...].firstIndex(of: 125) else { return nil }
            let name = String(decoding: units[(start + 1)..<close], as: UTF16.self)
            return pattern.group(name).map { (.group($0), close + 1) }
        default:
            let digits = units[start...].prefix { (48...57).contains($0) }
            return pattern.group(String(decoding: digits, as: UTF16.self))
                .map { (.group($0), digits.endIndex) }
        }
    }

    /// Appends what replaces one match.
    func append(_ match: PatternMatch, of units: [UInt16], to out: inout [UInt16]) {
        for part in parts {
            switch part {
            case .text(let text): out += text
            case .group(let place): if let range = match.range(place) { out += units[range] }
            case .before: out += units[..<match.whole.lowerBound]
            case .after: out += units[match.whole.upperBound...]
            case .lastGroup:
                if let range = match.range(match.slots.count / 2 - 1) { out += units[range] }
            case .input: out += units
            }
        }
    }
}
