import SimCore
import Testing

@testable import SimFaults

@Suite("What came of a drill")
struct DrillReportTests {
    @Test(
        "is held against each expectation, on both sides",
        arguments: [
            (#"{"job": {"status": "Quarantine", "retries": 3}}"#, true),
            (#"{"job": {"status": "Active"}}"#, false), (#"{"job": {"retries": 2}}"#, false),
            (#"{"job": {"reason": "Too*"}}"#, true), (#"{"job": {"staged": {"min": 1}}}"#, false),
            (#"{"cycle": {"kind": "initial", "created": 18}}"#, true),
            (#"{"cycle": {"created": 17}}"#, false), (#"{"cycle": {"error": "X"}}"#, false),
            (#"{"cycles": 2}"#, true), (#"{"cycles": 3}"#, false),
            (#"{"log": [{"who": "a@b.test", "code": "Conflict"}]}"#, true),
            (#"{"log": [{"who": "a@b.test", "code": "Timeout"}]}"#, false),
            (#"{"log": [{"status": "failure", "count": 1}]}"#, true),
            (#"{"log": [{"status": "failure", "count": 0}]}"#, false),
            (#"{"mails": 1}"#, true), (#"{"mails": ["*quarantine"]}"#, true),
            (#"{"mails": ["*disabled*"]}"#, false), (#"{"target": {"a@b.test": "active"}}"#, true),
            (#"{"target": {"a@b.test": "twice"}}"#, false),
            (#"{"target": {"c@b.test": "absent"}}"#, false),
            (#"{"directory": {"a@b.test": "deleted"}}"#, true),
            (
                #"{"signIn": {"result": "refused", "error": 50076, "suberror": "basic_action"}}"#,
                true
            ),
            (#"{"signIn": {"result": "signedIn"}}"#, false), (#"{"signIn": {"error": 1}}"#, false),
            (#"{"connection": {"success": false, "status": 401, "text": "*no*"}}"#, true),
            (#"{"connection": {"success": true}}"#, false), (#"{"hits": {"storm": 4}}"#, true),
            (#"{"hits": {"calm": 0}}"#, true), (#"{"hits": {"storm": 5}}"#, false),
            (#"{"writes": false}"#, false), (#"{"counts": {"POST *": 1}}"#, true),
        ])
    func checks(expectation: String, isMet: Bool) throws {
        let expectation = try DrillExpectation(JSONValue(parsing: expectation))
        let checks = expectation.checks(of: seen)
        #expect(!checks.isEmpty)
        #expect(checks.allSatisfy(\.isMet) == isMet, "\(checks)")
        #expect(checks.allSatisfy { !$0.text.isEmpty })
    }

    @Test("is a timeline with its times once, and the verdict of each check")
    func timeline() throws {
        #expect(
            DrillTimeline.text(try report()) == """
                drill night-shift
                      Nobody looks.

                                         “It is Friday”
                Mon 2026-01-05 08:00:00  cycle
                                         · 18 created
                Mon 2026-01-05 08:40:00  · job: quarantine
                                      ok hits of 'storm': 4
                                  FAILED cycles: 3
                                             cycles: expected 3, seen 2
                failed  night-shift  1 steps  2 checks (1 failed)  1.25 s

                """)
    }

    @Test("is JUnit's XML: a suite a drill, a case a step, with everything escaped")
    func junit() throws {
        var skipped = try report()
        skipped.entries = []
        skipped.skipReason = "a <b> & \"c\"\u{1}"
        let xml = JUnitReport([try report(), skipped]).xml
        #expect(xml.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"))
        #expect(
            xml.contains(
                "<testsuite name=\"drill.night-shift\" tests=\"1\" failures=\"1\" errors=\"0\""
                    + " skipped=\"0\" time=\"1.25\">"))
        #expect(xml.contains("<failure message=\"cycles: 3\">cycles: 3\ncycles: expected 3"))
        #expect(xml.contains("<skipped message=\"a &lt;b&gt; &amp; &quot;c&quot; \"/>"))
        #expect(xml.hasSuffix("</testsuites>\n"))
    }

    @Test("fails when a step could not be carried out, whatever the checks say")
    func failure() throws {
        var report = try report()
        report.entries[0].checks = []
        #expect(report.result == .passed)
        report.entries[0].failure = "there is no user 'adle'"
        #expect(report.result == .failed)
        #expect(DrillTimeline.text(report).contains("FAILED there is no user 'adle'"))
        #expect(report.json["result"] == "failed")
    }

    private var seen: DrillObservation {
        var seen = DrillObservation()
        seen.calls = [ObservedCall(method: "POST", target: "/Users", status: 409)]
        seen.cycle = .init(kind: "initial", state: "Succeeded", error: nil, counts: ["created": 18])
        seen.cycleCount = 2
        seen.job = .init(
            status: "Quarantine", schedule: "Active", reason: "TooManyDeletes", retries: 3,
            staged: 0)
        seen.log = [
            .init(
                who: "a@b.test", action: "create", status: "failure", code: "Conflict", reason: "")
        ]
        seen.mails = ["Provisioning to Orders is in quarantine"]
        seen.signIn = DrillSignInOutcome(
            .refused, error: 50_076, suberror: "basic_action", "more is needed")
        seen.connection = .init(isSuccess: false, status: 401, text: "the answer is no, sorry")
        seen.hits = ["storm": 4]
        seen.target = ["a@b.test": .active]
        seen.directory = ["a@b.test": .deleted]
        return seen
    }

    private func report() throws -> DrillReport {
        let text = #"""
            {"name": "night-shift", "description": "Nobody looks.",
             "steps": [{"expect": {"hits": {"storm": 4}, "cycles": 3}}]}
            """#
        let drill = try Drill(inline: Array(text.utf8))
        var report = DrillReport(drill)
        var entry = DrillReport.Entry(
            number: 1, at: drill.start, title: "cycle", remark: "It is Friday")
        entry.events = [
            .init(at: drill.start, "18 created"),
            .init(at: drill.start + .minutes(40), "job: quarantine"),
        ]
        entry.checks = try #require(drill.steps[0].expectation).checks(of: seen).reversed()
        report.entries = [entry]
        report.elapsed = .milliseconds(1_250)
        return report
    }
}
