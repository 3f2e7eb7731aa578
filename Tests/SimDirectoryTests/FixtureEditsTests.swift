import SimCore
import Testing

@testable import SimDirectory

@Suite("A fixture edited while its tenant runs")
struct FixtureEditsTests {
    static let start = Timestamp(seconds: 1_767_600_000)

    fileprivate static func person(
        _ name: String, _ displayName: String, _ more: String = ""
    ) -> String {
        #""userPrincipalName": "\#(name)@acme.example", "displayName": "\#(displayName)""# + more
    }

    fileprivate static func crew(_ names: String...) -> String {
        let members = names.map { "\"\($0)@acme.example\"" }.joined(separator: ", ")
        return #""displayName": "crew", "members": [\#(members)]"#
    }

    fileprivate static func app(_ name: String, for principals: String..., more: String = "")
        -> String
    {
        let list = principals.map { #"{"principal": "\#($0)"}"# }.joined(separator: ", ")
        return #""displayName": "\#(name)", "appRoleAssignedTo": [\#(list)]"# + more
    }

    /// A tenant of two people, a group of both and an app the group may use.
    struct Text {
        var users = [
            FixtureEditsTests.person("ann", "Ann", #", "department": "Sales""#),
            FixtureEditsTests.person("ben", "Ben", #", "manager": "ann@acme.example""#),
        ]
        var groups = [
            FixtureEditsTests.crew("ann", "ben")
        ]
        var apps = [FixtureEditsTests.app("Shop", for: "crew")]
        var rest = ""

        var json: String {
            func list(_ items: [String]) -> String {
                "[" + items.map { "{\($0)}" }.joined(separator: ", ") + "]"
            }
            return """
                {"domains": ["acme.example"], "users": \(list(users)), "groups": \(list(groups)),
                 "applications": \(list(apps))\(rest)}
                """
        }

        func folded() throws -> DirectorySnapshot {
            var decoder = TenantFixtureDecoder(name: "acme")
            decoder.readTenant(Array(json.utf8), file: "tenant.json")
            let check = decoder.finish()
            #expect(check.problems.map(\.text) == [])
            return try #require(check.fixture).snapshot(at: FixtureEditsTests.start)
        }
    }

    /// The running tenant after an edit of its fixture, with what was changed in words.
    private func run(
        from old: Text = Text(), to new: Text,
        meanwhile: (DirectoryEdits) throws -> [TenantEvent] = { _ in [] }
    ) throws -> (after: DirectorySnapshot, told: [String]) {
        let tenant = Tenant(snapshot: try old.folded())
        let edits = DirectoryEdits(
            tenant.snapshot(), now: Self.start, random: SeededRandom(seed: 3))
        try tenant.append(try meanwhile(edits), at: Self.start)
        let edit = FixtureEdits(
            from: try old.folded(), to: try new.folded(), in: tenant.snapshot())
        let events = edit.events()
        try tenant.append(events, at: Self.start + .seconds(1))
        return (tenant.snapshot(), edit.differences(events))
    }

    @Test("the same text again changes nothing, whatever happened at run time")
    func nothing() throws {
        let (after, told) = try run(to: Text()) {
            try $0.setAccountEnabled("ben@acme.example", false)
        }
        #expect(told == [])
        #expect(after.user(userPrincipalName: "ben@acme.example")?.accountEnabled == false)
    }

    @Test("somebody who is added arrives with group, manager and assignment")
    func joiner() throws {
        var text = Text()
        text.users.append(
            FixtureEditsTests.person("cy", "Cy", #", "manager": "ben@acme.example""#)
        )
        text.groups[0] =
            FixtureEditsTests.crew("ann", "ben", "cy")
        text.apps = [
            FixtureEditsTests.app("Shop", for: "crew", "cy@acme.example")
        ]
        let (after, told) = try run(to: text)
        let cy = try #require(after.user(userPrincipalName: "cy@acme.example"))
        #expect(cy.manager == after.user(userPrincipalName: "ben@acme.example")?.id)
        #expect(after.members(of: try #require(after.group(displayName: "crew")).id).count == 3)
        #expect(after.assignments(of: .user(cy.id)).count == 1)
        #expect(
            told == [
                #"new user "cy@acme.example""#, #"user "cy@acme.example" (manager)"#,
                #"group "crew" (members)"#, #"assignments of "Shop""#,
            ])
    }

    @Test("an attribute that is changed, added or taken out follows; others keep their edits")
    func mover() throws {
        var text = Text()
        text.users[0] =
            FixtureEditsTests.person("ann", "Ann", #", "jobTitle": "Head""#)
        text.users[1] = FixtureEditsTests.person("ben", "Benjamin")
        let (after, _) = try run(to: text) {
            try $0.setAttributes("ann@acme.example", [AttributeChange("displayName", "Anna")])
        }
        let ann = try #require(after.user(userPrincipalName: "ann@acme.example"))
        #expect(ann.displayName == "Anna")
        #expect(ann.value(of: "department") == nil)
        #expect(ann.value(of: "jobTitle") == "Head")
        let ben = try #require(after.user(userPrincipalName: "ben@acme.example"))
        #expect(ben.displayName == "Benjamin")
        #expect(ben.manager == nil)
    }

    @Test("somebody taken out is in the recycle bin, and comes back when put in again")
    func leaverAndReturn() throws {
        var less = Text()
        less.users.removeLast()
        less.groups[0] = FixtureEditsTests.crew("ann")
        let tenant = Tenant(snapshot: try Text().folded())
        let ben = try #require(tenant.snapshot().user(userPrincipalName: "ben@acme.example")).id
        try tenant.append(
            FixtureEdits(
                from: try Text().folded(), to: try less.folded(), in: tenant.snapshot()
            ).events(), at: Self.start)
        #expect(tenant.snapshot().user(ben)?.deletedAt == Self.start)
        try tenant.append(
            FixtureEdits(
                from: try less.folded(), to: try Text().folded(), in: tenant.snapshot()
            ).events(), at: Self.start)
        let after = tenant.snapshot()
        #expect(after.user(ben)?.deletedAt == nil)
        #expect(after.isMember(.user(ben), of: try #require(after.group(displayName: "crew")).id))
    }

    @Test("who was deleted at run time stays deleted, and what names them is left out")
    func deletedMeanwhile() throws {
        var text = Text()
        text.users[1] = FixtureEditsTests.person("ben", "Benny")
        text.apps = [
            FixtureEditsTests.app("Shop", for: "crew", "ben@acme.example")
        ]
        let (after, told) = try run(to: text) { try $0.deleteUser("ben@acme.example") }
        #expect(told == [])
        #expect(after.user(userPrincipalName: "ben@acme.example") == nil)
        #expect(after.deletedUsers.map(\.displayName) == ["Ben"])
    }

    @Test("a group, an app and an assignment taken out are gone, with what hangs on them")
    func removals() throws {
        var text = Text()
        text.groups = []
        text.apps = [#""displayName": "Shop""#]
        var old = Text()
        old.apps.append(FixtureEditsTests.app("Store", for: "crew"))
        let (after, told) = try run(from: old, to: text)
        #expect(after.group(displayName: "crew") == nil)
        #expect(after.servicePrincipal(displayName: "Store") == nil)
        let shop = try #require(after.servicePrincipal(displayName: "Shop"))
        #expect(after.assignments(to: shop.id) == [])
        #expect(
            told == [
                #"assignments of "Shop""#, #"assignments of "Store""#, #"group "crew" deleted"#,
                #"enterprise app "Store" deleted"#, #"app "Store" deleted"#,
            ])
    }

    @Test("a name that is given to somebody else is free first")
    func sameName() throws {
        var text = Text()
        text.users[1] =
            Self.person(
                "ben", "Other Ben", #", "id": "7d0c1f5a-1c1b-4b57-9a5c-0e6d52f0b7aa""#)
        let (after, _) = try run(to: text)
        #expect(after.user(userPrincipalName: "ben@acme.example")?.displayName == "Other Ben")
        #expect(after.deletedUsers.count == 1)
    }

    @Test("a secret added at run time outlives an edit of its app")
    func secrets() throws {
        var text = Text()
        text.apps = [
            FixtureEditsTests.app(
                "Shop", for: "crew",
                more: #", "web": {"redirectUris": ["https://shop.example/cb"]}"#)
        ]
        let (after, _) = try run(to: text) { try $0.addSecret(to: "Shop").events }
        let shop = try #require(after.applications.first { $0.displayName == "Shop" })
        #expect(shop.passwordCredentials.count == 1)
        #expect(shop.redirectURIs.map(\.uri) == ["https://shop.example/cb"])
    }
}
