import SimCore
import SimHTTP
import Testing

@testable import SimProvisioning

@Suite("The steps of a row, each by its cause — provisioning.md §5.3")
struct StepCatalogueTests {
    private func steps(_ row: ProvisioningLogEntry?) -> [LogStep] { row?.steps.map(\.kind) ?? [] }

    @Test("every step of the catalogue is written by a cycle that has a reason to")
    func everyStep() throws {
        var directory = TestDirectory()
        for name in ["ada", "bob", "cyd"] { directory.addUser(name) }
        directory.addGroup("Builders")
        var bench = Bench(directory)
        bench.target.rule = { request in
            request.method == .post && String(decoding: request.body, as: UTF8.self).contains("cyd")
                ? .success(HTTPResponse(status: 400)) : nil
        }
        var seen: Set<LogStep> = []
        func cycle() throws {
            try bench.cycle()
            for row in bench.rows { seen.formUnion(row.steps.map(\.kind)) }
        }
        try cycle()
        bench.target.rule = nil
        bench.directory.set("ada", "jobTitle", "Engineer")
        bench.directory.unassign("bob")
        try cycle()
        bench.directory.set("ada", "companyName", "X")
        bench.directory.append(.userDeleted(TestDirectory.userID("ada")))
        try cycle()
        bench.directory.append(.userPurged(TestDirectory.userID("ada")))
        bench.directory.set("cyd", "companyName", "X")
        try cycle()
        for step in LogStep.allCases { #expect(seen.contains(step), "\(step.rawValue)") }
        #expect(!seen.contains { $0.kind == .referenceResolution })
    }

    @Test("a new group names the empty query, a new user does not; settings change that")
    func missingMatch() throws {
        #expect(ProvisioningSettings().missingMatchStep == .groups)
        for (setting, user, group) in [
            (ProvisioningSettings.MissingMatchStep.never, false, false), (.groups, false, true),
            (.always, true, true),
        ] {
            var directory = TestDirectory()
            directory.addUser("ada")
            directory.addGroup("Builders")
            var bench = Bench(directory)
            bench.settings.missingMatchStep = setting
            try bench.cycle()
            #expect(steps(bench.rows.first).contains(.targetNotFound) == user)
            #expect(steps(bench.rows.last).contains(.targetNotFound) == group)
        }
    }

    @Test("a new group: import, nothing found, scope, plan, export")
    func newGroup() throws {
        var directory = TestDirectory()
        directory.addGroup("Builders")
        var bench = Bench(directory)
        try bench.cycle()
        #expect(
            steps(bench.rows.first) == [
                .importAdd, .targetNotFound, .scoping, .planAdd, .exportAdd,
            ])
        let row = try #require(bench.rows.first).resource(
            ProvisioningLogContext(job: try bench.directory.job()))
        let step = row["provisioningSteps"]?.arrayValue?[1]
        #expect(step?["name"] == "EntryImportObjectNotFound")
        #expect(step?["provisioningStepType"] == "matching")
        #expect(step?["description"] == "No matching Group found in customappsso")
    }

    @Test("a linked object that is gone is not found once, then made again — §1.10")
    func vanished() throws {
        var directory = TestDirectory()
        directory.addUser("ada")
        var bench = Bench(directory)
        try bench.cycle()
        bench.target.removeUser("u-ada")
        bench.directory.set("ada", "jobTitle", "Engineer")
        try bench.cycle()
        #expect(
            steps(bench.rows.first) == [
                .importUpdate, .targetNotFound, .scoping, .planAdd, .exportAdd,
            ])
    }
}
