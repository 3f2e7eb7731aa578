import SimCore
import SimErrors
import SimHTTP

/// The header fields every answer of the service carries.
/// Source: identity-platform.md §1.1, aadsts.md §1.3.
enum ServiceHeaders {
    static let server = "sim-1.0 - LOCAL ProdSlices"

    /// Discovery, keys, instance discovery: cacheable for a day, readable from every origin.
    static func discovery(_ exchange: Exchange, cookie: [UInt8]) -> HTTPHeaders {
        var headers = HTTPHeaders()
        headers.reserveCapacity(roomForAll)
        headers.append(contentsOf: discoveryFields)
        appendCommon(to: &headers, exchange)
        appendCookies(to: &headers, exchange, cookie: cookie)
        return headers
    }

    /// Token endpoint, success and refusal.
    ///
    /// - Parameter code: the refusal's number, 0 on success.
    static func token(_ exchange: Exchange, code: Int, cookie: [UInt8]) -> HTTPHeaders {
        var headers = HTTPHeaders()
        headers.reserveCapacity(roomForAll)
        headers.append(contentsOf: tokenFields)
        appendCommon(to: &headers, exchange)
        headers.append("x-ms-clitelem", "1,\(code),0,,")
        appendCookies(to: &headers, exchange, cookie: cookie)
        return headers
    }

    /// Pages and redirects.
    static func page(_ exchange: Exchange, code: Int, cookie: [UInt8]) -> HTTPHeaders {
        var headers = token(exchange, code: code, cookie: cookie)
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

    private static func appendCommon(to headers: inout HTTPHeaders, _ exchange: Exchange) {
        if !isLocal(exchange.request.headers["Host"]) {
            headers.append(contentsOf: strictTransport)
        }
        headers.append(contentsOf: commonFields)
        headers.append("x-ms-request-id", exchange.traceID.description)
        headers.append("client-request-id", exchange.correlationID.description)
        headers.append("x-ms-ests-server", server)
        headers.append("X-XSS-Protection", "0")
    }

    /// Whether a browser knows us by a name that every server of the developer's machine shares: it
    /// would remember "HTTPS only" for all of them, for a year.
    private static func isLocal(_ host: String?) -> Bool {
        guard let host else { return true }
        let name = host.utf8.prefix { $0 != UInt8(ascii: ":") }
        return name.elementsEqual("localhost".utf8) || name.elementsEqual("127.0.0.1".utf8)
            || host.utf8.first == UInt8(ascii: "[")
            || name.suffix(10).elementsEqual(".localhost".utf8)
    }

    private static func appendCookies(
        to headers: inout HTTPHeaders, _ exchange: Exchange, cookie: [UInt8]
    ) {
        let expiry = (exchange.now + .days(30)).cookieDate
        var value: [UInt8] = []
        value.reserveCapacity(128)
        value.append(contentsOf: "fpc=A".utf8)
        value.append(contentsOf: Base64.urlEncodedBytes(cookie))
        value.append(contentsOf: "; expires=".utf8)
        value.append(contentsOf: expiry.utf8)
        value.append(contentsOf: "; path=/; secure; HttpOnly; SameSite=None".utf8)
        headers.append("Set-Cookie", String(decoding: value, as: UTF8.self))
        headers.append(contentsOf: sliceCookies)
    }

    // MARK: What is the same in every answer

    /// More than any answer has, so that its list never moves.
    private static let roomForAll = 24

    private static let discoveryFields: [HTTPHeaders.Field] = [
        .init("Cache-Control", "max-age=86400, private"),
        .init("Access-Control-Allow-Origin", "*"),
        .init("Access-Control-Allow-Methods", "GET, OPTIONS"),
    ]

    private static let tokenFields: [HTTPHeaders.Field] = [
        .init("Cache-Control", "no-store, no-cache"), .init("Pragma", "no-cache"),
        .init("Expires", "-1"),
    ]

    private static let strictTransport: [HTTPHeaders.Field] = [
        .init("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    ]

    private static let commonFields: [HTTPHeaders.Field] = [
        .init("X-Content-Type-Options", "nosniff"),
        .init("P3P", #"CP="DSP CUR OTPi IND OTRi ONL FIN""#),
    ]

    private static let sliceCookies: [HTTPHeaders.Field] =
        ["x-ms-gateway-slice", "stsservicecookie"].map { name in
            .init("Set-Cookie", "\(name)=estsfd; path=/; secure; samesite=none; httponly")
        }
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
