import SimCore
import Testing

@testable import SimDirectory

@Suite("The journal's text form of a record")
struct EventCodecTests {
    @Test("gives every event back as it was")
    func roundTrip() throws {
        for (index, event) in Sample.everyEvent.enumerated() {
            let record = LogRecord(sequence: UInt64(index), at: Sample.start, event: event)
            var line: [UInt8] = []
            EventCodec.encode(record, into: &line)
            #expect(line.last == 10 && !line.dropLast().contains(10))
            #expect(try EventCodec.decode(line).record == record)
        }
    }

    @Test("is tried here with every case there is")
    func everyCaseIsTried() {
        let tried = Set(Sample.everyEvent.map { EventCodec.contents(of: $0).0 })
        #expect(tried == Set(EventName.allCases))
    }

    @Test("says how many records of the append follow")
    func following() throws {
        let records = (1...3).map {
            LogRecord(
                sequence: $0, at: Sample.start, event: .userDeleted(Sample.userID("ann")))
        }
        var lines: [UInt8] = []
        EventCodec.encode(records, into: &lines)
        let counts = try lines.split(separator: 10).map {
            try EventCodec.decode(Array($0)).following
        }
        #expect(counts == [2, 1, 0])
    }

    @Test(
        "refuses what is not a record",
        arguments: [
            ("{", "not JSON: the text ends too early"),
            ("[]", "\"record\" has a value of the wrong kind"),
            (
                "{\"s\":1,\"t\":2,\"e\":\"userVanished\",\"d\":{}}",
                "\"userVanished\" is not a known \"e\""
            ),
            ("{\"s\":1,\"t\":2,\"e\":\"userDeleted\",\"d\":{}}", "\"id\" is missing"),
            (
                "{\"s\":1,\"t\":2,\"e\":\"userDeleted\",\"d\":{\"id\":\"x\"}}",
                "\"id\" has a value of the wrong kind"
            ),
            (
                "{\"s\":-1,\"t\":2,\"e\":\"tenantCreated\",\"d\":{}}",
                "\"s\" has a value of the wrong kind"
            ),
            ("{\"t\":2,\"e\":\"tenantCreated\",\"d\":{}}", "\"s\" is missing"),
            (
                "{\"s\":1,\"t\":2,\"e\":\"memberAdded\",\"d\":{\"group\":\"00000000000000000000000000000001\",\"member\":\"robot:1\"}}",
                "\"member\" has a value of the wrong kind"
            ),
        ])
    func refusal(line: String, explanation: String) {
        do throws(EventCodecError) {
            let line = try EventCodec.decode(Array(line.utf8))
            Issue.record("read \(line)")
        } catch {
            #expect(error.explanation == explanation)
        }
    }
}
