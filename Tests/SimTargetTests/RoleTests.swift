import SimCore
import SimTarget
import Testing

@Suite("Roles by group — integrations.md, Claresia 10, Claras 1 and 6")
struct RoleRuleTests {
    static let claras = RoleRules(
        ranks: ["owner", "manager", "adviser", "assistant"],
        mappings: [
            RoleMapping(group: "Owners", role: "owner"),
            RoleMapping(group: "Managers", role: "manager"),
            RoleMapping(group: "Advisers", role: "adviser"),
            RoleMapping(group: "Assistants", role: "assistant"),
        ], defaultRole: "adviser", withoutGroup: .keeps, neverLowered: ["owner"])
    static let claresia = RoleRules(
        ranks: ["tenant_admin", "auditor", "member"], archetypes: ["eng_lead"],
        mappings: [
            RoleMapping(group: "claresia-eng-pilot", role: "member", archetype: "eng_lead"),
            RoleMapping(group: "claresia-users", role: "member"),
            RoleMapping(group: "claresia-admins", role: "tenant_admin"),
        ], defaultRole: nil, withoutGroup: .fallsToDefault)

    @Test(
        "Claras gives",
        arguments: [
            ("a new person without group the default", nil, [], "adviser"),
            ("a new assistant", nil, ["assistants"], "assistant"),
            ("the highest of two", nil, ["Assistants", "Managers"], "manager"),
            ("the highest, whatever the order", "assistant", ["OWNERS", "Assistants"], "owner"),
            ("the same when no group matches", "manager", ["Others"], "manager"),
            ("a lower role when the group says so", "manager", ["Assistants"], "assistant"),
            ("an owner no lower role", "owner", ["Assistants"], "owner"),
            ("an owner who left every group", "owner", [], "owner"),
        ] as [(String, String?, [String], String)])
    func claras(_ name: String, _ current: String?, _ groups: [String], _ role: String) {
        let standing = Self.claras.standing(
            current: current.map { Standing(role: $0) }, groups: groups)
        #expect(standing == Standing(role: role), "\(name)")
    }

    @Test(
        "Claresia gives",
        arguments: [
            ("nobody a role without group", nil, [], Standing()),
            ("no role to who left the last group", "member", ["x"], Standing()),
            (
                "the archetype of the pilot", nil, ["claresia-eng-pilot"],
                Standing(role: "member", archetype: "eng_lead")
            ),
            (
                "an admin of the pilot both", "member", ["claresia-admins", "claresia-eng-pilot"],
                Standing(role: "tenant_admin", archetype: "eng_lead")
            ),
            ("a plain member no archetype", "member", ["claresia-users"], Standing(role: "member")),
            (
                "a demoted admin the lower role", "tenant_admin", ["claresia-users"],
                Standing(role: "member")
            ),
        ] as [(String, String?, [String], Standing)])
    func claresia(_ name: String, _ current: String?, _ groups: [String], _ expected: Standing) {
        let standing = Self.claresia.standing(
            current: current.map { Standing(role: $0) }, groups: groups)
        #expect(standing == expected, "\(name)")
    }
}

@Suite("Roles follow provisioning at once — integrations.md, Claras 5 and 6")
struct RoleFlowTests {
    @Test("joining, leaving, renaming and deleting groups")
    func groups() throws {
        let app = try TestApp()
        let ada = try app.user("ada@x")
        #expect(app.role(ada) == "adviser")
        let managers = try app.group("managers", members: [ada])
        #expect(app.role(ada) == "manager")
        let assistants = try app.group("assistants", members: [ada])
        #expect(app.role(ada) == "manager")
        app.scim("DELETE /Groups/\(managers)")
        #expect(app.role(ada) == "assistant")
        _ = app.patch(
            "/Groups/\(assistants)", #"{"op":"replace","path":"displayName","value":"Managers"}"#)
        #expect(app.role(ada) == "manager")
        _ = app.patch("/Groups/\(assistants)", #"{"op":"remove","path":"members"}"#)
        #expect(app.role(ada) == "manager")
    }

    @Test("an owner stays owner when removed from the group, disabled and enabled again")
    func owner() throws {
        let app = try TestApp()
        let ada = try app.user("ada@x")
        let owners = try app.group("owners", members: [ada])
        _ = try app.group("assistants", members: [ada])
        _ = app.patch("/Groups/\(owners)", #"{"op":"remove","path":"members"}"#)
        #expect(app.role(ada) == "owner")
        _ = app.patch("/Users/\(ada)", #"{"op":"Replace","path":"active","value":"False"}"#)
        _ = app.patch("/Users/\(ada)", #"{"op":"Replace","path":"active","value":"True"}"#)
        #expect(app.role(ada) == "owner")
    }

    @Test("names and e-mails follow on the page")
    func names() throws {
        let app = try TestApp()
        let ada = try app.user(
            "ada@x", #""displayName":"Ada","emails":[{"type":"work","value":"old@x"}]"#)
        _ = app.patch(
            "/Users/\(ada)",
            #"""
            {"op":"Replace","path":"displayName","value":"Ada Lovelace"},
            {"op":"Replace","path":"emails[type eq \"work\"].value","value":"new@x"}
            """#)
        let page = app.page("GET /").text
        #expect(page.contains("Ada Lovelace"))
        #expect(page.contains("new@x"))
        #expect(!page.contains("old@x"))
    }
}
