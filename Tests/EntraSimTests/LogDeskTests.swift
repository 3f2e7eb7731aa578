import SimCore
import SimDirectory
import SimPortal
import SimProvisioning
import Testing

@testable import EntraSim

@Suite("The log, the report and a recording of a running job")
struct LogDeskTests {
    private func query(_ change: (inout ProvisioningLogQuery) -> Void) -> ProvisioningCommand {
        var query = ProvisioningLogQuery(limit: 1_000)
        change(&query)
        return .logs(query)
    }

    @Test("a follower that waits gets the rows of the next cycle, and none twice")
    func follow() async throws {
        let desk = try Desk()
        defer { desk.simulator.stop() }
        _ = try await desk.job(.run(recordsWire: false))
        let now = try await desk.job(query { _ in })
        let next = Int(now["next"]?.intValue ?? 0)
        #expect(now["isEnd"] == true && now["isIdle"] == true && now["endedCycles"] == 1)
        #expect(now["value"]?.arrayValue?.count == next)
        async let answer = desk.job(
            query {
                $0.from = next
                $0.wait = .seconds(60)
                $0.seenCycles = 1
            })
        try desk.simulator.directory.disable(user: "adele.vance@contoso.example")
        _ = try await desk.job(.run(recordsWire: false))
        let page = try await answer
        let rows = page["value"]?.arrayValue ?? []
        #expect(rows.map { $0["provisioningAction"] } == ["disable"])
        #expect(page["next"]?.intValue == Int64(next) + 1)
        let rest = try await desk.job(query { $0.from = next + 1 })
        #expect(rest["value"] == [])
        #expect(rest["endedCycles"] == 2)
    }

    @Test("a cycle without a row ends the wait too")
    func idleCycle() async throws {
        let desk = try Desk()
        defer { desk.simulator.stop() }
        _ = try await desk.job(.run(recordsWire: false))
        let next = try await desk.job(query { _ in })["next"]?.intValue ?? 0
        async let answer = desk.job(
            query {
                $0.from = Int(next)
                $0.wait = .seconds(60)
                $0.seenCycles = 1
            })
        _ = try await desk.job(.run(recordsWire: false))
        #expect(try await answer["endedCycles"] == 2)
    }

    @Test("a wait that brings nothing ends when its time is over")
    func timeOut() async throws {
        let desk = try Desk()
        defer { desk.simulator.stop() }
        let page = try await desk.job(
            query {
                $0.from = 0
                $0.wait = .milliseconds(20)
            })
        #expect(page["value"] == [])
        #expect(page["next"] == 0)
    }

    @Test("more than 64 who wait are refused, and those who wait are answered")
    func tooMany() async throws {
        let desk = try Desk()
        defer { desk.simulator.stop() }
        let wait = query {
            $0.from = 0
            $0.wait = .seconds(60)
        }
        let statuses = await withTaskGroup(of: Int?.self) { group in
            for _ in 0...LogWatchers.limit {
                group.addTask {
                    do {
                        _ = try await desk.job(wait)
                        return nil
                    } catch let error as ControlError {
                        return error.status
                    } catch {
                        return 0
                    }
                }
            }
            // The one too many ends first; the others end with the cycle.
            let first = await group.next() ?? nil
            _ = try? await desk.job(.run(recordsWire: false))
            var all = [first]
            for await status in group { all.append(status) }
            return all
        }
        #expect(statuses.first == 429)
        #expect(statuses.dropFirst().allSatisfy { $0 == nil })
    }

