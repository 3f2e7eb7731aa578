/// (h) Forty virtual days of cycles with nothing changed, one every 40 minutes.
enum IdleDaysRow {
    static let goal = 1.0
    private static let users = 1_000
    private static let cycles = 40 * 24 * 60 / 40

    static func measure(_ setting: BenchSetting) throws -> BenchRow {
        let tenant = try GeneratedTenant(setting, users: users, interval: "40m")
        try tenant.connect(to: tenant.target(), startsEnabled: true)
        _ = try tenant.cycle()
        var times: [Double] = []
        for _ in 0..<setting.runs {
            let began = Measures.wall
            let report = try tenant.server.control(.post, "clock/advance", ["by": "40d"])
            times.append(Double(Measures.wall - began) / 1_000_000_000)
            let ran = report["ran"]?.arrayValue ?? []
            let idle = ran.filter { $0["what"]?.stringValue?.contains("nothing to send") == true }
            // The last one may fall due just after the end.
            guard idle.count >= cycles - 1 else {
                throw BenchFailure("\(idle.count) cycles without changes, not \(cycles)")
            }
        }
        let time = Measures.median(times)
        return BenchRow(
            letter: .idleDays, name: "40 virtual days, \(cycles) cycles, \(users) users",
            ours: BenchSetting.milliseconds(time * 1_000_000_000), baseline: BenchSetting.noGoal,
            figure: time, goal: "< \(goal) s", isMet: time < goal)
    }
}
