import SimCore
import SimHTTP
import Testing

@testable import SimProvisioning

@Suite("An access token for each call — provisioning.md §10.1")
struct CallAuthorizationTests {
    private static let start = TestDirectory.start
    private static let call = HTTPRequest(
        method: .get, target: "/scim/Users", headers: ["Accept": "application/scim+json"])
    private static let margin: Duration = .minutes(5)

    private func token(
        _ value: String, at time: Timestamp = start, lifetime: Duration = .hours(1)
    ) -> AccessToken {
        AccessToken(value: value, issuedAt: time, lifetime: lifetime)
    }

    private static func ids(_ numbers: Int...) -> [ExchangeID] { numbers.map { ExchangeID($0) } }

    /// What leaves: `acquire`, `1:Bearer a`, `1<401`, `1!`.
    private func texts(_ actions: [CallAuthorization.Action]) -> [String] {
        actions.map { action in
            switch action {
            case .acquire: "acquire"
            case .perform(let id, let request, _):
                "\(id.number):\(request.headers["Authorization"] ?? "none")"
            case .deliver(let id, let response): "\(id.number)<\(response.status)"
            case .abandon(let id, _): "\(id.number)!"
            }
        }
    }

    private func want(
        _ machine: inout CallAuthorization, _ number: Int, at time: Timestamp = start
    ) -> [String] {
        texts(machine.handle(.wanted(ExchangeID(number), Self.call, at: time)))
    }

    private func answer(
        _ machine: inout CallAuthorization, _ number: Int, _ status: Int,
        at time: Timestamp = start
    ) -> [String] {
        texts(
            machine.handle(
                .answered(ExchangeID(number), HTTPResponse(status: status), at: time)))
    }

    private func acquire(
        _ machine: inout CallAuthorization, _ token: AccessToken, at time: Timestamp = start
    ) -> [String] {
        texts(machine.handle(.acquired(token, at: time)))
    }

    private static let refusal = AccessTokenFailure.refused(
        "https://t.example/token", HTTPResponse(status: 401))

