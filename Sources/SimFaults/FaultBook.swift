import SimCore

/// The rules in order, with their counters. A pure machine: the same rules, requests and seed give
/// the same hits.
package struct FaultBook: Sendable {
    /// A rule in the book.
    package struct Entry: Hashable, Sendable {
        /// `f1`, `f2`, … in the order of adding; never given twice.
        package let id: String
        package let rule: FaultRule
        /// The tenant whose fixture says it; nil for one that was added at run time.
        package let tenant: String?
        package let addedAt: Timestamp
        /// Requests it fits, within its window.
        package fileprivate(set) var matches = 0
        /// Times it struck.
        package fileprivate(set) var hits = 0
        fileprivate var stream: FaultStream

        /// First moment at which it is gone; nil without a dead-man expiry.
        package var expiresAt: Timestamp? { rule.trigger.expiresIn.map { addedAt + $0 } }

        /// It will never strike again.
        package func isSpent(at now: Timestamp) -> Bool {
            (rule.trigger.times.map { hits >= $0 } ?? false)
                || (rule.trigger.until.map { $0 <= now } ?? false)
                || (rule.target.call.map { matches >= $0 } ?? false)
        }
    }

    /// One strike.
    package struct Hit: Hashable, Sendable {
        /// From 1.
        package let number: Int
        package let at: Timestamp
        package let rule: String
        package let site: FaultSite
        package let method: String
        package let path: String
        /// The rule's hit counter after it.
        package let count: Int
    }

    /// What the seams carry out, with the numbers drawn for this strike.
    package struct Strike: Hashable, Sendable {
        package let rule: String
        package let effect: FaultEffect
        /// From 1: which hit of the rule this is.
        package let hit: Int
        /// 0 up to, not including, 1; for effects with chance of their own.
        package let chance: Double
    }

    package static let entryLimit = 1_000
    package static let hitLimit = 1_000

    package internal(set) var entries: [Entry] = []
    /// The last strikes, oldest first.
    package private(set) var hits: [Hit] = []
    private let seed: UInt64
    private var addedCount = 0
    private var hitCount = 0

    /// - Parameter seed: start of every rule's stream that names none.
    package init(seed: UInt64) {
        self.seed = seed
    }

    package var isEmpty: Bool { entries.isEmpty }

    /// Appends a rule: earlier rules go first.
    ///
    /// - Parameter tenant: whose fixture says it.
    package mutating func add(
        _ rule: FaultRule, of tenant: String? = nil, at now: Timestamp
    ) throws(FaultRuleError) -> Entry {
        forgetExpired(at: now)
        guard entries.count < Self.entryLimit else {
            throw FaultRuleError("there are \(Self.entryLimit) rules already", hint: "clear some")
        }
        if let name = rule.name, entries.contains(where: { $0.rule.name == name || $0.id == name })
        {
            throw FaultRuleError("there is a rule '\(name)' already", hint: "clear it first")
        }
        addedCount += 1
        let start = rule.trigger.seed ?? SplitMix64.mix(seed &+ UInt64(addedCount))
        let entry = Entry(
            id: "f\(addedCount)", rule: rule, tenant: tenant, addedAt: now,
            stream: .init(seed: start))
        entries.append(entry)
        return entry
    }

    /// Removes the rule of that id or name; nil when there is none.
    package mutating func remove(_ name: String) -> Entry? {
        guard let index = entries.firstIndex(where: { $0.id == name || $0.rule.name == name })
        else { return nil }
        return entries.remove(at: index)
    }

    /// Removes every rule that gives that one app the defect; whether there was one.
    @discardableResult
    package mutating func turnOff(_ name: AppDefect.Name, ofApp app: String) -> Bool {
        let before = entries.count
        entries.removeAll {
            $0.rule.target.app == app && $0.rule.defect(ofApp: app)?.name == name
        }
        return entries.count < before
    }

    /// Removes every rule; how many there were. The journal of hits stays.
    package mutating func removeAll() -> Int {
        defer { entries.removeAll() }
        return entries.count
    }

    /// Drops rules whose dead-man expiry has come.
    package mutating func forgetExpired(at now: Timestamp) {
        entries.removeAll { $0.expiresAt.map { $0 <= now } ?? false }
    }

    /// What happens to a request: the first rule that fits and strikes decides. A rule that fits
    /// and does not strike counts the request and lets the next one look.
    package mutating func decide(_ facts: FaultFacts, at now: Timestamp) -> Strike? {
        forgetExpired(at: now)
        for index in entries.indices
        where !entries[index].rule.effect.isDefect && entries[index].rule.covers(facts) {
            guard let strike = entries[index].strike(at: now) else { continue }
            note(strike, facts, now)
            return strike
        }
        return nil
    }

    /// The defects an app shows with a call: every rule of that kind that fits and strikes, in
    /// order; of two rules for one defect the first that strikes.
    package mutating func defects(_ facts: FaultFacts, at now: Timestamp) -> [AppDefect] {
        forgetExpired(at: now)
        var found: [AppDefect] = []
        for index in entries.indices {
            guard case .defect(let defect) = entries[index].rule.effect,
                defect.name.concerns(facts), entries[index].rule.covers(facts),
                !found.contains(where: { $0.name == defect.name }),
                let strike = entries[index].strike(at: now)
            else { continue }
            note(strike, facts, now)
            found.append(defect)
        }
        return found
    }

    private mutating func note(_ strike: Strike, _ facts: FaultFacts, _ now: Timestamp) {
        hitCount += 1
        if hits.count == Self.hitLimit { hits.removeFirst() }
        hits.append(
            Hit(
                number: hitCount, at: now, rule: strike.rule, site: facts.site,
                method: facts.method, path: facts.path, count: strike.hit))
    }
}

extension FaultBook.Entry {
    /// Counts a request that fits; the strike when its time and number are right.
    fileprivate mutating func strike(at now: Timestamp) -> FaultBook.Strike? {
        let trigger = rule.trigger
        guard trigger.isOpen(at: now), !isSpent(at: now) else { return nil }
        matches += 1
        if let call = rule.target.call, matches != call { return nil }
        guard trigger.counts(match: matches) else { return nil }
        if let probability = trigger.probability, stream.next() >= probability { return nil }
        hits += 1
        return FaultBook.Strike(rule: id, effect: rule.effect, hit: hits, chance: stream.next())
    }
}
