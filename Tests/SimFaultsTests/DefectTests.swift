import SimCore
import SimFaults
import Testing

@Suite("An app's defects in the fault vocabulary")
struct DefectTests {
    private func defect(_ name: String, _ settings: String) throws -> DefectSwitch {
        try DefectSwitch(app: "claresia", name: name, settings: JSONValue(parsing: settings))
    }

    private func call(
        _ operation: FaultOperation, _ object: FaultObject = .user, app: String = "claresia"
    ) -> FaultFacts {
        var facts = FaultFacts(site: .apps, method: "POST", path: "/apps/\(app)/scim/v2/Users")
        facts.apps = [app]
        facts.operation = operation
        facts.object = object
        return facts
    }

    private func book(_ switches: DefectSwitch...) throws -> FaultBook {
        var book = FaultBook(seed: 1)
        for one in switches { _ = try book.add(one.rule, at: Fixture.start) }
        return book
    }

    @Test("is the same rule, switched on or written out")
    func sameRule() throws {
        let written = try Fixture.rule(
            """
            {"name":"claresia/slow-writes","where":{"site":"apps","operation":"create"},
            "whom":{"app":"claresia"},"when":{"probability":0.25,"times":3},
            "what":{"defect":"slow-writes","delay":"5s"}}
            """)
        let settings = #"{"rate":0.25,"operation":"create","times":3,"delay":"5s"}"#
        #expect(try defect("slow-writes", settings).rule == written)
    }

    @Test("adds up: one call meets every defect that is on, in order")
    func several() throws {
        var book = try book(
            defect("no-total-results", "true"), defect("lost-writes", "true"),
            defect("duplicate-results", "true"))
        let names = book.defects(call(.query), at: Fixture.start).map(\.name)
        #expect(names == [.noTotalResults, .duplicateResults])
        #expect(book.defects(call(.create), at: Fixture.start).map(\.name) == [.lostWrites])
    }

    @Test("counts only the calls it can show: 'times 1' loses one write, not one read")
    func counts() throws {
        var book = try book(defect("lost-writes", #"{"times":1}"#))
        #expect(book.defects(call(.query), at: Fixture.start).isEmpty)
        #expect(book.defects(call(.update), at: Fixture.start).count == 1)
        #expect(book.defects(call(.update), at: Fixture.start).isEmpty)
    }

    @Test("leaves ordinary rules alone, and they leave it")
    func apart() throws {
        var book = try book(defect("garbage", "true"))
        _ = try book.add(
            Fixture.rule(#"{"where":"apps","what":{"status":503}}"#), at: Fixture.start)
        #expect(book.decide(call(.query), at: Fixture.start)?.rule == "f2")
        #expect(book.defects(call(.query), at: Fixture.start).count == 1)
        #expect(book.defects(call(.query, app: "claras"), at: Fixture.start).isEmpty)
    }

    @Test("draws its rate from its own stream: the same seed, the same calls")
    func rate() throws {
        func strikes() throws -> String {
            var book = try book(defect("throttled", "0.3"))
            return (0..<200).map { _ in
                book.defects(call(.read), at: Fixture.start).isEmpty ? "-" : "T"
            }.joined()
        }
        let first = try strikes()
        #expect(try strikes() == first)
        #expect((40...80).contains(first.count { $0 == "T" }))
        let always = try defect("throttled", "1").rule
        #expect(always.trigger.probability == nil)
    }

    @Test("is off again, however it came on")
    func off() throws {
        var book = try book(defect("garbage", "true"))
        _ = try book.add(
            Fixture.rule(
                #"{"where":"apps","whom":{"app":"claresia"},"what":{"defect":"garbage"}}"#),
            at: Fixture.start)
        let wasOn = book.turnOff(.garbage, ofApp: "claresia")
        #expect(wasOn && book.isEmpty)
        let isOn = book.turnOff(.garbage, ofApp: "claresia")
        #expect(!isOn)
    }

    @Test("on the way to any target where that can be done, only at an app where not")
    func sites() throws {
        let lost = #"{"where":"scim","what":{"defect":"lost-writes"}}"#
        #expect(
            try Fixture.rule(lost).effect
                == Fixture.rule(#"{"where":"scim","what":{"scim":"lostWrite"}}"#).effect)
        let refusal = Fixture.refusal(#"{"where":"scim","what":{"defect":"double-creates"}}"#)
        #expect(refusal?.hint == "use site 'apps'")
        #expect(Fixture.refusal(#"{"where":"graph","what":{"defect":"lost-writes"}}"#) != nil)
    }

    @Test(
        "is refused with what was probably meant",
        arguments: [
            ("lost-write", "true", "did you mean 'lost-writes'?"),
            ("throttled", #"{"rat":1}"#, "did you mean 'rate'?"),
            ("throttled", #"{"operation":"creat"}"#, "did you mean 'create'?"),
            ("throttled", "0", "leave it out"), ("throttled", "1.1", nil),
            ("throttled", #"{"delay":"2s"}"#, nil), ("slow-writes", #"{"delay":"2"}"#, "write it"),
            ("slow-writes", #"{"delay":"601s"}"#, nil),
            ("garbage", #"{"retryAfter":"2s"}"#, nil),
            ("throttled", #"{"retryAfterForm":"date"}"#, nil), ("garbage", "\"yes\"", nil),
        ] as [(String, String, String?)])
    func refused(name: String, settings: String, hint: String?) throws {
        let json = try JSONValue(parsing: settings)
        let error = #expect(throws: FaultRuleError.self) {
            try DefectSwitch(app: "claresia", name: name, settings: json)
        }
        if let hint {
            #expect(error?.hint?.hasPrefix(hint) == true, "\(String(describing: error))")
        }
    }

    @Test("keeps a delay of ten minutes, the longest")
    func longest() throws {
        let rule = try defect("slow-writes", #"{"delay":"600s"}"#).rule
        #expect(rule.defect(ofApp: "claresia")?.delay == .seconds(600))
        #expect(rule.defect(ofApp: "claras") == nil)
    }
}
