import SimCore
import SimFaults
import SimHTTP
import Testing

@testable import EntraSim

@Suite("What a fault makes of one call to a target")
struct OutboundFaultTests {
    @Test(
        "a list or a resource with one thing wrong",
        arguments: [
            (
                "duplicateResults", #"{"totalResults":1,"Resources":[{"id":"a","userName":"u"}]}"#,
                #"{"totalResults":2,"Resources":[{"id":"a","userName":"u"},{"id":"‹other›","userName":"u"}]}"#
            ),
            (
                "duplicateResults", #"{"totalResults":0,"Resources":[]}"#,
                #"{"totalResults":0,"Resources":[]}"#
            ),
            ("noTotalResults", #"{"totalResults":0,"Resources":[]}"#, #"{"Resources":[]}"#),
            ("changedId", #"{"id":"a","userName":"u"}"#, #"{"id":"‹other›","userName":"u"}"#),
            ("changedId", #"{"Resources":[{"id":"a"}]}"#, #"{"Resources":[{"id":"‹other›"}]}"#),
            ("missingId", #"{"id":"a","userName":"u"}"#, #"{"userName":"u"}"#),
            ("missingId", "not JSON", "not JSON"),
        ])
    func bodies(defect: String, natural: String, spoiled: String) throws {
        let other = GUID(seed: 1, name: "a").description
        let response = HTTPResponse(
            status: 200, headers: ["Content-Length": "1"], body: Array(natural.utf8))
        let answer = try then(#"{"scim":"\#(defect)"}"#, query, response).get()
        #expect(answer.text == spoiled.replacing("‹other›", with: other))
    }

    @Test("the target does not read the filter")
    func ignoredFilter() throws {
        let call = try call(#"{"scim":"ignoredFilter"}"#, query)
        #expect(call.request.target == "/scim/Users?count=100")
        let bare = HTTPRequest(method: .get, target: "/scim/Users?filter=a")
        #expect(try self.call(#"{"scim":"ignoredFilter"}"#, bare).request.target == "/scim/Users")
    }

    @Test(
        "a lost write is acknowledged as the operation would be",
        arguments: [
            (HTTPMethod.post, "/scim/Users", 201, true), (.put, "/scim/Users/7", 200, true),
            (.patch, "/scim/Users/7", 204, false), (.delete, "/scim/Users/7", 204, false),
        ])
    func lostWrite(method: HTTPMethod, target: String, status: Int, hasID: Bool) throws {
        let request = HTTPRequest(
            method: method, target: target, body: Array(#"{"userName":"u"}"#.utf8))
        guard case .answer(.success(let answer)) = try plan(#"{"scim":"lostWrite"}"#, request)
        else {
            Issue.record("the call was made")
            return
        }
        #expect(answer.status == status && (answer.json?["id"] != nil) == hasID)
        if method == .put { #expect(answer.json?["id"] == "7") }
    }

    @Test("reads are not lost")
    func lostRead() throws {
        for effect in ["lostWrite", "lostAnswer"] {
            let answer = try then(#"{"scim":"\#(effect)"}"#, query, HTTPResponse(status: 200)).get()
            #expect(answer.status == 200)
        }
    }

    /// A new kind of effect does not compile here until it says what it does to a call.
    @Test(
        "every kind that fits a call has its way: not made, made and spoiled, made later",
        arguments: FaultEffectKey.allCases)
    func everyKind(kind: FaultEffectKey) throws {
        let natural = HTTPResponse(
            status: 200, headers: ["Content-Type": "application/scim+json"],
            body: Array(#"{"totalResults":1,"Resources":[{"id":"a"}]}"#.utf8))
        switch kind {
        case .status:
            #expect(try unmade(#"{"status":418}"#).get().status == 418)
        case .hang: #expect(try unmade(#"{"hang":true}"#) == .failure(.timedOut(.response)))
        case .connection:
            #expect(try unmade(#"{"connection":"refused"}"#) == .failure(.refused))
        case .reset:
            #expect(try unmade(#"{"reset":"before"}"#) == .failure(.reset))
            for moment in ["during", "after"] {
                #expect(
                    try then(#"{"reset":"\#(moment)"}"#, query, natural) == .failure(.reset))
            }
        case .latency: #expect(try call(#"{"latency":"3s"}"#, query).delay == .seconds(3))
        case .drip: #expect(try call(#"{"drip":1,"every":"3s"}"#, query).delay == .seconds(3))
        case .truncate, .contentLength:
            let answer = try then(#"{"\#(kind.rawValue)":5}"#, query, natural)
            guard case .failure(.malformedResponse) = answer else {
                Issue.record("\(answer)")
                return
            }
        case .contentType:
            let answer = try then(#"{"contentType":"text/x-odd"}"#, query, natural).get()
            #expect(answer.headers["Content-Type"] == "text/x-odd" && answer.json != nil)
        case .malformed:
            let answer = try then(#"{"malformed":true}"#, query, natural).get()
            #expect(answer.json == nil && !answer.body.isEmpty)
        case .oversized:
            #expect(try then(#"{"oversized":9999}"#, query, natural).get().body.count == 9_999)
        case .scim, .defect:
            let effect =
                kind == .scim ? #"{"scim":"noTotalResults"}"# : #"{"defect":"no-total-results"}"#
            #expect(try then(effect, query, natural).get().json?["totalResults"] == nil)
        case .aadsts, .tamper, .certificate, .keys:
            let effects: [FaultEffectKey: String] = [
                .aadsts: "50076", .tamper: #""expired""#, .certificate: #""expired""#,
                .keys: #""empty""#,
            ]
            let effect = #"{"\#(kind.rawValue)":\#(effects[kind] ?? "")}"#
            #expect(throws: FaultRuleError.self) { try plan(effect, query) }
        }
    }

    @Test("a slow call is made later, and its answer is as ever")
    func slow() throws {
        #expect(try call(#"{"latency":"2s"}"#, query).delay == .seconds(2))
        #expect(try call(#"{"scim":"missingId"}"#, query).delay == .zero)
    }

    @Test(
        "a call is known by method and path — RFC 7644 §3.2",
        arguments: [
            (HTTPMethod.get, "/scim/Users?filter=a", FaultOperation.query, FaultObject.user),
            (.get, "/scim/v2/users/7", .read, .user), (.post, "/Groups", .create, .group),
            (.patch, "/Groups/7?x=1", .update, .group), (.put, "/Users/7", .replace, .user),
            (.delete, "/Users/7", .delete, .user), (.get, "/Schemas", .read, .schema),
            (.get, "/other", .query, nil), (.options, "/Users", nil, .user),
        ] as [(HTTPMethod, String, FaultOperation?, FaultObject?)])
    func calls(
        method: HTTPMethod, target: String, operation: FaultOperation?, object: FaultObject?
    ) {
        let call = SCIMCall(HTTPRequest(method: method, target: target))
        #expect(call.operation == operation && call.object == object)
    }

    @Test("a call names the people of its body and of its filter")
    func names() {
        let body = HTTPRequest(
            method: .post, target: "/Users",
            body: Array(#"{"userName":"A@b.test","externalId":"X"}"#.utf8))
        #expect(SCIMCall(body).names == ["a@b.test", "x"])
        let filter = HTTPRequest(
            method: .get, target: "/Users?filter=userName+eq+%22A%40b.test%22")
        #expect(SCIMCall(filter).names == ["a@b.test"])
    }

    private let query = HTTPRequest(
        method: .get, target: "/scim/Users?filter=userName+eq+%22u%22&count=100")

    private func plan(
        _ effect: String, _ request: HTTPRequest
    ) throws -> OutboundFault.Plan {
        var book = FaultBook(seed: 1)
        _ = try book.add(
            FaultRule(JSONValue(parsing: #"{"where":"scim","what":\#(effect)}"#)), at: .epoch)
        let facts = FaultFacts(site: .scim, method: "", path: "")
        let struck = book.decide(facts, at: .epoch)
        let strike = try #require(struck)
        return OutboundFault(strike: strike, operation: SCIMCall(request).operation)
            .plan(request, at: .epoch)
    }

    /// The answer of a call that the target never sees.
    private func unmade(_ effect: String) throws -> OutboundFault.Answer {
        guard case .answer(let answer) = try plan(effect, query) else {
            throw ConnectionFailure.cancelled
        }
        return answer
    }

    private func call(
        _ effect: String, _ request: HTTPRequest
    ) throws -> (delay: Duration, request: HTTPRequest) {
        guard case .call(let delay, let changed, _) = try plan(effect, request) else {
            throw ConnectionFailure.cancelled
        }
        return (delay, changed)
    }

    private func then(
        _ effect: String, _ request: HTTPRequest, _ response: HTTPResponse
    ) throws -> OutboundFault.Answer {
        guard case .call(_, _, let then) = try plan(effect, request) else {
            throw ConnectionFailure.cancelled
        }
        return then(response)
    }
}
