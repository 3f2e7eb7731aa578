import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimProvisioning

@Suite("Preview and report: what a person reads")
struct PreviewAndReportTests {
    private func preview(_ bench: inout Bench) throws -> (CyclePreview, CycleSummary?) {
        var preview = CyclePreview(
            job: try bench.directory.job(bench.settings), state: bench.state,
            snapshot: bench.directory.snapshot)
        var actions = preview.handle(.started(at: bench.now))
        var waiting: [(ExchangeID, HTTPRequest)] = []
        var summary: CycleSummary?
        while true {
            for action in actions {
                switch action {
                case .send(let id, let request): waiting.append((id, request))
                case .finish(let end): summary = end
                }
            }
            guard !waiting.isEmpty else { return (preview, summary) }
            let (id, request) = waiting.removeFirst()
            guard case .success(let response) = bench.target.answer(request) else { continue }
            actions = preview.handle(.responded(id, response, at: bench.now))
        }
    }

    @Test("a preview reads only, and foretells the calls of the cycle that follows")
    func foretells() throws {
        var directory = TestDirectory()
        directory.addUser("ada")
        directory.addUser("bob", enabled: false)
        directory.addGroup("Builders", members: ["ada"])
        var bench = Bench(directory)
        let (preview, summary) = try preview(&bench)
        #expect(bench.target.writes.isEmpty)
        #expect(bench.target.users.isEmpty)
        #expect(summary?.result == .succeeded)
        #expect(
            preview.planned.map { "\($0.request.method.rawValue) \($0.request.target)" } == [
                "POST /scim/Users", "POST /scim/Groups",
                "PATCH /scim/Groups/new-\(TestDirectory.groupID("Builders"))",
            ])
        #expect(preview.planned.allSatisfy { $0.request.headers["Authorization"] == nil })
        let foretold = preview.planned.prefix(2).map(\.request.body)
        try bench.cycle()
        #expect(bench.target.writes.prefix(2).map(\.body) == foretold)
        #expect(preview.entries.map(\.action) == bench.rows.map(\.action))
    }

    @Test("the report of a cycle with a little of everything")
    func report() throws {
        var directory = TestDirectory()
        for name in ["ada", "bob", "cyd"] { directory.addUser(name) }
        directory.addGroup("Builders", members: ["ada"])
        var bench = Bench(directory)
        try bench.cycle()
        bench.directory.set("ada", "jobTitle", "Engineer")
        bench.directory.unassign("bob")
        bench.directory.addUser("dan", enabled: false)
        bench.directory.addUser("eve")
        bench.directory.addMember("cyd", to: "Builders")
        bench.target.rule = { request in
            request.method == .post
                ? .success(HTTPResponse(status: 409, body: Array("taken".utf8))) : nil
        }
        let summary = try #require(try bench.cycle())
        let text = CycleReport(name: "Roster", summary: summary, entries: bench.rows).text
        #expect(
            text == """
                Roster: incremental cycle finished with errors in 0 ms
                  users   1 skipped, 1 updated, 1 disabled, 1 failed
                  groups  1 updated
                  calls   10

                  failed
                    eve@fabrikam.example  Conflict: the target found nobody by the filter, yet \
                refused the new entry as a duplicate: tried again after 2026-01-05T08:40:00 UTC \
                (SystemForCrossDomainIdentityManagementServiceIncompatibleFiltering)

                  disabled
                    bob@fabrikam.example  no longer assigned to the app

                  updated
                    ada@fabrikam.example  title (none) → "Engineer"
                    Builders              +1 member

                  skipped
                    dan@fabrikam.example  blocked or deleted in Entra, so never created \
                (NotEffectivelyEntitled)

                """)
    }

    @Test("a long section is cut and counted; an idle cycle says so; a failed one says why")
    func otherReports() throws {
        var directory = TestDirectory()
        for index in 1...30 { directory.addUser("user\(index)") }
        var bench = Bench(directory)
        let first = try #require(try bench.cycle())
        let long = CycleReport(name: "Roster", summary: first, entries: bench.rows, lineLimit: 5)
        #expect(long.text.contains("    … and 25 more\n"))
        #expect(long.text.contains("  users   30 created\n"))
        let idle = try #require(try bench.cycle())
        #expect(
            CycleReport(name: "Roster", summary: idle, entries: bench.rows).text
                .contains("Nothing changed since the last cycle, so nothing was sent."))
        bench.target.rule = { _ in .success(HTTPResponse(status: 404)) }
        let failed = try #require(try bench.cycle())
        let text = CycleReport(name: "Roster", summary: failed, entries: bench.rows).text
        #expect(text.hasPrefix("Roster: incremental cycle failed"))
        #expect(text.contains("An HTTP/404 Not Found response"))
    }
}

