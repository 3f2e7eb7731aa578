import SimCore
import SimFaults
import Synchronization

/// The simulator's fault rules. Without rules a request costs one look at a flag.
final class FaultDesk: Sendable {
    private let book: Mutex<FaultBook>
    private let flag = Atomic<Bool>(false)

    init(seed: UInt64) {
        book = Mutex(FaultBook(seed: seed))
    }

    /// There is at least one rule.
    var isArmed: Bool { flag.load(ordering: .relaxed) }

    /// - Parameter tenant: whose fixture says it; nil at run time.
    func add(
        _ rule: FaultRule, of tenant: String? = nil, at now: Timestamp
    ) throws(FaultRuleError) -> FaultBook.Entry {
        try change { book throws(FaultRuleError) in
            try book.add(rule, of: tenant, at: now)
        }
    }

    /// Takes in what changed among the rules of a tenant's fixture.
    func edit(
        _ old: [FaultRule], to new: [FaultRule], of tenant: String, at now: Timestamp
    ) throws(FaultRuleError) {
        try change { book throws(FaultRuleError) in
            try book.edit(old, to: new, of: tenant, at: now)
        }
    }

    /// Removes a rule by id or name; nil when there is none.
    func remove(_ name: String) -> FaultBook.Entry? { change { $0.remove(name) } }

    func removeAll() -> Int { change { $0.removeAll() } }

    /// The rules and strikes at a moment.
    func book(at now: Timestamp) -> FaultBook {
        change { book in
            book.forgetExpired(at: now)
            return book
        }
    }

    func decide(_ facts: FaultFacts, at now: Timestamp) -> FaultBook.Strike? {
        change { $0.decide(facts, at: now) }
    }

    /// The defects an app shows with a call.
    func defects(_ facts: FaultFacts, at now: Timestamp) -> [AppDefect] {
        change { $0.defects(facts, at: now) }
    }

    /// Turns a defect on; one that is on already gets the new conditions.
    func turnOn(
        _ defect: DefectSwitch, at now: Timestamp
    ) throws(FaultRuleError) -> FaultBook.Entry {
        try change { book throws(FaultRuleError) in
            book.turnOff(defect.name, ofApp: defect.app)
            return try book.add(defect.rule, at: now)
        }
    }

    /// Turns a defect off, however it came on; whether it was on.
    func turnOff(_ name: AppDefect.Name, ofApp app: String) -> Bool {
        change { $0.turnOff(name, ofApp: app) }
    }

    private func change<Value: Sendable, Failure: Error>(
        _ body: (inout FaultBook) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try book.withLock { book throws(Failure) -> Value in
            defer { flag.store(!book.isEmpty, ordering: .relaxed) }
            return try body(&book)
        }
    }
}
