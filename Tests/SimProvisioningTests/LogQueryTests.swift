import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimProvisioning

@Suite("Which rows of a log are wanted, and page by page")
struct LogQueryTests {
    private static let start = TestDirectory.start

    private func row(
        _ number: Int, _ name: String = "ada", action: ProvisioningLogEntry.Action = .update,
        status: ProvisioningLogEntry.Status = .success, skip: SkipReason? = nil,
        code: ProvisioningErrorCode? = nil, cycle: String = "c"
    ) -> ProvisioningLogEntry {
        ProvisioningLogEntry(
            id: GUID(seed: UInt64(number), name: "id"), at: Self.start + .seconds(number),
            cycle: GUID(seed: 1, name: cycle), change: .zero, action: action, status: status,
            milliseconds: 1, subject: .user(TestDirectory.userID(name)),
            displayName: name.uppercased(), reportableID: "\(name)@fabrikam.example",
            targetID: "u-\(name)", targetDisplayName: "", steps: [], modified: Deferred([]),
            skipReason: skip, failure: code.map { .init(code: $0, reason: "x") })
    }

    @Test("each condition lets its rows through and no other; together they all must hold")
    func conditions() {
        let plain = row(5)
        let failed = row(6, "bob", action: .create, status: .failure, code: .conflict)
        let skipped = row(7, status: .skipped, skip: .redundantExport, cycle: "d")
        func admitted(_ change: (inout LogFilter) -> Void) -> [Bool] {
            var filter = LogFilter()
            change(&filter)
            return [plain, failed, skipped].map(filter.admits)
        }
        #expect(admitted { _ in } == [true, true, true])
        #expect(admitted { $0.status = .failure } == [false, true, false])
        #expect(admitted { $0.action = .create } == [false, true, false])
        #expect(admitted { $0.code = LogCode(rawValue: "Conflict") } == [false, true, false])
        #expect(
            admitted { $0.code = LogCode(rawValue: "RedundantExport") } == [false, false, true])
        #expect(admitted { $0.text = "BOB@" } == [false, true, false])
        #expect(admitted { $0.text = "u-ada" } == [true, false, true])
        #expect(
            admitted { $0.objects = [.user(TestDirectory.userID("bob"))] } == [false, true, false])
        #expect(admitted { $0.cycle = GUID(seed: 1, name: "d") } == [false, false, true])
        #expect(admitted { $0.since = Self.start + .seconds(6) } == [false, true, true])
        #expect(admitted { $0.until = Self.start + .seconds(6) } == [true, true, false])
        #expect(
            admitted {
                $0.text = "ada"
                $0.status = .skipped
            } == [false, false, true])
    }

    @Test("a code is an error code or a skip reason, each once, and nothing else")
    func codes() {
        let known = LogCode.allCases.map(\.rawValue)
        #expect(Set(known).count == known.count)
        #expect(known.contains("NotEffectivelyEntitled") && known.contains("InvalidAnchor"))
        #expect(LogCode(rawValue: "conflict") == nil)
    }

    @Test("pages go on where the last one ended, and count what they pass over")
    func pages() {
        var log = ProvisioningLog()
        for number in 0..<10 {
            log.apply(.logged(row(number, number % 2 == 0 ? "ada" : "bob")))
        }
        var filter = LogFilter()
        filter.text = "bob"
        let first = log.page(from: 0, filter, limit: 2)
        #expect(first.rows.map(\.at) == [1, 3].map { Self.start + .seconds($0) })
        #expect(first.next == 4)
        let rest = log.page(from: first.next, filter, limit: 100)
        #expect(rest.rows.count == 3)
        #expect(rest.next == 10)
        #expect(log.page(from: 10, filter, limit: 1) == LogPage(rows: [], next: 10))
        // A position of a log that is gone: from the beginning.
        #expect(log.page(from: 11, filter, limit: 1).rows == [row(1, "bob")])
        #expect(log.newest(filter, limit: 2).map(\.at) == [9, 7].map { Self.start + .seconds($0) })
    }

    @Test("positions stay what they are when the oldest rows are dropped")
    func dropped() {
        var log = ProvisioningLog(limit: 10)
        for number in 0..<600 { log.apply(.logged(row(number))) }
        #expect(log.firstPosition == 512)
        #expect(log.endPosition == 600)
        #expect(log[512] == row(512))
        let page = log.page(from: 0, LogFilter(), limit: 1)
        #expect(page == LogPage(rows: [row(512)], next: 513))
    }

    @Test("a cycle is meant by number, id or as the last one; numbers are never used twice")
    func cycles() throws {
        var history = ProvisioningHistory()
        #expect(history.cycle(.last) == nil)
        for number in 1...120 {
            history.apply(
                .cycleEnded(
                    CycleSummary(
                        id: GUID(seed: UInt64(number), name: "c"), kind: .incremental,
                        beganAt: Self.start, endedAt: Self.start, result: .succeeded, error: nil,
                        counters: CycleCounters(), watermark: 1)), at: Self.start)
        }
        #expect(history.cycle(.last)?.number == 120)
        #expect(history.cycle(.number(20)) == nil)
        #expect(history.cycle(.number(21))?.summary.id == GUID(seed: 21, name: "c"))
        #expect(history.cycle(.id(GUID(seed: 50, name: "c")))?.number == 50)
        #expect(CycleReference("0") == nil && CycleReference("latest") == nil)
        for text in ["last", "7", GUID(seed: 1, name: "x").description] {
            #expect(CycleReference(text)?.text == text)
        }
    }
}
