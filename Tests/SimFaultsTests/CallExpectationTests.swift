import SimCore
import SimFaults
import Testing

@Suite("What a test expects of the calls")
struct CallExpectationTests {
    private let seen = [
        ObservedCall(method: "GET", target: "/scim/Users?filter=a", status: 200),
        ObservedCall(method: "POST", target: "/scim/Users", status: 201, text: #"{"active":true}"#),
        ObservedCall(method: "PATCH", target: "/scim/Users/7", status: nil, failure: "reset"),
    ]

    @Test(
        "in exactly this order is met, or the differences are marked as in a diff",
        arguments: [
            (["GET */Users 200", "POST /scim/Users", "PATCH *"], []),
            (["get *", "* * 2xx", "* /scim/*"], []),
            (["GET */Users?filter=* 200", "POST *", "PATCH *"], []),
            (
                ["GET */Users 404", "POST *", "PATCH *"],
                [
                    "- GET */Users 404", "+ GET /scim/Users 200", "  POST /scim/Users 201",
                    "  PATCH /scim/Users/7 reset",
                ]
            ),
            (
                ["GET *", "PATCH *"],
                [
                    "  GET /scim/Users 200", "+ POST /scim/Users 201",
                    "  PATCH /scim/Users/7 reset",
                ]
            ),
            (
                ["GET *", "POST *", "PATCH *", "DELETE */Users/7"],
                [
                    "  POST /scim/Users 201", "  PATCH /scim/Users/7 reset", "- DELETE */Users/7",
                ]
            ),
        ])
    func exactly(texts: [String], problems: [String]) throws {
        let found = try expectation(texts, .exactly).problems(with: seen)
        #expect(found.filter { !$0.hasSuffix("as expected") } == problems)
    }

    @Test("a call without an answer has no status, not even one of a class")
    func unanswered() throws {
        #expect(try !expectation(["PATCH * 2xx"], .contains).problems(with: seen).isEmpty)
        #expect(try expectation(["PATCH *"], .contains).problems(with: seen).isEmpty)
    }

    @Test("in this order lets others come between, but not before")
    func inOrder() throws {
        #expect(try expectation(["GET *", "PATCH *"], .inOrder).problems(with: seen) == [])
        #expect(try expectation([], .inOrder).problems(with: seen) == [])
        #expect(
            try expectation(["POST *", "GET *"], .inOrder).problems(with: seen) == [
                "- call 2: expected GET * after POST /scim/Users 201, did not come",
                "  seen: PATCH /scim/Users/7 reset",
            ])
    }

