import SimCore
import SimCrypto
import SimHTTP
import SimRuntime
import Synchronization
import Testing

@testable import EntraSim

@Suite("Federated credentials of issuers elsewhere — identity-platform.md §3.1")
struct ForeignIssuerTests {
    private final class RequestLog: Sendable {
        let lines = Mutex<[AnsweredRequest]>([])
    }

    /// One simulator plays the issuer, another one trusts it.
    private final class Pair: Sendable {
        let issuer: Simulator
        let assertion: String
        /// `iss`, `sub` and `aud` of the assertion.
        let name: String
        private let subject: String
        private let audience: String
        private let folder: DataFolder
        private let client: HTTPClient
        private let log = RequestLog()

        init() throws {
            issuer = Simulator()
            try issuer.start()
            assertion = try issuer.tokens.mint(for: "Claresia").text
            let claims = try JSONWebToken(parsing: assertion).claims
            name = try #require(claims["iss"]?.stringValue)
            subject = try #require(claims["sub"]?.stringValue)
            audience = try #require(claims["aud"]?.stringValue)
            folder = try DataFolder()
            client = try HTTPClient()
            try write(Array(issuer.authorityCertificate.utf8), "ca.pem")
        }

        deinit {
            issuer.stop()
            client.stop()
        }

        func path(_ name: String) -> String { "\(folder.path)/\(name)" }

        func write(_ bytes: [UInt8], _ name: String) throws {
            try FileAccess.writeAtomically(bytes, to: path(name))
        }

        /// - Parameter issuers: the fixture's member of that name.
        func relying(
            _ issuers: String, _ change: (inout SimulatorConfiguration) -> Void = { _ in }
        ) throws -> Simulator {
            try FileAccess.createFolder(path("tenants/relying"))
            try write(
                Array(
                    """
                    {"domains": ["relying.example"], "issuers": \(issuers),
                     "users": [{"userPrincipalName": "a@relying.example"}],
                     "applications": [{"displayName": "Job",
                       "appId": "5b0e7a3c-1f42-4d60-8c57-90a1b2c3d4e5",
                       "federatedIdentityCredentials": [{"name": "ci", "issuer": "\(name)",
                         "subject": "\(subject)", "audiences": ["\(audience)"]}]}]}
                    """.utf8), "tenants/relying/tenant.json")
            var configuration = SimulatorConfiguration()
            configuration.tenantsFolder = path("tenants")
            configuration.targetCAFile = path("ca.pem")
            configuration.requestLog = { [log] line in log.lines.withLock { $0.append(line) } }
            change(&configuration)
            let simulator = Simulator(configuration)
            try simulator.start()
            return simulator
        }

        /// A token request with the issuer's assertion: status, number, and what the log says.
        func ask(_ simulator: Simulator) async throws -> (status: Int, code: Int?, hint: String?) {
            let form = FormFields([
                "grant_type": "client_credentials", "scope": "https://graph.microsoft.com/.default",
                "client_id": "5b0e7a3c-1f42-4d60-8c57-90a1b2c3d4e5",
                "client_assertion_type":
                    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion": assertion,
            ])
            let origin = try #require(Origin.parse(simulator.baseURL)?.origin)
            let authority = try #require(
                try Certificate.all(inPEM: simulator.authorityCertificate).first)
            let answer = try await client.perform(
                HTTPRequest(
                    method: .post, target: "/relying.example/oauth2/v2.0/token",
                    headers: ["Content-Type": "application/x-www-form-urlencoded"],
                    body: Array(form.encoded().utf8)),
                to: origin, trust: .certificates([authority]))
            let line = log.lines.withLock { $0.last { $0.method == "POST" } }
            return (answer.status, line?.errorCode, line?.hint)
        }