    @Test("many waiting calls share one request and leave in the order they came")
    func shared() {
        var machine = CallAuthorization(margin: Self.margin)
        #expect(want(&machine, 1) == ["acquire"])
        #expect(want(&machine, 2).isEmpty)
        #expect(want(&machine, 3).isEmpty)
        #expect(
            acquire(&machine, token("a")) == ["1:Bearer a", "2:Bearer a", "3:Bearer a"])
        #expect(want(&machine, 4) == ["4:Bearer a"])
    }

    @Test("the header stands before all others, as the service sends it, §7.1")
    func place() {
        var machine = CallAuthorization(margin: Self.margin)
        _ = want(&machine, 1)
        guard
            case .perform(_, let request, _)? = machine.handle(
                .acquired(token("a"), at: Self.start)
            ).first
        else { return #expect(Bool(false)) }
        #expect(request.headers.fields.map(\.name) == ["Authorization", "Accept"])
    }

    @Test(
        "a token is replaced five minutes before its end, a short one at half its life",
        arguments: [
            (Duration.hours(1), Duration.seconds(3_299), false),
            (.hours(1), .seconds(3_300), true), (.seconds(8), .seconds(3), false),
            (.seconds(8), .seconds(4), true), (.zero, .zero, true),
        ])
    func renewal(_ lifetime: Duration, _ age: Duration, _ renews: Bool) {
        var machine = CallAuthorization(margin: Self.margin)
        _ = want(&machine, 1)
        _ = acquire(&machine, token("a", lifetime: lifetime))
        #expect(want(&machine, 2, at: Self.start + age) == [renews ? "acquire" : "2:Bearer a"])
    }

    @Test("when it cannot be replaced early it is used to its end, and not asked for again")
    func lateRenewal() {
        var machine = CallAuthorization(margin: Self.margin)
        _ = want(&machine, 1)
        _ = acquire(&machine, token("a"))
        let late = Self.start + .minutes(56)
        #expect(want(&machine, 2, at: late) == ["acquire"])
        #expect(texts(machine.handle(.refused(Self.refusal, at: late))) == ["2:Bearer a"])
        let end = Self.start + .hours(1)
        #expect(want(&machine, 3, at: end - .seconds(1)) == ["3:Bearer a"])
        #expect(want(&machine, 4, at: end) == ["acquire"])
        #expect(texts(machine.handle(.refused(Self.refusal, at: end))) == ["4!"])
    }

    @Test("401: another token, once; the second 401 is the answer")
    func secondAttempt() {
        var machine = CallAuthorization(margin: Self.margin)
        _ = want(&machine, 1)
        _ = acquire(&machine, token("a"))
        #expect(answer(&machine, 1, 401) == ["acquire"])
        #expect(acquire(&machine, token("b")) == ["1:Bearer b"])
        #expect(answer(&machine, 1, 401) == ["1<401"])
    }

    @Test("two calls refused with the same token cost one new token, whoever comes back first")
    func sharedSecondAttempt() {
        var machine = CallAuthorization(margin: Self.margin)
        _ = want(&machine, 1)
        _ = want(&machine, 2)
        _ = want(&machine, 3)
        _ = acquire(&machine, token("a"))
        #expect(answer(&machine, 2, 401) == ["acquire"])
        #expect(answer(&machine, 1, 401).isEmpty)
        #expect(acquire(&machine, token("b")) == ["2:Bearer b", "1:Bearer b"])
        // The third learns late that its token was no good: the new one is at hand.
        #expect(answer(&machine, 3, 401) == ["3:Bearer b"])
        #expect(answer(&machine, 2, 200) == ["2<200"])
        #expect(answer(&machine, 1, 404) == ["1<404"])
    }

    @Test("a target that refuses every token is not asked for a token per call")
    func hopeless() {
        var machine = CallAuthorization(margin: Self.margin)
        _ = want(&machine, 1)
        _ = acquire(&machine, token("a"))
        _ = answer(&machine, 1, 401)
        _ = acquire(&machine, token("b"))
        #expect(answer(&machine, 1, 401) == ["1<401"])
        #expect(want(&machine, 2) == ["2:Bearer b"])
        #expect(answer(&machine, 2, 401) == ["2<401"])
        // Nor is one that refuses some objects only; the next run may try again.
        _ = want(&machine, 3)
        #expect(answer(&machine, 3, 200) == ["3<200"])
        _ = want(&machine, 4)
        #expect(answer(&machine, 4, 401) == ["4<401"])
        _ = machine.handle(.runBegan)
        _ = want(&machine, 5)
        #expect(answer(&machine, 5, 401) == ["acquire"])
    }

    @Test("no token: every waiting call is told, in order; the next one asks again")
    func refused() {
        var machine = CallAuthorization(margin: Self.margin)
        _ = want(&machine, 1)
        _ = want(&machine, 2)
        #expect(texts(machine.handle(.refused(Self.refusal, at: Self.start))) == ["1!", "2!"])
        #expect(want(&machine, 3) == ["acquire"])
    }

    @Test("new credentials: the next call has a new token, one under way is asked for again")
    func changed() {
        var machine = CallAuthorization(margin: Self.margin)
        _ = want(&machine, 1)
        _ = acquire(&machine, token("a"))
        _ = machine.handle(.credentialsChanged)
        #expect(want(&machine, 2) == ["acquire"])
        _ = machine.handle(.credentialsChanged)
        #expect(acquire(&machine, token("old")) == ["acquire"])
        #expect(acquire(&machine, token("new")) == ["2:Bearer new"])
        // A call that left with the old token is answered as usual.
        #expect(answer(&machine, 1, 200) == ["1<200"])
    }

    @Test("a call without an answer is forgotten, and nobody waits for a stray answer")
    func strays() {
        var machine = CallAuthorization(margin: Self.margin)
        _ = want(&machine, 1)
        _ = acquire(&machine, token("a"))
        #expect(machine.handle(.failed(ExchangeID(1))).isEmpty)
        #expect(answer(&machine, 1, 200).isEmpty)
        #expect(acquire(&machine, token("b")).isEmpty)
        #expect(machine.handle(.refused(Self.refusal, at: Self.start)).isEmpty)
    }
}
