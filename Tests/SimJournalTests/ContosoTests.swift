import SimCore
import SimDirectory
import SimRuntime
import Testing

@Suite("The shipped tenant contoso")
struct ContosoTests {
    /// `tenants/contoso`, found from this file.
    static let folder: TenantFolder = {
        let parts = #filePath.split(separator: "/").dropLast(3)
        return TenantFolder(path: "/" + parts.joined(separator: "/") + "/tenants/contoso")
    }()

    private func snapshot() throws -> DirectorySnapshot {
        let fixture = try #require(Self.folder.check().fixture)
        return fixture.snapshot(at: Timestamp(seconds: 1_767_600_000))
    }

    @Test("loads without a problem")
    func loads() {
        let check = Self.folder.check()
        #expect(check.problems.map(\.text) == [])
        #expect((25...27).contains(check.counts.users))
        #expect(check.counts.provisioningJobs == 2)
        #expect(check.name == "contoso")
    }

    @Test("can be appended event by event: each refers only to what is there")
    func appendable() throws {
        let fixture = try #require(Self.folder.check().fixture)
        let tenant = Tenant(snapshot: DirectorySnapshot(profile: fixture.profile))
        try tenant.append(fixture.events, at: Timestamp(seconds: 1_767_600_000))
        #expect(tenant.snapshot().userCount == 26)
    }

    @Test("has the people the documentation promises")
    func people() throws {
        let snapshot = try snapshot()
        func user(_ name: String) -> User? {
            snapshot.user(userPrincipalName: "\(name)@contoso.example")
        }
        #expect(user("ben.walters")?.accountEnabled == false)
        #expect(user("jordan.miller")?.credential.lockedUntil != nil)
        #expect(user("emily.braun")?.credential.isExpired == true)
        #expect(user("delia.dennis")?.credential.mustChange == true)
        #expect(user("allan.deyoung")?.credential.requiresMFA == true)
        #expect(
            snapshot.users.filter { $0.userType == .guest }.map(\.displayName) == ["Sofia Keller"])
        #expect(snapshot.users.allSatisfy { $0.credential.password != nil })
        #expect(snapshot.users.contains { $0.mail == nil })
        let manager = user("adele.vance")?.manager.flatMap { snapshot.user($0) }
        #expect(manager?.displayName == "Miriam Graham")
    }

    @Test("has Claresia and Claras as the integrations describe them")
    func applications() throws {
        let snapshot = try snapshot()
        let claresia = try #require(snapshot.servicePrincipal(displayName: "Claresia"))
        let registration = try #require(snapshot.application(appID: claresia.appID))
        #expect(registration.id.guid != claresia.id.guid)
        #expect(registration.appRoles.map(\.displayName) == ["User", "msiam_access"])
        #expect(registration.enablesIDTokenIssuance)
        #expect(claresia.provisioning?.secretToken == "claresia-demo-scim-token")
        #expect(claresia.provisioning?.tenantURL == "{origin}/apps/claresia/scim/v2")
        let groups = snapshot.assignments(to: claresia.id).compactMap { assignment in
            if case .group(let id) = assignment.principal {
                snapshot.group(id)?.displayName
            } else {
                nil
            }
        }
        #expect(
            groups == [
                "claresia-admins", "claresia-auditors", "claresia-users", "claresia-eng-pilot",
            ])
        let consent = try #require(snapshot.grants(of: claresia.id).first)
        #expect(consent.consent == .allPrincipals)
        #expect(consent.scopes == ["openid", "profile", "email", "offline_access", "User.Read"])
        let claras = try #require(snapshot.servicePrincipal(displayName: "Claras"))
        #expect(claras.provisioning?.secretToken == "claras-demo-scim-full")
        #expect(snapshot.assignments(to: claras.id).count == 4)
    }

    @Test("has the same identifiers every time it is loaded")
    func stable() throws {
        let first = try snapshot().users.map(\.id)
        let second = try snapshot().users.map(\.id)
        #expect(first == second)
        #expect(try Self.folder.digest() == Self.folder.digest())
    }
}
