import EntraSim
import SimCore
import SimFaults
import SimHTTP
import TestWire
import Testing

/// Every site with every kind of effect, made from the vocabulary itself: a new site or effect
/// does not compile here until it says what it does.
@Suite("Every surface and every kind of fault")
struct EverySurfaceTests {
    @Test(
        "that fit: a raw client sees the fault once, and the ordinary answer after it",
        arguments: FaultSite.allCases.filter { $0 != .scim && $0 != .tls })
    func shown(site: FaultSite) throws {
        let running = try Running()
        let request = try request(site, running)
        let natural = try Answer(request, running)
        try #require(natural.body.utf8.count > 7, "\(site): \(natural.head)")
        let kinds = FaultEffectKey.allCases.filter { fits($0, site) }
        for (count, kind) in kinds.enumerated() {
            try running.simulator.faults.add(rule(kind, site))
            try show(kind, request, natural, running, site)
            #expect(try running.simulator.faults.hits().count == count + 1, "\(site) \(kind)")
            let after = try Answer(request, running)
            #expect(after.status == natural.status, "\(site) after \(kind)")
            try running.simulator.faults.clear()
        }
    }

    @Test("that do not fit: the rule is refused when it is added", arguments: FaultSite.allCases)
    func refused(site: FaultSite) throws {
        for kind in FaultEffectKey.allCases {
            let rule = try JSONValue(parsing: rule(kind, site))
            if fits(kind, site) {
                #expect(throws: Never.self, "\(site) \(kind)") { try FaultRule(rule) }
            } else {
                let error = #expect(throws: FaultRuleError.self, "\(site) \(kind)") {
                    try FaultRule(rule)
                }
                #expect(error?.message.isEmpty == false)
            }
        }
    }

    // MARK: The table

    private func fits(_ kind: FaultEffectKey, _ site: FaultSite) -> Bool {
        let numbered: [FaultSite] = [
            .authorize, .token, .deviceCode, .discovery, .keys, .userInfo, .signIn, .logout, .saml,
        ]
        return switch kind {
        case .aadsts: numbered.contains(site)
        case .latency, .hang, .reset: true
        case .status, .truncate, .drip, .contentType, .malformed, .oversized, .contentLength:
            site != .tls
        case .tamper: [.authorize, .token, .signIn].contains(site)
        case .scim, .connection: site == .scim
        case .defect: site == .apps || site == .scim
        case .certificate: site == .tls
        case .keys: site == .keys
        }
    }

    private func rule(_ kind: FaultEffectKey, _ site: FaultSite) -> String {
        let what =
            switch kind {
            case .aadsts: #"{"aadsts": 90033}"#
            case .status: #"{"status": 418, "headers": {"X-Why": "drill"}, "body": "teapot"}"#
            case .latency: #"{"latency": "250ms"}"#
            case .hang: #"{"hang": true}"#
            case .reset: #"{"reset": "before"}"#
            case .truncate: #"{"truncate": 7}"#
            case .drip: #"{"drip": 2000, "every": "1ms"}"#
            case .contentType: #"{"contentType": "text/x-odd"}"#
            case .malformed: #"{"malformed": true}"#
            case .oversized: #"{"oversized": 200000}"#
            case .contentLength: #"{"contentLength": 5}"#
            case .tamper: #"{"tamper": "wrongAud"}"#
            case .scim: #"{"scim": "noTotalResults"}"#
            case .connection: #"{"connection": "refused"}"#
            case .defect: #"{"defect": "no-total-results"}"#
            case .certificate: #"{"certificate": "expired"}"#
            case .keys: #"{"keys": "empty"}"#
            }
        return #"{"where": "\#(site.rawValue)", "when": {"times": 1}, "what": \#(what)}"#
    }

    private func request(_ site: FaultSite, _ running: Running) throws -> String {
        let claresia = try running.simulator.directory.app("Claresia").clientID
        return switch site {
        case .authorize: get(try running.authorizeTarget())
        case .token: post(Running.token, try running.nightlyForm())
        case .deviceCode:
            post("/contoso.example/oauth2/v2.0/devicecode", "client_id=\(claresia)&scope=openid")
        case .discovery: get(Running.discovery)
        case .keys: get(Running.keys)
        case .userInfo: get("/oidc/userinfo")
        case .signIn: post("/contoso.example/login", "flowtoken=x&login=nobody")
        case .logout: get("/contoso.example/oauth2/v2.0/logout")
        case .saml: get("/contoso.example/saml2")
        case .graph: get("/v1.0/users")
        case .apps:
            get("/apps/claresia/scim/v2/Users", "Authorization: Bearer claresia-demo-scim-token")
        case .portal: get("/portal")
        case .scim, .tls: ""
        }
    }

    private func show(
        _ kind: FaultEffectKey, _ request: String, _ natural: Answer, _ running: Running,
        _ site: FaultSite
    ) throws {
        let note = Comment(rawValue: "\(site.rawValue) \(kind.rawValue)")
        switch kind {
        case .reset:
            let client = try running.wire()
            client.send(request)
            #expect(client.readToEnd() == nil, note)
            return
        case .hang:
            let client = try running.wire()
            client.send(request)
            #expect(client.hasNothingYet(), note)
            client.endSending()
            #expect(client.readToEnd() == "", note)
            return
        case .latency:
            let client = try running.wire()
            client.send(request)
            #expect(client.hasNothingYet(), note)
            #expect(Answer(try #require(client.readToEnd(), note)).status == natural.status, note)
            return
        case .aadsts, .status, .truncate, .drip, .contentType, .malformed, .oversized,
            .contentLength, .tamper, .scim, .connection, .defect, .certificate, .keys:
            break
        }
        let answer = try Answer(request, running)
        let size = answer.body.utf8.count
        switch kind {
        case .aadsts: #expect((answer.head + answer.body).contains("AADSTS90033"), note)
        case .status:
            #expect(answer.status == "418" && answer.body == "teapot", note)
            #expect(answer.head.contains("X-Why: drill"), note)
        case .truncate: #expect(size == 7 && answer.length > 7, note)
        case .drip: #expect(size == answer.length && answer.status == natural.status, note)
        case .contentType:
            #expect(answer.field("content-type") == "text/x-odd" && size > 7, note)
        case .malformed: #expect(size == answer.length && size < natural.body.utf8.count, note)
        case .oversized: #expect(size == 200_000 && answer.length == size, note)
        case .contentLength: #expect(size > 5 && answer.length == 5, note)
        // The tokens themselves: `TamperTests`.
        case .tamper: #expect(answer.status == natural.status, note)
        case .defect: #expect(!answer.body.contains("totalResults"), note)
        case .keys: #expect(answer.body == #"{"keys":[]}"#, note)
        case .latency, .hang, .reset, .scim, .connection, .certificate:
            Issue.record("nothing shows \(note)")
        }
    }

    private func get(_ target: String, _ header: String = "Accept: */*") -> String {
        "GET \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(header)\r\n\r\n"
    }

    private func post(_ target: String, _ form: String) -> String {
        "POST \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\n"
            + "Content-Length: \(form.utf8.count)\r\n\r\n\(form)"
    }
}

/// An answer as it came over the wire, up to the end of its connection.
private struct Answer {
    let head: String
    let body: String

    init(_ text: String) {
        let end = text.firstRange(of: "\r\n\r\n")
        head = String(text[..<(end?.lowerBound ?? text.endIndex)])
        body = end.map { String(text[$0.upperBound...]) } ?? ""
    }

    init(_ request: String, _ running: Running) throws {
        let client = try running.wire()
        client.send(request)
        self.init(try #require(client.readToEnd()))
    }

    var status: String { String(head.split(separator: " ").dropFirst().first ?? "") }
    var length: Int { field("content-length").flatMap { Int($0) } ?? -1 }

    func field(_ name: String) -> String? {
        head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name + ":") }
            .map { String($0.dropFirst(name.utf8.count + 1).drop { $0 == " " }) }
    }
}
