import Testing

@testable import SimProvisioning

@Suite("Regular expressions as .NET reads them — mapping-expressions.md §5.2")
struct PatternTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let pattern: String
        let text: String
        /// The first match; nil for none.
        let match: String?

        init(_ pattern: String, _ text: String, _ match: String?) {
            self.pattern = pattern
            self.text = text
            self.match = match
        }

        var testDescription: String { "\(pattern) on \(text)" }
    }

    static let rows = [
        Row("b+", "abbbc", "bbb"), Row("b+?", "abbbc", "b"), Row("a{2}", "aaaa", "aa"),
        Row("a{2,3}", "aaaa", "aaa"), Row("a{2,}?", "aaaa", "aa"), Row("a{,2}", "a{,2}", "a{,2}"),
        Row("x|yy|z", "ayyz", "yy"), Row("^b", "ab", nil), Row("(?m)^b", "a\nb", "b"),
        Row("b$", "ab\n", "b"), Row("b\\z", "ab\n", nil), Row("a.c", "a\nc", nil),
        Row("(?s)a.c", "a\nc", "a\nc"), Row("(?i)ABC", "xaBc", "aBc"), Row("a(?i)B", "aB", "aB"),
        Row("a(?i:B)C", "abc", nil), Row("(?x) a b # c", "ab", "ab"), Row("[^a-c]", "abcd", "d"),
        Row("[]a]+", "x]a]", "]a]"), Row("[a-z-[aeiou]]+", "eabcd", "bcd"),
        Row("[\\w-]+", "a-b", "a-b"),
        Row("\\p{Lu}+", "abÄÖc", "ÄÖ"), Row("\\P{L}", "ab1", "1"), Row("\\d", "x٣", "٣"),
        Row("(a)(b)?\\1", "aa", "aa"), Row("(?<q>['\"]).*?\\k<q>", "x'y'z", "'y'"),
        Row("\\bcat\\b", "a cat.", "cat"), Row("(?=ab)a", "acab", "a"), Row("a(?!b)", "abac", "a"),
        Row("(?<=\\$)\\d+", "5 $42", "42"), Row("(?<!\\$)\\b\\d+", "$42 5", "5"),
        Row("(?<=(a|bc)+)d", "abcd", "d"), Row("(?>a+)ab", "aaab", nil),
        Row("(a*)*b", "aab", "aab"),
        Row("(a|b?)+c", "abc", "abc"), Row("(?#comment)a", "a", "a"),
        Row("\\x41\\u0042\\t", "AB\t", "AB\t"),
        Row("é", "e\u{301}", nil), Row("", "abc", ""), Row("(?n)(a)(?<n>b)", "ab", "ab"),
    ]

    @Test("finds the leftmost match", arguments: rows)
    func first(_ row: Row) throws {
        let units = Array(row.text.utf16)
        let match = try DotNetPattern(row.pattern).firstMatch(in: units)
        let found = match.map { String(decoding: units[$0.whole], as: UTF16.self) }
        #expect(found == row.match)
    }

    @Test(
        "is refused with its place",
        arguments: [
            ("[", "a bracket is not closed"), ("(a", "a parenthesis is not closed"),
            ("a)", "too many closing parentheses"), ("*a", "a quantifier follows nothing"),
            ("a**", "a quantifier follows a quantifier"), ("a{3,2}", "the bounds of a quantifier"),
            ("\\", "a backslash ends the pattern"), ("\\y", "unknown escape"),
            ("\\1", "there is no group '1'"), ("[z-a]", "a range is in reverse order"),
            ("(?(1)a|b)", "conditional groups are not supported"),
            ("(?<a-b>x)", "balancing groups are not supported"), ("\\p{Xx}", "unknown category"),
        ])
    func refusal(pattern: String, reason: String) {
        do {
            _ = try DotNetPattern(pattern)
            Issue.record("compiled")
        } catch {
            #expect(error.explanation.contains(reason))
        }
    }

    @Test("a pattern that would never end, or would fill the memory, is given up")
    func limits() throws {
        let slow = try DotNetPattern("(a+)+$")
        #expect(throws: PatternError.tooSlow) {
            try slow.matches(String(repeating: "a", count: 40) + "b")
        }
        #expect(throws: PatternError.tooLarge) { try DotNetPattern("((a{900}){900}){900}") }
        #expect(throws: PatternError.self) {
            try DotNetPattern(String(repeating: "(", count: 5_000))
        }
        let long = String(repeating: "ab", count: 5_000)
        #expect(try DotNetPattern("(?:ab)*").matchesWhole(long))
    }

    @Test(
        "a replacement knows groups by number and name",
        arguments: [
            ("(\\d+)-(\\d+)", "$2-$1", "12-34", "34-12"), ("(?<a>b)", "<${a}>", "abc", "a<b>c"),
            ("b", "[$&$`$'$_$$]", "abc", "a[bacabc$]c"), ("b", "$9${x}$", "abc", "a$9${x}$c"),
            ("(?<n>a)(b)", "$1$2", "ab", "ba"), ("x*", "-", "ab", "-a-b-"),
            (".*", "X", "abc", "XX"),
            ("(a)|(b)", "$+", "ab", "b"),
        ])
    func replacement(pattern: String, replacement: String, text: String, result: String) throws {
        let expression = MappingExpression.call(
            .replace,
            [
                .text(text), nil, .text(pattern), nil, .text(replacement), nil, nil,
            ])
        #expect(try expression.evaluated(for: ["a": "x"] as Attributes) == .string(result))
    }
}
