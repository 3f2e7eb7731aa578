import SimCore
import SimErrors
import Testing

@Suite("The error envelope — aadsts.md §1.1, §2")
struct ErrorEnvelopeTests {
    private let trace = GUID(high: 0x1B4A_7C11_2E05_4F6A, low: 0x9D01_5566_7788_9900)
    private let correlation = GUID(high: 0x8F00_11AA_22BB_43CC, low: 0xA4DD_55EE_66FF_7788)
    private let now = Timestamp(seconds: 1_767_600_000)

    private func envelope(_ separator: ErrorEnvelope.Separator = .space) -> ErrorEnvelope {
        ErrorEnvelope(
            traceID: trace, correlationID: correlation, at: now,
            origin: "https://localhost:8443", separator: separator)
    }

    @Test("writes the members in the service's order, compact")
    func body() {
        let app = GUID(high: 1, low: 2)
        let text = envelope().body(.invalidClientSecret(app: app), at: .tokenV2).text
        let description =
            "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the "
            + "request is the client secret value, not the client secret ID, for a secret added to "
            + "app '\(app)'. Trace ID: \(trace) Correlation ID: \(correlation) Timestamp: "
            + "2026-01-05 08:00:00Z"
        #expect(
            text == #"{"error":"invalid_client","error_description":"\#(description)","#
                + #""error_codes":[7000215],"timestamp":"2026-01-05 08:00:00Z","#
                + #""trace_id":"\#(trace)","correlation_id":"\#(correlation)","#
                + #""error_uri":"https://localhost:8443/error?code=7000215"}"#)
    }

    @Test("adds suberror and claims after error_uri, and v1 renames the interaction family")
    func challenge() {
        let policy = GUID(high: 3, low: 4)
        let error = AADSTSError.secondFactor(
            .missing, .init(resource: GUID(high: 1, low: 2), policies: [policy]), canAsk: false)
        let v2 = envelope().body(error, at: .tokenV2)
        #expect(
            v2.names == [
                "error", "error_description", "error_codes", "timestamp", "trace_id",
                "correlation_id", "error_uri", "suberror", "claims",
            ])
        #expect(v2["error"] == "invalid_grant")
        #expect(v2["suberror"] == "basic_action")
        #expect(
            v2["claims"]
                == .string(
                    #"{"access_token":{"capolids":{"essential":true,"values":["\#(policy)"]}}}"#))
        let v1 = envelope().body(error, at: .tokenV1)
        #expect(v1["error"] == "interaction_required")
        #expect(v1["claims"] == nil)
    }

    @Test("leaves error_uri out where no look-up text exists, and adds password_change_url")
    func absences() {
        #expect(envelope().body(.unsupportedGrantType("x"), at: .tokenV2)["error_uri"] == nil)
        let expired = envelope().body(.passwordExpired, at: .tokenV2)
        #expect(expired["error_uri"] == nil)
        #expect(expired.names.suffix(2) == ["suberror", "password_change_url"])
    }

    @Test("joins the parts with CR LF when set so")
    func separator() {
        let text = envelope(.crlf).description(.wrongPassword)
        #expect(text.contains("password.\r\nTrace ID: \(trace)\r\nCorrelation ID: "))
    }

    @Test(
        "answers with the status of the error",
        arguments: [
            (.invalidClientSecret(app: GUID(high: 1, low: 2)), 401), (.wrongPassword, 400),
            (.missingParameter("code"), 400), (.idTokenIssuanceOff, 400),
            (.clientCredentialMissing, 401),
        ] as [(AADSTSError, Int)])
    func status(error: AADSTSError, status: Int) {
        #expect(envelope().status(error) == status)
    }

    @Test("names an unknown tenant differently in discovery")
    func discovery() {
        let error = AADSTSError.tenantNotFound("nowhere.example")
        #expect(envelope().body(error, at: .discovery)["error"] == "invalid_tenant")
        #expect(envelope().body(error, at: .tokenV2)["error"] == "invalid_request")
    }

    @Test("orders a redirect's parameters and writes lower-case escapes")
    func redirect() {
        let text = envelope().redirectFields(.missingParameter("response_type"), state: "a b/ö")
            .encoded(.redirect)
        #expect(
            text.hasPrefix(
                "error=invalid_request&error_description=AADSTS900144%3a+The+request+body+must"))
        #expect(
            text.hasSuffix(
                "&error_uri=https%3a%2f%2flocalhost%3a8443%2ferror%3fcode%3d900144"
                    + "&state=a+b%2f%c3%b6"))
    }

    @Test("sends nothing but the cancel itself when a person cancels")
    func cancel() {
        #expect(
            ErrorEnvelope.cancelFields(state: "s").encoded(.redirect)
                == "error=access_denied&error_subcode=cancel&state=s")
    }

    @Test("takes an injected fault's own error, suberror, status, text and claims")
    func overrides() throws {
        var error = AADSTSError(entry: try #require(AADSTSCatalogue.entry(53_003)))
        error.overrides.oauthError = OAuthErrorName(rawValue: "interaction_required")
        error.overrides.suberror = "basic_action"
        error.overrides.httpStatus = 418
        error.overrides.message = "Drill."
        error.overrides.claims = "{}"
        let body = envelope().body(error, at: .tokenV2)
        #expect(envelope().status(error) == 418)
        #expect(body["error"] == "interaction_required")
        #expect(body["suberror"] == "basic_action")
        #expect(body["claims"] == "{}")
        #expect(body["error_description"]?.stringValue?.contains(": Drill. Trace ID") == true)
    }
}
