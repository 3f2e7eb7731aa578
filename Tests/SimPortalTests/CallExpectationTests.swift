import SimCore
import SimHTTP
import SimPortal
import Testing

@Suite("What a test expects of the calls")
struct CallExpectationTests {
    @Test(
        "is met, or each difference is named",
        arguments: [
            (["GET */Users 200", "POST /scim/Users"], .exactly, []),
            (
                ["GET */Users 404", "POST */Users"], .exactly,
                ["call 1: expected GET */Users 404, was GET /scim/Users 200"]
            ),
            (["GET *"], .exactly, ["call 2: not expected: POST /scim/Users 201"]),
            (
                ["get *", "* *", "PATCH *"], .exactly,
                ["call 3: expected PATCH *, was nothing"]
            ),
            (["POST *"], .inOrder, []), ([], .inOrder, []),
            (
                ["POST *", "GET *"], .inOrder, ["call 2: expected GET *, did not come"]
            ),
        ] as [([String], CallExpectation.Order, [String])])
    func calls(texts: [String], order: CallExpectation.Order, problems: [String]) throws {
        let calls = try texts.map { try #require(CallExpectation.Call($0)) }
        #expect(CallExpectation(calls: calls, order: order).problems(with: happened) == problems)
    }

    @Test("counts everything but reading as a write")
    func writes() {
        let expectation = CallExpectation(allowsWrites: false)
        #expect(expectation.problems(with: happened) == ["a write: POST /scim/Users 201"])
        #expect(expectation.problems(with: Array(happened.prefix(1))) == [])
    }

    @Test(
        "is a method, a path and perhaps a status",
        arguments: ["", "GET", "GET /a 99", "GET /a 600", "GET /a ok", "GET /a 200 b"])
    func malformed(text: String) {
        #expect(CallExpectation.Call(text) == nil)
    }

    private let happened = [
        WireExchange(
            at: .epoch, request: HTTPRequest(method: .get, target: "/scim/Users?filter=a"),
            response: HTTPResponse(status: 200)),
        WireExchange(
            at: .epoch, request: HTTPRequest(method: .post, target: "/scim/Users"),
            response: HTTPResponse(status: 201)),
    ]
}
