import SimCore
import SimHTTP
import Testing

@testable import SimProvisioning

@Suite("Test Connection — provisioning.md §10.3, §10.4")
struct ConnectionTestTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let answer: Result<HTTPResponse, ConnectionFailure>
        let code: ProvisioningErrorCode?
        let says: String

        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "200 and an empty list", answer: .success(TinyTarget.listResponse([])), code: nil,
            says: "The supplied credentials are authorized to enable provisioning"),
        Case(
            name: "400", answer: .success(HTTPResponse(status: 400, body: Array("no".utf8))),
            code: .credentialValidationFailure, says: "Response Status Code: BadRequest"),
        Case(
            name: "401", answer: .success(HTTPResponse(status: 401)),
            code: .credentialValidationFailure, says: "HTTP 401 Unauthorized"),
        Case(
            name: "403", answer: .success(HTTPResponse(status: 403)),
            code: .credentialValidationUnavailable, says: "HTTP 403 Forbidden"),
        Case(
            name: "404", answer: .success(HTTPResponse(status: 404)), code: .serviceIncompatible,
            says: "An HTTP/404 Not Found response was returned rather than"),
        Case(
            name: "500", answer: .success(HTTPResponse(status: 500)),
            code: .credentialValidationUnavailable,
            says: "We received this unexpected response from your application:"),
        Case(
            name: "an HTML page", answer: .success(HTTPResponse(html: "<p>Sign in</p>")),
            code: .serviceIncompatible, says: "&lt;p&gt;Sign in&lt;/p&gt;"),
        Case(
            name: "JSON that is no list",
            answer: .success(HTTPResponse(json: ["hello": "world"])), code: .serviceIncompatible,
            says: "We are not able to deserialize the resource"),
        Case(
            name: "somebody found who cannot exist",
            answer: .success(TinyTarget.listResponse([["id": "1"]])), code: .serviceIncompatible,
            says: "the filter of the query was not applied"),
        Case(
            name: "refused", answer: .failure(.refused), code: .credentialValidationUnavailable,
            says: "connection refused"),
        Case(
            name: "an unknown host", answer: .failure(.nameNotResolved(host: "nowhere.example")),
            code: .credentialValidationUnavailable, says: "'nowhere.example'"),
        Case(
            name: "an expired certificate",
            answer: .failure(.tlsUntrusted(code: 10, reason: "certificate has expired")),
            code: .credentialValidationUnavailable, says: "certificate has expired"),
        Case(
            name: "a time-out", answer: .failure(.timedOut(.response)),
            code: .credentialValidationUnavailable, says: "did not answer in time"),
    ]

    /// Runs a test; `answers` are used in turn, the last one for the rest.
    private func run(
        _ directory: TestDirectory, _ answers: [Result<HTTPResponse, ConnectionFailure>]
    ) throws -> (result: ConnectionTestResult?, requests: [HTTPRequest]) {
        var test = ConnectionTest(job: try directory.job(), random: SeededRandom(seed: 5))
        var requests: [HTTPRequest] = []
        var actions = test.handle(.started(at: TestDirectory.start))
        while let action = actions.first {
            switch action {
            case .finish(let result): return (result, requests)
            case .send(let id, let request):
                let answer = answers[min(requests.count, answers.count - 1)]
                requests.append(request)
                switch answer {
                case .success(let response):
                    actions = test.handle(.responded(id, response, at: TestDirectory.start))
                case .failure(let failure):
                    actions = test.handle(.failed(id, failure, at: TestDirectory.start))
                }
            }
        }
        return (nil, requests)
    }

    @Test("the first answer decides", arguments: cases)
    func outcome(_ row: Case) throws {
        let (result, _) = try run(TestDirectory(), [row.answer])
        #expect(result?.failure?.code == row.code)
        #expect(result?.text.contains(row.says) == true, "\(result?.text ?? "")")
        #expect(result?.text.contains("s3cret") == false)
        #expect((result?.resource == nil) == (row.code == nil))
    }

    @Test("a target without groups fails on the second query")
    func userOnlyTarget() throws {
        let answers: [Result<HTTPResponse, ConnectionFailure>] = [
            .success(TinyTarget.listResponse([])), .success(HTTPResponse(status: 404)),
        ]
        let (result, requests) = try run(TestDirectory(), answers)
        #expect(requests.count == 2)
        #expect(result?.failure?.code == .serviceIncompatible)
        let (usersOnly, asked) = try run(
            TestDirectory { $0.provisionsGroups = false }, answers)
        #expect(asked.count == 1)
        #expect(usersOnly?.isSuccess == true)
    }

    @Test("401 shows the request, quotes decoded, and the answer")
    func unauthorizedText() throws {
        let (result, requests) = try run(
            TestDirectory(),
            [
                .success(
                    HTTPResponse(
                        status: 401, headers: ["WWW-Authenticate": "Bearer s3cret-Token"],
                        body: Array("{\"detail\":\"bad token\"}".utf8)))
            ])
        let guid = TinyTarget.filter(try #require(requests.first))?.value ?? ""
        #expect(
            result?.failure?.details == """
                While attempting to validate our authorization to access your application, we \
                received this unexpected response:\r\n\r\nReceived response from Web resource.\r\n  \
                Resource: https://target.example/scim/Users?filter=userName+eq+"\(guid)"\r\n  \
                Operation: GET\r\n  Response Status Code: Unauthorized\r\n  \
                Response Headers: WWW-Authenticate: Bearer ‹secret›\r\n  \
                Response Content: {"detail":"bad token"}
                """)
    }

    @Test("403, whose text names neither, is shown with the status and the body, without secrets")
    func forbiddenText() throws {
        let (result, _) = try run(
            TestDirectory(),
            [
                .success(
                    HTTPResponse(
                        status: 403, body: Array("{\"detail\":\"s3cret-Token may read\"}".utf8)))
            ])
        let text = try #require(result?.text)
        #expect(
            text.contains(
                "is failing.\r\nHTTP 403 Forbidden\r\n"
                    + "Response Content: {\"detail\":\"‹secret› may read\"}\r\nRequest-id: "))
        #expect(result?.failure?.details.hasSuffix("the authorization is failing.") == true)
    }
}
