import SimProvisioning
import Testing

@testable import EntraSim

@Suite("Settings of the provisioning service, by name — provisioning.md §12")
struct EngineSettingTests {
    private func failure(_ settings: [String: String]) -> SimulatorFailure? {
        var configuration = SimulatorConfiguration()
        configuration.provisioningSettings = settings
        let simulator = Simulator(configuration)
        defer { simulator.stop() }
        do throws(SimulatorFailure) {
            try simulator.start()
            return nil
        } catch {
            return error
        }
    }

    @Test("each setting can be given a value, which changes the settings, and not nonsense")
    func all() throws {
        let values: [EngineSetting: String] = [
            .parallelism: "3", .memberBatchSize: "1", .progressPageSize: "7",
            .logEntryLimit: "10", .staleAnchor: "invalidAnchor", .retryAfter: "delaysRetry",
            .managerClearing: "remove", .missingMatchStep: "always",
            .statusAfterQuarantine: "Paused", .sendsMemberReference: "true",
            .refusesExcludedMembers: "false", .sendsEmptyRoles: "false",
            .echoesTenantFlags: "true", .sendsEngineHeader: "false",
            .loseDeleteOnFastPurge: "true", .losesDisablesOnRestart: "false",
            .losesMemberRemovalsOnRestart: "true", .quarantineMinimumFailures: "5",
            .quarantineFailurePercent: "10", .quarantineBaseLimit: "40",
            .quarantineTotalLimit: "60", .retrySteps: "1h,2h", .retryInterval: "12h",
            .retryPeriod: "2d", .tokenRenewalMargin: "1m",
            .accidentalDeletionThreshold: "3", .deletionThresholdIsInclusive: "true",
            .errorCodes: "402=LicenseLimitExceeded,400=InvalidDomain",
        ]
        for setting in EngineSetting.allCases {
            var settings = ProvisioningSettings()
            #expect(setting.set(try #require(values[setting]), in: &settings), "\(setting)")
            #expect(settings != ProvisioningSettings(), "\(setting)")
            for nonsense in ["", "-1", "perhaps", "2h,1h"] {
                #expect(!setting.set(nonsense, in: &settings), "\(setting) \(nonsense)")
            }
        }
    }

    @Test(
        "log codes are given by status, each once, from 300 to 599 — §5.5",
        arguments: [
            ("300=InvalidDomain", true), ("599=InvalidDomain", true), ("299=InvalidDomain", false),
            ("600=InvalidDomain", false), ("400=Invaliddomain", false), ("400=", false),
            ("=InvalidDomain", false), ("400", false), ("400=InvalidDomain,", false),
            ("400=InvalidDomain,400=NotPermitted", false), ("400=InvalidDomain=", false),
        ])
    func codes(_ text: String, _ isTaken: Bool) {
        var settings = ProvisioningSettings()
        #expect(EngineSetting.errorCodes.set(text, in: &settings) == isTaken)
        #expect(settings.errorCodes.isEmpty != isTaken)
    }

    @Test("an unknown name names the nearest one, a wrong value says what may stand there")
    func refusals() {
        let name = failure(["paralelism": "2"])
        #expect(name?.hint == "did you mean 'parallelism'?")
        #expect(failure(["x-y-z-nothing": "2"])?.hint?.contains("staleAnchor") == true)
        let value = failure(["parallelism": "0"])
        #expect(value?.hint == "write a number from 1 to 256")
        #expect(failure(["parallelism": "257"]) != nil)
        #expect(failure(["parallelism": "256"]) == nil)
    }

    @Test("small thresholds put a running job into quarantine; `loseDeleteOnFastPurge` is honoured")
    func running() async throws {
        var configuration = SimulatorConfiguration()
        configuration.clock = .frozen(at: "2026-01-05T08:00:00Z")
        configuration.provisioningSettings = [
            "quarantineMinimumFailures": "5", "quarantineFailurePercent": "20",
            "loseDeleteOnFastPurge": "true",
        ]
        let simulator = Simulator(configuration)
        try simulator.start()
        defer { simulator.stop() }
        let claras = simulator.provisioning(of: "Claras")
        _ = try await claras.runCycle()
        let name = "lee.gu@contoso.example"
        try simulator.directory.assign(name, to: "Claras")
        _ = try await claras.runCycle()
        try simulator.directory.delete(user: name)
        try simulator.directory.purge(user: name)
        let before = simulator.journal.latest
        _ = try await claras.runCycle()
        #expect(!simulator.journal.exchanges(after: before).contains { $0.method == "DELETE" })

        let claresia = simulator.provisioning(of: "Claresia")
        _ = try await claresia.runCycle()
        for user in ["adele.vance", "alex.wilber", "megan.bowen", "irvin.sayers", "debra.berger"] {
            try simulator.directory.set(["jobTitle": "Pilot"], of: "\(user)@contoso.example")
        }
        try simulator.faults.turnOn("server-errors", of: "Claresia", #"{"operation": "update"}"#)
        #expect(try await claresia.runCycle().isInQuarantine)
    }
}
