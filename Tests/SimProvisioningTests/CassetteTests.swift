import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimProvisioning

@Suite("A cycle recorded, and two recordings compared")
struct CassetteTests {
    private static let secret = "s3cret-Token"

    private func directory() -> TestDirectory {
        var directory = TestDirectory()
        for name in ["ada", "bob"] { directory.addUser(name) }
        directory.setManager("bob", of: "ada")
        directory.addGroup("Builders", members: ["ada", "bob"])
        return directory
    }

    /// Runs a cycle with a recorder in front of the target.
    private func record(
        _ bench: inout Bench, seed: UInt64 = 5, limits: CassetteRecorder.Limits = .init(),
        _ target: (HTTPRequest, Result<HTTPResponse, ConnectionFailure>) -> Result<
            HTTPResponse, ConnectionFailure
        > = { $1 }
    ) throws -> Cassette {
        let job = try bench.directory.job(bench.settings)
        let before = bench.state
        var recorder = CassetteRecorder(limits: limits)
        var cycle = ProvisioningCycle(
            job: job, state: before, snapshot: bench.directory.snapshot,
            random: SeededRandom(seed: seed))
        var waiting: [(ExchangeID, HTTPRequest)] = []
        var actions = cycle.handle(.started(at: bench.now))
        while true {
            for action in actions {
                switch action {
                case .send(let id, let request):
                    recorder.sent(id, request, for: cycle.call(id))
                    waiting.append((id, request))
                case .record(let records): for record in records { bench.apply(record) }
                case .finish: break
                }
            }
            guard !waiting.isEmpty else { break }
            // A seed decides which call is answered next.
            let place = Int(seed) % waiting.count
            let (id, request) = waiting.remove(at: place)
            let answer = target(request, bench.target.answer(request))
            recorder.ended(id, answer)
            switch answer {
            case .success(let response):
                actions = cycle.handle(.responded(id, response, at: bench.now))
            case .failure(let failure): actions = cycle.handle(.failed(id, failure, at: bench.now))
            }
        }
        return recorder.cassette(
            job: job, kind: cycle.kind, snapshot: bench.directory.snapshot, before: before,
            after: bench.state)
    }

    private func text(_ cassette: Cassette) -> String {
        cassette.lines.map { $0.text + "\n" }.joined()
    }

    @Test("two cycles over the same directory give the same bytes, whoever answers first")
    func equal() throws {
        var first = Bench(directory())
        var second = Bench(directory())
        second.now = first.now + .days(3)
        let one = try record(&first, seed: 5)
        let two = try record(&second, seed: 2)
        #expect(text(one) == text(two))
        #expect(one.exchanges.count == 10)
        #expect(CassetteComparison(one, two).isSame)
    }

