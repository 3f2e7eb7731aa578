/// (f) An incremental cycle after ten changes, in a large and in a small tenant.
enum IncrementalRow {
    static let goal = 1.2

    static func measure(_ setting: BenchSetting) throws -> BenchRow {
        let small = try incremental(setting, users: setting.fewUsers)
        let large = try incremental(setting, users: setting.manyUsers)
        return row(.incrementalCycle, setting.manyUsers, large, setting.fewUsers, small)
    }

    static func row(
        _ letter: BenchRow.Letter, _ many: Int, _ large: Double, _ few: Int, _ small: Double
    ) -> BenchRow {
        BenchRow(
            letter: letter, name: "incremental cycle after 10 changes, \(many) users",
            ours: BenchSetting.milliseconds(large),
            baseline: "\(few) users \(BenchSetting.milliseconds(small))",
            figure: large / small, goal: "≤ \(goal)", isMet: large / small <= goal)
    }

    private static func incremental(_ setting: BenchSetting, users: Int) throws -> Double {
        let tenant = try GeneratedTenant(setting, users: users)
        try tenant.connect(to: tenant.target())
        return try afterTenChanges(tenant, setting)
    }

    /// Nanoseconds of a cycle, once everybody is provisioned and ten have changed.
    static func afterTenChanges(
        _ tenant: GeneratedTenant, _ setting: BenchSetting
    ) throws -> Double {
        _ = try tenant.cycle()
        var times: [Double] = []
        for run in 0..<max(5, setting.runs) {
            try tenant.changeTen("Title \(run)")
            let cycle = try tenant.cycle()
            guard cycle.writes == 10 else { throw BenchFailure("\(cycle.writes) writes, not 10") }
            times.append(Double(cycle.nanoseconds))
        }
        return Measures.median(times)
    }
}
