import SimCore
import SimPortal
import Testing

@testable import EntraSim

@Suite("Roles, consent and token lifetimes of a running tenant")
struct PolicyCommandTests {
    @Test("a role is given once, listed, and taken away; a typing mistake names the nearest")
    func roles() async throws {
        let desk = try Desk()
        let known = try await desk.perform(.user(tenant: "contoso", .list(UserListing())))
        let name = try #require(
            known["value"]?.arrayValue?.first?["userPrincipalName"]?.stringValue)
        let given = try await desk.perform(
            .roles(tenant: "contoso", .assign(role: "application administrator", principal: name)))
        let row = try #require(given["value"]?.arrayValue?.last)
        #expect(row["role"] == "Application Administrator")
        #expect(row["roleTemplateId"] == "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3")
        let count = given["value"]?.arrayValue?.count
        let again = try await desk.perform(
            .roles(tenant: "contoso", .assign(role: "Application Administrator", principal: name)))
        #expect(again["value"]?.arrayValue?.count == count)
        let taken = try await desk.perform(
            .roles(
                tenant: "contoso", .unassign(role: "Application Administrator", principal: name)))
        #expect(taken["value"]?.arrayValue?.count == (count ?? 0) - 1)
        do {
            try await desk.perform(
                .roles(tenant: "contoso", .assign(role: "Global Admin", principal: name)))
            Issue.record("an unknown role was given")
        } catch let error as ControlError {
            #expect(error.status == 404)
        }
    }

    @Test("an app lists what it needs by name, and one consent grants all of it")
    func consent() async throws {
        let desk = try Desk()
        func app(_ command: ApplicationCommand) async throws -> JSONValue {
            try await desk.perform(.application(tenant: "contoso", command))
        }
        let name = "Contoso Nightly Job"
        let listed = try await app(
            .require(
                name, api: "Microsoft Graph", scopes: ["User.Read"], roles: ["User.Read.All"]))
        let need = listed["requiredResourceAccess"]?.arrayValue?.first
        #expect(need?["scopes"] == ["User.Read"])
        #expect(need?["roles"] == ["User.Read.All"])
        _ = try await app(.consent(name))
        let host = try desk.simulator.services.tenants.host(named: "contoso")
        let principal = try #require(host.snapshot.servicePrincipal(displayName: name))
        #expect(host.snapshot.grants(of: principal.id).contains { $0.scopes == ["User.Read"] })
        let sequence = host.snapshot.sequence
        _ = try await app(.consent(name))
        #expect(host.snapshot.sequence == sequence)
        do {
            _ = try await app(.require(name, api: "Microsoft Graph", scopes: ["x"], roles: []))
            Issue.record("an unknown scope was listed")
        } catch let error as ControlError {
            #expect(error.status == 404)
        }
    }

    @Test("the organization's lifetime and an app's are set, shown and ended")
    func lifetimes() async throws {
        let desk = try Desk()
        func policies(_ answer: JSONValue) -> [JSONValue] {
            answer["tokenLifetimePolicies"]?.arrayValue ?? []
        }
        func set(_ change: Change<Duration>, _ app: String?) async throws -> [JSONValue] {
            policies(
                try await desk.perform(
                    .policies(tenant: "contoso", .tokenLifetime(change, app: app))))
        }
        let all = try await set(.set(.hours(8)), nil)
        #expect(all.map { $0["accessTokenLifetime"] } == ["08:00:00"])
        #expect(all.first?["isOrganizationDefault"] == true)
        let both = try await set(.set(.minutes(10)), "Claresia")
        #expect(both.last?["enterpriseApps"] == ["Claresia"])
        #expect(both.count == 2)
        #expect(try await set(.clear, nil).count == 1)
        #expect(try await set(.clear, "Claresia").first?["enterpriseApps"] == [])
    }
}
