import SimCore
import SimDirectory
import SimRuntime
import Testing

@Suite("Opening a stored tenant")
struct TenantStoreTests {
    private let scratch: Scratch
    private let now = Stored.start

    init() throws {
        scratch = try Scratch()
        try scratch.makeFolder("acme")
        try write(users: ["ann", "bob"])
    }

    private var folder: TenantFolder { TenantFolder(path: scratch.path + "/acme") }

    private func write(users: [String], city: String = "Rome") throws {
        let list = users.map {
            "{\"userPrincipalName\": \"\($0)@acme.example\", \"city\": \"\(city)\"}"
        }
        let text = "{\"domains\": [\"acme.example\"], \"users\": [\(list.joined(separator: ","))]}"
        try scratch.write("acme/tenant.json", Array(text.utf8))
    }

    private func open(_ policy: FixtureChangePolicy = .refuse) throws -> TenantStore {
        try TenantStore.open(
            folder, dataFolder: scratch.path + "/data/acme", at: now, onChange: policy
        ) { _ in }
    }

    private func rename(_ user: String, in tenant: Tenant) throws {
        let id = try #require(
            tenant.snapshot().user(userPrincipalName: "\(user)@acme.example")?.id)
        try tenant.append(
            [.userChanged(id, [AttributeChange("displayName", "Changed")])], at: now)
    }

    @Test("goes on where it was while the fixture is unchanged")
    func unchanged() throws {
        try rename("ann", in: try open().tenant)
        let again = try open()
        #expect(again.tenant.snapshot().users.map(\.displayName) == ["Changed", "bob"])
    }

    @Test("starts over when told to, also while the fixture is unchanged")
    func startOver() throws {
        try rename("ann", in: try open().tenant)
        #expect(try open(.reseed).tenant.snapshot().users.map(\.displayName) == ["ann", "bob"])
    }

    @Test("starts over from a damaged log, as the message about it advises")
    func damaged() throws {
        _ = try open()
        try scratch.write("data/acme/log.jsonl", Array("damage\n".utf8))
        do throws(TenantOpenError) {
            _ = try TenantStore.open(
                folder, dataFolder: scratch.path + "/data/acme", at: now
            ) { _ in }
            Issue.record("opened in silence")
        } catch {
            #expect(error.hint == "start over from the fixture with --reseed")
        }
        #expect(try open(.reseed).tenant.snapshot().userCount == 2)
    }

    @Test("stops when the fixture changed and nobody said what to do, naming the difference")
    func refused() throws {
        _ = try open()
        try write(users: ["ann", "bob", "eve"])
        let difference = "new user \"eve@acme.example\""
        do throws(TenantOpenError) {
            _ = try TenantStore.open(
                folder, dataFolder: scratch.path + "/data/acme", at: now
            ) { _ in }
            Issue.record("opened in silence")
        } catch {
            #expect(error.message.hasSuffix("which differs in \(difference)"))
        }
    }

    @Test("starts over when told to")
    func reseed() throws {
        try rename("ann", in: try open().tenant)
        try write(users: ["eve"])
        #expect(try open(.reseed).tenant.snapshot().users.map(\.displayName) == ["eve"])
        #expect(try open().tenant.snapshot().users.map(\.displayName) == ["eve"])
    }

    @Test("takes the difference in when told to, keeps what was made at run time")
    func merge() throws {
        do {
            let store = try open()
            try store.tenant.append([.userCreated(Stored.user("late"))], at: now)
        }
        try write(users: ["ann", "eve"], city: "Oslo")
        do {
            let merged = try open(.merge).tenant.snapshot()
            #expect(merged.users.map(\.displayName) == ["ann", "bob", "late", "eve"])
            #expect(
                merged.users.map { $0.attributes["city"]?.stringValue }
                    == ["Oslo", "Rome", nil, "Oslo"])
        }
        #expect(try open().tenant.snapshot().userCount == 4)
    }

    @Test("tells every problem of a broken fixture and makes no folder")
    func brokenFixture() throws {
        try scratch.write("acme/tenant.json", Array("{\"domains\": [\"a\"], \"usres\": 1}".utf8))
        do throws(TenantOpenError) {
            _ = try TenantStore.open(
                folder, dataFolder: scratch.path + "/data/acme", at: now
            ) { _ in }
            Issue.record("opened")
        } catch {
            guard case .fixture(let refusal) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(refusal.problems.map(\.nearest) == ["users"])
        }
        #expect(try !scratch.names().contains("data"))
    }

    @Test("generated is found, checked and opened like a hand-written one")
    func generated() throws {
        let large = TenantFolder(path: scratch.path + "/tenants/large")
        try large.write(TenantGenerator(name: "large", users: 400, groups: 20, seed: 3))
        #expect(try TenantFolder.all(in: scratch.path + "/tenants") == [large])
        #expect(
            try scratch.names("tenants/large")
                == ["groups.jsonl", "targets", "tenant.json", "users.jsonl"])
        #expect(try scratch.names("tenants/large/targets") == ["large-sync.json"])
        #expect(large.check().problems.map(\.text) == [])
        let store = try TenantStore.inMemory(large, at: now)
        #expect(store.tenant.snapshot().userCount == 400)
    }

    @Test("that is not there is one problem")
    func missing() {
        let problems = TenantFolder(path: scratch.path + "/none").check().problems
        #expect(problems.map(\.message) == ["cannot be read: No such file or directory"])
    }
}
