import SimCore
import SimFaults
import Testing

@Suite("A fixture's rules, edited while they are in the book")
struct BookEditTests {
    private static func rule(_ name: String, _ code: Int = 50_076) throws -> FaultRule {
        try Fixture.rule(#"{"name":"\#(name)","where":"token","what":{"aadsts":\#(code)}}"#)
    }

    /// A book in which the rules of two fixtures stand, and one of nobody's.
    private static func book(_ rules: [FaultRule]) throws -> FaultBook {
        var book = FaultBook(seed: 3)
        _ = try book.add(rule("first"), of: "bolt", at: Fixture.start)
        for rule in rules { _ = try book.add(rule, of: "acme", at: Fixture.start) }
        _ = try book.add(rule("last"), at: Fixture.start)
        return book
    }

    private static func names(_ book: FaultBook) -> [String] {
        book.entries.map { $0.rule.name ?? $0.id }
    }

    @Test("a rule that stays keeps its counters and its id; an edited one begins anew")
    func counters() throws {
        let (a, b) = (try Self.rule("a"), try Self.rule("b"))
        var book = try Self.book([a, b])
        _ = book.remove("first")
        for _ in 0..<2 { _ = book.decide(Fixture.request(), at: Fixture.start) }
        let later = Fixture.start + .seconds(5)
        try book.edit([a, b], to: [a, Self.rule("b", 50_057)], of: "acme", at: later)
        #expect(book.entries.map(\.hits) == [2, 0, 0])
        #expect(book.entries.map(\.id) == ["f2", "f5", "f4"])
        #expect(book.entries.map(\.addedAt) == [Fixture.start, later, Fixture.start])
        try book.edit([a], to: [Self.rule("a", 50_057)], of: "acme", at: later)
        #expect(book.entries.map(\.hits) == [0, 0, 0])
    }

    @Test("they stand where they stood, in the file's order, between those of others")
    func order() throws {
        let (a, b, c) = (try Self.rule("a"), try Self.rule("b"), try Self.rule("c"))
        var book = try Self.book([a, b])
        try book.edit([a, b], to: [c, b, a], of: "acme", at: Fixture.start)
        #expect(Self.names(book) == ["first", "c", "b", "a", "last"])
        try book.edit([c, b, a], to: [], of: "acme", at: Fixture.start)
        #expect(Self.names(book) == ["first", "last"])
        try book.edit([], to: [a], of: "acme", at: Fixture.start)
        #expect(Self.names(book) == ["first", "last", "a"])
    }

    @Test("a rule that was cleared stays cleared until it is edited")
    func cleared() throws {
        let (a, b) = (try Self.rule("a"), try Self.rule("b"))
        var book = try Self.book([a, b])
        _ = book.remove("a")
        try book.edit([a, b], to: [a], of: "acme", at: Fixture.start)
        #expect(Self.names(book) == ["first", "last"])
        try book.edit([a], to: [Self.rule("a", 50_057)], of: "acme", at: Fixture.start)
        #expect(Self.names(book) == ["first", "last", "a"])
    }

    @Test("of two that are the same one may go")
    func twins() throws {
        let twin = try Fixture.rule(when: "{}")
        var book = try Self.book([twin, twin])
        try book.edit([twin, twin], to: [twin], of: "acme", at: Fixture.start)
        #expect(book.entries.map(\.id) == ["f1", "f3", "f4"])
        try book.edit([twin], to: [twin, twin], of: "acme", at: Fixture.start)
        #expect(book.entries.map(\.id) == ["f1", "f3", "f5", "f4"])
    }

    @Test("the same rule of another fixture, or of nobody's, is left alone")
    func others() throws {
        let twin = try Fixture.rule(when: "{}")
        var book = FaultBook(seed: 3)
        for tenant in ["bolt", nil, "acme"] {
            _ = try book.add(twin, of: tenant, at: Fixture.start)
        }
        try book.edit([twin], to: [], of: "acme", at: Fixture.start)
        #expect(book.entries.map(\.tenant) == ["bolt", nil])
    }

    @Test("a name that is taken, or one rule too many, leaves the book as it was")
    func refused() throws {
        let (a, b) = (try Self.rule("a"), try Self.rule("b"))
        var book = try Self.book([a])
        let before = book
        #expect(throws: FaultRuleError.self) {
            try book.edit([a], to: [b, Self.rule("last")], of: "acme", at: Fixture.start)
        }
        #expect(book.entries == before.entries)
        let twin = try Fixture.rule(when: "{}")
        let room = FaultBook.entryLimit - book.entries.count
        let many = Array(repeating: twin, count: room + 1)
        #expect(throws: FaultRuleError.self) {
            try book.edit([a], to: [a] + many, of: "acme", at: Fixture.start)
        }
        #expect(book.entries == before.entries)
        try book.edit([a], to: [a] + many.dropLast(), of: "acme", at: Fixture.start)
        #expect(book.entries.count == FaultBook.entryLimit)
        // What goes makes room for what comes.
        try book.edit([a] + many.dropLast(), to: many, of: "acme", at: Fixture.start)
        #expect(book.entries.count == FaultBook.entryLimit)
    }
}
