import SimCore
import SimFaults
import Testing

@Suite("When a fault strikes")
struct TriggerTests {
    @Test(
        "by count",
        arguments: [
            ("{}", "TTTTTT"), (#"{"times":2}"#, "TT----"), (#"{"after":2}"#, "--TTTT"),
            (#"{"every":3}"#, "--T--T"), (#"{"after":1,"every":2,"times":2}"#, "--T-T-"),
            (#"{"probability":0}"#, "------"), (#"{"probability":1}"#, "TTTTTT"),
        ])
    func counts(trigger: String, strikes: String) throws {
        #expect(try Fixture.strikes(Fixture.rule(when: trigger), 6) == strikes)
    }

    @Test("on the n-th request only")
    func call() throws {
        let rule = try Fixture.rule(
            #"{"where":"token","whom":{"call":3},"what":{"status":503}}"#)
        #expect(try Fixture.strikes(rule, 5) == "--T--")
    }

    @Test("between two instants: in the first microsecond, not in the last one")
    func window() throws {
        let rule = try Fixture.rule(
            when: #"{"from":"2026-01-05T08:00:00Z","until":"2026-01-05T08:10:00Z"}"#)
        let from = try #require(Timestamp(iso8601: "2026-01-05T08:00:00Z"))
        let until = try #require(Timestamp(iso8601: "2026-01-05T08:10:00Z"))
        var book = FaultBook(seed: 1)
        _ = try book.add(rule, at: Fixture.start)
        let tick = Duration.microseconds(1)
        #expect(book.decide(Fixture.request(), at: from - tick) == nil)
        #expect(book.decide(Fixture.request(), at: from) != nil)
        #expect(book.decide(Fixture.request(), at: until - tick) != nil)
        #expect(book.decide(Fixture.request(), at: until) == nil)
        #expect(book.entries[0].matches == 2 && book.entries[0].isSpent(at: until))
        #expect(!book.entries[0].isSpent(at: until - tick))
    }

    @Test("until its dead-man expiry, after which the rule is gone")
    func expiry() throws {
        var book = FaultBook(seed: 1)
        let rule = try Fixture.rule(when: #"{"expiresIn":"10m"}"#)
        let entry = try book.add(rule, at: Fixture.start)
        let end = Fixture.start + .seconds(600)
        #expect(entry.expiresAt == end)
        #expect(book.decide(Fixture.request(), at: end - .microseconds(1)) != nil)
        #expect(book.decide(Fixture.request(), at: end) == nil)
        #expect(book.isEmpty && book.hits.count == 1)
    }

    @Test("by chance, the same way for the same seed, and about as often as it says")
    func chance() throws {
        let rule = try Fixture.rule(when: #"{"probability":0.25}"#)
        let first = try Fixture.strikes(rule, 400, seed: 7)
        #expect(try Fixture.strikes(rule, 400, seed: 7) == first)
        #expect(try Fixture.strikes(rule, 400, seed: 8) != first)
        #expect((60...140).contains(first.count { $0 == "T" }))
        let own = try Fixture.rule(when: #"{"probability":0.25,"seed":3}"#)
        #expect(try Fixture.strikes(own, 50, seed: 7) == Fixture.strikes(own, 50, seed: 8))
    }

    @Test("with latency: fixed, within bounds, growing to its end")
    func latency() {
        let second = Duration.seconds(1)
        #expect(FaultLatency.fixed(second).delay(hit: 9, chance: 0.9) == second)
        let uniform = FaultLatency.uniform(.zero, .seconds(4))
        #expect(uniform.delay(hit: 1, chance: 0) == .zero)
        #expect(uniform.delay(hit: 1, chance: 0.5) == .seconds(2))
        let ramp = FaultLatency.ramp(.zero, .seconds(4), hits: 5)
        #expect(
            (1...6).map { ramp.delay(hit: $0, chance: 0) }
                == [0, 1, 2, 3, 4, 4].map(Duration.seconds))
        #expect(
            FaultLatency.ramp(.seconds(4), .zero, hits: 3).delay(hit: 2, chance: 0) == .seconds(2))
    }
}