    @Test("rows of one person or group, also of one who is gone; a wrong name names the nearest")
    func objects() async throws {
        let desk = try Desk()
        defer { desk.simulator.stop() }
        _ = try await desk.job(.run(recordsWire: false))
        let upn = "adele.vance@contoso.example"
        let mine = try await desk.job(query { $0.user = upn.uppercased() })
        #expect(mine["value"]?.arrayValue?.isEmpty == false)
        for row in mine["value"]?.arrayValue ?? [] {
            #expect(row["sourceIdentity"]?["details"]?["UserPrincipalName"] == .string(upn))
        }
        let group = try await desk.job(query { $0.group = "claresia-users" })
        #expect(group["value"]?.arrayValue?.isEmpty == false)
        try desk.simulator.directory.delete(user: upn)
        try desk.simulator.directory.purge(user: upn)
        #expect(try await desk.job(query { $0.user = upn })["value"]?.arrayValue?.isEmpty == false)
        await #expect(
            throws: ControlError.notFound("user", "adle.vance@contoso.example", known: [upn])
        ) {
            try await desk.job(query { $0.user = "adle.vance@contoso.example" })
        }
        await #expect(
            throws: ControlError.badRequest(
                "a row is about a user or a group", hint: "name one of them")
        ) {
            try await desk.job(
                query {
                    $0.user = upn
                    $0.group = "claresia-users"
                })
        }
    }

    @Test("a cycle by number, id or as the last one; an unknown one is refused")
    func cycles() async throws {
        let desk = try Desk()
        defer { desk.simulator.stop() }
        await #expect(throws: ControlError.self) { try await desk.job(.report(.last)) }
        _ = try await desk.job(.run(recordsWire: false))
        try desk.simulator.directory.disable(user: "adele.vance@contoso.example")
        _ = try await desk.job(.run(recordsWire: false))
        let first = try await desk.job(.report(.number(1)))
        #expect(first["cycle"] == "initial")
        #expect(first["counts"]?["created"] == 18)
        let last = try await desk.job(.report(.last))
        #expect(last["number"] == 2)
        let objects = last["objects"]?.arrayValue ?? []
        #expect(objects.map { $0["action"] } == ["disable"])
        #expect(objects.first?["because"] == "blocked or deleted in Entra")
        #expect(
            last["text"]?.stringValue?.hasPrefix("cycle 2\nClaresia: incremental cycle") ?? false)
        let rows = try await desk.job(query { $0.cycle = .number(2) })
        #expect(rows["value"]?.arrayValue?.count == 1)
        do {
            _ = try await desk.job(.report(.number(3)))
            Issue.record("cycle 3 does not exist")
        } catch let error as ControlError {
            #expect(error.status == 404)
            #expect(error.hint == "cycles 1 to 2 are kept")
        }
        let status = try await desk.job(.status)
        let history = status["history"]?["cycles"]?.arrayValue ?? []
        #expect(history.map { $0["number"] } == [2, 1])
        #expect(history.last?["counts"]?["created"] == 18)
    }

    @Test("two new simulators record the same cycle; a page goes on where the last one ended")
    func recording() async throws {
        func record() async throws -> [String] {
            let desk = try Desk()
            defer { desk.simulator.stop() }
            await #expect(throws: ControlError.self) { try await desk.job(.cassette(from: 0)) }
            let report = try await desk.job(.run(recordsWire: false, recordsCassette: true))
            let all = try await desk.job(.cassette(from: 0))["value"]?.arrayValue ?? []
            #expect(report["cassetteCalls"]?.intValue == Int64(all.count - 1))
            let rest = try await desk.job(.cassette(from: 40))
            #expect(rest["value"]?.arrayValue == Array(all.dropFirst(40)))
            #expect(rest["isEnd"] == true)
            return all.map(\.text)
        }
        let first = try await record()
        #expect(first.count > 40)
        #expect(try await record() == first)
    }

    @Test("a preview sends only reads, as the journal saw it")
    func preview() async throws {
        let desk = try Desk()
        defer { desk.simulator.stop() }
        let preview = try await desk.job(.preview)
        #expect(preview["writes"]?.arrayValue?.isEmpty == false)
        let sent = desk.simulator.journal.exchanges(after: 0).filter { $0.direction == .outbound }
        #expect(sent.count > 10)
        #expect(Set(sent.map(\.method)) == ["GET"])
    }
}
