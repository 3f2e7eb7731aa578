import SimCore
import SimDirectory
import SimPortal
import Testing

@Suite("A change of how a job proves itself — provisioning.md §10.1")
struct AuthenticationSettingsTests {
    private static let client = OAuthClientCredentials(
        tokenEndpoint: "https://a.test/t", clientID: "c", clientSecret: "s", location: .header,
        scope: "x")
    private static let identity = WorkloadIdentity(
        tokenEndpoint: "https://a.test/t", clientID: "c", exchange: .tokenExchange,
        audience: "y")
    private static let found = AppID(GUID(seed: 1, name: "found"))

    private func applied(
        to old: TargetAuthentication, _ change: (inout AuthenticationSettings) -> Void
    ) throws(ControlError) -> TargetAuthentication {
        var settings = AuthenticationSettings()
        change(&settings)
        return try settings.applied(to: old) { _ throws(ControlError) in Self.found }
    }

    @Test("a new secret leaves the rest as it is")
    func part() throws {
        var wanted = Self.client
        wanted.clientSecret = "new"
        #expect(
            try applied(to: .clientCredentials(Self.client)) { $0.clientSecret = "new" }
                == .clientCredentials(wanted))
        wanted = Self.client
        wanted.scope = nil
        wanted.location = .body
        #expect(
            try applied(to: .clientCredentials(Self.client)) {
                $0.scope = .clear
                $0.location = .supported(.body)
            } == .clientCredentials(wanted))
    }

    @Test("without a type it is what the keys belong to, or what the job has")
    func guessed() throws {
        func complete(_ settings: inout AuthenticationSettings) {
            settings.tokenEndpoint = "https://a.test/t"
            settings.clientID = "c"
        }
        let secret = try applied(to: .bearer("t")) {
            complete(&$0)
            $0.clientSecret = "s"
        }
        #expect(secret.method == .clientCredentials)
        let workload = try applied(to: .bearer(nil)) {
            complete(&$0)
            $0.application = .set("Pipes")
        }
        guard case .workloadIdentity(let identity) = workload else {
            Issue.record("\(workload)")
            return
        }
        #expect(identity.application == Self.found)
        #expect(identity.exchange == .clientAssertion)
        let kept = try applied(to: .workloadIdentity(Self.identity)) { $0.clientID = "d" }
        #expect(kept.method == .workloadIdentity)
    }

    @Test("back to a bearer token, with none yet; one that is there stays")
    func bearer() throws {
        #expect(
            try applied(to: .clientCredentials(Self.client)) { $0.method = .bearer }
                == .bearer(nil))
        #expect(try applied(to: .bearer("t")) { $0.method = .bearer } == .bearer("t"))
    }

    @Test(
        "is refused when",
        arguments: [
            ("a key is missing", TargetAuthentication.bearer(nil), "lacks the key 'clientSecret'"),
            ("a key is another type's", .workloadIdentity(identity), "'clientSecret' does not"),
        ])
    func refused(_ name: String, _ old: TargetAuthentication, _ says: String) {
        let error = #expect(throws: ControlError.self) {
            try applied(to: old) {
                $0.tokenEndpoint = "https://a.test/t"
                $0.clientID = "c"
                if case .workloadIdentity = old { $0.clientSecret = "s" }
            }
        }
        #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
    }

    @Test("an unknown place for the credentials names the nearest")
    func location() {
        let error = #expect(throws: ControlError.self) {
            try applied(to: .clientCredentials(Self.client)) { $0.location = .unsupported("heder") }
        }
        #expect(error?.hint == "did you mean 'header'?")
    }
}
