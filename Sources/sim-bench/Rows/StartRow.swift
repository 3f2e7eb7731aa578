/// (e) From starting the program, its keys already there, to the first answer; memory when idle.
enum StartRow {
    static let startGoal = 20.0
    static let memoryGoal = 16.0

    static func measure(_ setting: BenchSetting) throws -> [BenchRow] {
        // The first start makes the keys.
        _ = try BenchServer(setting, tenants: setting.tenants, name: "start")
        var starts: [Double] = []
        var memory: [Double] = []
        for _ in 0..<setting.runs {
            let server = try BenchServer(setting, tenants: setting.tenants, name: "start")
            starts.append(Double(server.nanosecondsToFirstAnswer) / 1_000_000)
            Measures.pause(milliseconds: 500)
            memory.append(Double(try server.process.residentBytes()) / 1_048_576)
        }
        let (start, idle) = (Measures.median(starts), Measures.median(memory))
        return [
            BenchRow(
                letter: .start, name: "start to first discovery answer",
                ours: BenchSetting.milliseconds(start * 1_000_000), baseline: "–", figure: start,
                goal: "≤ \(startGoal) ms", isMet: start <= startGoal),
            BenchRow(
                letter: .start, name: "resident memory when idle",
                ours: "\((idle * 10).rounded() / 10) MiB", baseline: "–", figure: idle,
                goal: "≤ \(memoryGoal) MiB", isMet: idle <= memoryGoal),
        ]
    }
}
