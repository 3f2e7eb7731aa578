import SimCore
import Testing

@testable import SimProvisioning

@Suite("Scoping filters — mapping-expressions.md §8")
struct ScopingFilterTests {
    static func filter(_ clauses: [JSONValue], checks: Bool = true) throws -> ScopingFilter {
        try ScopingFilter(
            json: ["groups": [["name": "g", "clauses": .array(clauses)]]], path: "scope",
            checksAttributes: checks)
    }

    static func clause(_ name: String, _ comparison: String, _ values: String...) -> JSONValue {
        [
            "sourceOperandName": .string(name), "operatorName": .string(comparison),
            "targetOperand": ["values": JSONValue(strings: values)],
        ]
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let comparison: String
        let operand: String?
        /// One letter each for null, "", Sales, sales, Presales, 7 and 12.
        let truth: String

        init(_ comparison: String, _ operand: String?, _ truth: String) {
            self.comparison = comparison
            self.operand = operand
            self.truth = truth
        }

        var testDescription: String { "\(comparison) \(operand ?? "")" }
    }

    @Test(
        "the table of §8.2, each operator on each value",
        arguments: [
            Row("EQUALS", "Sales", "FFTFFFF"), Row("NOT EQUALS", "Sales", "FFFTTTT"),
            Row("IS NULL", nil, "TTFFFFF"), Row("IS NOT NULL", nil, "FFTTTTT"),
            Row("INCLUDES", "sales", "FFFTTFF"), Row("ENDS_WITH", "ales", "FFTTTFF"),
            Row("REGEX MATCH", "^S", "FFTFFFF"), Row("NOT REGEX MATCH", "^S", "FFFTTTT"),
            Row("REGEX MATCH", "(?i)^s", "FFTTFFF"),
            Row("REGEX MATCH", "([1-9][0-9])", "FFFFFFT"), Row("GREATER_THAN", "7", "FFFFFFT"),
            Row("GREATER_THAN_OR_EQUALS", "7", "FFFFFTT"), Row("GREATER_THAN", "x", "FFFFFFF"),
            Row("Not_Equals", "Sales", "FFFTTTT"), Row("&", "4", "FFFFFTT"),
            Row("!&", "8", "FFTTTTF"), Row("&", "The Sales team", "FFTFFFF"),
        ])
    func truth(_ row: Row) throws {
        let clause: JSONValue = [
            "sourceOperandName": "a", "operatorName": .string(row.comparison),
            "targetOperand": row.operand.map { ["values": [.string($0)]] } ?? nil,
        ]
        let filter = try Self.filter([clause])
        let values: [JSONValue] = [nil, "", "Sales", "sales", "Presales", "7", "12"]
        let truth = values.map { value in
            filter.verdict(on: ExpressionInput(["a": value])).passes ? "T" : "F"
        }
        #expect(truth.joined() == row.truth)
    }

    @Test("Booleans are tested by IS TRUE, IS FALSE and EQUALS True; null is neither")
    func booleans() throws {
        func holds(_ comparison: String, _ value: JSONValue) throws -> Bool {
            try Self.filter([Self.clause("b", comparison, "True")])
                .verdict(on: ExpressionInput(["b": value])).passes
        }
        #expect(try holds("IS TRUE", true) && !holds("IS TRUE", false) && !holds("IS TRUE", nil))
        #expect(try !holds("IS FALSE", true) && holds("IS FALSE", false))
        #expect(try !holds("IS FALSE", nil))
        #expect(try holds("EQUALS", true) && !holds("EQUALS", false))
    }

    @Test("clauses must all hold, one group is enough, several values mean any, nothing passes all")
    func grouping() throws {
        let filter = try ScopingFilter(
            json: [
                "groups": [
                    [
                        "name": "Sales in NY",
                        "clauses": [
                            Self.clause("department", "EQUALS", "Sales", "Presales"),
                            Self.clause("state", "EQUALS", "NY"),
                        ],
                    ],
                    ["name": "Synced", "clauses": [Self.clause("dirSyncEnabled", "IS TRUE")]],
                ], "inputFilterGroups": [], "categoryFilterGroups": nil,
            ], path: "scope")
        func passes(_ attributes: JSONObject) -> Bool {
            filter.verdict(on: ExpressionInput(attributes)).passes
        }
        #expect(passes(["department": "Sales", "state": "NY"]))
        #expect(passes(["department": "Presales", "state": "NY"]))
        #expect(!passes(["department": "Sales", "state": "WA"]))
        #expect(passes(["department": "Sales", "state": "WA", "dirSyncEnabled": true]))
        #expect(!passes([:]))
        let empty = try ScopingFilter(json: ["groups": []], path: "scope")
        #expect(empty.verdict(on: ExpressionInput([:])).passes)
    }

    @Test("each clause says why")
    func reasons() throws {
        let verdict = try Self.filter([
            Self.clause("department", "EQUALS", "Sales"), Self.clause("state", "IS NOT NULL"),
            Self.clause("jobTitle", "REGEX MATCH", "Lead"),
        ]).verdict(on: ExpressionInput(["department": "Legal", "jobTitle": "Team Lead"]))
        #expect(
            verdict.groups[0].clauses.map(\.reason) == [
                #"department EQUALS "Sales": False, the value is "Legal""#,
                "state IS NOT NULL: False, there is no value",
                #"jobTitle REGEX MATCH "Lead": True, the value is "Team Lead""#,
            ])
        #expect(verdict.groups[0].clauses.map(\.isAmbiguous) == [false, false, true])
        #expect(
            verdict.text == """
                {"g":{"department EQUALS \\"Sales\\"":false,"state IS NOT NULL":false,\
                "jobTitle REGEX MATCH \\"Lead\\"":true}}
                """)
    }

    @Test(
        "is refused when it is saved",
        arguments: [
            (clause("manager", "IS NULL"), "'manager' is not supported as a scoping attribute"),
            (clause("a", "LIKE", "x"), "operatorName: expected one of EQUALS"),
            (clause("a", "EQUALS"), "expected a value to compare with"),
            (clause("a", "REGEX MATCH", "["), "The regular expression is invalid"),
            (
                ["operatorName": "IS NULL"] as JSONValue,
                "sourceOperandName: expected an attribute"
            ),
        ])
    func refusal(clause: JSONValue, reason: String) {
        do {
            _ = try Self.filter([clause])
            Issue.record("accepted")
        } catch let error as SchemaError {
            #expect(error.explanation.contains(reason))
        } catch {
            Issue.record(error)
        }
        #expect(throws: Never.self) {
            try Self.filter([Self.clause("manager", "IS NULL")], checks: false)
        }
    }
}
