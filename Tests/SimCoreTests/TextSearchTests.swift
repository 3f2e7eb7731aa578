import SimCore
import Testing

@Suite("A text in a text")
struct TextSearchTests {
    /// One search: where the wanted text begins, counted in bytes, or nil.
    struct Row: CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let wanted: String
        let offset: Int?

        init(_ description: String, _ text: String, _ wanted: String, _ offset: Int?) {
            testDescription = description
            self.text = text
            self.wanted = wanted
            self.offset = offset
        }
    }

    @Test(
        "is found",
        arguments: [
            Row("at the start", "://localhost", "://", 0),
            Row("at the very end", "https://", "://", 5),
            Row("at its first place of two", "a-b-c", "-", 1),
            Row("after a beginning that was not it", "aaab", "aab", 1),
            Row("where only its first half repeats", "ababac", "abac", 2),
            Row("beyond letters of more bytes", "é=filter=", "filter=", 3),
            Row("nowhere when its end is cut off", "https:/", "://", nil),
            Row("nowhere in the empty text", "", "a", nil),
            Row("nowhere when it is the longer one", "ab", "abc", nil),
            Row("nowhere in other case", "JSON", "json", nil),
            Row("at once when it is empty", "abc", "", 0),
            Row("at once when both are empty", "", "", 0),
        ])
    func search(_ row: Row) {
        let found = row.text.firstRange(ofText: row.wanted)
        let offset = found.map {
            row.text.utf8.distance(from: row.text.startIndex, to: $0.lowerBound)
        }
        #expect(offset == row.offset)
        #expect(found.map { String(row.text[$0]) } == row.offset.map { _ in row.wanted })
        #expect(row.text.contains(text: row.wanted) == (row.offset != nil))
    }

    @Test("is found in the middle part of a text, by that part's own indices")
    func part() {
        let text = "a=1&b=2&a=3"
        let rest = text.dropFirst(3)
        #expect(rest.firstRange(ofText: "a=").map { rest[$0.lowerBound...] } == "a=3")
        #expect(Array(text.utf8)[4...].firstRange(ofText: "b") == 4..<5)
    }

    @Test("is exchanged everywhere, without looking at what was put in")
    func replacing() {
        #expect("a&b&c".replacing(text: "&", with: "&amp;") == "a&amp;b&amp;c")
        #expect("aaa".replacing(text: "aa", with: "a") == "aa")
        #expect("none".replacing(text: "x", with: "y") == "none")
        #expect("abc".replacing(text: "", with: "-") == "abc")
        #expect("abab".replacing(text: "ab", with: "") == "")
    }

    @Test("is exchanged as often as the limit says")
    func limit() {
        #expect("/x/x/x".replacing(text: "/x", with: "/y", limit: 1) == "/y/x/x")
        #expect("/x/x/x".replacing(text: "/x", with: "/y", limit: 2) == "/y/y/x")
        #expect("/x".replacing(text: "/x", with: "/y", limit: 0) == "/x")
    }
}
