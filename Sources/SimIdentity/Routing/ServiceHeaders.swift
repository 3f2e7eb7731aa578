import SimCore
import SimErrors
import SimHTTP

/// The header fields every answer of the service carries.
/// Source: identity-platform.md §1.1, aadsts.md §1.3.
enum ServiceHeaders {
    /// Discovery, keys, instance discovery: cacheable for a day, readable from every origin.
    static func discovery(_ exchange: Exchange, cookie: RandomBlock) -> HTTPHeaders {
        discovery(exchange.marks, cookie: cookie)
    }

    /// Of a published document.
    static func published(_ marks: ExchangeMarks, cookie: RandomBlock) -> HTTPHeaders {
        var headers = discovery(marks, cookie: cookie)
        headers.append(prepared: jsonType)
        return headers
    }

    /// The same for shared hosts, with marked places instead of identifiers, cookie and date.
    static var publishedPattern: HTTPHeaders {
        var headers = HTTPHeaders()
        headers.append(prepared: discoveryFields)
        headers.append(pattern: commonLines)
        headers.append(pattern: lastingCookie)
        headers.append(pattern: newBinding)
        headers.append(prepared: gatewayCookies)
        headers.append(prepared: jsonType)
        return headers
    }

    private static let jsonType = "Content-Type: application/json; charset=utf-8\r\n"

    private static func discovery(_ marks: ExchangeMarks, cookie: RandomBlock) -> HTTPHeaders {
        var headers = HTTPHeaders()
        headers.reserve(bytes: roomForAll)
        append(discoveryFields, to: &headers, marks)
        appendCookies(to: &headers, marks, cookie, .browsers)
        return headers
    }

    /// Whether an answer sets `esctx`, and to what.
    enum BindingCookie: Sendable {
        case none
        /// What the browser has, or a new one.
        case browsers
        /// That of the sign-in whose page it is.
        case flow(String)
    }

    private static func appendCookies(
        to headers: inout HTTPHeaders, _ marks: ExchangeMarks, _ cookie: RandomBlock,
        _ binding: BindingCookie
    ) {
        lastingCookie.append(to: &headers, cookie, at: marks.now)
        switch binding {
        case .none: break
        case .browsers: appendBinding(to: &headers, marks, beside: cookie)
        case .flow(let text):
            headers.append("Set-Cookie", BrowserBinding.field(text, marks.host))
        }
        headers.append(prepared: gatewayCookies)
    }

    /// What the browser has, or a new one.
    private static func appendBinding(
        to headers: inout HTTPHeaders, _ marks: ExchangeMarks, beside cookie: RandomBlock
    ) {
        let block = BrowserBinding.block(beside: cookie)
        guard marks.binding == nil, marks.host.cookieDomain == nil else {
            let binding = marks.binding ?? BrowserBinding(block)
            return headers.append("Set-Cookie", BrowserBinding.field(binding.text, marks.host))
        }
        newBinding.append(to: &headers, block)
    }

    /// The kind's own fields, then those of all.
    private static func append(
        _ fields: String, to headers: inout HTTPHeaders, _ marks: ExchangeMarks
    ) {
        headers.append(prepared: fields)
        if !marks.host.isShared { headers.append(prepared: strictTransport) }
        commonLines.append(to: &headers, marks)
    }

    /// Token endpoint, success and refusal.
    ///
    /// - Parameter code: the refusal's number, 0 on success.
    static func token(
        _ exchange: Exchange, code: Int, cookie: RandomBlock, binding: BindingCookie = .none
    ) -> HTTPHeaders {
        var headers = HTTPHeaders()
        headers.reserve(bytes: roomForAll)
        let marks = exchange.marks
        append(tokenFields, to: &headers, marks)
        headers.append("x-ms-clitelem", "1,\(code),0,,")
        appendCookies(to: &headers, marks, cookie, binding)
        return headers
    }

    /// Pages and redirects.
    static func page(
        _ exchange: Exchange, code: Int, cookie: RandomBlock, binding: BindingCookie = .none
    ) -> HTTPHeaders {
        var headers = token(exchange, code: code, cookie: cookie, binding: binding)
        headers.append("X-DNS-Prefetch-Control", "on")
        headers.append("Referrer-Policy", "strict-origin-when-cross-origin")
        return headers
    }

    /// What a browser's script may read of a token answer. aadsts.md §1.3.
    static func appendTokenCORS(to headers: inout HTTPHeaders) {
        headers.append("Access-Control-Allow-Origin", "*")
        headers.append("Access-Control-Allow-Methods", "POST, OPTIONS")
        headers.append(
            "Access-Control-Expose-Headers",
            "Content-Length,Content-Encoding,x-ms-request-id,x-ms-srs")
        headers.append("x-ms-srs", "1.P")
    }

    /// More than any answer's fields take, so that they never move.
    private static let roomForAll = 1_024

    private static let discoveryFields = """
        Cache-Control: max-age=86400, private\r
        Access-Control-Allow-Origin: *\r
        Access-Control-Allow-Methods: GET, OPTIONS\r

        """

    private static let tokenFields = """
        Cache-Control: no-store, no-cache\r
        Pragma: no-cache\r
        Expires: -1\r

        """

    private static let strictTransport =
        "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n"

    private static let commonLines = IdentifierLines(
        """
        X-Content-Type-Options: nosniff\r
        P3P: CP="DSP CUR OTPi IND OTRi ONL FIN"\r
        x-ms-request-id: ########-####-####-####-############\r
        client-request-id: ########-####-####-####-############\r
        x-ms-ests-server: sim-1.0 - LOCAL ProdSlices\r
        X-XSS-Protection: 0\r

        """)

    private static let lastingCookie = LastingCookieLine(
        """
        Set-Cookie: fpc=A######################; expires=#############################; \
        path=/; secure; HttpOnly; SameSite=None\r

        """)

    private static let newBinding = BindingCookieLine(
        """
        Set-Cookie: esctx=AQABAAAA######################; path=/; secure; HttpOnly; SameSite=None\r

        """)

    private static let gatewayCookies = """
        Set-Cookie: x-ms-gateway-slice=estsfd; path=/; secure; samesite=none; httponly\r
        Set-Cookie: stsservicecookie=estsfd; path=/; secure; samesite=none; httponly\r

        """
}

extension HTTPResponse {
    /// The number of the refusal an answer of the login endpoint carries, on pages, redirects and
    /// in bodies alike; nil for a success. For one-line logs.
    package var refusalCode: Int? {
        guard let telemetry = headers["x-ms-clitelem"] else { return nil }
        let parts = telemetry.split(separator: ",")
        guard parts.count > 1, let code = Int(parts[1]), code != 0 else { return nil }
        return code
    }
}
