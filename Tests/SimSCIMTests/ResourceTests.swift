import SimCore
import SimSCIM
import Testing

@Suite("A resource body — RFC 7643 §3, RFC 7644 §3.3")
struct ResourceBodyTests {
    private func attributes(_ text: String, as type: ResourceType = .user) throws -> JSONObject {
        try type.attributes(from: JSONValue(parsing: text))
    }

    @Test("keeps known attributes under their names and drops what a client may not set")
    func reading() throws {
        let text = #"""
            {"SCHEMAS":["\#(SCIMURN.user)","http://schemas.microsoft.com/other"],
            "id":"x","USERNAME":"ada","active":"True","groups":[{"value":"g"}],"unknown":1,
            "roles":[],"title":null,"meta":{"resourceType":"User"},
            "emails":{"value":"a@x","PRIMARY":"true"},
            "\#(SCIMURN.enterpriseUser)":{"department":"D","manager":"m1","odd":1},
            "urn:acme:2.0:User":{"badge":7}}
            """#
        let expected = #"""
            {"userName":"ada","active":true,"emails":[{"value":"a@x","primary":true}],
            "\#(SCIMURN.enterpriseUser)":{"department":"D","manager":{"value":"m1"}},
            "urn:acme:2.0:User":{"badge":7}}
            """#
        let read = try attributes(text)
        #expect(read.text == (try JSONValue(parsing: expected).text))
        #expect(
            ResourceType.user.schemas(of: read)
                == JSONValue(strings: [SCIMURN.user, SCIMURN.enterpriseUser, "urn:acme:2.0:User"]))
    }

    @Test(
        "is refused",
        arguments: [
            ("[]", SCIMError.Keyword.invalidSyntax),
            (#"{"userName":"ada"}"#, .invalidSyntax),
            (#"{"schemas":["\#(SCIMURN.group)"],"userName":"ada"}"#, .invalidSyntax),
            (#"{"schemas":["\#(SCIMURN.user)"]}"#, .invalidValue),
            (#"{"schemas":["\#(SCIMURN.user)"],"userName":""}"#, .invalidValue),
            (#"{"schemas":["\#(SCIMURN.user)"],"userName":7}"#, .invalidValue),
            (
                #"{"schemas":["\#(SCIMURN.user)"],"userName":"a","roles":[{"value":"a","primary":true},{"value":"b","primary":true}]}"#,
                .invalidValue
            ),
            (
                #"{"schemas":["\#(SCIMURN.user)"],"userName":"a","\#(SCIMURN.enterpriseUser)":7}"#,
                .invalidValue
            ),
        ])
    func refusal(_ text: String, _ keyword: SCIMError.Keyword) {
        let error = #expect(throws: SCIMError.self) { try attributes(text) }
        #expect(error?.keyword == keyword)
    }
}

@Suite("What an answer shows — RFC 7644 §3.9")
struct ProjectionTests {
    private static let resource: JSONObject = [
        "schemas": [.string(SCIMURN.user)], "id": "1", "userName": "ada", "password": "p",
        "name": ["givenName": "A", "familyName": "L"],
        "emails": [["type": "work", "value": "a@x"]],
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": [
            "department": "D", "costCenter": "C",
        ],
    ]

    @Test(
        "with attributes and excludedAttributes",
        arguments: [
            (nil, nil, "schemas id userName name emails urn"),
            ("id", nil, "schemas id"),
            ("username, emails", nil, "schemas id userName emails"),
            ("password", nil, "schemas id"),
            (nil, "emails,name", "schemas id userName urn"),
            (nil, "id,schemas,userName", "schemas id name emails urn"),
            ("userName,name", "name", "schemas id userName"),
            (SCIMURN.enterpriseUser, nil, "schemas id urn"),
            (nil, SCIMURN.enterpriseUser, "schemas id userName name emails"),
            ("unknown", nil, "schemas id"), ("", "", "schemas id userName name emails urn"),
        ] as [(String?, String?, String)])
    func names(_ attributes: String?, _ excluded: String?, _ expected: String) throws {
        let projection = try AttributeProjection(
            attributes: attributes, excludedAttributes: excluded)
        let names = projection.apply(to: Self.resource, as: .user).names
        let shown = names.map { $0.hasPrefix("urn:") ? "urn" : $0 }
        #expect(shown.joined(separator: " ") == expected)
    }

    @Test("reaches into objects and extensions")
    func parts() throws {
        let kept = try AttributeProjection(
            attributes: "name.givenName,\(SCIMURN.enterpriseUser):department,emails.value",
            excludedAttributes: nil
        ).apply(to: Self.resource, as: .user)
        #expect(kept["name"] == ["givenName": "A"])
        #expect(kept["emails"] == [["value": "a@x"]])
        #expect(kept[SCIMURN.enterpriseUser] == ["department": "D"])
        let hidden = try AttributeProjection(
            attributes: nil, excludedAttributes: "name.givenName"
        ).apply(to: Self.resource, as: .user)
        #expect(hidden["name"] == ["familyName": "L"])
    }

    @Test("never builds members that are excluded")
    func members() throws {
        let excluded = try AttributeProjection(
            attributes: nil, excludedAttributes: "Members")
        #expect(!excluded.shows("members", in: .group))
        #expect(excluded.shows("displayName", in: .group))
        let chosen = try AttributeProjection(attributes: "id", excludedAttributes: nil)
        #expect(!chosen.shows("members", in: .group))
        #expect(AttributeProjection.all.shows("members", in: .group))
    }

    @Test("refuses names that are none and lists past the limit")
    func refusal() {
        #expect(throws: SCIMError.self) {
            try AttributeProjection(attributes: "a b.c.d", excludedAttributes: nil)
        }
        let many = Array(repeating: "id", count: AttributeProjection.nameLimit + 1)
        #expect(throws: SCIMError.self) {
            try AttributeProjection(
                attributes: nil, excludedAttributes: many.joined(separator: ","))
        }
    }
}

@Suite("SCIM messages — RFC 7644 §3.4.2, §3.12")
struct MessageTests {
    @Test("a list response is read as written, however its names are cased")
    func list() throws {
        let list = ListResponse(totalResults: 11, startIndex: 6, resources: [["id": "1"]])
        #expect(ListResponse(list.json) == list)
        #expect(
            list.json.text
                == #"{"schemas":["\#(SCIMURN.listResponse)"],"totalResults":11,"startIndex":6,"itemsPerPage":1,"Resources":[{"id":"1"}]}"#
        )
        let odd = try JSONValue(
            parsing: #"{"schemas":["\#(SCIMURN.listResponse)"],"TotalResults":0}"#)
        #expect(ListResponse(odd) == ListResponse(totalResults: 0, resources: []))
    }

    @Test(
        "what is not a list response is none",
        arguments: [
            "[]", "{}", #"{"totalResults":0,"Resources":[]}"#,
            #"{"schemas":["\#(SCIMURN.error)"],"Resources":[]}"#,
            #"{"schemas":["\#(SCIMURN.listResponse)"],"Resources":{}}"#,
            #"{"schemas":["\#(SCIMURN.listResponse)"],"totalResults":"1"}"#,
        ])
    func noList(_ text: String) throws {
        #expect(ListResponse(try JSONValue(parsing: text)) == nil)
    }

    @Test("an error carries its status as text")
    func error() {
        #expect(
            SCIMError.badRequest(.invalidFilter, "no").json.text
                == #"{"schemas":["\#(SCIMURN.error)"],"scimType":"invalidFilter","detail":"no","status":"400"}"#
        )
    }

    @Test("a schema names externalId and the canonical types a validator looks for")
    func schema() {
        #expect(SCIMSchema.user.attribute("externalid") != nil)
        #expect(SCIMSchema.group.attribute("externalId") != nil)
        let phones = SCIMSchema.user.attribute("phoneNumbers")?.subAttribute("type")
        #expect(phones?.canonicalValues.contains("fax") == true)
        #expect(!SCIMSchema.user.json(baseURL: "https://h").text.contains("null"))
    }
}
