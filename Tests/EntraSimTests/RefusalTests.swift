import SimDirectory
import SimPortal
import Testing

@testable import EntraSim

@Suite("What an edit is refused with")
struct RefusalTests {
    private func refusal(_ command: ControlCommand) async throws -> String {
        let desk = try Desk()
        defer { desk.simulator.stop() }
        do {
            try await desk.perform(command)
            return "accepted"
        } catch let error as ControlError {
            return error.message
        }
    }

    @Test("a principal is called by its name, however the command named it")
    func names() async throws {
        let user = "adele.vance@contoso.example"
        #expect(
            try await refusal(
                .assignment(tenant: "contoso", .unassign(app: "Claras", .user(user))))
                == "\"\(user)\" is not assigned to \"Claras\"")
        #expect(
            try await refusal(
                .group(tenant: "contoso", .addMember("claresia-users", .user(user))))
                == "\"\(user)\" is already a member of \"claresia-users\"")
    }

    @Test("a redirect URI that is no address, and an identifier URI of another app")
    func addresses() async throws {
        var settings = ApplicationSettings()
        settings.redirectURIs = [.web: ["nonsense"]]
        #expect(
            try await refusal(.application(tenant: "contoso", .set("Claresia", settings)))
                == "\"nonsense\" is not an absolute URL")
        settings = ApplicationSettings()
        settings.identifierURIs = ["api://tasks.contoso.example"]
        #expect(
            try await refusal(.application(tenant: "contoso", .set("Claresia", settings)))
                == "another application has the identifier URI \"api://tasks.contoso.example\"")
    }
}
