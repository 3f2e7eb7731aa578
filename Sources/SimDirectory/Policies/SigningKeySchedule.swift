import SimCore

/// When each of a tenant's token-signing keys is published, signs, and goes. The keys themselves
/// live in the key set, under the tenant's name and a number; here is only their timeline, so that
/// what holds at an instant follows from the log and the clock alone.
package struct SigningKeySchedule: Hashable, Sendable {
    /// How rollovers overlap. identity-platform.md §6.
    package struct Rollover: Hashable, Sendable {
        /// Time between two rollovers that happen by themselves; nil for none.
        package var interval: Duration?
        /// How long before it signs a key of such a rollover is published. Clients keep key
        /// documents for a day.
        package var publishedAhead: Duration
        /// How long a key that signs no more stays published: longer than any token lives.
        package var keptAfter: Duration

        package init(
            interval: Duration? = nil, publishedAhead: Duration = .days(1),
            keptAfter: Duration = .days(2)
        ) {
            self.interval = interval
            self.publishedAhead = publishedAhead
            self.keptAfter = keptAfter
        }
    }

    /// One key's life. Numbers rise by one and are never used again.
    package struct Key: Hashable, Sendable {
        package let number: Int
        package var publishedAt: Timestamp
        /// nil while it waits to be used.
        package var signsAt: Timestamp?
        /// Published no more from then on; nil while nobody has replaced it.
        package var removedAt: Timestamp?

        package init(
            number: Int, publishedAt: Timestamp, signsAt: Timestamp? = nil,
            removedAt: Timestamp? = nil
        ) {
            self.number = number
            self.publishedAt = publishedAt
            self.signsAt = signsAt
            self.removedAt = removedAt
        }

        /// Whether a key document holds it.
        package func isPublished(at now: Timestamp) -> Bool {
            publishedAt <= now && removedAt.map { now < $0 } ?? true
        }
    }

    /// Most keys published at once: the service shows three to eight.
    package static let publishedLimit = 8

    package var rollover: Rollover
    /// By number; never empty.
    package private(set) var keys: [Key]

    /// A tenant that has not rolled over yet: the first key signs, the second is published ahead.
    package init(rollover: Rollover = Rollover()) {
        self.rollover = rollover
        keys = [
            Key(number: 1, publishedAt: .epoch, signsAt: .epoch),
            Key(number: 2, publishedAt: .epoch),
        ]
    }

    /// A stored schedule; one without keys starts anew.
    package init(rollover: Rollover, keys: [Key]) {
        self.init(rollover: rollover)
        if !keys.isEmpty { self.keys = keys.sorted { $0.number < $1.number } }
    }

    /// The key that signs at `now`: the one that began last.
    package func signingKey(at now: Timestamp) -> Key {
        let begun = keys.filter { key in key.signsAt.map { $0 <= now } ?? false }
        return begun.max { ($0.signsAt ?? .epoch, $0.number) < ($1.signsAt ?? .epoch, $1.number) }
            ?? keys[0]
    }

    /// The keys of the key document at `now`: the signing one first, then by number.
    package func publishedKeys(at now: Timestamp) -> [Key] {
        let signing = signingKey(at: now)
        return (signing.isPublished(at: now) ? [signing] : [])
            + keys.filter { $0.number != signing.number && $0.isPublished(at: now) }
    }

    /// When the last key began to sign, or will.
    package var lastRollover: Timestamp { keys.compactMap(\.signsAt).max() ?? .epoch }

    /// The next rollover that happens by itself, counted from the last one or, before the first,
    /// from `start`; nil when none does.
    package func nextRollover(startedAt start: Timestamp) -> Timestamp? {
        rollover.interval.map { max(lastRollover, start) + $0 }
    }
}

// MARK: - Rollovers

extension SigningKeySchedule {
    /// The key published ahead signs from `time` on; the one before stays published for a while,
    /// and another is made to be published ahead.
    ///
    /// - Parameters:
    ///   - keptAfter: how long the old key stays; nil for the schedule's own.
    package mutating func rotate(
        at now: Timestamp, signingFrom time: Timestamp? = nil,
        keptAfter: Duration? = nil
    ) {
        let begins = max(time ?? now, now)
        let end = begins + (keptAfter ?? rollover.keptAfter)
        forgetRemoved(at: now)
        let next = keys.firstIndex { $0.removedAt == nil && ($0.signsAt.map { $0 > now } ?? true) }
        for index in keys.indices where index != next && keys[index].removedAt == nil {
            keys[index].removedAt = end
        }
        if let next {
            keys[next].signsAt = begins
            keys[next].publishedAt = min(keys[next].publishedAt, begins)
        } else {
            keys.append(Key(number: nextNumber, publishedAt: now, signsAt: begins))
        }
        keys.append(Key(number: nextNumber, publishedAt: nextPublication(after: begins, now)))
        limitPublished(at: now)
    }

    /// Every key of before is gone at once, and tokens signed with them are worth nothing.
    package mutating func replaceAll(at now: Timestamp) {
        forgetRemoved(at: now)
        for index in keys.indices { keys[index].removedAt = now }
        keys.append(Key(number: nextNumber, publishedAt: now, signsAt: now))
        keys.append(Key(number: nextNumber, publishedAt: now))
    }

    /// A key signs that no key document holds, until `publishSigningKey`: what a client meets whose
    /// cache, or whose issuer, is behind.
    package mutating func signUnpublished(at now: Timestamp) {
        forgetRemoved(at: now)
        keys.append(Key(number: nextNumber, publishedAt: .distantFuture, signsAt: now))
    }

    /// Publishes the key that signs.
    package mutating func publishSigningKey(at now: Timestamp) {
        let number = signingKey(at: now).number
        for index in keys.indices where keys[index].number == number {
            keys[index].publishedAt = min(keys[index].publishedAt, now)
        }
    }

    private var nextNumber: Int { (keys.last?.number ?? 0) + 1 }

    /// With rollovers that happen by themselves the next key appears shortly before it is used,
    /// otherwise as soon as the one before signs.
    private func nextPublication(after begins: Timestamp, _ now: Timestamp) -> Timestamp {
        guard let interval = rollover.interval else { return now }
        return max(now, begins + interval - rollover.publishedAhead)
    }

    private mutating func forgetRemoved(at now: Timestamp) {
        keys.removeAll { key in key.removedAt.map { $0 <= now } ?? false }
    }

    private mutating func limitPublished(at now: Timestamp) {
        let retired = keys.indices.filter { keys[$0].removedAt.map { $0 > now } ?? false }
        let excess = keys.count - Self.publishedLimit
        guard excess > 0 else { return }
        for index in retired.prefix(excess) { keys[index].removedAt = now }
    }
}

extension Timestamp {
    /// Later than anything that happens: a hundred centuries.
    package static let distantFuture = Timestamp(seconds: 253_402_300_799)
}
