import EntraSimCLI
import SimCore
import Testing

@Suite("provision run --record and provision compare")
struct CompareCommandTests {
    private static let header =
        #"{"cassette":1,"app":"Orders","cycle":"initial","calls":1,"complete":true}"#

    private static func call(_ status: Int = 201, title: String = "Engineer") -> String {
        """
        {"object":{"type":"User","id":"1","name":"ada@x.test"},"operation":"create",\
        "request":{"method":"POST","path":"/Users","headers":{},"body":{"title":"\(title)"}},\
        "answer":{"status":\(status),"headers":{},"body":{"id":"‹User ada@x.test›"}}}
        """
    }

    private func compare(_ before: String, _ after: String, _ options: String = "") -> Result {
        let shell = MemoryShell(files: ["a": before, "b": after])
        return run("provision compare a b \(options)", shell: shell)
    }

    @Test("the same files: exit 0")
    func same() {
        let file = Self.header + "\n" + Self.call() + "\n"
        let result = compare(file, file)
        #expect(result.exitCode.rawValue == 0)
        #expect(result.output == "same: 1 call, nothing changed\n")
        #expect(result.asked.isEmpty)
    }

    @Test("another status and another value: exit 1, each in a line")
    func different() throws {
        let before = Self.header + "\n" + Self.call()
        let after = Self.header + "\n" + Self.call(200, title: "Lead")
        let result = compare(before, after)
        #expect(result.exitCode.rawValue == 1)
        #expect(
            result.output == """
                Orders: 1 of 1 call changed

                User ada@x.test
                  create  request body.title: "Engineer" → "Lead"
                  create  answer status: 201 → 200

                """)
        let json = try JSONValue(parsing: Array(compare(before, after, "--json").output.utf8))
        #expect(json["same"] == false)
        #expect(json["differences"]?.arrayValue?.count == 2)
    }

    private static let badFiles: [(String, String)] = [
        ("", "'b' is empty"), ("{}", "'b', line 1, is not the first line of a cassette"),
        (#"{"cassette":2}"#, "'b', line 1, has the version 2; this build reads version 1"),
        ("x", "'b', line 1, is not JSON: "),
        (header, "'b', line 1, is the end, after 0 of 1 calls: the file was cut"),
        (file(header, call(), call()), "'b', line 3, is one call too many"),
        (
            file(header, "", call().replacing("\"status\"", with: "\"statsu\"")),
            "'b', line 3, has the unknown key 'statsu' in 'answer'\nhint: did you mean 'status'?"
        ),
        (
            file(header, call().replacing("\"create\"", with: "\"creat\"")),
            "'b', line 2, has 'creat' as 'operation'\nhint: did you mean 'create'?"
        ),
        (
            file(header, call().replacing("201", with: "\"201\"")),
            "'b', line 2, has a string as 'status' in 'answer', not a whole number"
        ),
        (
            file(header.replacing("\"complete\":true", with: "\"complete\":1")),
            "'b', line 1, has a number as 'complete' in the first line, not true or false"
        ),
    ]

    private static func file(_ lines: String...) -> String { lines.joined(separator: "\n") }

    @Test(
        "a file that cannot be read: exit 2, with line, key and the nearest name",
        arguments: badFiles)
    func unreadable(file: String, problem: String) {
        let result = compare(Self.header + "\n" + Self.call(), file)
        #expect(result.exitCode.rawValue == 2)
        #expect(result.talk.contains("error: " + problem), "\(result.talk)")
        #expect(result.output.isEmpty)
    }

    @Test("a missing file: exit 2")
    func missing() {
        let result = run("provision compare a b", shell: MemoryShell())
        #expect(result.exitCode.rawValue == 2)
        #expect(result.talk.contains("cannot read 'a': No such file or directory"))
    }

    @Test("a recording is fetched page by page and written line by line")
    func record() {
        let job = "/sim/v1/tenants/fabrikam/apps/Orders/provisioning"
        let shell = MemoryShell(files: [".entra-sim/ready.json": demoReady.text])
        let result = run(
            "provision run Orders --record cycle.jsonl",
            simulator: ScriptedSimulator([
                "POST \(job)/run": #"{"state":"Succeeded","counts":{}}"#,
                "GET \(job)/cassette?from=0":
                    "{\"value\":[\(Self.header)],\"next\":1,\"isEnd\":false}",
                "GET \(job)/cassette?from=1":
                    "{\"value\":[\(Self.call())],\"next\":2,\"isEnd\":true}",
            ]), shell: shell)
        #expect(result.exitCode == .success)
        #expect(result.asked.first == #"POST \#(job)/run {"wire":false,"record":true}"#)
        let file = shell.state.withLock { $0.files["cycle.jsonl"] } ?? []
        #expect(String(decoding: file, as: UTF8.self) == Self.header + "\n" + Self.call() + "\n")
    }
}

extension String {
    fileprivate func replacing(_ wanted: String, with text: String) -> String {
        pieces(wanted).joined(separator: text)
    }

    private func pieces(_ wanted: String) -> [String] {
        var pieces = [""]
        var rest = self[...]
        while !rest.isEmpty {
            if rest.hasPrefix(wanted) {
                pieces.append("")
                rest = rest.dropFirst(wanted.count)
            } else {
                pieces[pieces.count - 1].append(rest.removeFirst())
            }
        }
        return pieces
    }
}
