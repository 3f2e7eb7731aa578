import Foundation
import SimCore
import SimHTTP
import SimSCIM
import SimTarget
import Testing

@Suite("The shipped sample apps — product.md, integrations.md")
struct ShippedAppsTests {
    /// The configuration in `tenants/contoso/targets`, found from this file.
    private func configuration(_ name: String) throws -> SampleAppConfiguration {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appending(path: "tenants/contoso/targets/\(name).json")
        return try SampleAppConfiguration(
            name: name, file: file.lastPathComponent, bytes: Array(Data(contentsOf: file)))
    }

    private func probe(_ name: String, path: String, token: String) throws -> Int {
        let random = SeededRandom(seed: 1)
        let app = SampleApp(try configuration(name), random: random)
        let request = HTTPRequest(
            method: .get, target: path + "/Users?filter=userName+eq+%22none%22",
            headers: ["Host": "localhost:8443", "Authorization": "Bearer \(token)"])
        return app.handle(request, now: TestApp.start, random: random).status
    }

    @Test(
        "answer at their addresses to the key that may provision and to no other",
        arguments: [
            ("claresia", "/apps/claresia/scim/v2", "claresia-demo-scim-token", 200),
            ("claresia", "/apps/claresia/scim/v2", "claresia-demo-read-only-token", 403),
            ("claresia", "/apps/claresia/scim/v2", "claras-demo-scim-full", 401),
            ("claras", "/apps/claras/api/scim/v2", "claras-demo-scim-full", 200),
            ("claras", "/apps/claras/api/scim/v2", "claras-demo-clients-read", 403),
            ("claras", "/apps/claras/api/scim/v2", "claresia-demo-scim-token", 401),
            ("claras", "/apps/claras/scim/v2", "claras-demo-scim-full", 404),
        ])
    func addresses(_ name: String, _ path: String, _ token: String, _ status: Int) throws {
        #expect(try probe(name, path: path, token: token) == status)
    }

    @Test("name the key a demo pastes")
    func key() throws {
        #expect(try configuration("claresia").provisioningKey?.value == "claresia-demo-scim-token")
        #expect(try configuration("claras").provisioningKey?.value == "claras-demo-scim-full")
    }

    @Test(
        "Claresia gives",
        arguments: [
            ("claresia-admins", "tenant_admin", nil), ("claresia-auditors", "auditor", nil),
            ("claresia-users", "member", nil), ("claresia-eng-pilot", "member", "eng_lead"),
            ("Retail", nil, nil),
        ] as [(String, String?, String?)])
    func claresia(_ group: String, _ role: String?, _ archetype: String?) throws {
        let rules = try configuration("claresia").roles
        #expect(
            rules.standing(current: nil, groups: [group])
                == Standing(role: role, archetype: archetype))
    }

    @Test(
        "Claras gives",
        arguments: [
            ("owner", ["claras-owners", "claras-assistants"], nil),
            ("manager", ["claras-managers", "claras-advisers"], nil),
            ("assistant", ["claras-assistants"], nil), ("adviser", [], nil),
            ("assistant", [], "assistant"), ("owner", ["claras-assistants"], "owner"),
        ] as [(String, [String], String?)])
    func claras(_ role: String, _ groups: [String], _ current: String?) throws {
        let rules = try configuration("claras").roles
        let standing = rules.standing(
            current: current.map { Standing(role: $0) }, groups: groups)
        #expect(standing.role == role)
    }
}