    @Test("in any order takes each call once")
    func contains() throws {
        #expect(try expectation(["PATCH *", "GET *"], .contains).problems(with: seen) == [])
        #expect(
            try expectation(["GET *", "GET *"], .contains).problems(with: seen).first
                == "- expected GET *, did not come")
    }

    @Test("can look into what was sent")
    func text() throws {
        let json: JSONValue = [
            "calls": [["call": "POST */Users", "contains": "active"]], "order": "contains",
        ]
        #expect(try CallExpectation(json).problems(with: seen) == [])
        let other: JSONValue = [
            "calls": [["call": "POST */Users", "contains": "manager"]], "order": "contains",
        ]
        #expect(
            try CallExpectation(other).problems(with: seen).first
                == "- expected POST */Users with 'manager', did not come")
    }

    @Test("can look at the calls of one path alone")
    func path() throws {
        let json: JSONValue = ["path": "/scim/Users/*", "calls": ["PATCH *"]]
        #expect(try CallExpectation(json).problems(with: seen) == [])
        #expect(try CallExpectation(["path": "/b/*", "writes": false]).problems(with: seen) == [])
        #expect(throws: FaultRuleError.self) { try CallExpectation(["path": "/b/*"]) }
    }

    @Test("counts everything but reading as a write")
    func writes() throws {
        let expectation = try CallExpectation(["writes": false])
        #expect(
            expectation.problems(with: seen)
                == ["a write: POST /scim/Users 201", "a write: PATCH /scim/Users/7 reset"])
        #expect(expectation.problems(with: Array(seen.prefix(1))) == [])
        let many = Array(repeating: seen[1], count: 25)
        #expect(expectation.problems(with: many).count == 21)
        #expect(expectation.problems(with: many).last == "5 more writes")
    }

    @Test(
        "by number holds on both sides of its bounds",
        arguments: [
            (1, true), (0, false), (2, false), (["min": 1], true),
            (["min": 2], false), (["max": 1], true), (["max": 0], false), (["min": 0], true),
        ] as [(JSONValue, Bool)])
    func counts(bounds: JSONValue, isMet: Bool) throws {
        let expectation = try CallExpectation(["counts": ["POST */Users": bounds]])
        #expect(expectation.problems(with: seen).isEmpty == isMet)
    }

    @Test("says nothing about what the journal no longer knows")
    func forgotten() throws {
        let expectation = try CallExpectation(["writes": false])
        #expect(expectation.problems(with: [], forgotten: 0).isEmpty)
        #expect(!expectation.problems(with: [], forgotten: 1).isEmpty)
    }

    @Test("finds one difference among a thousand calls and shows its surroundings")
    func long() throws {
        let many = (0..<1_000).map {
            ObservedCall(method: "GET", target: "/a/\($0)", status: 200)
        }
        var texts = many.map { "GET \($0.target)" }
        texts.remove(at: 500)
        let problems = try expectation(texts, .exactly).problems(with: many)
        #expect(
            problems == [
                "  … 498 as expected", "  GET /a/498 200", "  GET /a/499 200", "+ GET /a/500 200",
                "  GET /a/501 200", "  GET /a/502 200", "  … 497 as expected",
            ])
    }

    @Test("cuts a difference that has no end")
    func different() throws {
        let many = (0..<1_000).map {
            ObservedCall(method: "PUT", target: "/a/\($0)", status: 200)
        }
        let texts = many.map { "GET \($0.target)" }
        let problems = try expectation(texts, .exactly).problems(with: many)
        #expect(problems.count == 41)
        #expect(problems.last?.hasSuffix("more") == true)
    }

    @Test(
        "is a method, a path and perhaps a status",
        arguments: [
            "", "GET", "GET /a 99", "GET /a 600", "GET /a 6xx", "GET /a ok", "GET /a 200 b",
        ])
    func malformed(text: String) {
        #expect(CallPattern(text) == nil)
    }

    @Test(
        "that cannot be understood names the key",
        arguments: [
            (JSONValue.object([:]), "nothing is expected"),
            (["cals": []], "unknown key 'cals' in the expectation"),
            (["order": "exactly"], "'order' in the expectation means nothing without 'calls'"),
            (["calls": ["GET"]], "'GET' is not a call"),
            (["counts": ["GET": 1]], "'GET' is not a call"),
            (["counts": ["GET *": ["min": 2, "max": 1]]], "'max' in a count is less than 'min'"),
        ] as [(JSONValue, String)])
    func mistakes(json: JSONValue, message: String) {
        let error = #expect(throws: FaultRuleError.self) { try CallExpectation(json) }
        #expect(error?.message == message)
    }

    @Test("takes a thousand calls and not one more")
    func limit() throws {
        let calls = Array(repeating: "GET *", count: CallExpectation.callLimit)
        #expect(throws: Never.self) { try CallExpectation(["calls": JSONValue(strings: calls)]) }
        #expect(throws: FaultRuleError.self) {
            try CallExpectation(["calls": JSONValue(strings: calls + ["GET *"])])
        }
    }

    private func expectation(
        _ texts: [String], _ order: CallExpectation.Order
    ) throws -> CallExpectation {
        CallExpectation(calls: try texts.map { try #require(CallPattern($0)) }, order: order)
    }
}
