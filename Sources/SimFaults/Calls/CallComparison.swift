/// Two sequences of calls side by side: the longest common part, and what differs. The same idea
/// as a line diff.
struct CallComparison {
    private enum Row {
        case both(ObservedCall)
        case missing(CallPattern)
        case extra(ObservedCall)

        var isDifference: Bool {
            switch self {
            case .both: false
            case .missing, .extra: true
            }
        }
    }

    /// Longest stretch compared in every way, in calls; beyond it place is compared with place.
    private static let stretchLimit = 300
    /// Calls shown around a difference.
    private static let context = 2

    private let rows: [Row]

    init(_ expected: [CallPattern], _ seen: [ObservedCall]) {
        let start = zip(expected, seen).prefix { $0.fits($1) }.count
        let rest = min(expected.count, seen.count) - start
        let end = zip(expected.reversed(), seen.reversed()).prefix(rest)
            .prefix { $0.fits($1) }.count
        rows =
            seen[..<start].map { .both($0) }
            + Self.middle(
                Array(expected[start..<(expected.count - end)]),
                Array(seen[start..<(seen.count - end)]))
            + seen[(seen.count - end)...].map { .both($0) }
    }

    /// Empty when nothing differs; else the differences with what stands around them.
    var problems: [String] {
        let places = rows.indices.filter { rows[$0].isDifference }
        guard !places.isEmpty else { return [] }
        var lines: [String] = []
        var hidden = 0
        for (index, row) in rows.enumerated() {
            guard lines.count < 2 * CallExpectation.shownLimit else {
                return lines + ["  … \(rows.count - index) more"]
            }
            guard places.contains(where: { abs($0 - index) <= Self.context }) else {
                hidden += 1
                continue
            }
            if hidden > 0 { lines.append("  … \(hidden) as expected") }
            hidden = 0
            switch row {
            case .both(let call): lines.append("  \(call.line)")
            case .missing(let call): lines.append("- \(call.text)")
            case .extra(let call): lines.append("+ \(call.line)")
            }
        }
        return hidden > 0 ? lines + ["  … \(hidden) as expected"] : lines
    }

    private static func middle(_ expected: [CallPattern], _ seen: [ObservedCall]) -> [Row] {
        guard max(expected.count, seen.count) <= stretchLimit else {
            return byPlace(expected, seen)
        }
        // lengths[i][j]: longest common part of what follows i and j.
        var lengths = [[Int]](
            repeating: [Int](repeating: 0, count: seen.count + 1), count: expected.count + 1)
        for i in expected.indices.reversed() {
            for j in seen.indices.reversed() {
                lengths[i][j] =
                    expected[i].fits(seen[j])
                    ? lengths[i + 1][j + 1] + 1 : max(lengths[i + 1][j], lengths[i][j + 1])
            }
        }
        var rows: [Row] = []
        var (i, j) = (0, 0)
        while i < expected.count || j < seen.count {
            if i < expected.count, j < seen.count, expected[i].fits(seen[j]) {
                rows.append(.both(seen[j]))
                (i, j) = (i + 1, j + 1)
            } else if j == seen.count
                || (i < expected.count && lengths[i + 1][j] >= lengths[i][j + 1])
            {
                rows.append(.missing(expected[i]))
                i += 1
            } else {
                rows.append(.extra(seen[j]))
                j += 1
            }
        }
        return rows
    }

    private static func byPlace(_ expected: [CallPattern], _ seen: [ObservedCall]) -> [Row] {
        (0..<max(expected.count, seen.count)).flatMap { index -> [Row] in
            switch (index < expected.count, index < seen.count) {
            case (true, true) where expected[index].fits(seen[index]): [.both(seen[index])]
            case (true, true): [.missing(expected[index]), .extra(seen[index])]
            case (true, false): [.missing(expected[index])]
            case (false, _): [.extra(seen[index])]
            }
        }
    }
}
