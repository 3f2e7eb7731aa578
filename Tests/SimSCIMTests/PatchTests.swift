import SimCore
import SimSCIM
import Testing

/// Applies the operations to the resource, both as JSON text.
func patched(
    _ resource: String, _ operations: String, as type: ResourceType = .user
) throws -> JSONObject {
    let body = try JSONValue(parsing: #"{"Operations":[\#(operations)]}"#)
    var object = try #require(JSONValue(parsing: resource).objectValue)
    for operation in try PatchRequest(parsing: body).operations {
        try operation.apply(to: &object, as: type)
    }
    return object
}

private let urn = SCIMURN.enterpriseUser
private let work = #"{"type":"work","value":"a@x","primary":true}"#
private let home = #"{"type":"home","value":"b@x"}"#

@Suite("A PATCH in the forms Entra and the validators send — provisioning.md §7.4, §7.5")
struct PatchFormTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let before: String
        let operations: String
        let after: String

        init(_ name: String, _ before: String, _ operations: String, _ after: String) {
            testDescription = name
            self.before = before
            self.operations = operations
            self.after = after
        }
    }

    @Test(
        "changes single values",
        arguments: [
            Row(
                "a capitalised Replace", #"{"displayName":"Ada"}"#,
                #"{"op":"Replace","path":"displayName","value":"Ada L"}"#,
                #"{"displayName":"Ada L"}"#),
            Row(
                "an Add of what is not there", "{}",
                #"{"op":"Add","path":"nickName","value":"Babs"}"#, #"{"nickName":"Babs"}"#),
            Row(
                "a Replace of what is not there, RFC 7644 §3.5.2.3", "{}",
                #"{"op":"Replace","path":"title","value":"T"}"#, #"{"title":"T"}"#),
            Row(
                "a dotted path into an object that is not there", "{}",
                #"{"op":"Add","path":"name.familyName","value":"L"}"#,
                #"{"name":{"familyName":"L"}}"#),
            Row(
                "disabling with the string \"False\"", #"{"active":true}"#,
                #"{"op":"Replace","path":"active","value":"False"}"#, #"{"active":false}"#),
            Row(
                "disabling with the string \"false\"", #"{"active":true}"#,
                #"{"op":"Replace","path":"active","value":"false"}"#, #"{"active":false}"#),
            Row(
                "disabling with a boolean", #"{"active":true}"#,
                #"{"op":"replace","path":"active","value":false}"#, #"{"active":false}"#),
            Row(
                "disabling without a path", #"{"active":true}"#,
                #"{"op":"replace","value":{"active":false}}"#, #"{"active":false}"#),
            Row(
                "dotted and URN keys without a path",
                #"{"displayName":"A","name":{"givenName":"G"}}"#,
                #"""
                {"op":"replace","value":{"displayName":"B","name.familyName":"L",
                "\#(urn):employeeNumber":"8"}}
                """#,
                #"""
                {"displayName":"B","name":{"givenName":"G","familyName":"L"},
                "\#(urn)":{"employeeNumber":"8"}}
                """#),
            Row(
                "a nested object without a path keeps its other parts",
                #"{"name":{"givenName":"G","familyName":"F"}}"#,
                #"{"op":"replace","value":{"name":{"familyName":"L"}}}"#,
                #"{"name":{"givenName":"G","familyName":"L"}}"#),
            Row(
                "a URN as key with an object of its attributes", "{}",
                #"{"op":"add","value":{"\#(urn)":{"department":"R&D"}}}"#,
                #"{"\#(urn)":{"department":"R&D"}}"#),
            Row(
                "a core URN in front", #"{"title":"A"}"#,
                #"{"op":"replace","path":"\#(SCIMURN.user):title","value":"B"}"#, #"{"title":"B"}"#),
            Row(
                "names in another case", #"{"displayName":"A"}"#,
                #"{"OP":"REPLACE","PATH":"DISPLAYNAME","VALUE":"B"}"#, #"{"displayName":"B"}"#),
            Row(
                "an attribute of an extension nobody declared", "{}",
                #"{"op":"Add","path":"urn:ietf:params:scim:schemas:extension:Acme:2.0:User:badge","value":"7"}"#,
                #"{"urn:ietf:params:scim:schemas:extension:Acme:2.0:User":{"badge":"7"}}"#),
            Row(
                "a removal", #"{"title":"A","nickName":"B"}"#,
                #"{"op":"Remove","path":"title"}"#, #"{"nickName":"B"}"#),
            Row(
                "null, which unassigns", #"{"title":"A","name":{"givenName":"G"}}"#,
                #"{"op":"replace","path":"title","value":null},{"op":"replace","path":"name.givenName","value":null}"#,
                "{}"),
            Row(
                "an empty string, stored as sent", #"{"title":"A"}"#,
                #"{"op":"replace","path":"title","value":""}"#, #"{"title":""}"#),
            Row(
                "the last attribute of an extension takes the extension with it",
                #"{"\#(urn):x":{},"\#(urn)":{"department":"D"}}"#,
                #"{"op":"remove","path":"\#(urn):department"}"#, #"{"\#(urn):x":{}}"#),
            Row(
                "each operation after the one before", #"{"title":"A"}"#,
                #"{"op":"replace","path":"title","value":"B"},{"op":"remove","path":"title"},{"op":"add","path":"title","value":"C"}"#,
                #"{"title":"C"}"#),
            Row(
                "what was read and sent back is no change", #"{"title":"A"}"#,
                #"{"op":"replace","value":{"id":"1","schemas":[],"meta":{},"title":"B"}}"#,
                #"{"title":"B"}"#),
        ])
    func single(_ row: Row) throws {
        #expect(try patched(row.before, row.operations).text == JSONValue(parsing: row.after).text)
    }

    @Test(
        "sets and clears the manager",
        arguments: [
            Row(
                "a bare string", "{}", #"{"op":"Add","path":"\#(urn):manager","value":"m1"}"#,
                #"{"\#(urn)":{"manager":{"value":"m1"}}}"#),
            Row(
                "an object", "{}",
                #"{"op":"add","path":"\#(urn):manager","value":{"value":"m1"}}"#,
                #"{"\#(urn)":{"manager":{"value":"m1"}}}"#),
            Row(
                "the tutorial's list without URN", "{}",
                #"{"op":"Add","path":"manager","value":[{"$ref":"http://h/Users/m1","value":"m1"}]}"#,
                #"{"\#(urn)":{"manager":{"$ref":"http://h/Users/m1","value":"m1"}}}"#),
            Row(
                "a change drops what was known of the old one",
                #"{"\#(urn)":{"manager":{"value":"m1","$ref":"r"}}}"#,
                #"{"op":"Replace","path":"\#(urn):manager","value":"m2"}"#,
                #"{"\#(urn)":{"manager":{"value":"m2"}}}"#),
            Row(
                "through the sub-attribute", #"{"\#(urn)":{"manager":{"value":"m1"}}}"#,
                #"{"op":"replace","path":"\#(urn):manager.value","value":"m2"}"#,
                #"{"\#(urn)":{"manager":{"value":"m2"}}}"#),
            Row(
                "cleared with an empty string", #"{"\#(urn)":{"manager":{"value":"m1"}}}"#,
                #"{"op":"replace","path":"\#(urn):manager","value":""}"#, "{}"),
            Row(
                "cleared with an empty value", #"{"\#(urn)":{"manager":{"value":"m1"}}}"#,
                #"{"op":"replace","path":"\#(urn):manager","value":{"value":""}}"#, "{}"),
            Row(
                "cleared by removal", #"{"\#(urn)":{"manager":{"value":"m1"},"department":"D"}}"#,
                #"{"op":"Remove","path":"\#(urn):manager"}"#, #"{"\#(urn)":{"department":"D"}}"#),
            Row(
                "cleared by a filter that names it",
                #"{"\#(urn)":{"manager":{"value":"m1"}}}"#,
                #"{"op":"remove","path":"manager[value eq \"m1\"]"}"#, "{}"),
            Row(
                "not cleared by a filter that names another",
                #"{"\#(urn)":{"manager":{"value":"m1"}}}"#,
                #"{"op":"remove","path":"manager[value eq \"m2\"]"}"#,
                #"{"\#(urn)":{"manager":{"value":"m1"}}}"#),
        ])
    func manager(_ row: Row) throws {
        #expect(try patched(row.before, row.operations).text == JSONValue(parsing: row.after).text)
    }

    @Test(
        "adds and removes members — §7.5",
        arguments: [
            Row(
                "a capitalised Add", #"{"displayName":"G"}"#,
                #"{"op":"Add","path":"members","value":[{"value":"a"}]}"#,
                #"{"displayName":"G","members":[{"value":"a"}]}"#),
            Row(
                "the tutorial's Add with an empty reference", #"{"members":[{"value":"a"}]}"#,
                #"{"op":"Add","path":"members","value":[{"$ref":null,"value":"b"}]}"#,
                #"{"members":[{"value":"a"},{"value":"b"}]}"#),
            Row(
                "several in lower case, one of them there already",
                #"{"members":[{"value":"a"}]}"#,
                #"{"op":"add","path":"members","value":[{"value":"a"},{"value":"b"}]}"#,
                #"{"members":[{"value":"a"},{"value":"b"}]}"#),
            Row(
                "without a path", #"{"members":[{"value":"a"}]}"#,
                #"{"op":"add","value":{"members":[{"value":"b"}]}}"#,
                #"{"members":[{"value":"a"},{"value":"b"}]}"#),
            Row(
                "a Remove with a list of values",
                #"{"members":[{"value":"a"},{"value":"b"},{"value":"c"}]}"#,
                #"{"op":"Remove","path":"members","value":[{"value":"a"},{"value":"c"}]}"#,
                #"{"members":[{"value":"b"}]}"#),
            Row(
                "the tutorial's Remove with an empty reference",
                #"{"members":[{"value":"a"},{"value":"b"}]}"#,
                #"{"op":"Remove","path":"members","value":[{"$ref":null,"value":"a"}]}"#,
                #"{"members":[{"value":"b"}]}"#),
            Row(
                "a remove by a filter", #"{"members":[{"value":"a"},{"value":"b"}]}"#,
                #"{"op":"remove","path":"members[value eq \"a\"]"}"#,
                #"{"members":[{"value":"b"}]}"#),
            Row(
                "a remove of somebody who is not there", #"{"members":[{"value":"a"}]}"#,
                #"{"op":"remove","path":"members[value eq \"x\"]"}"#,
                #"{"members":[{"value":"a"}]}"#),
            Row(
                "all of them", #"{"displayName":"G","members":[{"value":"a"}]}"#,
                #"{"op":"remove","path":"members"}"#, #"{"displayName":"G"}"#),
            Row(
                "a replace of the list", #"{"members":[{"value":"a"}]}"#,
                #"{"op":"replace","path":"members","value":[{"value":"b"}]}"#,
                #"{"members":[{"value":"b"}]}"#),
            Row(
                "added and removed at once", #"{"members":[{"value":"a"}]}"#,
                #"{"op":"Add","path":"members","value":[{"value":"b"}]},{"op":"Remove","path":"members","value":[{"value":"a"}]}"#,
                #"{"members":[{"value":"b"}]}"#),
        ])
    func members(_ row: Row) throws {
        #expect(
            try patched(row.before, row.operations, as: .group).text
                == JSONValue(parsing: row.after).text)
    }

    @Test(
        "changes lists",
        arguments: [
            Row(
                "the value of a filtered element", #"{"emails":[\#(work),\#(home)]}"#,
                #"{"op":"Replace","path":"emails[type eq \"work\"].value","value":"c@x"}"#,
                #"{"emails":[{"type":"work","value":"c@x","primary":true},\#(home)]}"#),
            Row(
                "an added element that no filter matched is created",
                #"{"emails":[\#(home)]}"#,
                #"{"op":"Add","path":"emails[type eq \"work\"].value","value":"a@x"}"#,
                #"{"emails":[\#(home),{"type":"work","value":"a@x"}]}"#),
            Row(
                "a replaced one in a list that does not exist is created", "{}",
                #"{"op":"Replace","path":"phoneNumbers[type eq \"mobile\"].value","value":"+44"}"#,
                #"{"phoneNumbers":[{"type":"mobile","value":"+44"}]}"#),
            Row(
                "a role by its primary mark", "{}",
                #"{"op":"Add","path":"roles[primary eq \"True\"].value","value":"admin"}"#,
                #"{"roles":[{"primary":true,"value":"admin"}]}"#),
            Row(
                "an address part by part", "{}",
                #"{"op":"Add","path":"addresses[type eq \"work\"].locality","value":"Leeds"},{"op":"Add","path":"addresses[type eq \"work\"].country","value":"GB"}"#,
                #"{"addresses":[{"type":"work","locality":"Leeds","country":"GB"}]}"#),
            Row(
                "a filtered removal", #"{"emails":[\#(work),\#(home)]}"#,
                #"{"op":"remove","path":"emails[type eq \"home\"]"}"#, #"{"emails":[\#(work)]}"#),
            Row(
                "a filtered removal that meets nothing", #"{"emails":[\#(work)]}"#,
                #"{"op":"remove","path":"emails[type eq \"home\"]"}"#, #"{"emails":[\#(work)]}"#),
            Row(
                "removal of one part", #"{"emails":[\#(work)]}"#,
                #"{"op":"remove","path":"emails[type eq \"work\"].primary"}"#,
                #"{"emails":[{"type":"work","value":"a@x"}]}"#),
            Row(
                "removal by value list", #"{"roles":[{"value":"a"},{"value":"b"},{"value":"c"}]}"#,
                #"{"op":"Remove","path":"roles","value":[{"value":"a"},{"value":"c"}]}"#,
                #"{"roles":[{"value":"b"}]}"#),
            Row(
                "the whole list", #"{"roles":[{"value":"a"}]}"#, #"{"op":"remove","path":"roles"}"#,
                "{}"),
            Row(
                "add of a value already there", #"{"roles":[{"value":"a"}]}"#,
                #"{"op":"add","path":"roles","value":[{"value":"a"},{"value":"b"}]}"#,
                #"{"roles":[{"value":"a"},{"value":"b"}]}"#),
            Row(
                "replace of the list", #"{"roles":[{"value":"a"}]}"#,
                #"{"op":"replace","path":"roles","value":[{"value":"b","primary":"True"}]}"#,
                #"{"roles":[{"value":"b","primary":true}]}"#),
            Row(
                "a role as JSON text, kept as sent", "{}",
                #"{"op":"Add","path":"roles","value":[{"value":"{\"id\":\"1\"}"}]}"#,
                #"{"roles":[{"value":"{\"id\":\"1\"}"}]}"#),
            Row(
                "replace of a filtered element replaces all of it", #"{"emails":[\#(work)]}"#,
                #"{"op":"replace","path":"emails[type eq \"work\"]","value":{"type":"work","value":"z@x"}}"#,
                #"{"emails":[{"type":"work","value":"z@x"}]}"#),
            Row(
                "add to a filtered element keeps the rest", #"{"emails":[\#(work)]}"#,
                #"{"op":"add","path":"emails[type eq \"work\"]","value":{"display":"A"}}"#,
                #"{"emails":[{"type":"work","value":"a@x","primary":true,"display":"A"}]}"#),
            Row(
                "a new primary takes the mark", #"{"emails":[\#(work)]}"#,
                #"{"op":"add","path":"emails","value":[{"type":"other","value":"o@x","primary":true}]}"#,
                #"{"emails":[{"type":"work","value":"a@x","primary":false},{"type":"other","value":"o@x","primary":true}]}"#
            ),
            Row(
                "null for the value of a filtered element",
                #"{"emails":[{"type":"work","value":"a@x"}]}"#,
                #"{"op":"replace","path":"emails[type eq \"work\"].value","value":null}"#,
                #"{"emails":[{"type":"work"}]}"#),
        ])
    func lists(_ row: Row) throws {
        #expect(try patched(row.before, row.operations).text == JSONValue(parsing: row.after).text)
    }
}

@Suite("A PATCH is refused — RFC 7644 §3.5.2, table 9")
struct PatchRefusalTests {
    @Test(
        "with the keyword",
        arguments: [
            (#"{"op":"move","path":"title","value":"x"}"#, .invalidSyntax),
            (#"{"path":"title","value":"x"}"#, .invalidSyntax),
            (#""add""#, .invalidSyntax),
            (#"{"op":"remove"}"#, .noTarget),
            (#"{"op":"add","path":"title"}"#, .invalidValue),
            (#"{"op":"add","value":"x"}"#, .invalidValue),
            (#"{"op":"add","path":7,"value":"x"}"#, .invalidPath),
            (#"{"op":"add","path":"","value":"x"}"#, .invalidPath),
            (#"{"op":"add","path":"nope","value":"x"}"#, .invalidPath),
            (#"{"op":"add","value":{"nope":"x"}}"#, .invalidPath),
            (#"{"op":"add","path":"name.nope","value":"x"}"#, .invalidPath),
            (#"{"op":"add","path":"title.x","value":"x"}"#, .invalidPath),
            (#"{"op":"add","path":"emails[type eq","value":"x"}"#, .invalidPath),
            (#"{"op":"replace","path":"id","value":"x"}"#, .mutability),
            (#"{"op":"replace","path":"meta.version","value":"x"}"#, .mutability),
            (#"{"op":"add","path":"groups","value":[{"value":"g"}]}"#, .mutability),
            (#"{"op":"remove","path":"userName"}"#, .mutability),
            (#"{"op":"replace","path":"userName","value":null}"#, .invalidValue),
            (#"{"op":"replace","path":"active","value":"maybe"}"#, .invalidValue),
            (#"{"op":"replace","path":"title","value":{"a":1}}"#, .invalidValue),
            (#"{"op":"replace","path":"title","value":5}"#, .invalidValue),
            (#"{"op":"replace","path":"name","value":"Ada"}"#, .invalidValue),
            (
                #"{"op":"replace","path":"emails[type eq \"home\"].value","value":"x"}"#, .noTarget
            ),
            (
                #"{"op":"add","path":"emails[value co \"q\"].type","value":"x"}"#, .noTarget
            ),
        ] as [(String, SCIMError.Keyword)])
    func keyword(_ operation: String, _ keyword: SCIMError.Keyword) {
        let error = #expect(throws: SCIMError.self) {
            try patched(#"{"userName":"ada","emails":[\#(work)]}"#, operation)
        }
        #expect(error?.keyword == keyword)
        #expect(error?.status == 400)
    }

    @Test("when its message is another one, but not when it has no 'schemas'")
    func message() throws {
        let operation = #"{"op":"add","path":"title","value":"x"}"#
        let other = try JSONValue(
            parsing: #"{"schemas":["\#(SCIMURN.user)"],"Operations":[\#(operation)]}"#)
        #expect(throws: SCIMError.self) { try PatchRequest(parsing: other) }
        let bare = try JSONValue(parsing: #"{"operations":[\#(operation)]}"#)
        #expect(try PatchRequest(parsing: bare).operations.count == 1)
        #expect(throws: SCIMError.self) { try PatchRequest(parsing: ["Operations": []]) }
    }

    @Test("one operation past the limit")
    func limit() throws {
        let one: JSONValue = ["op": "add", "path": "title", "value": "x"]
        let limit = PatchRequest.operationLimit
        let most: JSONValue = ["Operations": .array(Array(repeating: one, count: limit))]
        #expect(try PatchRequest(parsing: most).operations.count == limit)
        let more: JSONValue = ["Operations": .array(Array(repeating: one, count: limit + 1))]
        let error = #expect(throws: SCIMError.self) { try PatchRequest(parsing: more) }
        #expect(error?.status == 413)
    }
}
