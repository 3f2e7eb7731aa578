/// (m) A million users: memory of the directory with its indexes, and beside it what provisioning
/// them adds; then an incremental cycle after ten changes. Their target is a simulator of its own,
/// so that its memory does not count.
enum MillionRow {
    static let memoryGoal = 600.0
    static let cycleGoal = IncrementalRow.goal
    private static let users = 1_000_000

    static func measure(_ setting: BenchSetting) throws -> [BenchRow] {
        let target = try GeneratedTenant(setting, users: 1)
        let small = try GeneratedTenant(setting, users: setting.fewUsers)
        try small.connect(to: small.plainTarget(port: target.server.port))
        let large = try GeneratedTenant(setting, users: users)
        let more = Double(users - setting.fewUsers)
        let directory = try bytes(of: large, beside: small) / more
        try large.connect(to: large.plainTarget(port: target.server.port))
        let smallTime = try IncrementalRow.afterTenChanges(small, setting)
        let largeTime = try IncrementalRow.afterTenChanges(large, setting)
        let provisioned = try bytes(of: large, beside: small) / more
        return [
            BenchRow(
                letter: .million, name: "memory per user, \(users) users, indexes included",
                ours: "\(Int(directory)) B", baseline: BenchSetting.noGoal, figure: directory,
                goal: "≤ \(Int(memoryGoal)) B", isMet: directory <= memoryGoal),
            BenchRow(
                letter: .million, name: "provisioning state and log per user beside it",
                ours: "\(Int(provisioned - directory)) B", baseline: BenchSetting.noGoal,
                figure: provisioned - directory, goal: BenchSetting.noGoal, isMet: true),
            IncrementalRow.row(.million, users, largeTime, setting.fewUsers, smallTime),
        ]
    }

    private static func bytes(
        of large: GeneratedTenant, beside small: GeneratedTenant
    ) throws -> Double {
        Double(
            try large.server.process.privateBytes() - small.server.process.privateBytes())
    }
}
