import SimCore

/// *When*: conditions on time and count that must all hold; none means always, until cleared.
///
/// JSON: `{"times": 3, "after": 2, "every": 3, "probability": 0.25, "seed": 7,
/// "from": "2026-01-05T08:00:00Z", "until": "…", "expiresIn": "10m"}`. Times are the simulation's.
package struct FaultTrigger: Hashable, Sendable {
    static let keys = [
        "times", "after", "every", "probability", "seed", "from", "until", "expiresIn",
    ]
    static let countLimit = 1_000_000_000

    /// Strikes at most so often.
    package let times: Int?
    /// Lets the first so many matches pass.
    package let after: Int
    /// Of the matches after those, strikes every n-th.
    package let every: Int
    /// Chance of each strike, 0 to 1, drawn from the rule's own stream.
    package let probability: Double?
    /// Start of that stream; nil takes it from the book's seed and the rule's number.
    package let seed: UInt64?
    /// First moment.
    package let from: Timestamp?
    /// First moment at which it no longer strikes.
    package let until: Timestamp?
    /// The rule is gone so long after it was added, even when nobody clears it.
    package let expiresIn: Duration?

    init(_ json: JSONValue?) throws(FaultRuleError) {
        let reader = try FaultObjectReader(json ?? [:], keys: Self.keys, place: "'when'")
        times = try reader.number("times", in: 1...Self.countLimit)
        after = try reader.number("after", in: 0...Self.countLimit) ?? 0
        every = try reader.number("every", in: 1...Self.countLimit) ?? 1
        probability = try reader.fraction("probability")
        seed = try reader.number("seed", in: 0...Int.max).map { UInt64($0) }
        from = try reader.timestamp("from")
        until = try reader.timestamp("until")
        expiresIn = try reader.duration("expiresIn")
        if seed != nil, probability == nil {
            throw FaultRuleError("'seed' in 'when' means nothing without 'probability'")
        }
        if let from, let until, until <= from {
            throw FaultRuleError("'until' in 'when' is not after 'from'")
        }
    }

    /// Whether `now` lies in the window.
    func isOpen(at now: Timestamp) -> Bool {
        (from.map { $0 <= now } ?? true) && (until.map { now < $0 } ?? true)
    }

    /// Whether the n-th match, from 1, is one of those that strike.
    func counts(match: Int) -> Bool {
        match > after && (match - after) % every == 0
    }
}