        /// The issuer's key set, as a text.
        func keySet() async throws -> String {
            let origin = try #require(Origin.parse(issuer.baseURL)?.origin)
            let authority = try #require(
                try Certificate.all(inPEM: issuer.authorityCertificate).first)
            let answer = try await client.perform(
                HTTPRequest(method: .get, target: "/common/discovery/v2.0/keys"), to: origin,
                trust: .certificates([authority]))
            return String(decoding: answer.body, as: UTF8.self)
        }
    }

    @Test("keys are found by discovery when the first request needs them, and not again")
    func discovery() async throws {
        let pair = try Pair()
        let relying = try pair.relying(#"[{"issuer": "\#(pair.name)"}]"#)
        defer { relying.stop() }
        // Nothing is read at the start, and whoever waits together is answered together.
        async let first = pair.ask(relying)
        async let second = pair.ask(relying)
        async let third = pair.ask(relying)
        let answers = try await [first, second, third]
        #expect(answers.allSatisfy { $0.status == 200 })
        for _ in 0..<2 { #expect(try await pair.ask(relying).status == 200) }
        let read = pair.issuer.journal.exchanges().filter {
            $0.target.hasSuffix("/.well-known/openid-configuration")
        }
        #expect(read.count == 1)
    }

    @Test("an issuer that nobody named is not asked: 50166, and the log says how to name it")
    func unnamed() async throws {
        let pair = try Pair()
        let relying = try pair.relying("[]")
        defer { relying.stop() }
        let answer = try await pair.ask(relying)
        #expect(answer.status == 400)
        #expect(answer.code == 50_166)
        #expect(answer.hint?.contains("--trust-issuer") == true)
        #expect(pair.issuer.journal.exchanges().allSatisfy { !$0.target.contains("well-known") })
    }

    @Test("an address nobody listens at is 50166, and the log says which and why")
    func unreachable() async throws {
        let pair = try Pair()
        let address = try MisbehavingTarget.refusedURL() + "/keys"
        let relying = try pair.relying(
            #"[{"issuer": "\#(pair.name)", "address": "\#(address)"}]"#)
        defer { relying.stop() }
        let answer = try await pair.ask(relying)
        #expect(answer.code == 50_166)
        #expect(answer.hint?.contains("\(address) connection refused") == true)
    }

    @Test("keys in the fixture and in a file need no network; the embedder's word wins")
    func given() async throws {
        let pair = try Pair()
        let keys = try await pair.keySet()
        let entry = #"[{"issuer": "\#(pair.name)", "jwks": \#(keys)}]"#
        let inline = try pair.relying(entry)
        defer { inline.stop() }
        #expect(try await pair.ask(inline).status == 200)
        try pair.write(Array(keys.utf8), "issuer.json")
        let file = try pair.relying("[]") {
            $0.trustedIssuers = [pair.name: .file(pair.path("issuer.json"))]
        }
        defer { file.stop() }
        #expect(try await pair.ask(file).status == 200)
        let empty = try pair.relying(entry) {
            $0.trustedIssuers = [pair.name: .inline(#"{"keys": []}"#)]
        }
        defer { empty.stop() }
        #expect(try await pair.ask(empty).code == 50_013)
    }

    struct Mistake: Sendable, CustomTestStringConvertible {
        let issuers: String
        let words: String
        var testDescription: String { issuers }
    }

    static let mistakes: [Mistake] = [
        Mistake(issuers: #"["x"]"#, words: "issuers[0]: expected an object"),
        Mistake(issuers: #"[{"adress": "x"}]"#, words: "issuers[0].adress: unknown key"),
        Mistake(issuers: #"[{}]"#, words: "issuers[0]: 'issuer' is not the address"),
        Mistake(issuers: #"[{"issuer": "http://a.b"}]"#, words: "issuers[0].issuer"),
        Mistake(
            issuers: #"[{"issuer": "https://a.b", "file": "f", "jwks": {}}]"#,
            words: "one place only"),
        Mistake(issuers: #"[{"issuer": "https://a.b", "jwks": {}}]"#, words: "no key set"),
        Mistake(issuers: #"[{"issuer": "https://a.b", "address": "/k"}]"#, words: "no address"),
        Mistake(issuers: #"[{"issuer": "https://a.b", "file": "../k"}]"#, words: "no file"),
        Mistake(
            issuers: #"[{"issuer": "https://a.b"}, {"issuer": "https://a.b"}]"#,
            words: "there is an issuer 'https://a.b' already"),
        Mistake(
            issuers: #"[{"issuer": "https://a.b", "file": "nothing-there.json"}]"#,
            words: "cannot"),
    ]

    @Test("a mistake in a fixture is named with its file and key", arguments: mistakes)
    func mistake(_ row: Mistake) throws {
        let folder = try DataFolder()
        try FileAccess.createFolder(folder.path + "/t/acme")
        try FileAccess.writeAtomically(
            Array(#"{"domains": ["acme.example"], "issuers": \#(row.issuers)}"#.utf8),
            to: folder.path + "/t/acme/tenant.json")
        var configuration = SimulatorConfiguration()
        configuration.tenantsFolder = folder.path + "/t"
        let simulator = Simulator(configuration)
        do throws(SimulatorFailure) {
            try simulator.start()
            simulator.stop()
            Issue.record("it started")
        } catch {
            let text = "\(error.message) \(error.hint ?? "")"
            #expect(text.contains(row.words), "\(text)")
        }
    }

    @Test("an embedder's issuer must be an address, and its file a key set")
    func embedder() throws {
        func failure(_ name: String, _ source: SimulatorConfiguration.IssuerKeySource) -> String? {
            var configuration = SimulatorConfiguration()
            configuration.trustedIssuers = [name: source]
            let simulator = Simulator(configuration)
            do throws(SimulatorFailure) {
                try simulator.start()
                simulator.stop()
                return nil
            } catch {
                return error.message
            }
        }
        #expect(failure("ci.example", .discovery) == "'ci.example' is no issuer")
        #expect(failure("https://a.b", .inline("{")) != nil)
        #expect(failure("https://a.b", .inline("{}"))?.contains("is no key set") == true)
        #expect(failure("https://a.b", .address("nowhere"))?.contains("no address") == true)
        #expect(failure("https://a.b", .discovery) == nil)
    }
}
