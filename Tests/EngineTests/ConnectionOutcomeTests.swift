import SimCore
import SimHTTP
import SimPortal
import SimRuntime
import Testing

@testable import EntraSim

@Suite("Test Connection against listeners that misbehave — provisioning.md §10.3, §10.4")
struct ConnectionOutcomeTests {
    enum Target: Sendable {
        case answers(HTTPResponse, MisbehavingTarget.Identity = .good)
        case silent
        case refused
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let target: Target
        /// The part after `SystemForCrossDomainIdentityManagement`; nil for success.
        let code: String?
        let says: String
        let status: String?

        init(
            _ name: String, _ target: Target, _ code: String?, _ says: String,
            status: String? = nil
        ) {
            testDescription = name
            self.target = target
            self.code = code
            self.says = says
            self.status = status
        }
    }

    private static let list = HTTPResponse(json: [
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], "totalResults": 0,
        "Resources": [],
    ])
    private static let failure = "CredentialValidationFailure"
    private static let unavailable = "CredentialValidationUnavailable"
    private static let incompatible = "ServiceIncompatible"

    private static func status(_ status: Int, _ text: String = "") -> Target {
        .answers(HTTPResponse(status: status, body: Array(text.utf8)))
    }

    static let rows: [Row] = [
        Row("200", .answers(list), nil, "The supplied credentials are authorized"),
        Row("401", status(401, "who?"), failure, "Response Content: who?", status: "401"),
        Row(
            "403", status(403), unavailable, "why the authorization is failing.", status: "403"),
        Row(
            "404", status(404), incompatible, "An HTTP/404 Not Found response was returned",
            status: "404"),
        Row("400", status(400), failure, "Response Status Code: BadRequest", status: "400"),
        Row("429", status(429), unavailable, "TooManyRequests", status: "429"),
        Row(
            "500", status(500, "oh"), unavailable, "Response Status Code: InternalServerError",
            status: "500"),
        Row("503", status(503), unavailable, "ServiceUnavailable", status: "503"),
        Row(
            "HTML", .answers(HTTPResponse(html: "<h1>Hello</h1>")), incompatible,
            "&lt;h1&gt;Hello&lt;/h1&gt;", status: "200"),
        Row(
            "wrong JSON", .answers(HTTPResponse(json: ["users": []])), incompatible,
            "We are not able to deserialize the resource", status: "200"),
        Row(
            "a certificate of an unknown authority", .answers(list, .unknownAuthority),
            unavailable,
            "Could not establish trust relationship for the SSL/TLS secure channel: unable to get"),
        Row(
            "an expired certificate", .answers(list, .expired), unavailable,
            "certificate has expired (verification result 10)"),
        Row(
            "another name's certificate", .answers(list, .otherName), unavailable,
            "(verification result 64)"),
        Row("a time-out", .silent, unavailable, "in time"),
        Row("refused", .refused, unavailable, "An error occurred while sending the request."),
    ]

    /// A simulator that believes the listeners' authority, impatient where nothing is to come.
    private func harbour(_ folder: DataFolder, _ target: Target) throws -> Harbour {
        let path = folder.path + "/believed.pem"
        try FileAccess.writeAtomically(
            Array(try MisbehavingTarget.authorityPEM().utf8), to: path)
        return try Harbour {
            $0.targetCAFile = path
            if case .silent = target { $0.targetTimeout = .milliseconds(500) }
        }
    }

    private func open(_ target: Target) throws -> (url: String, listener: MisbehavingTarget?) {
        switch target {
        case .answers(let response, let certificate):
            let listener = try MisbehavingTarget(.response(response), certificate)
            return (listener.url, listener)
        case .silent:
            let listener = try MisbehavingTarget(.silence)
            return (listener.url, listener)
        case .refused: return (try MisbehavingTarget.refusedURL(), nil)
        }
    }

    @Test("of a SCIM endpoint that", arguments: rows)
    func scim(_ row: Row) async throws {
        let folder = try DataFolder()
        let harbour = try harbour(folder, row.target)
        let (url, listener) = try open(row.target)
        let outcome = try await harbour.perform(
            .provisioning(
                tenant: "harbour", app: "Ledger",
                .testConnection(
                    TestCredentials(baseAddress: url + "/scim", secretToken: "t0p-s3cret"))))
        withExtendedLifetime(listener) {}
        let prefix = "SystemForCrossDomainIdentityManagement"
        #expect(outcome["success"]?.boolValue == (row.code == nil))
        #expect(outcome["code"]?.stringValue == row.code.map { prefix + $0 })
        let text = outcome["text"]?.stringValue ?? ""
        #expect(text.hasPrefix("Testing connection to Ledger\r\n"))
        #expect(text.contains(row.says), "\(text)")
        #expect(!text.contains("t0p-s3cret"))
        #expect(outcome["httpStatus"]?.stringValue == row.status)
    }

    @Test(
        "a target's certificate is judged by the simulation's clock, on both sides of its validity",
        arguments: [
            ("2098-12-31T23:59:59Z", nil), ("2099-01-01T00:00:01Z", "has expired"),
            ("2000-01-01T00:00:01Z", nil), ("1999-12-31T23:59:59Z", "not yet valid"),
        ])
    func certificateInTime(now: String, says: String?) async throws {
        let folder = try DataFolder()
        let path = folder.path + "/believed.pem"
        try FileAccess.writeAtomically(
            Array(try MisbehavingTarget.authorityPEM().utf8), to: path)
        let harbour = try Harbour {
            $0.targetCAFile = path
            $0.clock = .frozen(at: now)
        }
        let listener = try MisbehavingTarget(.response(Self.list))
        let outcome = try await harbour.perform(
            .provisioning(
                tenant: "harbour", app: "Ledger",
                .testConnection(
                    TestCredentials(
                        baseAddress: listener.url + "/scim", secretToken: "t0p-s3cret"))))
        withExtendedLifetime(listener) {}
        #expect(outcome["success"]?.boolValue == (says == nil))
        if let says { #expect(outcome["text"]?.stringValue?.contains(says) == true, "\(outcome)") }
    }

    private static let lead = "We were not able to acquire an access token for your application. "

    static let tokenRows: [Row] = [
        Row(
            "401", .answers(HTTPResponse(status: 401, json: ["error": "invalid_client"])),
            failure, #"Response Content: {"error":"invalid_client"}"#, status: "401"),
        Row(
            "400", .answers(HTTPResponse(status: 400, json: ["error": "invalid_scope"])),
            failure, "invalid_scope", status: "400"),
        Row("404", status(404), failure, "Response Status Code: NotFound", status: "404"),
        Row(
            "500", status(500), unavailable, "Response Status Code: InternalServerError",
            status: "500"),
        Row(
            "HTML", .answers(HTTPResponse(html: "<h1>Hello</h1>")), unavailable,
            "the answer is no JSON object"),
        Row(
            "JSON without a token", .answers(HTTPResponse(json: ["token": "t0k"])), unavailable,
            "there is no 'access_token' in it"),
        Row(
            "a certificate of an unknown authority", .answers(list, .unknownAuthority),
            unavailable, "Could not establish trust relationship"),
        Row("an expired certificate", .answers(list, .expired), unavailable, "has expired"),
        Row("another name's certificate", .answers(list, .otherName), unavailable, "result 64"),
        Row("a time-out", .silent, unavailable, "in time"),
        Row("refused", .refused, unavailable, "connection refused"),
    ]

    @Test("of a token endpoint that", arguments: tokenRows)
    func token(_ row: Row) async throws {
        let folder = try DataFolder()
        let harbour = try harbour(folder, row.target)
        let (url, listener) = try open(row.target)
        let outcome = try await harbour.test { $0.tokenEndpoint = url + "/token" }
        #expect(outcome["success"] == false)
        #expect(
            outcome["code"]?.stringValue
                == row.code.map { "SystemForCrossDomainIdentityManagement" + $0 })
        let message = outcome["message"]?.stringValue ?? ""
        #expect(message.hasPrefix(Self.lead))
        #expect(message.contains(row.says), "\(message)")
        #expect(message.contains(url + "/token"))
        #expect(outcome["httpStatus"]?.stringValue == row.status)
        for secret in [Harbour.secret, "sail+", "t0k"] { #expect(!message.contains(secret)) }
        // A cycle that meets the same ends with it, in quarantine.
        try await harbour.set("Ledger") { $0.tokenEndpoint = url + "/token" }
        #expect(try await harbour.ledger.runCycle().state == .failed)
        withExtendedLifetime(listener) {}
        let quarantine = try #require(try harbour.runner("Ledger").jobState.quarantine)
        #expect(quarantine.reason == .encounteredQuarantineException)
        #expect(quarantine.error.message.hasPrefix(Self.lead))
    }
}
