import SimCore
import SimDirectory
import SimPortal
import SimProvisioning
import Testing

@testable import EntraSim

@Suite("Drills in virtual time with a running simulator — provisioning.md §2, §3")
struct DrillTests {
    @Test("the token expires on a Friday and nobody looks: 28 days later the job is disabled")
    func toDay28() async throws {
        let engine = try Engine()
        try await engine.claresia.runCycle()
        try engine.directory.setProvisioning(of: "Claresia", token: "expired")
        let ran = try await engine.clock.advance(by: .days(40))
        let cycles = ran.filter { $0.what.hasPrefix("Claresia:") }
        // The first failing cycle, 6 h, 12 h, and one for each of 28 days.
        #expect(cycles.count == 3 + 28)
        let failed = try #require(Timestamp(iso8601: "2026-01-05T08:40:00Z"))
        let hours = [0, 6, 12] + (1...28).map { 24 * $0 }
        #expect(cycles.map(\.at) == hours.map { (failed + .hours($0)).iso8601 })
        let state = try engine.runner.jobState
        #expect(state.schedule == .disabled)
        #expect(state.statusCode == .quarantine)
        #expect(state.quarantine?.seriesCount == cycles.count)
        #expect(state.quarantine?.nextAttempt == nil)
        let status = try await engine.job(.status)
        #expect(status["schedule"]?["state"] == "Disabled")
        #expect(status["nextCycle"] == .null)
        let activities = status["history"]?["activities"]?.arrayValue ?? []
        #expect(
            activities.first?["activityDisplayName"] == "Disable/pause provisioning configuration")
        #expect(activities.contains { $0["activityDisplayName"] == "Quarantine" })
    }

    @Test("a new token after two days: the next attempt lifts it and 40 minutes are 40 again")
    func recovery() async throws {
        let engine = try Engine()
        try await engine.claresia.runCycle()
        try engine.directory.setProvisioning(of: "Claresia", token: "expired")
        _ = try await engine.clock.advance(by: .days(2))
        #expect(try engine.runner.jobState.statusCode == .quarantine)
        try engine.directory.disable(user: "adele.vance@contoso.example")
        try engine.directory.setProvisioning(of: "Claresia", token: Engine.token)
        let ran = try await engine.clock.advance(by: .days(1))
        #expect(try engine.runner.jobState.statusCode == .active)
        #expect(ran.contains { $0.what == "Claresia: incremental cycle, 1 disabled" })
        #expect(ran.filter { $0.what.hasPrefix("Claresia:") }.count > 20)
    }

    @Test("mails are files of the data folder, one for the whole quarantine")
    func mail() async throws {
        let folder = try DataFolder()
        let engine = try Engine { $0.dataFolder = folder.path }
        try await engine.claresia.runCycle()
        try engine.configure {
            $0.notifications = SyncNotificationSettings(
                isEnabled: true, recipients: "ops@contoso.example")
            $0.secretToken = "expired"
        }
        _ = try await engine.clock.advance(by: .days(3))
        let mails = try folder.mails
        #expect(mails.count == 1)
        #expect(mails.first?.contains("To: ops@contoso.example\n") == true)
        #expect(mails.first?.contains("EncounteredQuarantineException") == true)
        #expect(mails.first?.contains("Bearer expired") == false)
    }

    @Test("three deletes allowed, a whole team unassigned: staged; Allow deletes sends them")
    func deletionGuard() async throws {
        let engine = try Engine()
        try engine.configure {
            $0.notifications = SyncNotificationSettings(deleteThreshold: 3)
        }
        try await engine.claresia.runCycle()
        let host = try engine.simulator.services.tenants.host(named: "contoso")
        let linked = host.snapshot.users.filter {
            guard let state = try? engine.runner.jobState else { return false }
            return state.links[.user($0.id)] != nil && $0.accountEnabled
        }.prefix(4)
        for user in linked { try engine.directory.disable(user: user.userPrincipalName) }
        let before = engine.simulator.journal.latest
        let tripped = try await engine.claresia.runCycle()
        #expect(tripped.counts.disabled == 0)
        let asked = engine.simulator.journal.exchanges(after: before).filter {
            $0.direction == .outbound
        }
        #expect(!asked.isEmpty && asked.allSatisfy { $0.method == "GET" })
        #expect(try engine.runner.jobState.quarantine?.reason == .tooManyDeletes)
        let rows = try await engine.claresia.logTexts(limit: 4)
        #expect(rows.allSatisfy { $0.contains("stageddelete") })
        _ = try await engine.job(.restart(ResetScope([.forceDeletes])))
        let allowed = try await engine.claresia.runCycle()
        #expect(allowed.counts.disabled == 4)
        #expect(try engine.runner.jobState.statusCode == .active)
    }

    @Test("on demand through the control API: created once, refused beyond the rate")
    func onDemand() async throws {
        let engine = try Engine()
        let target = OnDemandTarget.user("adele.vance@contoso.example")
        let first = try await engine.job(.onDemand(target))
        #expect(first["key"]?["result"] == "Success")
        #expect(first["value"]?["action"] == "Create")
        #expect(try engine.runner.jobState.lastExecution == nil)
        for _ in 0..<4 {
            let again = try await engine.job(.onDemand(target))
            #expect(again["key"]?["details"]?["errorCode"] == "RedundantExport")
        }
        await #expect(throws: ControlError.self) { try await engine.job(.onDemand(target)) }
        _ = try await engine.clock.advance(by: .seconds(10))
        _ = try await engine.job(.onDemand(target))
        let outcome = try await engine.claresia.runCycle()
        #expect(outcome.state == .succeeded)
    }
}
