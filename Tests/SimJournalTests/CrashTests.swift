import SimCore
import SimDirectory
import SimRuntime
import Testing

@Suite("A journal after a crash")
struct CrashTests {
    private let scratch: Scratch
    private let whole: [UInt8]

    /// A log of: tenant, ann, (bob and his manager in one append), eve.
    init() throws {
        scratch = try Scratch()
        try Stored.begin(scratch)
        let stored = try Stored(scratch)
        try stored.tenant.append([.userCreated(Stored.user("ann"))], at: Stored.start)
        try stored.tenant.append(
            [
                .userCreated(Stored.user("bob")),
                .userManagerChanged(Stored.user("bob").id, Stored.user("ann").id),
            ], at: Stored.start)
        try stored.tenant.append([.userCreated(Stored.user("eve"))], at: Stored.start)
        whole = try scratch.read("data/log.jsonl")
    }

    @Test("cut at any byte of its last appends opens, loses at most the torn one, and goes on")
    func truncation() throws {
        let lines = whole.split(separator: 10, omittingEmptySubsequences: true)
        let ends = lines.indices.map { lines[...$0].reduce(0) { $0 + $1.count + 1 } }
        // Header, tenant, ann: complete before the bytes tried here.
        for cut in ends[2]...whole.count {
            try scratch.write("data/log.jsonl", Array(whole[..<cut]))
            let expected: UInt64 = cut < ends[4] ? 2 : cut < ends[5] ? 4 : 5
            let kept = expected == 2 ? ends[2] : expected == 4 ? ends[4] : ends[5]
            do {
                let stored = try Stored(scratch)
                #expect(stored.tenant.snapshot().sequence == expected, "cut at \(cut)")
                #expect(try scratch.read("data/log.jsonl").count == kept, "cut at \(cut)")
                try stored.tenant.append([.userCreated(Stored.user("new"))], at: Stored.start)
            }
            let again = try Stored(scratch).tenant.snapshot()
            #expect(again.sequence == expected + 1, "cut at \(cut)")
            #expect(again.user(Stored.user("new").id) != nil)
        }
    }

    @Test("with a damaged line in the middle is refused, with file, line and byte")
    func corruption() throws {
        let lines = whole.split(separator: 10)
        let offset = lines[...1].reduce(0) { $0 + $1.count + 1 }
        var damaged = whole
        damaged[offset + 1] = UInt8(ascii: "#")
        try scratch.write("data/log.jsonl", damaged)
        do {
            _ = try Stored(scratch)
            Issue.record("opened a damaged log")
        } catch JournalError.damaged(let file, let line, let byte, let reason) {
            #expect(file == scratch.path + "/data/log.jsonl")
            #expect(line == 3)
            #expect(byte == offset)
            #expect(reason == "not JSON: unexpected '#'")
        }
        #expect(try scratch.read("data/log.jsonl") == damaged)
    }

    @Test("with a line missing in the middle is refused")
    func gap() throws {
        var lines = whole.split(separator: 10).map { Array($0) + [10] }
        lines.remove(at: 2)
        try scratch.write("data/log.jsonl", Array(lines.joined()))
        do {
            _ = try Stored(scratch)
            Issue.record("opened a log with a gap")
        } catch JournalError.damaged(_, let line, _, let reason) {
            #expect(line == 3)
            #expect(reason == "sequence 3 where 2 was expected")
        }
    }

    @Test("with an append of two records of which the second is another's is refused")
    func brokenAppend() throws {
        var lines = whole.split(separator: 10).map { String(decoding: $0, as: UTF8.self) + "\n" }
        lines[4] = lines[5].replacing("\"s\":5", with: "\"s\":4").replacing(
            ",\"e\"", with: ",\"m\":3,\"e\"")
        try scratch.write("data/log.jsonl", Array(lines.joined().utf8))
        do {
            _ = try Stored(scratch)
            Issue.record("opened a log with a broken append")
        } catch JournalError.damaged(_, let line, _, let reason) {
            #expect(line == 5)
            #expect(reason == "an append of several records was interrupted")
        }
    }

    @Test("of a newer format is refused, not misread")
    func newerVersion() throws {
        let text = String(decoding: whole, as: UTF8.self)
        let newer = text.replacing("\"version\":1", with: "\"version\":2")
        try scratch.write("data/log.jsonl", Array(newer.utf8))
        #expect(
            throws: JournalError.newerVersion(file: scratch.path + "/data/log.jsonl", version: 2)
        ) { try Stored(scratch) }
    }
}
