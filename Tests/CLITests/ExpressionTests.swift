import Foundation
import Testing

@testable import EntraSimCLI

@Suite("entra-sim expression")
struct ExpressionTests {
    private static let files = MemoryShell(files: [
        "ada.json": #"{"givenName": "Ada", "surname": "Byron", "mail": null}"#,
        "cases.json": """
        [{"expression": "Left([a], 1)", "attributes": {"a": "xy"}, "expected": "x",
          "source": "docs"},
         {"expression": "Left([a], 1)", "attributes": {"a": "xy"}, "expected": "y",
          "source": "derived", "function": "Left"},
         {"expression": "Left(", "expected": null, "error": "ParseError",
          "source": "unverified"}]
        """,
        "doubtful.json": """
        [{"expression": "Left([a], 1)", "expected": "y", "source": "unverified"}]
        """,
        "broken.json": #"[{"expression": 7}]"#,
    ])

    private func tried(_ line: String, _ simulator: ScriptedSimulator = .init()) -> Result {
        let shell = MemoryShell(
            files: Self.files.state.withLock { state in
                state.files.mapValues { String(decoding: $0, as: UTF8.self) }
            })
        return run(line, simulator: simulator, shell: shell)
    }

    @Test("prints the value, with attributes from a file and no simulator")
    func value() {
        let result = tried(
            "expression 'Join(\".\", [givenName], [surname])' --attributes ada.json")
        #expect(result.exitCode == .success)
        #expect(result.output == "\"Ada.Byron\"\n")
        #expect(result.asked.isEmpty)
    }

    @Test("explains step by step, the innermost first, and what becomes of no value")
    func explain() {
        let result = tried(
            "expression 'ToLower(Coalesce([mail],[nick]))' --attributes ada.json --explain")
        #expect(
            result.output == """
                ToLower(Coalesce([mail], [nick]))

                step  call                  gives
                   1  [mail]                null
                   2  [nick]                null
                   3  Coalesce(null, null)  null
                   4  ToLower(null)         null

                result     null
                flow       nothing is sent, a create sends the default value

                """)
    }

    @Test("takes a user of the running simulator, by the names mappings use")
    func user() {
        let simulator = ScriptedSimulator([
            "GET /sim/v1/tenants/fabrikam/users/ada%40fabrikam.test": """
            {"id": "1", "userPrincipalName": "ada@fabrikam.test", "mobilePhone": "+1 5",
             "businessPhones": ["+1 7"], "accountEnabled": false}
            """,
            "GET /sim/v1/clock": #"{"now": "2026-03-04T05:06:07Z"}"#,
            "GET /sim/v1/tenants/fabrikam": #"{"domains": ["fabrikam.test"]}"#,
        ])
        let shell = MemoryShell(files: [".entra-sim/ready.json": demoReady.text])
        let result = run(
            """
            expression 'Join("|", [mobile], [telephoneNumber], [IsSoftDeleted], DefaultDomain(), \
            Now())' --user ada@fabrikam.test
            """, simulator: simulator, shell: shell)
        #expect(result.output == "\"+1 5|+1 7|True|fabrikam.test|3/4/2026 5:06:07 AM\"\n")
    }

    @Test(
        "says what is wrong, where, and what was probably meant",
        arguments: [
            (
                "expression 'append([a], \"x\")'", ExitCode.usage,
                "unknown function 'append' at position 1, did you mean 'Append'"
            ),
            ("expression 'Append([a] [b])'", .usage, "hint: here: Append([a]  ▸[b])"),
            (
                "expression 'Mid([a], 1'", .usage,
                "the expression ends too early, at position 11\nhint: here: Mid([a], 1 ▸"
            ),
            (
                "expression 'Join(\".\", [givenNam], [surname])' --user ada@fabrikam.test", .usage,
                "unknown source attribute 'givenNam' at position 11, did you mean 'givenName'"
            ),
            ("expression 'Trim([a])'", .usage, "hint: add --cloud-sync to try it"),
            ("expression", .usage, "'expression' needs an expression"),
            ("expression --functions Jion", .usage, "hint: did you mean 'Join'?"),
            ("expression '[a]' --attributes none.json", .failure, "cannot read 'none.json'"),
            ("expression '[a]' --attributes cases.json", .failure, "is no JSON object"),
            ("expression --cases broken.json", .failure, "[0].expression: expected a text"),
        ])
    func refusal(line: String, exitCode: ExitCode, text: String) {
        let result = tried(line)
        #expect(result.exitCode == exitCode)
        #expect(result.talk.contains(text), "\(result.talk)")
    }

    @Test("an evaluation error is a finding: it is printed and the exit code says so")
    func evaluationError() {
        let result = tried("expression 'Mid(\"a\", 0, 1)'")
        #expect(result.exitCode == .foundFailing)
        #expect(
            result.output.hasPrefix(
                "error: An error occured while evaluating this function: 'Mid.' "))
    }

    @Test("runs a file of cases: each failure, the counts by source, the exit code")
    func cases() {
        let result = tried("expression --cases cases.json")
        #expect(result.exitCode == .foundFailing)
        #expect(
            result.output == """
                failed     Left([a], 1)
                source     derived
                expected   "y"
                found      "x"

                source      passed  failed
                docs             1       0
                derived          0       1
                unverified       1       0

                """)
        #expect(tried("expression --cases doubtful.json").exitCode == .success)
    }

    @Test("lists every function, and explains one")
    func functions() {
        let list = tried("expression --functions")
        #expect(list.output.split(separator: "\n").count == 51)
        #expect(list.output.contains("\nMid "))
        #expect(
            tried("expression --functions Mid").output == """
                function   Mid(source, start, length)
                gives      characters from a position on
                example    Mid([userPrincipalName], 1, 8)

                """)
    }

    @Test("the shipped cases pass from the command line too")
    func shippedCases() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appending(path: "Expressions/expression-cases.json")
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        let result = run(
            "expression --cases all.json", shell: MemoryShell(files: ["all.json": text]))
        #expect(result.exitCode == .success)
    }
}
