import SimCore
import Testing

@Suite("Identifiers and chance")
struct IdentityTests {
    @Test("a GUID reads any case, with or without dashes, and prints lower case with dashes")
    func guid() throws {
        let text = "aabcd28f-cedc-4f7b-b936-f4aad0fb2500"
        let guid = try #require(GUID(text.uppercased()))
        #expect(guid.description == text)
        #expect(GUID(guid.undashed) == guid)
        #expect(GUID("aabcd28f-cedc-4f7b-b936-f4aad0fb250") == nil)
        #expect(GUID("aabcd28fxcedc-4f7b-b936-f4aad0fb2500") == nil)
    }

    @Test("uti is the little-endian form of the trace id — identity-platform.md §4.3")
    func littleEndian() throws {
        let guid = try #require(GUID("aabcd28f-cedc-4f7b-b936-f4aad0fb2500"))
        #expect(Base64.urlEncode(guid.littleEndianBytes) == "j9K8qtzOe0-5NvSq0PslAA")
    }

    @Test("the same seed and name give the same identifier, another name another one")
    func derived() {
        #expect(GUID(seed: 7, name: "user/adele") == GUID(seed: 7, name: "user/adele"))
        #expect(GUID(seed: 7, name: "user/adele") != GUID(seed: 7, name: "user/adelf"))
        #expect(GUID(seed: 8, name: "user/adele") != GUID(seed: 7, name: "user/adele"))
    }

    @Test("one more draw for one purpose does not move another")
    func streams() {
        let first = SeededRandom(seed: 1)
        let second = SeededRandom(seed: 1)
        _ = second.bytes(8, for: RandomPurpose("jti"))
        #expect(first.guid(for: RandomPurpose("trace")) == second.guid(for: RandomPurpose("trace")))
    }

    @Test(
        "a mistyped name finds its neighbour",
        arguments: [("displayname", "displayName"), ("usrs", "users"), ("xyzzy", nil as String?)])
    func nearest(_ typed: String, _ expected: String?) {
        #expect(NearestName.of(typed, in: ["users", "groups", "displayName"]) == expected)
    }
}
