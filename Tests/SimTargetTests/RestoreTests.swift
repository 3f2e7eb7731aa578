import SimCore
import SimSCIM
import SimTarget
import Synchronization
import Testing

/// Keeps records in memory; refuses them from the time it is told to.
private final class MemoryJournal: SampleAppJournal {
    private let kept = Mutex<[JSONValue]>([])
    private let isFull = Mutex(false)

    var records: [JSONValue] { kept.withLock { $0 } }

    func fill() { isFull.withLock { $0 = true } }

    func append(_ records: [JSONValue]) throws(SampleAppJournalError) {
        if isFull.withLock({ $0 }) { throw SampleAppJournalError(reason: "disk full") }
        kept.withLock { $0 += records }
    }

    var mark: Int { kept.withLock { $0.count } }

    func rewind(to mark: Int) { kept.withLock { $0.removeSubrange(mark...) } }
}

@Suite("An app's data across restarts")
struct RestoreTests {
    @Test("is the same after its journal is replayed as text, whatever was done")
    func replay() throws {
        let journal = MemoryJournal()
        let app = try TestApp(journal: journal)
        let people = try (0..<12).map {
            try app.user("u\($0)@x", #""externalId":"e\#($0 % 3)""#)
        }
        let groups = try ["owners", "managers", "assistants"].map { try app.group($0) }
        var time = TestApp.start
        for step in 0..<400 {
            time = time + .seconds(1)
            func pick(_ list: [String]) -> String {
                list[Int(app.random.number(below: UInt64(list.count), for: RandomPurpose("pick")))]
            }
            let member = #"[{"value":"\#(pick(people))"}]"#
            switch app.random.number(below: 6, for: RandomPurpose("step")) {
            case 0:
                _ = app.patch(
                    "/Groups/\(pick(groups))",
                    #"{"op":"add","path":"members","value":\#(member)}"#, at: time)
            case 1:
                _ = app.patch(
                    "/Groups/\(pick(groups))",
                    #"{"op":"remove","path":"members","value":\#(member)}"#, at: time)
            case 2:
                _ = app.patch(
                    "/Users/\(pick(people))",
                    #"{"op":"Replace","path":"active","value":"\#(step % 2 == 0 ? "True" : "False")"}"#,
                    at: time)
            case 3:
                _ = app.patch(
                    "/Users/\(pick(people))",
                    #"{"op":"replace","value":{"title":"t\#(step)","externalId":"e\#(step % 5)"}}"#,
                    at: time)
            case 4:
                _ = app.patch(
                    "/Groups/\(pick(groups))",
                    #"{"op":"replace","path":"members","value":\#(member)}"#, at: time)
            default:
                if step % 10 == 0 { app.scim("DELETE /Users/\(pick(people))", at: time) }
            }
        }
        let token = try app.formToken()
        _ = app.page(
            "POST /roles", "token=\(token)&group=Managers&role=assistant", at: time)
        _ = app.page(
            "POST /keys", "token=\(token)&after=3&name=K&scope=scim.full", at: time)
        _ = app.page("POST /keys/fixture-read/revoke", "token=\(token)", at: time)
        app.scim("DELETE /Groups/\(groups[2])", at: time)

        let lines = try journal.records.map { try JSONValue(parsing: $0.text) }
        let restored = try SampleApp.restore(
            app.app.configuration, from: lines, random: SeededRandom(seed: 1))
        #expect(restored.snapshot == app.app.snapshot)
        #expect(restored.summary == app.app.summary)
        #expect(restored.snapshot.users.count > 3)
    }

    @Test("holds no key's value")
    func secrets() throws {
        let journal = MemoryJournal()
        let app = try TestApp(journal: journal)
        let token = try app.formToken()
        let page = app.page("POST /keys", "token=\(token)&after=3&name=K&scope=read").text
        let mark = try #require(page.firstRange(of: "class=\"secret\" tabindex=\"0\">"))
        let value = String(page[mark.upperBound...].prefix { $0 != "<" })
        #expect(!journal.records.map(\.text).joined().contains(value))
    }

    @Test("is not changed by a call the journal could not keep, which is answered 500")
    func full() throws {
        let journal = MemoryJournal()
        let app = try TestApp(journal: journal)
        let ada = try app.user("ada@x")
        let before = app.app.snapshot
        journal.fill()
        let answer = app.patch("/Users/\(ada)", #"{"op":"add","path":"title","value":"T"}"#)
        #expect(answer.status == 500)
        #expect(answer.json["detail"] == "not saved: disk full")
        let token = try app.formToken()
        #expect(app.page("POST /keys", "token=\(token)&after=3&name=K&scope=read").status == 500)
        #expect(app.app.snapshot == before)
        #expect(app.scim("GET /Users/\(ada)").status == 200)
    }

    @Test(
        "is not restored from a record that is none of ours; its place is named",
        arguments: [
            "{}", "7", #"{"at":1}"#, #"{"at":1,"do":"userSaved","id":"1"}"#,
            #"{"at":1,"do":"flew","id":"1"}"#, #"{"at":"1","do":"userDeleted","id":"1"}"#,
            #"{"at":1,"do":"membersEdited","id":"1","edits":[{"add":[7]}]}"#,
        ])
    func foreign(_ text: String) throws {
        let good = SampleAppRecord(at: .epoch, .userDeleted(id: "1")).json
        let configuration = try TestApp().app.configuration
        let error = #expect(throws: SampleAppRecordError.self) {
            try SampleApp.restore(
                configuration, from: [good, JSONValue(parsing: text)],
                random: SeededRandom(seed: 1))
        }
        #expect(error?.index == 1)
    }
}
