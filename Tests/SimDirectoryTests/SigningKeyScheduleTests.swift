import SimCore
import Testing

@testable import SimDirectory

@Suite("When token-signing keys are published, sign, and go — identity-platform.md §6")
struct SigningKeyScheduleTests {
    private let start = Sample.start

    private func state(_ schedule: SigningKeySchedule, at now: Timestamp) -> [Int] {
        schedule.publishedKeys(at: now).map(\.number)
    }

    @Test("a new tenant signs with its first key and publishes the second ahead")
    func initial() {
        let schedule = SigningKeySchedule()
        #expect(schedule.signingKey(at: start).number == 1)
        #expect(state(schedule, at: start) == [1, 2])
    }

    @Test("a rollover signs with the key that was published already, and keeps the old for 2 days")
    func planned() {
        var schedule = SigningKeySchedule()
        schedule.rotate(at: start)
        #expect(schedule.signingKey(at: start).number == 2)
        #expect(schedule.signingKey(at: start - .seconds(1)).number == 1)
        #expect(state(schedule, at: start) == [2, 1, 3])
        #expect(state(schedule, at: start + .days(2) - .seconds(1)) == [2, 1, 3])
        #expect(state(schedule, at: start + .days(2)) == [2, 3])
    }

    @Test("a rollover in an hour changes nothing before that hour")
    func delayed() {
        var schedule = SigningKeySchedule()
        schedule.rotate(at: start, signingFrom: start + .hours(1), keptAfter: .hours(3))
        #expect(schedule.signingKey(at: start + .minutes(59)).number == 1)
        #expect(schedule.signingKey(at: start + .hours(1)).number == 2)
        #expect(state(schedule, at: start + .hours(4) - .seconds(1)).contains(1))
        #expect(!state(schedule, at: start + .hours(4)).contains(1))
        // Somebody cannot wait: the key that was to sign signs now.
        schedule.rotate(at: start + .minutes(10))
        #expect(schedule.signingKey(at: start + .minutes(10)).number == 2)
    }

    @Test("in an emergency every old key is gone at once")
    func emergency() {
        var schedule = SigningKeySchedule()
        schedule.replaceAll(at: start)
        #expect(schedule.signingKey(at: start).number == 3)
        #expect(state(schedule, at: start) == [3, 4])
    }

    @Test("a key signs before anybody can find it, until it is published")
    func unpublished() {
        var schedule = SigningKeySchedule()
        schedule.signUnpublished(at: start)
        #expect(schedule.signingKey(at: start).number == 3)
        #expect(state(schedule, at: start) == [1, 2])
        schedule.publishSigningKey(at: start + .hours(1))
        #expect(state(schedule, at: start + .hours(1)) == [3, 1, 2])
    }

    @Test("rollovers by themselves publish the next key a day before it signs")
    func scheduled() {
        var schedule = SigningKeySchedule(rollover: .init(interval: .days(42)))
        #expect(schedule.nextRollover(startedAt: start) == start + .days(42))
        let first = start + .days(42)
        schedule.rotate(at: first)
        #expect(schedule.nextRollover(startedAt: start) == first + .days(42))
        #expect(state(schedule, at: first + .days(41) - .seconds(1)) == [2])
        #expect(state(schedule, at: first + .days(41)) == [2, 3])
        #expect(SigningKeySchedule().nextRollover(startedAt: start) == nil)
    }

    @Test("however often it rolls over, no more than eight keys are published")
    func limit() {
        var schedule = SigningKeySchedule()
        for minute in 0..<30 { schedule.rotate(at: start + .minutes(minute)) }
        let now = start + .minutes(29)
        #expect(schedule.publishedKeys(at: now).count == 8)
        #expect(SigningKeySchedule.publishedLimit == 8)
        #expect(schedule.signingKey(at: now).number == 31)
        #expect(schedule.publishedKeys(at: now)[0].number == 31)
    }
}
