import SimHTTP

/// (c) An initial cycle of many users against a bare client sending the same requests to the same
/// target, and (d) the cycle after it, with nothing changed.
enum InitialCycleRow {
    static let goal = 1.25
    /// Recorded requests name resources by the identifiers the target gave them: it has to give
    /// the same ones when they are sent again.
    private static let seed = 42

    static func measure(_ setting: BenchSetting) throws -> [BenchRow] {
        let requests = try record(setting)
        var cycles: [Double] = []
        var bare: [Double] = []
        var again: [Double] = []
        // Processor time of all that takes part: steadier than the clock on a busy machine.
        var cycleWork: [Double] = []
        var bareWork: [Double] = []
        var writes: Int64 = 0
        var errors = 0
        for _ in 0..<setting.runs {
            let tenant = try GeneratedTenant(setting, users: setting.fewUsers)
            try tenant.connect(to: tenant.target())
            let before = try tenant.server.process.processorNanoseconds()
            cycles.append(Double(try tenant.cycle().nanoseconds))
            cycleWork.append(Double(try tenant.server.process.processorNanoseconds() - before))
            let second = try tenant.cycle()
            again.append(Double(second.nanoseconds))
            writes += second.writes
            let other = try GeneratedTenant(
                setting, users: setting.fewUsers, seed: Self.seed)
            let serverBefore = try other.server.process.processorNanoseconds()
            let ownBefore = Measures.processor
            let replay = try Replay.run(requests, on: other.server)
            errors = max(errors, replay.errors)
            bare.append(Double(replay.nanoseconds))
            let server = try other.server.process.processorNanoseconds() - serverBefore
            bareWork.append(Double(server + Measures.processor - ownBefore))
        }
        let (own, base, idle) = (
            Measures.median(cycles), Measures.median(bare), Measures.median(again)
        )
        // Answers that tell the bare client of trouble are cheaper to give.
        guard errors <= requests.count / 1_000 else {
            throw BenchFailure("\(errors) of \(requests.count) requests sent again are refused")
        }
        return [
            BenchRow(
                letter: .initialCycle, name: "initial cycle, \(setting.fewUsers) users",
                ours: Self.text(own, Measures.median(cycleWork)),
                baseline: "bare client " + Self.text(base, Measures.median(bareWork)),
                figure: own / base,
                goal: "≤ \(goal)", isMet: own / base <= goal),
            BenchRow(
                letter: .idleCycle, name: "cycle with nothing changed",
                ours: BenchSetting.milliseconds(idle), baseline: "writes", figure: Double(writes),
                goal: "0 writes", isMet: writes == 0),
        ]
    }

    private static func text(_ wall: Double, _ work: Double) -> String {
        "\(BenchSetting.milliseconds(wall)), \(BenchSetting.milliseconds(work)) CPU"
    }

    /// One cycle through the recorder; its timing does not count.
    private static func record(_ setting: BenchSetting) throws -> [HTTPRequest] {
        let tenant = try GeneratedTenant(setting, users: setting.fewUsers, seed: Self.seed)
        let recorder = try Recorder(upstream: tenant.server.port)
        defer { recorder.stop() }
        try tenant.connect(to: tenant.plainTarget(port: recorder.port))
        _ = try tenant.cycle()
        return recorder.recorded
    }
}
