import SimCore
import SimFaults
import Testing

@Suite("The book of fault rules")
struct BookTests {
    @Test("lets the first rule decide that fits and strikes")
    func order() throws {
        var book = FaultBook(seed: 1)
        _ = try book.add(
            Fixture.rule(#"{"where":"token","when":{"times":1},"what":{"aadsts":50076}}"#),
            at: Fixture.start)
        _ = try book.add(
            Fixture.rule(#"{"name":"down","where":"token","what":{"status":503}}"#),
            at: Fixture.start)
        let hits = (0..<3).map { _ in book.decide(Fixture.request(), at: Fixture.start)?.rule }
        #expect(hits == ["f1", "f2", "f2"])
        #expect(book.entries.map(\.hits) == [1, 2])
        #expect(book.hits.map(\.number) == [1, 2, 3])
        #expect(book.hits.last?.count == 2)
    }

    @Test("leaves other surfaces alone and does not count them")
    func otherSite() throws {
        var book = FaultBook(seed: 1)
        _ = try book.add(Fixture.rule(when: "{}"), at: Fixture.start)
        #expect(book.decide(Fixture.request(.authorize), at: Fixture.start) == nil)
        #expect(book.entries[0].matches == 0)
    }

    @Test("removes by id and by name; an id is never given again")
    func removal() throws {
        var book = FaultBook(seed: 1)
        let down = #"{"name":"down","where":"token","what":{"status":503}}"#
        _ = try book.add(Fixture.rule(down), at: Fixture.start)
        #expect(throws: FaultRuleError.self) {
            try book.add(Fixture.rule(down), at: Fixture.start)
        }
        #expect(book.remove("down")?.id == "f1")
        #expect(book.remove("f1") == nil)
        #expect(try book.add(Fixture.rule(down), at: Fixture.start).id == "f2")
        #expect(book.removeAll() == 1 && book.isEmpty)
    }

    @Test("holds a thousand rules and not one more")
    func limit() throws {
        var book = FaultBook(seed: 1)
        let rule = try Fixture.rule(when: "{}")
        for _ in 0..<FaultBook.entryLimit { _ = try book.add(rule, at: Fixture.start) }
        #expect(throws: FaultRuleError.self) { try book.add(rule, at: Fixture.start) }
    }

    @Test("keeps the last thousand hits")
    func hits() throws {
        var book = FaultBook(seed: 1)
        _ = try book.add(Fixture.rule(when: "{}"), at: Fixture.start)
        for _ in 0...FaultBook.hitLimit { _ = book.decide(Fixture.request(), at: Fixture.start) }
        #expect(book.hits.count == FaultBook.hitLimit)
        #expect(book.hits.first?.number == 2)
    }

    @Test(
        "matches whom it says",
        arguments: [
            (#"{"tenant":"Contoso"}"#, true), (#"{"tenant":"fabrikam"}"#, false),
            (#"{"app":"Claresia"}"#, true), (#"{"app":"Claras"}"#, false),
            (#"{"user":"ADELE@contoso.example"}"#, true), (#"{"group":"pilots"}"#, true),
            (#"{"user":"adele@contoso.example","group":"retail"}"#, false),
            (#"{"address":"127.0.0.1"}"#, true), (#"{"address":"127.0.0.2"}"#, false),
            (#"{"method":"post"}"#, true), (#"{"method":"get"}"#, false),
            (#"{"path":"/contoso.example/*"}"#, true), (#"{"path":"*/token"}"#, true),
            (#"{"path":"/contoso.example"}"#, false), (#"{"path":"*oauth2*tok*n"}"#, true),
            (#"{"header":{"User-Agent":"msal*"}}"#, true),
            (#"{"header":{"user-agent":"*"}}"#, true),
            (#"{"header":{"user-agent":"curl*"}}"#, false), (#"{"header":{"x":"*"}}"#, false),
        ])
    func whom(target: String, fits: Bool) throws {
        var facts = Fixture.request()
        facts.tenants = ["contoso", "contoso.example"]
        facts.apps = ["claresia"]
        facts.users = ["adele@contoso.example"]
        facts.groups = ["pilots"]
        facts.address = "127.0.0.1"
        facts.headers = [.init(name: "User-Agent", value: "msal-python/1")]
        var book = FaultBook(seed: 1)
        let rule = try Fixture.rule(
            #"{"where":"token","whom":\#(target),"what":{"status":503}}"#)
        _ = try book.add(rule, at: Fixture.start)
        #expect((book.decide(facts, at: Fixture.start) != nil) == fits)
    }

    @Test("narrows a place by grant, and by operation and object of a SCIM call")
    func place() throws {
        var book = FaultBook(seed: 1)
        let refresh = #"{"where":{"site":"token","grant":"refresh_token"},"what":{"hang":true}}"#
        let patch =
            #"{"where":{"site":"scim","operation":"update","object":"user"},"what":{"status":429}}"#
        _ = try book.add(Fixture.rule(refresh), at: Fixture.start)
        _ = try book.add(Fixture.rule(patch), at: Fixture.start)
        var facts = Fixture.request()
        #expect(book.decide(facts, at: Fixture.start) == nil)
        facts.grant = "refresh_token"
        #expect(book.decide(facts, at: Fixture.start)?.rule == "f1")
        var call = FaultFacts(site: .scim, method: "PATCH", path: "/scim/Users/1")
        call.operation = .update
        call.object = .group
        #expect(book.decide(call, at: Fixture.start) == nil)
        call.object = .user
        #expect(book.decide(call, at: Fixture.start)?.rule == "f2")
    }
}
