import EntraSim
import SimCore
import SimHTTP
import Testing

// The tests that call the endpoint themselves. gallery-validation.md §7.15 to §7.25.
extension OnboardingSuite {
    /// Tests 15 to 20, 25.
    func direct() async throws {
        try await schemas()
        try await nullUpdate()
        let body: JSONValue = [
            "schemas": [.string(TargetClient.user), .string(TargetClient.enterprise)],
            "userName": "scim.direct@contoso.example", "active": true, "externalId": "d-1",
            "displayName": "Direct", "name": ["givenName": "D", "familyName": "R"],
        ]
        let made = try await target.send(.post, "/Users", body)
        #expect([200, 201].contains(made.status) && !made.id.isEmpty)
        #expect(made.json["userName"] == body["userName"])
        let updated = try await target.patch(
            "/Users/\(made.id)", replace("userName", "upd-0a1b2c3d"),
            replace("externalId", "upd-4e5f6071"), replace("name.givenName", "upd-82938475"),
            replace("emails[type eq \"work\"].value", "upd@contoso.example"),
            replace("\(TargetClient.enterprise):department", "upd-99aabbcc"))
        #expect([200, 204].contains(updated.status))
        let shown = try await target.send(.get, "/Users/\(made.id)").json
        #expect(shown["userName"] == "upd-0a1b2c3d" && shown["externalId"] == "upd-4e5f6071")
        #expect(shown["name"]?["givenName"] == "upd-82938475")
        #expect(shown["emails"]?.text.contains("upd@contoso.example") == true)
        #expect(shown[TargetClient.enterprise]?["department"] == "upd-99aabbcc")
        let boss = try await target.makeUser("scim.boss@contoso.example")
        _ = try await target.patch(
            "/Users/\(made.id)", replace("\(TargetClient.enterprise):manager", boss))
        let managed = try await target.send(.get, "/Users/\(made.id)").json
        #expect(managed.text.contains(boss))
        let group = try await target.makeGroup("scim-direct")
        let renamed = try await target.patch(
            "/Groups/\(group)", replace("displayName", "upd-11223344"),
            replace("externalId", "upd-55667788"))
        #expect([200, 204].contains(renamed.status))
        let found = try await target.send(.get, "/Groups/\(group)").json
        #expect(found["displayName"] == "upd-11223344" && found["externalId"] == "upd-55667788")
        for path in ["/Users/\(made.id)", "/Users/\(boss)", "/Groups/\(group)"] {
            #expect(try await target.send(.delete, path).status == 204)
        }
    }

    private func replace(_ path: String, _ value: String) -> JSONValue {
        ["op": "replace", "path": .string(path), "value": .string(value)]
    }

    /// Test 15: everything the default mappings write is in `/Schemas`.
    private func schemas() async throws {
        let answer = try await target.send(.get, "/Schemas")
        #expect(answer.status == 200)
        func attributes(_ urn: String) -> [String: JSONValue] {
            let schema = answer.resources.first { $0["id"]?.stringValue == urn }
            return Dictionary(
                (schema?["attributes"]?.arrayValue ?? []).map {
                    ($0["name"]?.stringValue ?? "", $0)
                },
                uniquingKeysWith: { first, _ in first })
        }
        let user = attributes(TargetClient.user)
        for name in [
            "externalId", "userName", "active", "displayName", "title", "preferredLanguage", "name",
            "emails", "addresses", "phoneNumbers",
        ] { #expect(user[name] != nil, "\(name)") }
        for (name, kinds) in [("emails", ["work"]), ("phoneNumbers", ["work", "mobile", "fax"])] {
            let type = user[name]?["subAttributes"]?.arrayValue?.first { $0["name"] == "type" }
            let known = (type?["canonicalValues"]?.arrayValue ?? []).compactMap(\.stringValue)
            #expect(Set(kinds).isSubset(of: known), "\(name)")
        }
        let enterprise = attributes(TargetClient.enterprise)
        for name in ["employeeNumber", "department", "manager"] {
            #expect(enterprise[name] != nil, "\(name)")
        }
        let group = attributes(TargetClient.group)
        for name in ["displayName", "externalId", "members"] {
            #expect(group[name] != nil, "\(name)")
        }
    }

    /// Test 16: an optional attribute set to "" and then to null ends empty.
    private func nullUpdate() async throws {
        let made = try await target.send(
            .post, "/Users",
            [
                "schemas": [.string(TargetClient.user), .string(TargetClient.enterprise)],
                "userName": "scnull0a1b2c3d@contoso.example", "active": true, "title": "T",
                "name": ["givenName": "N", "familyName": "U"],
                "emails": [["type": "work", "primary": true, "value": "n@contoso.example"]],
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": ["department": "D"],
            ])
        for value: JSONValue in ["", nil] {
            let answer = try await target.patch(
                "/Users/\(made.id)",
                ["op": "replace", "path": "emails[type eq \"work\"].value", "value": value],
                [
                    "op": "replace",
                    "value": .object([
                        "name.givenName": value, "title": value,
                        "\(TargetClient.enterprise):department": value,
                    ]),
                ])
            #expect([200, 204].contains(answer.status))
        }
        let user = try await target.send(.get, "/Users/\(made.id)").json
        #expect(user["title"] == nil && user["name"]?["givenName"] == nil)
        #expect(user[TargetClient.enterprise]?["department"] == nil)
        _ = try await target.send(.delete, "/Users/\(made.id)")
    }

    /// Tests 23 and 24: at least eleven resources, five a page, `startIndex` echoed.
    func pages(_ kind: String, _ attribute: String, _ schema: String) async throws {
        var made: [String] = []
        for number in 0..<11 {
            let answer = try await target.send(
                .post, "/\(kind)",
                .object([
                    "schemas": [.string(schema)],
                    attribute: .string("page-\(kind.lowercased())-\(number)"),
                ]))
            #expect(answer.status == 201)
            made.append(answer.id)
        }
        var start = 1
        var count = 0
        while true {
            let page = try await target.send(.get, "/\(kind)?startIndex=\(start)&count=5")
            #expect(page.status == 200 && page.json["startIndex"]?.intValue == Int64(start))
            count += 1
            start += page.resources.count
            let total = page.json["totalResults"]?.intValue ?? 0
            #expect(total >= 11)
            guard Int64(start) <= total, !page.resources.isEmpty, count < 20 else { break }
            #expect(page.resources.count == 5)
        }
        #expect(count >= 2)
        for id in made { _ = try await target.send(.delete, "/\(kind)/\(id)") }
    }
}
