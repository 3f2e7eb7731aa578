import SimCore
import Testing

@testable import SimDirectory

@Suite("How a job proves itself, in fixtures and in the journal — provisioning.md §10.1")
struct TargetAuthenticationTests {
    private func check(_ authentication: String, _ more: String = "") -> FixtureCheck {
        let text = """
            {"domains": ["acme.example"], "applications": [
              {"displayName": "Pipes"},
              {"displayName": "Shop",
               "provisioning": {"tenantUrl": "https://s.example/scim"\(more),
               "authentication": \(authentication)}}]}
            """
        var decoder = TenantFixtureDecoder(name: "acme")
        decoder.readTenant(Array(text.utf8), file: "tenant.json")
        return decoder.finish()
    }

    private func decoded(_ authentication: String) throws -> TargetAuthentication? {
        let check = check(authentication)
        let fixture = try #require(check.fixture, "\(check.problems.map(\.text))")
        return fixture.snapshot(at: .epoch).servicePrincipal(displayName: "Shop")?
            .provisioning?.authentication
    }

    private static let client = #"""
        {"type": "OAuth2ClientCredentialsGrant", "tokenEndpoint": "{origin}/apps/x/token",
         "clientId": "c", "clientSecret": "s", "credentialLocation": "header", "scope": "a b"}
        """#
    private static let workload = #"""
        {"type": "WorkloadIdentity", "tokenEndpoint": "https://s.example/token", "clientId": "c",
         "application": "pipes", "exchange": "tokenExchange", "audience": "aud"}
        """#

    @Test("client credentials, whole and with defaults")
    func clientCredentials() throws {
        #expect(
            try decoded(Self.client)
                == .clientCredentials(
                    OAuthClientCredentials(
                        tokenEndpoint: "{origin}/apps/x/token", clientID: "c", clientSecret: "s",
                        location: .header, scope: "a b")))
        let short = try decoded(
            #"""
            {"type": "OAuth2ClientCredentialsGrant", "tokenEndpoint": "https://s.example/t",
             "clientId": "c", "clientSecret": "s"}
            """#)
        guard case .clientCredentials(let client)? = short else {
            Issue.record("\(String(describing: short))")
            return
        }
        #expect(client.location == .body)
        #expect(client.scope == nil)
    }

    @Test("a workload identity names another app by its name, whatever its case")
    func workloadIdentity() throws {
        guard case .workloadIdentity(let identity)? = try decoded(Self.workload) else {
            Issue.record("no workload identity")
            return
        }
        #expect(identity.exchange == .tokenExchange)
        #expect(identity.audience == "aud")
        let fixture = try #require(check(Self.workload).fixture).snapshot(at: .epoch)
        #expect(identity.application == fixture.servicePrincipal(displayName: "Pipes")?.appID)
    }

    @Test("a bearer token may stand in the block too")
    func bearer() throws {
        #expect(
            try decoded(#"{"type": "BearerToken", "secretToken": "t"}"#) == .bearer("t"))
    }

    @Test(
        "a mistake is named with its key and the nearest name",
        arguments: [
            (#""type": "OAuth2"#, #""type": "OAuth3"#, "type", "OAuth2ClientCredentialsGrant"),
            (#""clientSecret""#, #""clientSecrt""#, "clientSecrt", "clientSecret"),
            (#""header""#, #""headr""#, "credentialLocation", "header"),
            ("{origin}/", "origin/", "tokenEndpoint", nil),
            (#""clientId": "c", "#, "", "", nil),
            (#""scope": "a b""#, #""exchange": "tokenExchange""#, "exchange", nil),
        ] as [(String, String, String, String?)])
    func mistakes(_ good: String, _ bad: String, _ key: String, _ nearest: String?) throws {
        try #require(Self.client.contains(good))
        let problems = check(Self.client.replacing(good, with: bad)).problems
        let path = "applications[1].provisioning.authentication" + (key.isEmpty ? "" : "." + key)
        #expect(problems.contains { $0.keyPath == path && $0.nearest == nearest }, "\(problems)")
    }

    @Test("an app nobody knows, with the nearest name")
    func unknownApplication() {
        let problems = check(Self.workload.replacing("pipes", with: "Pips")).problems
        #expect(problems.map(\.message) == ["no application \"Pips\""])
        #expect(problems.map(\.nearest) == ["Pipes"])
        #expect(
            problems.map(\.keyPath)
                == ["applications[1].provisioning.authentication.application"])
    }

    @Test("a secret token beside the block is one too many")
    func both() {
        let problems = check(Self.client, #", "secretToken": "t""#).problems
        #expect(
            problems.map(\.message) == ["\"secretToken\" and \"authentication\" exclude each other"]
        )
    }

    @Test("written as a fixture and read again it is the same")
    func writer() throws {
        for text in [Self.client, Self.workload] {
            let snapshot = try #require(check(text).fixture).snapshot(at: .epoch)
            let written = TenantFixtureWriter(snapshot).json
            let again = try TenantFixture.decode(name: "acme", text: written.serialized)
            #expect(
                again.snapshot(at: .epoch).servicePrincipal(displayName: "Shop")?.provisioning
                    == snapshot.servicePrincipal(displayName: "Shop")?.provisioning)
        }
    }

    @Test("the journal gives every method back as it was")
    func journal() throws {
        let methods: [TargetAuthentication] = [
            .bearer(nil), .bearer("t"),
            .clientCredentials(
                OAuthClientCredentials(
                    tokenEndpoint: "https://s.example/t", clientID: "c", clientSecret: "s",
                    location: .header, scope: "x")),
            .workloadIdentity(
                WorkloadIdentity(
                    tokenEndpoint: "https://s.example/t", clientID: "c",
                    application: AppID(GUID(seed: 1, name: "a")), exchange: .tokenExchange,
                    audience: "a", scope: "x")),
            .workloadIdentity(
                WorkloadIdentity(tokenEndpoint: "https://s.example/t", clientID: "c")),
        ]
        for method in methods {
            var principal = Sample.servicePrincipal
            principal.provisioning?.authentication = method
            let record = LogRecord(
                sequence: 1, at: Sample.start, event: .servicePrincipalChanged(principal))
            var line: [UInt8] = []
            EventCodec.encode(record, into: &line)
            #expect(try EventCodec.decode(line).record == record)
        }
    }
}
