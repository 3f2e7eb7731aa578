import SimCore
import Testing

@testable import SimProvisioning

/// Attributes written beside the expression.
struct Attributes: AttributeSource, ExpressibleByDictionaryLiteral {
    private let values: [String: JSONValue]

    init(dictionaryLiteral elements: (String, JSONValue)...) {
        values = Dictionary(elements) { _, last in last }
    }

    func value(of attribute: String) -> ExpressionValue { ExpressionValue(values[attribute]) }
}

@Suite("Mapping expressions — mapping-expressions.md §1, §2, §5")
struct ExpressionTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let text: String
        let attributes: Attributes
        let value: ExpressionValue

        init(_ text: String, _ attributes: Attributes = [:], _ value: ExpressionValue) {
            self.text = text
            self.attributes = attributes
            self.value = value
        }

        init(_ text: String, _ attributes: Attributes = [:], _ value: String) {
            self.init(text, attributes, .string(value))
        }

        var testDescription: String { text }
    }

    static let rows = [
        Row("[mail]", ["mail": "a@b.c"], "a@b.c"),
        Row("[mail]", [:], .null),
        Row("\"en_US\"", [:], "en_US"),
        Row(
            "ToLower([emails[type eq \"work\"].value])", ["emails[type eq \"work\"].value": "A@B"],
            "a@b"),
        Row(#"Append("Company name: ", "\"Contoso\"")"#, [:], #"Company name: "Contoso""#),
        Row(#"Append("\d+\\", "x")"#, [:], #"\d+\x"#),
        Row(#"Join(",", "a)b", "c,d", "[e]")"#, [:], "a)b,c,d,[e]"),
        Row(
            #"Join(", ", "", [surname], [givenName])"#, ["surname": "Doe", "givenName": "John"],
            "Doe, John"),
        Row(#"Join(" ", [givenName], [surname])"#, ["surname": "Doe"], "Doe"),
        Row(#"Join(" ", [givenName], [surname])"#, [:], ""),
        Row(#"Join("-", [list], 12)"#, ["list": ["a", "b"]], "a-b-12"),
        Row(
            #"Switch([IsSoftDeleted], , "False", "True", "True", "False")"#,
            ["IsSoftDeleted": false], "True"),
        Row(
            #"Switch([IsSoftDeleted], , "False", "True", "True", "False")"#,
            ["IsSoftDeleted": true], "False"),
        Row(#"Switch([IsSoftDeleted], , "False", "True", "True", "False")"#, [:], .null),
        Row(#"Switch([country],[country],"","Other")"#, [:], "Other"),
        Row(#"Switch([country],[country],"","Other")"#, ["country": "GB"], "GB"),
        Row(#"Switch([x], "d", "a", [absent])"#, ["x": "a"], .null),
        Row(#"Switch([x], "d", "A", "1")"#, ["x": "a"], "d"),
        Row("Not([IsSoftDeleted])", ["IsSoftDeleted": true], .boolean(false)),
        Row("Not([absent])", [:], .boolean(true)),
        Row("Coalesce([a], [b], \"z\")", ["a": "", "b": "y"], "y"),
        Row("Coalesce([a], [b], \"z\")", [:], "z"),
        Row("Left([a], 2)", ["a": "👍x"], "👍"),
        Row("Left([a], 9)", ["a": "abc"], "abc"),
        Row("Left([absent], 2)", [:], ""),
        Row("Mid([a], 2, 3)", ["a": "abcdef"], "bcd"),
        Row("Mid([a], \"1\", \"2\")", ["a": "abc"], "ab"),
        Row("Mid([a], 9, 3)", ["a": "abc"], ""),
        Row("ToUpper([a])", ["a": "straße"], "STRAßE"),
        Row("ToUpper([a], \"tr-TR\")", ["a": "istanbul"], "İSTANBUL"),
        Row("ToLower([x], )", ["x": "ABC"], "abc"),
        Row("StripSpaces([a])", ["a": "a b\tc"], "ab\tc"),
        Row("IIF([a] = \"x\", 1, 2)", ["a": "x"], .integer(1)),
        Row("IIF([a] <> \"x\", 1, 2)", ["a": "x"], .integer(2)),
        Row("IIF([n] >= 10, \"many\", \"few\")", ["n": "9"], "few"),
        Row("IIF([n]>=-3,\"many\",\"few\")", ["n": "9"], "many"),
        Row("IIF([a] = \"x\", \"ok\", IgnoreAttributeFlow)", ["a": "y"], .ignoreAttribute),
        Row("IgnoreFlowIfNullOrEmpty([a])", [:], .ignoreAttribute),
        Row("IsPresent([a])", ["a": " "], .boolean(true)),
        Row("IsNull([a])", ["a": ""], .boolean(false)),
        Row("IsNullOrEmpty([a])", ["a": ""], .boolean(true)),
        Row("Append (\n [a] ,\t&H1F )", ["a": "x"], "x31"),
    ]

    @Test("evaluates to", arguments: rows)
    func value(_ row: Row) throws {
        let expression = try ExpressionParser.parse(row.text)
        #expect(try expression.evaluated(for: row.attributes) == row.value)
        // The printed form reads back as the same tree.
        #expect(try ExpressionParser.parse(expression.description) == expression)
    }

    @Test(
        "is refused, with the place and the nearest name",
        arguments: [
            (
                "append([mail], \"x\")",
                "unknown function 'append' at position 1, did you mean 'Append'"
            ),
            ("Frobnicate([mail])", "unknown function 'Frobnicate' at position 1"),
            ("Append([mail] \"x\")", "unexpected '\"' at position 15"),
            ("Append([mail], \"x\"", "the expression ends too early, at position 19"),
            ("Append([mail], \"x\"))", "unexpected ')' at position 20"),
            ("Append([mail], \"x)", "the text that starts at position 16 never ends"),
            ("Append([mail, \"x\")", "the attribute that starts at position 8 has no closing ']'"),
            ("Append([mail])", "Append takes 2 arguments, not 1"),
            ("Append([mail],, \"a\")", "Append takes 2 arguments, not 3"),
            ("Switch([a], \"d\", \"k\")", "Switch takes 4 or more arguments, not 3"),
            ("ToUpper(mail)", "'mail' at position 9 is no function, attribute or text"),
            (
                "Append([mail], 'x')",
                "' at position 16 does not delimit text, type a straight \" instead"
            ),
            (
                "Append([mail], “x”)",
                "“ at position 16 does not delimit text, type a straight \" instead"
            ),
            ("\"a\" & \"b\"", "unexpected '&' at position 5"),
            ("", "the expression ends too early, at position 1"),
            ("Left([a], 99999999999999999999)", "the number at position 11 is too large"),
        ])
    func refusal(text: String, explanation: String) {
        do {
            _ = try ExpressionParser.parse(text)
            Issue.record("parsed")
        } catch {
            #expect(error.explanation == explanation)
        }
    }

    @Test("10,000 characters pass, one more does not; so do 128 levels — §1")
    func limits() throws {
        let longest = "\"" + String(repeating: "x", count: 9_998) + "\""
        #expect(throws: Never.self) { try ExpressionParser.parse(longest) }
        #expect(throws: ExpressionSyntaxError.tooLong(limit: 10_000)) {
            try ExpressionParser.parse(longest + " ")
        }
        func nested(_ depth: Int) -> String {
            String(repeating: "Not(", count: depth) + "[a]" + String(repeating: ")", count: depth)
        }
        #expect(throws: Never.self) { try ExpressionParser.parse(nested(128)) }
        #expect(throws: ExpressionSyntaxError.nestedTooDeeply(limit: 128)) {
            try ExpressionParser.parse(nested(129))
        }
    }

    @Test("an evaluation error is worded as the service words it — §3.4")
    func evaluationError() throws {
        let expression = try ExpressionParser.parse("Mid([a], 0, 1)")
        do {
            _ = try expression.evaluated(for: ["a": "x"] as Attributes)
            Issue.record("evaluated")
        } catch {
            #expect(
                error.explanation.hasPrefix(
                    "An error occured while evaluating this function: 'Mid.' "))
        }
    }

    @Test("only the outermost call may be SelectUniqueValue, white space before it does not matter")
    func topLevel() {
        #expect(throws: Never.self) { try ExpressionParser.parse("  SelectUniqueValue ([a], [b])") }
        #expect(throws: ExpressionSyntaxError.notTopLevel(function: "SelectUniqueValue", offset: 6))
        {
            try ExpressionParser.parse("\"a\" = SelectUniqueValue([a], [b])")
        }
    }

    @Test("the tree form names each parameter — §3.1")
    func tree() throws {
        let expression = try ExpressionParser.parse("Mid([userPrincipalName],1,8)")
        #expect(
            expression.resource.text == """
                {"type":"Function","name":"Mid","expression":"Mid([userPrincipalName], 1, 8)",\
                "parameters":[{"key":"source","value":{"type":"Attribute",\
                "name":"userPrincipalName","expression":"[userPrincipalName]","parameters":[]}},\
                {"key":"start","value":{"type":"Constant","name":"1","expression":"\\"1\\"",\
                "parameters":[]}},{"key":"length","value":{"type":"Constant","name":"8",\
                "expression":"\\"8\\"","parameters":[]}}]}
                """)
    }
}
