import SimCore

/// One line of the table: ours, what it is held against, and their ratio.
struct BenchRow {
    /// The rows of the table; (c) and (d) are measured together.
    enum Letter: String, CaseIterable {
        case token = "a"
        case discovery = "b"
        case initialCycle = "c"
        case idleCycle = "d"
        case start = "e"
        case incrementalCycle = "f"
        case expressions = "g"
        case idleDays = "h"
        case codeFlow = "i"
        case latency = "j"
        case million = "m"

        /// Measured unless others are asked for: a million users take ten minutes and 5 GB.
        static let usual = allCases.filter { $0 != .million }
    }

    let letter: Letter
    let name: String
    let ours: String
    let baseline: String
    /// Our figure divided by the baseline's, or the figure itself where the goal is absolute.
    let figure: Double
    let goal: String
    let isMet: Bool

    static let heading =
        "|   | What | entra-sim | Against | Ratio | Goal | Met |\n"
        + "|---|---|---|---|---|---|---|"

    var line: String {
        "| \(letter.rawValue) | \(name) | \(ours) | \(baseline) | \(rounded) | \(goal) | "
            + "\(isMet ? "yes" : "no") |"
    }

    var json: JSONValue {
        [
            "row": .string(letter.rawValue), "name": .string(name), "ours": .string(ours),
            "baseline": .string(baseline), "figure": .double(rounded), "goal": .string(goal),
            "isMet": .bool(isMet),
        ]
    }

    private var rounded: Double { (figure * 100).rounded() / 100 }
}

/// What all rows share.
struct BenchSetting {
    let binary: String
    let tenants: String
    let folder: String
    /// Measurements whose median counts.
    let runs: Int
    /// Users of the large and of the small generated tenant.
    let manyUsers: Int
    let fewUsers: Int

    /// A figure without a goal.
    static let noGoal = "–"

    static func milliseconds(_ nanoseconds: Double) -> String {
        "\((nanoseconds / 10_000).rounded() / 100) ms"
    }
}
