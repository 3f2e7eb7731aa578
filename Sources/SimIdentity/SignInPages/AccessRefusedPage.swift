import SimCore
import SimDirectory
import SimErrors
import SimHTTP

/// The end of a sign-in that was right and still does not get in. Source: aadsts.md §3.
struct AccessRefusedPage: SignInPage {
    let frame: PageFrame
    let error: AADSTSError
    let traceID: GUID
    let correlationID: GUID
    let at: Timestamp
    /// What is known of the attempt.
    let attempt: SignInEntry?

    /// Whether an error is shown this way: those of devices, applications and blocks.
    static func isMeant(for error: AADSTSError) -> Bool { codes.contains(error.code) }

    private static let codes: Set = [
        53_000, 53_001, 53_002, 53_003, 53_004, 53_009, 53_011, 530_002, 530_003, 530_004, 530_032,
        530_035, 135_011,
    ]

    func response(_ headers: HTTPHeaders) -> HTTPResponse {
        let message = error.pageText
        let config: JSONObject = [
            "iErrorCode": .int(Int64(error.code)), "sErrorCode": .string(String(error.code)),
            "strMainMessage": .string(Self.opening),
            "strServiceExceptionMessage": .string(message), "iErrorTitle": 0,
            "iErrorDescription": 0, "sErrTxt": .string(message),
            "correlationId": .string(correlationID.description),
            "sessionId": .string(traceID.description), "sDeviceId": "",
            "sDeviceState": .string(deviceState),
        ]
        return frame.response(
            headers, .accessRefused, config: config, isWide: true,
            content: """
                <h1>You don't have access to this</h1>
                <p role="alert">\(PageText.escaped(Self.opening)) \
                \(PageText.escaped(explanation))</p>
                <h2>Troubleshooting details</h2>
                <dl class="copied">\(rows.map(Self.row).joined(separator: "\n"))</dl>
                \(hint)
                """)
    }

    private static let opening =
        "Your sign-in was successful but does not meet the criteria to access this resource."
    private let explanation =
        "For example, you might be signing in from a browser, app, or location that is restricted "
        + "by your admin."

    /// In the order of the service's page.
    private var rows: [(name: String, value: String)] {
        [
            ("Error Code", String(error.code)), ("Request Id", traceID.description),
            ("Correlation Id", correlationID.description),
            ("Timestamp", at.iso8601(fractionDigits: 3)),
            ("App name", attempt?.app.displayName ?? ""), ("App id", attempt?.app.appID ?? ""),
            ("IP address", attempt?.address ?? ""), ("Device identifier", "Not available"),
            ("Device platform", attempt?.facts?.platform?.rawValue ?? ""),
            ("Device state", deviceState), ("Message", error.pageText),
        ]
    }

    private var deviceState: String {
        guard let device = attempt?.facts?.device, !device.isEmpty else { return "Unregistered" }
        if device.contains(.disabled) { return "Disabled" }
        if device.contains(.compliant) { return "Compliant" }
        return device.contains(.domainJoined) ? "Domain joined" : "Registered"
    }

    private static func row(_ row: (name: String, value: String)) -> String {
        "<dt>\(row.name)</dt><dd>\(PageText.escaped(row.value))</dd>"
    }

    /// Which policies it was: the simulator knows, and says so in its own panel.
    private var hint: String {
        let names = (attempt?.policies ?? []).filter { $0.outcome == .failure }.map(\.displayName)
        let policies =
            names.isEmpty
            ? "" : "<p>Decided by: \(PageText.escaped(names.joined(separator: ", ")))</p>"
        let remedy = error.entry.remedy.map { "<p>\(PageText.escaped($0))</p>" } ?? ""
        return """
            <div class="panel"><strong>Simulator's hint</strong>\(policies)\(remedy)\
            <a href="/error?code=\(error.code)">More about this error</a></div>
            """
    }
}
