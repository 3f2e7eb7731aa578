import SimCore
import SimErrors
import SimHTTP

/// The end of a sign-in that cannot go on. Source: aadsts.md §3.
struct ErrorPage: SignInPage {
    let frame: PageFrame
    let error: AADSTSError
    let traceID: GUID
    let correlationID: GUID
    let at: Timestamp

    func response(_ headers: HTTPHeaders) -> HTTPResponse {
        let message = error.pageText
        let config: JSONObject = [
            "iErrorCode": .int(Int64(error.code)), "sErrorCode": .string(String(error.code)),
            "strMainMessage": .string(Self.apology),
            "strServiceExceptionMessage": .string(message), "iErrorTitle": 0,
            "iErrorDescription": 0, "sErrTxt": .string(message),
            "correlationId": .string(correlationID.description),
            "sessionId": .string(traceID.description), "sDeviceId": "", "sDeviceState": "",
        ]
        return frame.response(
            headers, .error, config: config, isWide: true,
            content: """
                <h1>Sign in</h1>
                <p>\(PageText.escaped(Self.apology))</p>
                <p class="error" role="alert" id="exceptionMessage">\(PageText.escaped(message))</p>
                <h2>Troubleshooting details</h2>
                <dl class="copied"><dt>Request Id</dt><dd>\(traceID)</dd>
                <dt>Correlation Id</dt><dd>\(correlationID)</dd>
                <dt>Timestamp</dt><dd>\(at.iso8601)</dd>
                <dt>Message</dt><dd>\(PageText.escaped(message))</dd></dl>
                \(hint)
                """)
    }

    private static let apology = "Sorry, but we're having trouble signing you in."

    /// What would help; the simulator knows, and says so in its own panel.
    private var hint: String {
        guard let remedy = error.entry.remedy else { return "" }
        return """
            <div class="panel"><strong>Simulator's hint</strong>\
            <p>\(PageText.escaped(remedy))</p>\
            <a href="/error?code=\(error.code)">More about this error</a></div>
            """
    }
}
