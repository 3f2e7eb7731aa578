import SimCore
import Testing

@testable import SimDirectory

@Suite("A generated tenant")
struct GeneratorTests {
    private func files(users: Int, groups: Int, seed: UInt64) -> [TenantGenerator.File: [UInt8]] {
        var files: [TenantGenerator.File: [UInt8]] = [:]
        TenantGenerator(name: "large", users: users, groups: groups, seed: seed).run {
            files[$0, default: []] += $1
        }
        return files
    }

    private func check(_ files: [TenantGenerator.File: [UInt8]]) -> FixtureCheck {
        var decoder = TenantFixtureDecoder(name: "large")
        decoder.readTenant(files[.tenant] ?? [], file: "tenant.json")
        for (index, line) in (files[.users] ?? []).split(separator: 10).enumerated() {
            decoder.readUserLine(Array(line), file: "users.jsonl", line: index + 1)
        }
        for (index, line) in (files[.groups] ?? []).split(separator: 10).enumerated() {
            decoder.readGroupLine(Array(line), file: "groups.jsonl", line: index + 1)
        }
        return decoder.finish()
    }

    @Test("is the same bytes for the same seed, and others for another")
    func determinism() {
        let first = files(users: 300, groups: 25, seed: 7)
        #expect(first == files(users: 300, groups: 25, seed: 7))
        #expect(first != files(users: 300, groups: 25, seed: 8))
    }

    @Test("has no problem, the people and groups asked for, and one job")
    func soundness() throws {
        let check = check(files(users: 1_000, groups: 60, seed: 7))
        #expect(check.problems.map(\.text) == [])
        #expect(check.counts.users == 1_000)
        #expect(check.counts.groups == 60)
        #expect(check.counts.provisioningJobs == 1)
        #expect(check.counts.assignments == 6)
        let snapshot = try #require(check.fixture).snapshot(at: Sample.start)
        #expect(snapshot.users.filter { $0.manager == nil }.count == 1)
        #expect(snapshot.users.contains { $0.mail == nil })
        #expect(snapshot.users.contains { !$0.accountEnabled })
    }

    @Test("gives a person the same name in a larger tenant of the same seed")
    func growth() {
        let small = files(users: 50, groups: 0, seed: 7)[.users] ?? []
        let large = files(users: 500, groups: 0, seed: 7)[.users] ?? []
        #expect(large.starts(with: small))
    }

    @Test("may be empty", arguments: [(0, 0), (0, 3), (1, 0)])
    func smallest(users: Int, groups: Int) {
        #expect(check(files(users: users, groups: groups, seed: 1)).problems.map(\.text) == [])
    }
}
