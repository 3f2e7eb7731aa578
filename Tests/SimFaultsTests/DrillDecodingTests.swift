import SimCore
import SimFaults
import Testing

@Suite("A drill's file")
struct DrillDecodingTests {
    @Test("is read with its defaults")
    func read() throws {
        let drill = try drill(#"{"cycle": true, "expect": {"writes": false}}"#)
        #expect(drill.name == "night-shift" && drill.app == "Claresia" && drill.seed == 1)
        #expect(drill.start.iso8601 == "2026-01-05T08:00:00Z")
        #expect(drill.target == .any)
        #expect(drill.steps[0].action == .cycle(app: nil))
        #expect(drill.steps[0].title == "cycle")
    }

    @Test("without a step that calls a target needs none; it can also say why it needs the app")
    func need() throws {
        let step = #"{"signIn": {"user": "a@b.test"}, "expect": {"signIn": {"error": 50126}}}"#
        #expect(try drill(step).target == .none)
        let text = file(#"{"cycle": true, "expect": {"writes": false}}"#)
            .replacing(#""steps""#, with: #""sampleAppOnly": "it has the key", "steps""#)
        #expect(try read(text).target == .sampleApp(reason: "it has the key"))
    }

    @Test(
        "with a mistake names the line, the key, and what was probably meant",
        arguments: [
            (#"{"cylce": true}"#, "steps[0].cylce", "unknown key 'cylce'", "did you mean 'cycle'?"),
            (
                #"{"expect": {"jop": {}}}"#, "steps[0].expect.jop", "unknown key 'jop'",
                "did you mean 'job'?"
            ),
            (
                #"{"expect": {"job": {"staus": "Active"}}}"#, "steps[0].expect.job.staus",
                "unknown key 'staus'", "did you mean 'status'?"
            ),
            (
                #"{"fault": {"where": "tokn", "what": {"aadsts": 50076}}}"#,
                "steps[0].fault.where.site", "cannot be 'tokn'", "did you mean 'token'?"
            ),
            (
                #"{"fault": {"where": "token", "what": {"aadsts": 50077}}}"#,
                "steps[0].fault.what", "no error 50077", "did you mean"
            ),
            (
                #"{"edit": {"disble": "a@b.test"}}"#, "steps[0].edit.disble",
                "unknown key 'disble'", "did you mean 'disable'?"
            ),
            (
                #"{"edit": {"disable": "a@b.test", "to": "x"}}"#, "steps[0].edit.to",
                "does not go with 'disable'", nil
            ),
            (
                #"{"edit": {"disable": "a@b.test", "enable": "a@b.test"}}"#, "steps[0].edit.enable",
                "names 'disable' and 'enable'", "two edits are two steps"
            ),
            (#"{"advance": "soon"}"#, "steps[0].advance", "'soon'", "write it as 40m"),
            (#"{"advance": "0s"}"#, "steps[0].advance", "'0s'", "write it as 40m"),
            (#"{"cycle": false}"#, "steps[0].cycle", "a name or true", nil),
            (
                #"{"cycle": true, "advance": "1h"}"#, "steps[0].cycle",
                "does 'advance' and 'cycle'",
                "two actions are two steps"
            ),
            (#"{"say": "nothing"}"#, "steps[0]", "does nothing", "one of: edit"),
            (#"{"signIn": {}}"#, "steps[0].signIn", "lacks the key 'user'", "whose"),
            (
                #"{"signIn": {"how": "secret", "user": "a@b.test"}}"#, "steps[0].signIn.user",
                "does not go with 'secret'", nil
            ),
            (
                #"{"expect": {"target": {"a@b.test": "actve"}}}"#,
                "steps[0].expect.target.a@b.test", "no state of a user", "did you mean 'active'?"
            ),
            (
                #"{"expect": {"directory": {"a@b.test": "twice"}}}"#,
                "steps[0].expect.directory.a@b.test", "no state of a user", "one of: active"
            ),
            (#"{"expect": {"since": "start"}}"#, "steps[0].expect", "expects nothing", "one of"),
            (
                #"{"expect": {"log": [{"code": "X"}, {"cod": "Y"}]}}"#,
                "steps[0].expect.log[1].cod", "unknown key 'cod'", "did you mean 'code'?"
            ),
        ] as [(String, String, String, String?)])
    func mistakes(step: String, key: String, message: String, hint: String?) {
        let problem = #expect(throws: DrillProblem.self) {
            try drill(#"{"expect": {"writes": false}}"#, before: step)
        }
        #expect(problem?.key == key)
        #expect(problem?.line == 5, "\(problem?.text ?? "")")
        #expect(problem?.message.contains(message) == true, "\(problem?.text ?? "")")
        #expect(hint == nil || problem?.hint?.contains(hint ?? "") == true, "\(problem ?? nil)")
    }

    @Test("that expects nothing, has no steps, too many, or another name is refused")
    func whole() {
        #expect(refusal(file(#"{"cycle": true}"#)).contains("cannot fail"))
        #expect(refusal(#"{"name": "night-shift", "description": "x"}"#).contains("has no steps"))
        #expect(
            refusal(
                file(#"{"expect": {"writes": false}}"#).replacing("night-shift", with: "day-shift")
            ).contains("'name' is 'day-shift', but the file is 'night-shift.json'"))
        let steps = Array(
            repeating: #"{"expect": {"writes": false}}"#, count: Drill.stepLimit + 1)
        #expect(refusal(file(steps.joined(separator: ","))).contains("more than 500"))
        #expect(throws: Never.self) {
            try read(file(steps.dropLast().joined(separator: ",")))
        }
        #expect(refusal("{").contains("not JSON"))
    }

    private func file(_ steps: String) -> String {
        "{\n\"name\": \"night-shift\",\n\"description\": \"x\",\n\"steps\": [\n\(steps)\n]}"
    }

    private func drill(_ step: String, before: String? = nil) throws -> Drill {
        try read(file((before.map { $0 + ",\n" } ?? "") + step))
    }

    private func read(_ text: String) throws(DrillProblem) -> Drill {
        try Drill(Array(text.utf8), file: "drills/night-shift.json")
    }

    private func refusal(_ text: String) -> String {
        do throws(DrillProblem) {
            _ = try read(text)
            return "nothing"
        } catch {
            return error.text
        }
    }
}
