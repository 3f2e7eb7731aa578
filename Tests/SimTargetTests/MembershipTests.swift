import SimCore
import SimSCIM
import SimTarget
import Testing

@Suite("Members of a group — provisioning.md §7.5, G10, G11, GP1")
struct MembershipTests {
    /// The members by letter after the operations on a group of a and b.
    @Test(
        "after",
        arguments: [
            (#"{"op":"Add","path":"members","value":[{"value":"c"}]}"#, "abc"),
            (
                #"{"op":"add","path":"members","value":[{"$ref":null,"value":"c"},{"value":"d"}]}"#,
                "abcd"
            ),
            (#"{"op":"add","path":"members","value":{"value":"c"}}"#, "abc"),
            (#"{"op":"add","value":{"members":[{"value":"c"}]}}"#, "abc"),
            (#"{"op":"add","path":"\#(SCIMURN.group):members","value":[{"value":"c"}]}"#, "abc"),
            (
                #"{"op":"add","path":"\#(SCIMURN.group)","value":{"members":[{"value":"c"}]}}"#,
                "abc"
            ),
            (#"{"op":"add","path":"members","value":[{"value":"a"}]}"#, "ab"),
            (#"{"op":"Remove","path":"members","value":[{"value":"a"}]}"#, "b"),
            (
                #"{"op":"Remove","path":"members","value":[{"$ref":null,"value":"a"},{"value":"b"}]}"#,
                ""
            ),
            (#"{"op":"remove","path":"members[value eq \"a\"]"}"#, "b"),
            (#"{"op":"remove","path":"members[value eq \"a\" or value eq \"b\"]"}"#, ""),
            (#"{"op":"remove","path":"members[not (value eq \"a\")]"}"#, "a"),
            (#"{"op":"remove","path":"members[type eq \"Group\"]"}"#, "ab"),
            (#"{"op":"remove","path":"members[value eq \"c\"]"}"#, "ab"),
            (#"{"op":"remove","path":"members[value eq \"nobody\"]"}"#, "ab"),
            (#"{"op":"remove","path":"members"}"#, ""),
            (#"{"op":"replace","path":"members","value":[{"value":"b"},{"value":"c"}]}"#, "bc"),
            (#"{"op":"replace","path":"members","value":[]}"#, ""),
            (
                #"{"op":"add","path":"members","value":[{"value":"c"}]},{"op":"remove","path":"members[value eq \"c\"]"}"#,
                "ab"
            ),
            (
                #"{"op":"add","path":"members","value":[{"value":"c"}]},{"op":"remove","path":"members[value ne \"c\"]"}"#,
                "c"
            ),
            (
                #"{"op":"remove","path":"members[value eq \"a\"]"},{"op":"add","path":"members","value":[{"value":"a"}]}"#,
                "ba"
            ),
        ])
    func members(_ operations: String, _ expected: String) throws {
        let app = try TestApp()
        var ids: [String: String] = [:]
        for letter in ["a", "b", "c", "d"] { ids[letter] = try app.user("\(letter)@x") }
        let names = Dictionary(uniqueKeysWithValues: ids.map { ($1, $0) })
        let group = try app.group("Eng", members: ["a", "b"].compactMap { ids[$0] })
        var text = operations
        for (letter, id) in ids {
            text = text.replacing(#""\#(letter)""#, with: #""\#(id)""#)
                .replacing(#"\"\#(letter)\""#, with: #"\"\#(id)\""#)
        }
        let answer = app.patch("/Groups/\(group)", text)
        #expect(answer.status == 204, "\(answer.text)")
        #expect(app.members(group).compactMap { names[$0] }.joined() == expected)
        for (letter, id) in ids {
            let isMember = app.app.snapshot.groupIDs(of: id) == [group]
            #expect(isMember == expected.contains(letter), "\(letter)")
        }
    }

    @Test(
        "are left alone by a PATCH that is refused",
        arguments: [
            (#"{"op":"add","path":"members","value":[{"value":"stranger"}]}"#, "invalidValue"),
            (#"{"op":"add","path":"members","value":[{"display":"x"}]}"#, "invalidValue"),
            (
                #"{"op":"remove","path":"members"},{"op":"replace","path":"displayName","value":""}"#,
                "invalidValue"
            ),
            (
                #"{"op":"remove","path":"members"},{"op":"replace","path":"nope","value":"x"}"#,
                "invalidPath"
            ),
            (
                #"{"op":"replace","path":"members[value eq \"x\"].display","value":"x"}"#,
                "mutability"
            ),
            (#"{"op":"add","path":"members[value eq \"x\"]","value":{"value":"y"}}"#, "noTarget"),
        ])
    func refused(_ operations: String, _ keyword: String) throws {
        let app = try TestApp()
        let ada = try app.user("ada@x")
        let group = try app.group("Eng", members: [ada])
        let answer = app.patch("/Groups/\(group)", operations)
        #expect(answer.status == 400)
        #expect(answer.keyword == keyword)
        #expect(app.members(group) == [ada])
    }

    @Test("of a deleted user are cleaned up; a group can be a member too")
    func cleanup() throws {
        let app = try TestApp()
        let ada = try app.user("ada@x")
        let inner = try app.group("Inner", members: [ada])
        let outer = try app.group("Outer", members: [inner, ada])
        let shown = app.scim("GET /Groups/\(outer)").json["members"]?.arrayValue ?? []
        #expect(shown.map { $0["type"] } == ["Group", "User"])
        app.scim("DELETE /Users/\(ada)")
        app.scim("DELETE /Groups/\(inner)")
        #expect(app.members(outer).isEmpty)
    }

    @Test("in tens of thousands: adding and removing one does not touch the others")
    func large() throws {
        let app = try TestApp()
        let ids = try (0..<3_000).map { try app.user("u\($0)@x") }
        let group = try app.group("All", members: ids)
        for id in ids.prefix(2_000) {
            let answer = app.patch(
                "/Groups/\(group)", #"{"op":"remove","path":"members[value eq \"\#(id)\"]"}"#)
            try #require(answer.status == 204)
        }
        #expect(app.members(group) == Array(ids.dropFirst(2_000)))
    }
}