    @Test("a call is told by its object and purpose; ids, times and marks are named, not shown")
    func normalised() throws {
        var bench = Bench(directory())
        let cassette = try record(&bench) { request, answer in
            guard request.method == .post, case .success(var response) = answer,
                var body = (try? JSONValue(parsing: response.body))?.objectValue
            else { return answer }
            let id = body["id"]?.stringValue ?? ""
            body["meta"] = [
                "created": "2026-01-05T08:00:00Z", "version": "W/\"3\"",
                "location": .string("https://target.example:99/scim/Users/\(id)"),
            ]
            response.body = JSONValue.object(body).serialized
            return .success(response)
        }
        let operations = cassette.exchanges.map {
            "\($0.subject.map { "\($0.kind.rawValue) \($0.name)" } ?? "-") \($0.operation.rawValue)"
        }
        #expect(
            operations == [
                "- probe", "- probe", "User ada@fabrikam.example match",
                "User ada@fabrikam.example create", "User bob@fabrikam.example match",
                "User bob@fabrikam.example create", "Group Builders match",
                "Group Builders create", "User ada@fabrikam.example manager",
                "Group Builders members",
            ])
        let all = text(cassette)
        for hidden in ["u-ada", "g-Builders", Self.secret, "2026-01-05", "W/", "target.example"] {
            #expect(!all.contains(hidden), "\(hidden)")
        }
        #expect(cassette.exchanges[0].path == "/Users?filter=userName+eq+%22‹guid›%22")
        #expect(cassette.exchanges[8].path == "/Users/‹User ada@fabrikam.example›")
        #expect(cassette.exchanges[8].body?.text.contains("‹User bob@fabrikam.example›") ?? false)
        #expect(
            cassette.exchanges[9].body?["Operations"]?.arrayValue?.first?["value"]?.text
                == #"[{"value":"‹User ada@fabrikam.example›"},{"value":"‹User bob@fabrikam.example›"}]"#
        )
        #expect(all.contains(#""location":"/scim/Users/‹User ada@fabrikam.example›""#))
        #expect(cassette.exchanges[3].headers["Authorization"] == "Bearer ‹secret›")
    }

    @Test("what is written can be read, and says the same")
    func roundTrip() throws {
        var bench = Bench(directory())
        let cassette = try record(&bench) { request, answer in
            request.method == .patch ? .failure(.reset) : answer
        }
        #expect(try Cassette(parsing: Array(text(cassette).utf8)) == cassette)
        #expect(
            try Cassette(
                parsing: Array(
                    text(cassette).replacingOccurrences(
                        of: "\n", with: "\r\n"
                    ).utf8)) == cassette)
    }

    @Test("a canary in token, answer and redacted value never reaches a recording or a row")
    func canary() throws {
        let canary = "CANARY-7f1e"
        var directory = TestDirectory { configuration in
            configuration.secretToken = canary
            configuration.schema = [
                "objectMappings": [
                    [
                        "sourceObjectName": "User",
                        "attributeMappings": [
                            [
                                "targetAttributeName": "userName",
                                "source": "[userPrincipalName]", "matchingPriority": 1,
                            ],
                            [
                                "targetAttributeName": "externalId",
                                "source": "Redact([employeeId])",
                            ],
                        ],
                    ]
                ]
            ]
        }
        directory.addUser("ada", ["employeeId": "HIDDEN-3355"])
        var bench = Bench(directory)
        // A target that repeats what it was given, in headers and body.
        let cassette = try record(&bench) { request, _ in
            guard request.method != .get else { return .success(TinyTarget.listResponse([])) }
            let body = String(decoding: request.body, as: UTF8.self)
            let said = "no: \(request.headers["Authorization"] ?? "") \(body)"
            return .success(
                HTTPResponse(
                    status: 400,
                    headers: ["Content-Type": "text/plain", "Location": "https://x/\(canary)"],
                    body: Array(said.utf8)))
        }
        #expect(!text(cassette).contains(canary))
        #expect(!text(cassette).contains("HIDDEN-3355"))
        #expect(text(cassette).contains("[Redact]"))
        bench.target.rule = { request in
            .success(
                request.method == .get
                    ? TinyTarget.listResponse([])
                    : HTTPResponse(
                        status: 400, body: Array((request.headers["Authorization"] ?? "").utf8)))
        }
        try bench.cycle()
        let context = ProvisioningLogContext(job: try bench.directory.job())
        let rows = bench.rows.map { $0.resource(context).text + $0.payload.text }.joined()
        #expect(rows.contains("‹secret›"))
        #expect(!rows.contains(canary))
        let summary = try #require(bench.state.lastExecution)
        let report = CycleReport(name: "Roster", summary: summary, entries: bench.rows)
        #expect(!(report.text + report.json.text).contains(canary))
    }

    @Test("nor does an OAuth client's secret, as entered, in a form or in a Basic header")
    func clientSecret() throws {
        let secret = "CANARY 7f1e&x"
        var directory = TestDirectory { configuration in
            configuration.authentication = .clientCredentials(
                OAuthClientCredentials(
                    tokenEndpoint: "https://target.example/token", clientID: "entra",
                    clientSecret: secret, location: .body, scope: nil))
        }
        directory.addUser("ada")
        var bench = Bench(directory)
        let forms = [
            secret, "CANARY+7f1e%26x", Base64.encode(Array("entra:CANARY+7f1e%26x".utf8)),
        ]
        let cassette = try record(&bench) { request, _ in
            guard request.method != .get else { return .success(TinyTarget.listResponse([])) }
            return .success(
                HTTPResponse(
                    status: 400, headers: ["Location": "https://x/\(forms[1])"],
                    body: Array(forms.joined(separator: " ").utf8)))
        }
        #expect(text(cassette).contains("‹secret›"))
        for form in forms { #expect(!text(cassette).contains(form), "\(form)") }
    }

    @Test("a changed endpoint: status, attributes, a call that is gone and one that is new")
    func comparison() throws {
        var first = Bench(directory())
        let before = try record(&first)
        var second = Bench(directory())
        second.directory.setManager(nil, of: "ada")
        second.directory.addUser("cyd")
        let after = try record(&second) { request, answer in
            guard request.method == .post, case .success(var response) = answer,
                String(decoding: request.body, as: UTF8.self).contains("bob")
            else { return answer }
            response.status = 200
            response.body = Array(#"{"id":"u-bob","userName":"BOB"}"#.utf8)
            return .success(response)
        }
        let comparison = CassetteComparison(before, after)
        #expect(!comparison.isSame)
        let found = comparison.differences.map {
            "\($0.subject?.name ?? "-") \($0.operation.rawValue) \($0.what.rawValue) \($0.path)"
        }
        let bob = "bob@fabrikam.example create"
        #expect(found.contains("\(bob) answer status"))
        #expect(found.contains("\(bob) answer body.userName"))
        #expect(found.contains("\(bob) answer body.displayName"))
        #expect(
            found.contains(
                "ada@fabrikam.example manager missingCall PATCH /Users/‹User ada@fabrikam.example›")
        )
        #expect(found.contains("cyd@fabrikam.example create newCall POST /Users"))
        #expect(comparison.text.contains("\nUser bob@fabrikam.example\n"))
        #expect(comparison.text.contains("  create  answer status: 201 → 200\n"))
        #expect(CassetteComparison(before, before).text == "same: 10 calls, nothing changed\n")
    }

    @Test("a recording ends at its limit and says that it is not whole, on both sides")
    func limits() throws {
        for (count, isComplete) in [(9, false), (10, true), (11, true)] {
            var bench = Bench(directory())
            var limits = CassetteRecorder.Limits()
            limits.exchanges = count
            let cassette = try record(&bench, limits: limits)
            #expect(cassette.exchanges.count == min(count, 10))
            #expect(cassette.isComplete == isComplete)
        }
        var bench = Bench(directory())
        var limits = CassetteRecorder.Limits()
        limits.bytes = 1_000
        let cut = try record(&bench, limits: limits)
        #expect(!cut.isComplete)
        #expect(CassetteComparison(cut, cut).text.hasPrefix("note: a recording was cut"))
    }
}
