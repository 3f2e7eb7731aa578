import SimCore
import SimDirectory
import SimPortal
import Testing

@testable import EntraSim

@Suite("A job's settings, and its end")
struct JobSettingsTests {
    private func app(_ desk: Desk) async throws -> JSONValue {
        try await desk.perform(.application(tenant: "contoso", .show("Claresia")))
    }

    @Test("an expression setting reaches the mapping and begins again; null gives the default back")
    func expressions() async throws {
        let desk = try Desk()
        defer { desk.simulator.stop() }
        let job = desk.simulator.provisioning(of: "Claresia")
        try job.setMappings(
            """
            {"objectMappings":[{"sourceObjectName":"User","attributeMappings":[
              {"targetAttributeName":"userName","source":"[userPrincipalName]",
               "matchingPriority":1},
              {"targetAttributeName":"title",
               "source":"IIF([facsimileTelephoneNumber]=\\"\\",\\"no fax\\",\\"fax\\")"}]}]}
            """)
        func titles() async throws -> Int {
            let writes = try await desk.job(.preview)["writes"]?.arrayValue ?? []
            return writes.filter { $0["body"]?["title"] == "no fax" }.count
        }
        #expect(try await titles() > 0)
        try await desk.set { $0.expressions = [.iifNullCondition: .set("documented")] }
        #expect(try await titles() == 0)
        #expect(
            try await app(desk)["provisioning"]?["expressionSettings"]?.text
                == #"{"iifNullCondition":"documented"}"#)
        _ = try await desk.job(.run(recordsWire: false))
        try await desk.set { $0.expressions = [.iifNullCondition: .clear] }
        #expect(try desk.state.watermark == nil)
        #expect(try await app(desk)["provisioning"]?["expressionSettings"] == [:])
    }

    @Test("recipients, threshold and switch of the mails")
    func notifications() async throws {
        let desk = try Desk()
        defer { desk.simulator.stop() }
        try await desk.set {
            $0.notifies = true
            $0.recipients = "ops@contoso.example"
            $0.deleteThreshold = .set(3)
        }
        #expect(
            try await app(desk)["provisioning"]?["notifications"]?.text
                == #"{"enabled":true,"recipients":"ops@contoso.example","deleteThreshold":3}"#)
        try await desk.set {
            $0.tenantURL = "http://127.0.0.1:9/scim"
            $0.deleteThreshold = .clear
        }
        _ = try await desk.job(.run(recordsWire: false))
        let services = desk.simulator.services
        let host = try services.tenants.host(named: "contoso")
        let runner = try services.jobs.runner(of: "Claresia", in: host, at: services.clock.now)
        #expect(runner.history.notices.map(\.recipients) == [["ops@contoso.example"]])
    }

    @Test("a deleted job is gone with log and links; a new one matches what is in the target")
    func deletion() async throws {
        let desk = try Desk()
        defer { desk.simulator.stop() }
        let before = try await app(desk)["provisioning"]
        _ = try await desk.job(.run(recordsWire: false))
        _ = try await desk.job(.delete)
        #expect(try await app(desk)["provisioning"] == .null)
        await #expect(throws: ControlError.self) { try await desk.job(.status) }
        await #expect(throws: ControlError.self) { try await desk.job(.delete) }
        try await desk.set {
            $0.tenantURL = before?["tenantUrl"]?.stringValue
            $0.secretToken = .set("claresia-demo-scim-token")
            $0.startsEnabled = true
        }
        let status = try await desk.job(.status)
        #expect(status["id"] != before?["jobId"])
        #expect(status["status"]?["lastExecution"] == .null)
        #expect(status["history"]?["cycles"] == [])
        #expect(try await desk.job(.logs(ProvisioningLogQuery()))["value"] == [])
        let report = try await desk.job(.run(recordsWire: false))
        #expect(report["cycle"] == "initial")
        #expect(report["counts"]?["created"] == 0)
    }
}