@Suite("What waits, and what is in doubt, at the end of a report")
struct WaitingReportTests {
    private func report(_ bench: Bench) throws -> WaitingReport {
        WaitingReport(
            job: try bench.directory.job(), state: bench.state,
            snapshot: bench.directory.snapshot, subjects: bench.rows.map(\.subject),
            at: bench.now)
    }

    @Test("failures by next attempt: an object, a member, and one tried in every cycle")
    func waiting() throws {
        var directory = TestDirectory()
        for name in ["ada", "bob"] { directory.addUser(name) }
        directory.addGroup("Builders", members: ["ada"])
        var bench = Bench(directory)
        bench.settings.interval = .minutes(40)
        bench.target.rule = { request in
            let body = String(decoding: request.body, as: UTF8.self)
            if request.method == .patch { return .success(HTTPResponse(status: 500)) }
            return request.method == .post && body.contains("bob")
                ? .success(HTTPResponse(status: 400)) : nil
        }
        try bench.cycle()
        try bench.cycle()
        let report = try report(bench)
        #expect(
            report.text == """

                  waiting for another attempt
                    Builders (members)  InternalServerError, retried 1 times since \
                2026-01-05T08:00:00Z, again in the next cycle
                    bob@fabrikam.example  SystemForCrossDomainIdentityManagementServiceIncompatible\
                , retried 1 times since 2026-01-05T08:00:00Z, again after 2026-01-05T14:40:00Z

                """)
        let json = JSONValue.object(JSONObject(report.members))
        let rows = json["waiting"]?.arrayValue ?? []
        #expect(rows.map { $0["reference"]?.text } == [#""members""#, "null"])
        #expect(rows.last?["nextAttempt"] == "2026-01-05T14:40:00Z")
        bench.target.rule = nil
        bench.now = bench.now + .days(1)
        try bench.cycle()
        #expect(try self.report(bench).text.isEmpty)
    }

    @Test("a pattern that would decide otherwise for the whole value is named with its people")
    func doubtful() throws {
        func bench(_ pattern: String) throws -> Bench {
            var directory = TestDirectory { configuration in
                configuration.schema = [
                    "objectMappings": [
                        [
                            "sourceObjectName": "User",
                            "attributeMappings": [
                                [
                                    "targetAttributeName": "userName",
                                    "source": "[userPrincipalName]", "matchingPriority": 1,
                                ]
                            ],
                            "scope": [
                                "groups": [
                                    [
                                        "name": "staff",
                                        "clauses": [
                                            [
                                                "sourceOperandName": "mailNickname",
                                                "operatorName": "REGEX MATCH",
                                                "targetOperand": ["values": [.string(pattern)]],
                                            ]
                                        ],
                                    ]
                                ]
                            ],
                        ]
                    ]
                ]
            }
            directory.addUser("ada")
            var bench = Bench(directory)
            try bench.cycle()
            return bench
        }
        let found = try report(try bench("ad")).doubtful
        #expect(found.map(\.names) == [["ada@fabrikam.example"]])
        #expect(found.first?.count == 1)
        #expect(try report(try bench("ada")).doubtful.isEmpty)
    }
}
