import SimCore
import SimDirectory
import Testing

@testable import SimProvisioning

@Suite("Functions at their edges — mapping-expressions.md §5, §6")
struct ExpressionFunctionTests {
    /// Evaluates with settings of its own.
    static func value(
        _ text: String, _ attributes: JSONObject = [:],
        _ change: (inout ExpressionSettings) -> Void = { _ in }
    ) throws -> ExpressionValue {
        var settings = ExpressionSettings()
        change(&settings)
        let context = ExpressionContext(
            now: Timestamp(seconds: 1_753_833_600), random: SeededRandom(seed: 7),
            settings: settings)
        return try ExpressionParser.parse(text, settings: settings)
            .evaluated(for: ExpressionInput(attributes, context: context))
    }

    @Test(
        "gives at the edge",
        arguments: [
            (#"FormatDateTime("5", , "%d", "yyyy-MM-dd")"#, ExpressionValue.string("2025-01-05")),
            (#"FormatDateTime("20:15", , "HH:mm", "u")"#, .string("2025-07-30 20:15:00Z")),
            (#"FormatDateTime(" 2024-02-09 ", , "yyyy-MM-dd", "d")"#, .string("02/09/2024")),
            (#"FormatDateTime("12:05 AM", , "h:mm tt", "H:mm")"#, .string("0:05")),
            (#"FormatDateTime("12:05", , "h:mm", "H:mm")"#, .string("0:05")),
            (#"FormatDateTime("24", , "yy", "yyyy")"#, .string("2024")),
            (#"FormatDateTime("50", , "yy", "yyyy")"#, .string("1950")),
            (#"FormatDateTime("Fri 9 Feb 2024", , "ddd d MMM yyyy", "ddd")"#, .string("Fri")),
            (
                #"FormatDateTime("2024-02-09", , "yyyy-MM-dd", "'day' d\\h \"x\"")"#,
                .string("day 9h x")
            ),
            (#"FormatDateTime("1.5", , "s.FFF", "s.ffff")"#, .string("1.5000")),
            (#"FormatDateTime("1", , "s.FFF", "s.FFF")"#, .string("1")),
            (#"DateAdd("m", -1, "2024-03-31")"#, .date(Timestamp(seconds: 1_709_164_800))),
            (#"DateDiff("d", "2024-03-01", "3/2/2024 12:00:00 AM")"#, .integer(1)),
            (#"InStr("abc", "")"#, .integer(1)), (#"InStr("abc", "c", 9)"#, .integer(0)),
            (#"Left("abc", -9)"#, .string("abc")),
            (#"Mid("abc", 2, 9223372036854775807)"#, .string("bc")),
            ("BitAnd(CBool(1), 1)", .integer(1)),
            (#"Word(" a  b ", 2, " ")"#, .string("b")),
            (#"Split("a;;b", ";")"#, .list(["a", "", "b"])),
            (#"RemoveDuplicates("a")"#, .list(["a"])), (#"Count(Split("", ","))"#, .integer(1)),
            (#"PCase("l'été d'anna")"#, .string("L'été D'anna")),
            (#"ToUpper("ǆ")"#, .string("Ǆ")), (#"PCase("ǆep")"#, .string("ǅep")),
            (#"Coalesce("", "")"#, .string("")),
            (#"Append(IgnoreAttributeFlow, "x")"#, .ignoreAttribute),
            (#"Join(",", IgnoreObjectFlow)"#, .ignoreObject),
            (#"IIF(IgnoreAttributeFlow, "a", "b")"#, .ignoreAttribute),
        ])
    func edge(text: String, value: ExpressionValue) throws {
        #expect(try Self.value(text) == value)
    }

    @Test(
        "fails at the edge",
        arguments: [
            #"FormatDateTime("2024-02-30", , "yyyy-MM-dd", "yyyy")"#,
            #"FormatDateTime("Thu 9 Feb 2024", , "ddd d MMM yyyy", "ddd")"#,
            #"FormatDateTime("1", , "q", "yyyy")"#,
            #"FormatDateTime(" 2024", "None", "yyyy", "yy")"#,
            #"FormatDateTime("2024", "NoSuchStyle", "yyyy", "yy")"#,
            #"DateAdd("yyyy", 9000, "2024-01-01")"#, #"DateAdd("s", 9223372036854775807, Now())"#,
            #"DateAdd("D", 1, Now())"#, "DateFromNum(-1)", "DateFromNum(9223372036854775807)",
            #"NumFromDate("1600-01-01")"#, #"InStr("a", "a", 0)"#, #"InStr("a", "a", 1, "x")"#,
            #"Mid("a", 1, -1)"#, #"Left("a", "b")"#, #"RandomString(3, -1, 0, 0, 0)"#,
            #"RandomString(3, 3, 0, 0, 0, "0123456789")"#, #"Replace("a", , , , "b", , )"#,
            #"Replace("a", "a", , , , , )"#, #"Replace("a", , "a", "g", "b", , )"#,
            "ToLower([list])", #"Switch([list], "d", "a", "b")"#,
        ])
    func failure(text: String) {
        #expect(throws: ExpressionEvaluationError.self) {
            try Self.value(text, ["list": ["a", "b"]])
        }
    }

    @Test("a null condition makes IIF null only when that is switched on — §6")
    func nullCondition() throws {
        let text = #"IIF([country] = "US", "in", "out")"#
        #expect(try Self.value(text) == .string("out"))
        let documented = try Self.value(text) { $0.iifNullCondition = .documented }
        #expect(documented == .null)
        let present = try Self.value(text, ["country": "US"]) {
            $0.iifNullCondition = .documented
        }
        #expect(present == .string("in"))
    }

    @Test("the other conflicts of the documents are settings — §6")
    func conflicts() throws {
        let replace = #"Replace([a], , "(?<g>\\d)", "g", , [b], )"#
        #expect(try Self.value(replace, ["b": "x1"]) == .string("1"))
        let inverse = try Self.value(replace, ["a": "x", "b": "x1"]) {
            $0.replacementAttribute = .whenSourceHasValue
        }
        #expect(inverse == .string("1"))
        let untrimmed = try Self.value(#"Split("a, b", ",")"#) { $0.splitTrimsItems = false }
        #expect(untrimmed == .list(["a", " b"]))
        let split = try Self.value(#"PCase("o'neil")"#) { $0.apostropheSeparatesWords = true }
        #expect(split == .string("O'Neil"))
        let roles: JSONObject = ["r": ["A", "B"]]
        let first = try Self.value("SingleAppRoleAssignment([r])", roles) {
            $0.severalRoles = .first
        }
        #expect(first == .string("A"))
        let three = try Self.value(#"FormatDateTime("2024-02-09", "yyyy-MM-dd", "yyyy")"#) {
            $0.formatDateTimeWithoutStyles = true
        }
        #expect(three == .string("2024"))
    }

    @Test("two assigned roles fail in the service's words — §3.4")
    func severalRoles() {
        do {
            _ = try Self.value("SingleAppRoleAssignment([r])", ["r": ["A", "B"]])
            Issue.record("evaluated")
        } catch let error as ExpressionEvaluationError {
            #expect(
                error.explanation == """
                    An error occured while evaluating this function: 'SingleAppRoleAssignment.' \
                    No more than one app role assignment was expected, but this many where found: 2
                    """)
        } catch {
            Issue.record(error)
        }
    }

    @Test("functions of cloud sync are refused unless switched on — §4")
    func cloudSync() throws {
        #expect(throws: ExpressionSyntaxError.cloudSyncFunction("Trim", offset: 0)) {
            try ExpressionParser.parse("Trim([a])")
        }
        let on: (inout ExpressionSettings) -> Void = { $0.cloudSyncFunctions = true }
        #expect(
            try Self.value(#"DNComponent("cn=Joe\\, Jr,dc=x", 1)"#, [:], on) == .string("Joe, Jr"))
        #expect(try Self.value(#"DNComponent("cn=Joe", 2)"#, [:], on) == .null)
        let sid = Base64.encode([1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2, 0, 0])
        #expect(
            try Self.value("StringFromSid([s])", ["s": .string(sid)], on) == .string("S-1-5-32-544")
        )
    }

    @Test("nested replaces cannot fill the memory, nested calls evaluate once each")
    func limits() throws {
        var growing = "[a]"
        for _ in 0..<12 { growing = #"Replace(\#(growing), "a", , , "aaaaaaaaaa", , )"# }
        #expect(throws: ExpressionEvaluationError.self) { try Self.value(growing, ["a": "a"]) }
        let deep =
            String(repeating: "Append(", count: 128) + "[a]"
            + String(repeating: #", "x")"#, count: 128)
        #expect(
            try Self.value(deep, ["a": ""]) == .string(String(repeating: "x", count: 128)))
    }

    @Test("the same object draws the same random values in the same cycle, another draws others")
    func randomness() throws {
        func guid(_ seed: UInt64) throws -> ExpressionValue {
            let context = ExpressionContext(now: .epoch, random: SeededRandom(seed: seed))
            return try ExpressionParser.parse("Guid()")
                .evaluated(for: ExpressionInput([:], context: context))
        }
        #expect(try guid(1) == guid(1))
        #expect(try guid(1) != guid(2))
    }

    @Test("a trace has every step, innermost first, with the values given")
    func trace() throws {
        let trace = ExpressionTrace()
        let tree = try ExpressionParser.parse(#"ToLower(Join(".", [a], [b]))"#)
        _ = try tree.evaluated(for: ["a": "Ada", "b": "Byron"] as Attributes, trace: trace)
        #expect(
            trace.steps.map(\.call) == [
                "[a]", "[b]", #"Join(".", "Ada", "Byron")"#, #"ToLower("Ada.Byron")"#,
            ])
        #expect(trace.steps.map(\.depth) == [2, 2, 1, 0])
        #expect(trace.steps.last?.result == .success(.string("ada.byron")))
    }
}

@Suite("The stored form of mappings — mapping-expressions.md §3.1")
struct MappingSourceTests {
    @Test("a call that ends in an empty argument reads back as it was — §3.1")
    func emptyLastArgument() throws {
        for text in [#"Join(",", )"#, #"IIF([a] = "x", Join(",", ), IgnoreAttributeFlow)"#] {
            let tree = try ExpressionParser.parse(text)
            #expect(try MappingExpression(resource: tree.resource, path: "source") == tree)
        }
    }

    private func read(_ text: String) throws -> String {
        try MappingExpression(resource: JSONValue(parsing: text), path: "source").description
    }

    @Test("type and name are enough for an attribute")
    func short() throws {
        #expect(try read(#"{"name":"mail"}"#) == "[mail]")
        #expect(try read(#"{"type":"Constant","name":"a\"b"}"#) == #""a\"b""#)
    }

    @Test("where text and parameters disagree the parameters count")
    func disagreement() throws {
        let source = """
            {"type":"Function","name":"ToUpper","expression":"ToLower([a])","parameters":[
            {"key":"whatever","value":{"type":"Attribute","name":"b"}}]}
            """
        #expect(try read(source) == "ToUpper([b])")
    }

    @Test("published names of Replace find their places, what was not given stays empty")
    func replace() throws {
        let source = """
            {"type":"Function","name":"Replace","parameters":[
            {"key":"source","value":{"type":"Attribute","name":"preferredLanguage"}},
            {"key":"Find","value":{"type":"Constant","name":"-"}},
            {"key":"Replacement","value":{"type":"Constant","name":"_"}}]}
            """
        #expect(try read(source) == #"Replace([preferredLanguage], "-", , , "_", , )"#)
    }

    @Test("what the tree cannot mean is refused")
    func refusal() {
        for text in [
            #"{"type":"Function","name":"Nope","parameters":[{"key":"a","value":{"name":"b"}}]}"#,
            #"{"type":"Function","name":"Not","parameters":[{"key":"source"}]}"#,
            #"{"type":"Strange","name":"x"}"#, #"{"name":"a]b"}"#, "7",
        ] {
            #expect(throws: (any Error).self) { try read(text) }
        }
    }
}
