import SimCore
import SimHTTP
import Testing

/// The tests of the public SCIM validator against one endpoint. provisioning.md §9.2.
struct EndpointValidator {
    let target: TargetClient

    private static let full: JSONValue = [
        "schemas": [.string(TargetClient.user), .string(TargetClient.enterprise)],
        "externalId": "val-1", "userName": "val.one@fabrikam.example", "active": true,
        "displayName": "Val One", "title": "Tester", "preferredLanguage": "en-GB",
        "name": ["givenName": "Val", "familyName": "One", "formatted": "Val One"],
        "emails": [["primary": true, "type": "work", "value": "val.one@fabrikam.example"]],
        "phoneNumbers": [["primary": true, "type": "work", "value": "+44 1"]],
    ]

    /// U1 to U5, U13, UP3, UP4.
    func users() async throws {
        let made = try await target.send(.post, "/Users", Self.full)
        #expect(made.status == 201, "U1")
        let found = try await target.find("Users", "userName", "val.one@fabrikam.example")
        #expect(found.status == 200 && found.json["totalResults"] == 1, "U3")
        for member in try #require(Self.full.objectValue).members {
            #expect(found.resources.first?[member.name] != nil, "U1 \(member.name)")
        }
        for name in ["userName", "displayName", "externalId", "name", "emails", "title"] {
            #expect(found.resources.first?[name] == Self.full[name], "U1 \(name)")
        }
        #expect(try await target.send(.post, "/Users", Self.full).status == 409, "U2")
        let none = try await target.find(
            "Users", "userName", "nonexistent0a1b2c3d4e5f_abcdefghijkl")
        #expect(none.status == 200 && none.json["totalResults"] == 0, "U4")
        for name in ["VAL.ONE@FABRIKAM.EXAMPLE", "Val.One@fabrikam.example"] {
            let other = try await target.find("Users", "userName", name)
            #expect(other.json["totalResults"] == 1, "U5")
        }
        #expect(try await target.send(.delete, "/Users/\(made.id)").status == 204, "U13")
        #expect(try await target.send(.get, "/Users/\(made.id)").status == 404, "U13")
        #expect(try await target.send(.delete, "/Users/\(made.id)").status == 404, "UP4")
        #expect(try await target.send(.delete, "/Users/nobody").status == 404, "UP3")
    }

    /// U6 to U9, UP1, UP2.
    func userUpdates() async throws {
        let id = try await target.send(.post, "/Users", Self.full).id
        func shown() async throws -> JSONValue { try await target.send(.get, "/Users/\(id)").json }
        let compact = try await target.patch(
            "/Users/\(id)",
            ["op": "replace", "path": "emails[type eq \"work\"].value", "value": "two@x.example"],
            ["op": "replace", "value": ["displayName": "Val Two", "name.familyName": "Two"]])
        #expect((200...204).contains(compact.status), "U6")
        var user = try await shown()
        #expect(user["displayName"] == "Val Two" && user["name"]?["familyName"] == "Two", "U6")
        #expect(user["emails"]?.arrayValue?.first?["value"] == "two@x.example", "U6")
        _ = try await target.patch(
            "/Users/\(id)", ["op": "replace", "path": "title", "value": "Lead"],
            ["op": "replace", "path": "name.givenName", "value": "Valery"])
        user = try await shown()
        #expect(user["title"] == "Lead" && user["name"]?["givenName"] == "Valery", "U6 verbose")
        _ = try await target.patch(
            "/Users/\(id)",
            ["op": "replace", "value": ["userName": "val.two@fabrikam.example"]])
        #expect(try await shown()["userName"] == "val.two@fabrikam.example", "U7")
        _ = try await target.patch(
            "/Users/\(id)", ["op": "replace", "path": "active", "value": false])
        #expect(try await shown()["active"] == false, "U8")
        let bare = try await target.makeUser("val.bare@fabrikam.example")
        _ = try await target.patch(
            "/Users/\(bare)", ["op": "add", "path": "displayName", "value": "Bare"],
            ["op": "add", "path": "emails[type eq \"work\"].value", "value": "bare@x.example"],
            ["op": "add", "path": "name.givenName", "value": "Bea"])
        user = try await target.send(.get, "/Users/\(bare)").json
        #expect(user["displayName"] == "Bare" && user["name"]?["givenName"] == "Bea", "U9")
        #expect(user["emails"]?.arrayValue?.first?["value"] == "bare@x.example", "U9")
        _ = try await target.patch(
            "/Users/\(bare)", ["op": "add", "path": "title", "value": "A"],
            ["op": "replace", "path": "displayName", "value": "Barer"],
            ["op": "replace", "path": "title", "value": "B"])
        user = try await target.send(.get, "/Users/\(bare)").json
        #expect(user["displayName"] == "Barer", "UP1")
        #expect(user["title"] == "B", "UP2")
        for id in [id, bare] { _ = try await target.send(.delete, "/Users/\(id)") }
    }

    /// U10 to U12.
    func managers() async throws {
        let boss = try await target.makeUser("val.boss@fabrikam.example")
        let other = try await target.makeUser("val.other@fabrikam.example")
        let id = try await target.makeUser("val.staff@fabrikam.example")
        let path = "\(TargetClient.enterprise):manager"
        func manager() async throws -> String? {
            let user = try await target.send(.get, "/Users/\(id)").json
            return user[TargetClient.enterprise]?["manager"]?["value"]?.stringValue
        }
        for value: JSONValue in [.string(boss), ["value": .string(boss)]] {
            _ = try await target.patch(
                "/Users/\(id)", ["op": "add", "path": .string(path), "value": value])
            #expect(try await manager() == boss, "U10")
        }
        _ = try await target.patch(
            "/Users/\(id)", ["op": "replace", "path": .string(path), "value": .string(other)])
        #expect(try await manager() == other, "U11")
        for empty: JSONValue in ["", ["value": ""]] {
            _ = try await target.patch(
                "/Users/\(id)", ["op": "replace", "path": .string(path), "value": empty])
            let left = try await manager()
            #expect(left == nil || left == "", "U12")
        }
        for id in [boss, other, id] { _ = try await target.send(.delete, "/Users/\(id)") }
    }

    /// G1 to G9, G12, GP2, GP3.
    func groups() async throws {
        let body: JSONValue = [
            "schemas": [.string(TargetClient.group)], "displayName": "Val Group",
            "externalId": "val-g",
        ]
        let made = try await target.send(.post, "/Groups", body)
        #expect(made.status == 201, "G6")
        #expect(try await target.send(.post, "/Groups", body).status == 409, "G7")
        let bare = try await target.send(
            .get, "/Groups/\(made.id)?excludedAttributes=members")
        #expect(bare.status == 200 && bare.json["members"] == nil, "G1")
        for name in ["Val Group", "VAL GROUP", "val group"] {
            #expect(
                try await target.find("Groups", "displayName", name).json["totalResults"] == 1,
                "G2, G5")
        }
        let filter = PercentCoding.encode("displayName eq \"Val Group\"", .form)
        let excluded = try await target.send(
            .get, "/Groups?excludedAttributes=members&filter=\(filter)")
        #expect(excluded.resources.count == 1, "G3")
        #expect(excluded.resources.first?["members"] == nil, "G3")
        let none = try await target.find("Groups", "displayName", "no such group")
        #expect(none.status == 200 && none.json["totalResults"] == 0, "G4")
        _ = try await target.patch(
            "/Groups/\(made.id)",
            ["op": "replace", "value": ["displayName": "Val Group 2", "externalId": "val-h"]])
        let group = try await target.send(.get, "/Groups/\(made.id)").json
        #expect(group["displayName"] == "Val Group 2", "G8")
        #expect(group["externalId"] == "val-h", "G9")
        #expect(try await target.send(.delete, "/Groups/\(made.id)").status == 204, "G12")
        #expect(try await target.send(.get, "/Groups/\(made.id)").status == 404, "G12")
        #expect(try await target.send(.delete, "/Groups/\(made.id)").status == 404, "GP3")
        #expect(try await target.send(.delete, "/Groups/nobody").status == 404, "GP2")
    }

    /// G10, G11, GP1.
    func members() async throws {
        let ada = try await target.makeUser("val.ada@fabrikam.example")
        let bob = try await target.makeUser("val.bob@fabrikam.example")
        let id = try await target.makeGroup("Val Members")
        func members() async throws -> Set<String> {
            let group = try await target.send(.get, "/Groups/\(id)").json
            return Set((group["members"]?.arrayValue ?? []).compactMap { $0["value"]?.stringValue })
        }
        _ = try await target.patch(
            "/Groups/\(id)",
            ["op": "replace", "path": "members", "value": [["value": .string(ada)]]])
        #expect(try await members() == [ada], "G10")
        _ = try await target.patch(
            "/Groups/\(id)", ["op": "add", "path": "members", "value": [["value": .string(bob)]]])
        #expect(try await members() == [ada, bob], "G10")
        _ = try await target.patch(
            "/Groups/\(id)", ["op": "remove", "path": .string("members[value eq \"\(ada)\"]")])
        #expect(try await members() == [bob], "G11")
        _ = try await target.patch(
            "/Groups/\(id)",
            ["op": "add", "path": "members", "value": [["value": .string(ada)]]],
            ["op": "remove", "path": .string("members[value eq \"\(bob)\"]")])
        #expect(try await members() == [ada], "GP1")
        _ = try await target.send(.delete, "/Groups/\(id)")
        for id in [ada, bob] { _ = try await target.send(.delete, "/Users/\(id)") }
    }
}
