import SimCore
import Testing

@testable import SimDirectory

@Suite("Users are kept compactly")
struct CompactUserTests {
    @Test("an attribute bag gives back every kind of value as it was")
    func kinds() {
        let long = String(repeating: "ä", count: 20_000)
        let values: [(String, JSONValue)] = [
            ("city", ""), ("department", .string(long)), ("dirSyncEnabled", false),
            ("employeeOrgData", ["division": "D", "n": [1, .null, .double(0.5)]]),
            ("extension_0123456789abcdef0123456789abcdef_level", .int(.min)),
            ("extension_0123456789abcdef0123456789abcdef_rate", .double(-0.25)),
            ("extension_0123456789abcdef0123456789abcdef_size", .number("12345678901234567890")),
            ("proxyAddresses", ["a", "b"]), ("showInAddressList", true),
        ]
        let bag = AttributeBag(values.reversed())
        #expect(bag.entries.map(\.name) == values.map(\.0))
        #expect(bag.entries.map(\.value) == values.map(\.1))
        for (name, value) in values { #expect(bag[name] == value) }
        #expect(bag["country"] == nil)
        #expect(bag["employeeOrgDat"] == nil)
    }

    @Test("the order of setting does not matter, null removes, and a value is replaced in place")
    func editing() {
        var bag = AttributeBag([("surname", "B"), ("zeta", 1), ("alpha", true), ("city", "X")])
        #expect(
            bag == AttributeBag([("alpha", true), ("city", "X"), ("zeta", 1), ("surname", "B")]))
        #expect(bag.entries.map(\.name) == ["alpha", "city", "surname", "zeta"])
        bag["city"] = "a much longer name of a city than before"
        bag["alpha"] = .null
        bag["zeta"] = nil
        bag["mail"] = nil
        #expect(bag.entries.map(\.name) == ["city", "surname"])
        #expect(bag["city"] == "a much longer name of a city than before")
        bag["city"] = .null
        bag["surname"] = nil
        #expect(bag.isEmpty)
        #expect(bag == AttributeBag())
    }

    @Test("two names with the same hash stay two names, whichever leaves first")
    func clashes() {
        let names = ["ann", "bob", "cat"]
        let ids = Dictionary(uniqueKeysWithValues: names.map { ($0, Sample.userID($0)) })
        func nameOf(_ id: UserID) -> String? { ids.first { $0.value == id }?.key }
        for leaving in names {
            var index = NameIndex { _ in 7 }
            for name in names { index.insert(name, ids[name] ?? UserID(.zero), nameOf: nameOf) }
            for name in names { #expect(index.id(name, nameOf: nameOf) == ids[name]) }
            index.remove(leaving, ids[leaving] ?? UserID(.zero))
            for name in names {
                #expect(index.id(name, nameOf: nameOf) == (name == leaving ? nil : ids[name]))
            }
        }
    }

    @Test("a manager of few and of many people has them all, in the order created")
    func reports() {
        let boss = Sample.user("boss")
        for count in [1, 64, 65, 200] {
            let people = (0..<count).map { Sample.user("p\($0)", manager: boss.id) }
            var snapshot = Sample.snapshot(([boss] + people).map { .userCreated($0) })
            #expect(snapshot.directReports(of: boss.id) == people.map(\.id))
            let next = UInt64(count + 2)
            snapshot.apply(
                LogRecord(
                    sequence: next, at: Sample.start, event: .userManagerChanged(people[0].id, nil))
            )
            #expect(snapshot.directReports(of: boss.id) == people.dropFirst().map(\.id))
            snapshot.apply(
                LogRecord(sequence: next + 1, at: Sample.start, event: .userPurged(boss.id)))
            #expect(snapshot.user(people[count - 1].id)?.manager == nil)
        }
    }

    @Test("users alike share what they have in common, and differ where one is changed")
    func sharing() {
        let ann = Sample.user("ann")
        let bob = Sample.user("bob")
        var snapshot = Sample.snapshot([.userCreated(ann), .userCreated(bob)])
        let locked = UserCredential(password: "p", lockedUntil: Sample.start, failedAttempts: 3)
        snapshot.apply(
            LogRecord(
                sequence: 3, at: Sample.start, event: .userCredentialChanged(ann.id, locked)))
        #expect(snapshot.user(ann.id)?.credential == locked)
        #expect(snapshot.user(bob.id) == bob)
    }
}
