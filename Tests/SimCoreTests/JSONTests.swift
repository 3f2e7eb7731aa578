import SimCore
import Testing

@Suite("JSON — RFC 8259")
struct JSONTests {
    @Test(
        "text comes back as it was",
        arguments: [
            "null", "true", "[1,-2,3.5]", #"{"b":1,"a":{"x":[]}}"#, #""a\"\\\n\u0001é""#,
            "12345678901234567890", "1.10", #"{"a":1,"a":2}"#,
        ])
    func roundTrip(_ text: String) throws {
        #expect(try JSONValue(parsing: text).text == text)
    }

    @Test("a surrogate pair is one character")
    func surrogates() throws {
        #expect(try JSONValue(parsing: #""\ud83d\ude00""#) == .string("😀"))
    }

    @Test(
        "is refused at the first wrong byte",
        arguments: [
            ("", 0), ("{", 1), ("[1,]", 3), ("01", 2), ("\"\\ud800x\"", 7), ("\"\u{1}\"", 1),
            ("tru", 3), ("1 2", 2), ("\"\\ud800\\u0041\"", 13),
        ])
    func refusal(_ text: String, _ offset: Int) {
        #expect {
            try JSONValue(parsing: text)
        } throws: { error in
            (error as? JSONError)?.offset == offset
        }
    }

    @Test("nesting is accepted up to the limit and refused one past it")
    func depth() throws {
        let limit = JSONValue.depthLimit
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(throws: Never.self) { try JSONValue(parsing: nested(limit)) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: nested(limit + 1)) }
    }

    @Test(
        "an answer of which only some members are wanted is judged as the whole is",
        arguments: [
            #"{"id":"7","x":{"a":[1,true,null,"é\n"],"b":{}},"y":[],"n":-1.5e3}"#, "{}", "[1]",
            "\"x\"", "{", #"{"x":}"#, #"{"x":[1,]}"#, #"{"x":{"a" 1}}"#, #"{"x":{1:1}}"#,
            #"{"x":"\q"}"#, #"{"x":"\ud800"}"#, "{\"x\":\"\u{1}\"}", #"{"x":01}"#, #"{"x":tru}"#,
            #"{"x":[1 2]}"#, #"{"x":{"a":1]}"#, #"{"x":1} 2"#, #"{"x":"#, #"{"x":"a"#,
        ])
    func partly(_ text: String) throws {
        let bytes = Array(text.utf8)
        var whole: JSONObject?
        var refusal: JSONError?
        do {
            whole = try JSONValue(parsing: bytes).objectValue
        } catch {
            refusal = error
        }
        do {
            let kept = try JSONObject(parsing: bytes) { $0 == "id" }
            #expect(refusal == nil)
            #expect((kept == nil) == (whole == nil))
            #expect(kept?.members == whole?.members.filter { $0.name == "id" })
        } catch {
            #expect(error == refusal)
        }
    }

    @Test("invalid UTF-8 and too deep nesting are refused in a member nobody wants")
    func partlyBroken() {
        let opening = Array(#"{"x":"#.utf8)
        let limit = JSONValue.depthLimit
        func isAccepted(_ bytes: [UInt8]) -> Bool {
            (try? JSONObject(parsing: opening + bytes + Array("}".utf8)) { _ in false }) != nil
        }
        func nested(_ depth: Int) -> [UInt8] {
            [UInt8](repeating: 0x5B, count: depth) + [UInt8](repeating: 0x5D, count: depth)
        }
        #expect(!isAccepted([0x22, 0xFF, 0x22]))
        #expect(!isAccepted([0x22, 0x5C, 0x6E, 0xC3, 0x22]))
        #expect(isAccepted([0x22, 0xC3, 0xA9, 0x22]))
        #expect(isAccepted(nested(limit - 1)))
        #expect(!isAccepted(nested(limit)))
    }

    @Test("the last of two members of one name wins a look-up")
    func duplicates() throws {
        #expect(try JSONValue(parsing: #"{"a":1,"a":2}"#)["a"] == .int(2))
    }

    @Test("invalid UTF-8 is refused, also behind an escape")
    func utf8() {
        #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0x5C, 0x6E, 0xC3, 0x22]) }
    }
}
