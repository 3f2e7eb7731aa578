import SimCore
import SimHTTP
import Testing

@testable import SimProvisioning

@Suite("The numbers of an execution — provisioning.md §6.1")
struct CounterTests {
    private func execution(_ bench: Bench) throws -> JSONValue {
        let job = try bench.directory.job(bench.settings)
        return try #require(job.resource(bench.state)["status"]?["lastExecution"])
    }

    @Test("its members and their order; null before the first cycle")
    func shape() throws {
        var directory = TestDirectory()
        directory.addUser("ada")
        var bench = Bench(directory)
        #expect(try execution(bench) == .null)
        try bench.cycle()
        #expect(
            try execution(bench).objectValue?.names == [
                "activityIdentifier", "countEntitled", "countEntitledForProvisioning",
                "countEscrowed", "countEscrowedRaw", "countExported", "countExports",
                "countImported", "countImportedDeltas", "countImportedReferenceDeltas", "error",
                "state", "timeBegan", "timeEnded",
            ])
    }

    @Test("stored failures count as escrowed, references that wait for them only as raw")
    func escrowed() throws {
        var directory = TestDirectory()
        for name in ["ada", "bob"] { directory.addUser(name) }
        directory.setManager("bob", of: "ada")
        directory.addGroup("Builders", members: ["ada", "bob"])
        var bench = Bench(directory)
        bench.target.rule = { request in
            request.method == .post && String(decoding: request.body, as: UTF8.self).contains("bob")
                ? .success(HTTPResponse(status: 400)) : nil
        }
        try bench.cycle()
        let failed = try execution(bench)
        // Bob failed; Ada's manager and Bob's membership wait for him.
        #expect(failed["countEscrowed"] == 1)
        #expect(failed["countEscrowedRaw"] == 3)
        #expect(failed["state"] == "EntryLevelErrors")
        bench.target.rule = nil
        try bench.cycle()
        let healed = try execution(bench)
        #expect(healed["countEscrowed"] == 0)
        #expect(healed["countEscrowedRaw"] == 0)
        #expect(healed["state"] == "Succeeded")
    }

    @Test("exports are writes tried, exported those the target took")
    func exports() throws {
        var directory = TestDirectory()
        for name in ["ada", "bob"] { directory.addUser(name) }
        var bench = Bench(directory)
        bench.target.rule = { request in
            request.method == .post && String(decoding: request.body, as: UTF8.self).contains("bob")
                ? .success(HTTPResponse(status: 500)) : nil
        }
        try bench.cycle()
        let last = try execution(bench)
        #expect(last["countExports"] == 2)
        #expect(last["countExported"] == 1)
        #expect(last["countImported"] == 2)
        #expect(last["countEntitled"] == 2)
    }

    @Test("steady state: first time kept, last time moved, by cycles that did not fail as a whole")
    func steadyState() throws {
        var directory = TestDirectory()
        directory.addUser("ada")
        var bench = Bench(directory)
        let unset: JSONValue = "0001-01-01T00:00:00Z"
        func times() throws -> [JSONValue?] {
            let status = try directory.job().resource(bench.state)["status"]
            return ["steadyStateFirstAchievedTime", "steadyStateLastAchievedTime"].map {
                status?[$0]
            }
        }
        bench.target.rule = { _ in .failure(.refused) }
        try bench.cycle()
        #expect(try times() == [unset, unset])
        bench.target.rule = nil
        try bench.cycle()
        let first: JSONValue = "2026-01-05T08:40:00Z"
        #expect(try times() == [first, first])
        try bench.cycle()
        #expect(try times() == [first, "2026-01-05T09:20:00Z"])
        bench.target.rule = { _ in .failure(.refused) }
        try bench.cycle()
        #expect(try times() == [first, "2026-01-05T09:20:00Z"])
    }

    @Test("progress in pages of source objects, from nothing to all of them")
    func progress() throws {
        var directory = TestDirectory()
        for number in 1...5 { directory.addUser("u\(number)") }
        var settings = ProvisioningSettings()
        settings.progressPageSize = 2
        settings.parallelism = 1
        var cycle = ProvisioningCycle(
            job: try directory.job(settings),
            state: ProvisioningJobState(
                configuration: try #require(directory.servicePrincipal.provisioning)),
            snapshot: directory.snapshot, random: SeededRandom(seed: 1))
        var target = TinyTarget()
        var seen: [Int] = []
        var waiting: [(ExchangeID, HTTPRequest)] = []
        var actions = cycle.handle(.started(at: TestDirectory.start))
        while true {
            for case .send(let id, let request) in actions { waiting.append((id, request)) }
            guard !waiting.isEmpty else { break }
            let (id, request) = waiting.removeFirst()
            guard case .success(let answer) = target.answer(request) else { break }
            actions = cycle.handle(.responded(id, answer, at: TestDirectory.start))
            if seen.last != cycle.progress.completedPages {
                seen.append(cycle.progress.completedPages)
            }
        }
        #expect(seen == [0, 1, 2, 3])
        #expect(cycle.progress.totalPages == 3)
        let shown = try directory.job(settings).resource(
            ProvisioningJobState(
                configuration: try #require(directory.servicePrincipal.provisioning)),
            progress: cycle.progress)["status"]?["progress"]
        #expect(
            shown?.text
                == #"[{"completedUnits":3,"totalUnits":3,"#
                + #""progressObservationDateTime":"2026-01-05T08:00:00Z","units":"pages"}]"#)
    }
}
