import SimCore
import SimHTTP
import SimSCIM
import SimTarget
import Testing

@Suite("What the public SCIM validator asks of users — provisioning.md §9.2")
struct UserValidatorTests {
    private static let enterprise = SCIMURN.enterpriseUser
    private static let full = #"""
        {"schemas":["\#(SCIMURN.user)","\#(enterprise)"],"externalId":"ada",
        "userName":"ada@contoso.example","active":true,"displayName":"Ada L","title":"Engineer",
        "preferredLanguage":"en-GB","name":{"givenName":"Ada","familyName":"L","formatted":"Ada L"},
        "emails":[{"primary":true,"type":"work","value":"ada@contoso.example"}],
        "addresses":[{"type":"work","primary":true,"formatted":"HQ","streetAddress":"1 High St",
        "locality":"Leeds","region":"WY","postalCode":"LS1","country":"GB"}],
        "phoneNumbers":[{"primary":true,"type":"work","value":"+44 1"},
        {"type":"mobile","value":"+44 7"},{"type":"fax","value":"+44 2"}],
        "\#(enterprise)":{"employeeNumber":"7","department":"R&D"},
        "roles":[{"primary":"True","value":"editor"}]}
        """#

    @Test("U1: a created user is answered with 201 and everything sent, and found by its name")
    func create() throws {
        let app = try TestApp()
        let answer = app.scim("POST /Users", Self.full)
        #expect(answer.status == 201)
        #expect(answer.response.headers["Content-Type"] == "application/scim+json; charset=utf-8")
        let id = try #require(answer.json["id"]?.stringValue)
        let place = "https://localhost:8443/apps/demo/scim/v2/Users/\(id)"
        #expect(answer.response.headers["Location"] == place)
        #expect(answer.json["meta"]?["location"]?.stringValue == place)
        #expect(answer.json["meta"]?["created"] == "2026-01-05T08:00:00.000Z")
        let found = app.scim("GET /Users?filter=userName+eq+%22ada%40contoso.example%22")
        #expect(found.total == 1)
        #expect(found.resources == [answer.json])
        let sent = try JSONValue(parsing: Self.full)
        for member in try #require(sent.objectValue).members where member.name != "roles" {
            #expect(found.resources.first?[member.name] == member.value, "\(member.name)")
        }
        #expect(found.resources.first?["roles"]?.text == #"[{"primary":true,"value":"editor"}]"#)
    }

    @Test("U2: a second user of the same name, whatever its case, gets 409 uniqueness")
    func duplicate() throws {
        let app = try TestApp()
        _ = try app.user("ada@x")
        let again = app.scim(
            "POST /Users", #"{"schemas":["\#(SCIMURN.user)"],"userName":"ADA@X"}"#)
        #expect(again.status == 409)
        #expect(again.keyword == "uniqueness")
        let bob = try app.user("bob@x")
        let renamed = app.patch(
            "/Users/\(bob)", #"{"op":"Replace","path":"userName","value":"Ada@x"}"#)
        #expect(renamed.status == 409)
        #expect(app.app.summary.users == 2)
    }

    @Test("U3 to U5: a filter finds the user in any case and answers 200 for nobody")
    func filter() throws {
        let app = try TestApp()
        _ = try app.user("ada@x")
        #expect(app.scim("GET /Users?filter=userName%20eq%20%22ADA@X%22").total == 1)
        let none = app.scim("GET /Users?filter=userName+eq+%22nonexistent%22")
        #expect(none.status == 200)
        #expect(none.total == 0)
        #expect(none.resources.isEmpty)
        #expect(none.json["schemas"] == [.string(SCIMURN.listResponse)])
    }

    @Test("U6 and U7: attributes and the user name are replaced without and with paths")
    func replace() throws {
        let app = try TestApp()
        let id = try #require(app.scim("POST /Users", Self.full).json["id"]?.stringValue)
        let compact = app.patch(
            "/Users/\(id)",
            #"""
            {"op":"replace","path":"emails[type eq \"work\"].value","value":"b@x"},
            {"op":"replace","value":{"displayName":"B","name.familyName":"M","userName":"b@x",
            "\#(Self.enterprise):department":"HR"}}
            """#)
        #expect(compact.status == 200)
        let verbose = app.patch(
            "/Users/\(id)",
            #"{"op":"replace","path":"title","value":"CTO"},{"op":"replace","path":"externalId","value":"e2"}"#
        )
        #expect(verbose.status == 200)
        let user = app.scim("GET /Users/\(id)").json
        #expect(user["displayName"] == "B")
        #expect(user["name"]?.text == #"{"givenName":"Ada","familyName":"M","formatted":"Ada L"}"#)
        #expect(user["emails"]?.text.contains(#""value":"b@x""#) == true)
        #expect(user[Self.enterprise]?.text == #"{"employeeNumber":"7","department":"HR"}"#)
        #expect(user["title"] == "CTO")
        #expect(app.scim("GET /Users?filter=userName+eq+%22ada@contoso.example%22").total == 0)
        #expect(app.scim("GET /Users?filter=userName+eq+%22b@x%22").total == 1)
        #expect(app.scim("GET /Users?filter=externalId+eq+%22ada%22").total == 0)
        #expect(app.scim("GET /Users?filter=externalId+eq+%22e2%22").total == 1)
    }

    @Test(
        "U8: a user is disabled in either dialect, stays visible, and comes back",
        arguments: [
            #"{"op":"replace","path":"active","value":false}"#,
            #"{"op":"Replace","path":"active","value":"False"}"#,
            #"{"op":"replace","value":{"active":"false"}}"#,
        ])
    func disable(_ operation: String) throws {
        let app = try TestApp()
        let id = try app.user("ada@x")
        #expect(app.scim("GET /Users/\(id)").json["active"] == true)
        #expect(app.patch("/Users/\(id)", operation).json["active"] == false)
        let found = app.scim("GET /Users?filter=userName+eq+%22ada@x%22")
        #expect(found.resources.first?["active"] == false)
        #expect(app.app.summary.archived == 1)
        #expect(app.app.summary.active == 0)
        _ = app.patch("/Users/\(id)", #"{"op":"Replace","path":"active","value":"True"}"#)
        #expect(app.app.summary.archived == 0)
    }

    @Test("U9: a user made of a name alone takes added attributes one by one")
    func add() throws {
        let app = try TestApp()
        let id = try app.user("ada@x")
        let answer = app.patch(
            "/Users/\(id)",
            #"""
            {"op":"add","path":"displayName","value":"Ada"},
            {"op":"add","path":"emails[type eq \"work\"].value","value":"a@x"},
            {"op":"add","path":"name.givenName","value":"Ada"},
            {"op":"add","path":"\#(Self.enterprise):costCenter","value":"C1"}
            """#)
        #expect(answer.json["emails"]?.text == #"[{"type":"work","value":"a@x"}]"#)
        #expect(answer.json[Self.enterprise]?.text == #"{"costCenter":"C1"}"#)
        #expect(answer.json["schemas"]?.arrayValue?.count == 2)
    }

    @Test("U10 to U12: the manager is added, replaced and removed, as string or object")
    func manager() throws {
        let app = try TestApp()
        let id = try app.user("ada@x")
        let path = "\(Self.enterprise):manager"
        let added = app.scim(
            "PATCH /Users/\(id)",
            #"{"Operations":[{"op":"Add","path":"\#(path)","value":"m1"}]}"#)
        #expect(added.json[Self.enterprise]?["manager"]?["value"] == "m1")
        let replaced = app.patch(
            "/Users/\(id)", #"{"op":"replace","path":"\#(path)","value":{"value":"m2"}}"#)
        #expect(replaced.json[Self.enterprise]?["manager"]?["value"] == "m2")
        let check = app.scim(
            "GET /Users?filter=id+eq+%22\(id)%22+and+manager+eq+%22m2%22&attributes=id")
        #expect(check.resources.first?.objectValue?.names == ["schemas", "id"])
        let removed = app.patch(
            "/Users/\(id)", #"{"op":"replace","path":"\#(path)","value":""}"#)
        #expect(removed.json[Self.enterprise] == nil)
    }

    @Test("U13, UP3, UP4: a deleted user is gone: 204, then 404 for everything")
    func delete() throws {
        let app = try TestApp()
        let id = try app.user("ada@x")
        let deleted = app.scim("DELETE /Users/\(id)")
        #expect(deleted.status == 204)
        #expect(deleted.response.body.isEmpty)
        for call in ["GET", "DELETE"] {
            let answer = app.scim("\(call) /Users/\(id)")
            #expect(answer.status == 404)
            #expect(answer.json["schemas"] == [.string(SCIMURN.error)])
            #expect(answer.json["status"] == "404")
        }
        #expect(app.patch("/Users/\(id)", #"{"op":"remove","path":"title"}"#).status == 404)
        #expect(app.scim("GET /Users?filter=userName+eq+%22ada@x%22").total == 0)
        _ = try app.user("ada@x")
    }

    @Test("UP1, UP2: several operations act in order; one that fails undoes them all")
    func sequence() throws {
        let app = try TestApp()
        let id = try app.user("ada@x")
        let both = app.patch(
            "/Users/\(id)",
            #"{"op":"add","path":"title","value":"A"},{"op":"replace","path":"title","value":"B"}"#)
        #expect(both.json["title"] == "B")
        let failing = app.patch(
            "/Users/\(id)",
            #"{"op":"replace","path":"title","value":"C"},{"op":"replace","path":"id","value":"x"}"#
        )
        #expect(failing.keyword == "mutability")
        #expect(app.scim("GET /Users/\(id)").json["title"] == "B")
    }

    @Test("an update that changes nothing leaves version and time alone")
    func noChange() throws {
        let app = try TestApp()
        let id = try app.user("ada@x")
        let later = TestApp.start + .hours(1)
        let same = app.patch(
            "/Users/\(id)", #"{"op":"replace","path":"userName","value":"ada@x"}"#, at: later)
        #expect(same.json["meta"]?["lastModified"] == "2026-01-05T08:00:00.000Z")
        #expect(same.response.headers["ETag"] == "W/\"1\"")
        let other = app.patch(
            "/Users/\(id)", #"{"op":"add","path":"title","value":"T"}"#, at: later)
        #expect(other.json["meta"]?["lastModified"] == "2026-01-05T09:00:00.000Z")
        #expect(other.json["meta"]?["created"] == "2026-01-05T08:00:00.000Z")
        #expect(other.response.headers["ETag"] == "W/\"2\"")
    }

    @Test("an optional attribute set to \"\" and then to null ends absent — gallery test 16")
    func nullUpdate() throws {
        let app = try TestApp()
        let id = try #require(app.scim("POST /Users", Self.full).json["id"]?.stringValue)
        for value in [#""""#, "null"] {
            let answer = app.patch(
                "/Users/\(id)",
                #"""
                {"op":"replace","path":"emails[type eq \"work\"].value","value":\#(value)},
                {"op":"replace","value":{"name.givenName":\#(value),"title":\#(value),
                "\#(Self.enterprise):department":\#(value)}}
                """#)
            #expect(answer.status == 200)
        }
        let user = app.scim("GET /Users/\(id)").json
        #expect(user["title"] == nil)
        #expect(user["name"]?["givenName"] == nil)
        #expect(user[Self.enterprise]?["department"] == nil)
        #expect(user["emails"]?.text == #"[{"primary":true,"type":"work"}]"#)
    }

    @Test("a PUT replaces the user; what is not sent is gone")
    func put() throws {
        let app = try TestApp()
        let id = try #require(app.scim("POST /Users", Self.full).json["id"]?.stringValue)
        let answer = app.scim(
            "PUT /Users/\(id)",
            #"{"schemas":["\#(SCIMURN.user)"],"id":"other","userName":"new@x","active":"False"}"#)
        #expect(answer.status == 200)
        #expect(
            answer.json.objectValue?.names == ["schemas", "id", "userName", "active", "meta"])
        #expect(answer.json["id"]?.stringValue == id)
        #expect(answer.json["active"] == false)
    }

    @Test("a password is accepted and never shown")
    func password() throws {
        let app = try TestApp()
        let id = try app.user("ada@x", #""password":"hunter2""#)
        #expect(!app.scim("GET /Users/\(id)?attributes=password").text.contains("hunter2"))
        #expect(!app.scim("GET /Users/\(id)").text.contains("password"))
    }
}

@Suite("What the public SCIM validator asks of groups — provisioning.md §9.2")
struct GroupValidatorTests {
    @Test("G1 to G5: groups are found by name in any case, with and without members")
    func filter() throws {
        let app = try TestApp()
        let ada = try app.user("ada@x", #""displayName":"Ada""#)
        let id = try app.group("LA-(0a1b) Eng", members: [ada])
        let query = "filter=displayName+eq+%22la-(0A1B)+eng%22"
        let whole = app.scim("GET /Groups?\(query)")
        #expect(whole.total == 1)
        #expect(
            whole.resources.first?["members"]?.text
                == #"[{"value":"\#(ada)","$ref":"https://localhost:8443/apps/demo/scim/v2/Users/\#(ada)","display":"Ada","type":"User"}]"#
        )
        let bare = app.scim("GET /Groups?excludedAttributes=members&\(query)")
        #expect(bare.total == 1)
        #expect(bare.resources.first?["members"] == nil)
        #expect(app.scim("GET /Groups/\(id)?excludedAttributes=members").json["members"] == nil)
        #expect(app.scim("GET /Groups?filter=displayName+eq+%22none%22").total == 0)
        #expect(app.scim("GET /Groups?filter=members+eq+%22\(ada)%22").total == 1)
        #expect(app.scim("GET /Groups?filter=members%5Bvalue+eq+%22x%22%5D").total == 0)
    }

    @Test("G6, G7: a second group of the same name gets 409")
    func duplicate() throws {
        let app = try TestApp()
        let answer = app.scim(
            "POST /Groups",
            #"{"schemas":["\#(SCIMURN.group)","http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],"externalId":"o1","displayName":"Eng","meta":{"resourceType":"Group"}}"#
        )
        #expect(answer.status == 201)
        #expect(answer.json["members"] == [])
        #expect(answer.json["schemas"] == [.string(SCIMURN.group)])
        let again = app.scim(
            "POST /Groups", #"{"schemas":["\#(SCIMURN.group)"],"displayName":"ENG"}"#)
        #expect(again.status == 409)
        #expect(again.keyword == "uniqueness")
    }

    @Test("G8, G9: name and externalId are replaced; the answer is 204 unless attributes are named")
    func rename() throws {
        let app = try TestApp()
        let id = try app.group("Eng")
        let answer = app.patch(
            "/Groups/\(id)", #"{"op":"replace","value":{"displayName":"Eng2","externalId":"e"}}"#)
        #expect(answer.status == 204)
        #expect(answer.response.body.isEmpty)
        let group = app.scim("GET /Groups/\(id)").json
        #expect(group["displayName"] == "Eng2")
        #expect(group["externalId"] == "e")
        #expect(app.scim("GET /Groups?filter=displayName+eq+%22Eng%22").total == 0)
        #expect(app.scim("GET /Groups?filter=externalId+eq+%22e%22").total == 1)
        let shown = app.scim(
            "PATCH /Groups/\(id)?attributes=displayName",
            #"{"Operations":[{"op":"Replace","path":"displayName","value":"Eng3"}]}"#)
        #expect(shown.status == 200)
        #expect(shown.json.objectValue?.names == ["schemas", "id", "displayName"])
    }

    @Test("G12, GP2, GP3: a deleted group is gone, also from its members")
    func delete() throws {
        let app = try TestApp()
        let ada = try app.user("ada@x")
        let id = try app.group("Eng", members: [ada])
        #expect(app.scim("GET /Users/\(ada)").json["groups"]?.arrayValue?.count == 1)
        #expect(app.scim("DELETE /Groups/\(id)").status == 204)
        #expect(app.scim("GET /Groups/\(id)").status == 404)
        #expect(app.scim("DELETE /Groups/\(id)").status == 404)
        #expect(app.scim("GET /Users/\(ada)").json["groups"] == nil)
    }
}
