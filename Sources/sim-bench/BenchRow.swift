/// One line of the table: ours, what it is held against, and their ratio.
struct BenchRow {
    let letter: String
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
        let rounded = (figure * 100).rounded() / 100
        return "| \(letter) | \(name) | \(ours) | \(baseline) | \(rounded) | \(goal) | "
            + "\(isMet ? "yes" : "no") |"
    }
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

    static func milliseconds(_ nanoseconds: Double) -> String {
        "\((nanoseconds / 10_000).rounded() / 100) ms"
    }
}
