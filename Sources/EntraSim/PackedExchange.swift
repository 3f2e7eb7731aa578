import SimCore
import SimHTTP
import SimPortal
import SimProvisioning

/// An exchange as the request journal keeps it: the texts of both heads in one block of bytes.
///
/// An exchange leaves the journal thousands of requests after it was made, when its memory has
/// left the caches. Freed as some thirty strings and arrays it took 4 % of the time of the
/// provisioning engine.
struct PackedExchange: Sendable {
    private let at: Timestamp
    /// nil where there was no answer.
    private let status: Int?
    private let hasFailure: Bool
    /// As they were made once for many requests.
    private let sharedHeaders: HTTPHeaders?
    /// What an answer must not show; nil when it may be shown as it is.
    private let secrets: SecretTexts?
    private let requestFields: Int
    /// Texts, each behind its length.
    private let texts: [UInt8]
    private let requestBody: [UInt8]
    private let responseBody: [UInt8]

    /// - Parameter secrets: hidden when the exchange is looked at; nil for one that holds none. The
    ///   header fields of requests with secrets are those of all requests of a job, and are kept
    ///   rather than copied.
    init(_ exchange: WireExchange, hiding secrets: SecretTexts? = nil) {
        let request = exchange.request
        var texts = TextPacker(
            capacity: (secrets == nil ? Self.length(of: request.headers) : 0)
                + (exchange.response.map { Self.length(of: $0.headers) } ?? 0)
                + request.method.rawValue.utf8.count + request.target.utf8.count
                + request.remoteAddress.utf8.count + exchange.origin.utf8.count
                + (exchange.failure?.utf8.count ?? 0) + 5 * TextPacker.lengthBytes)
        texts.append(request.method.rawValue)
        texts.append(request.target)
        texts.append(request.remoteAddress)
        texts.append(exchange.origin)
        if let failure = exchange.failure { texts.append(failure) }
        if secrets == nil { texts.append(request.headers) }
        if let response = exchange.response { texts.append(response.headers) }
        at = exchange.at
        status = exchange.response?.status
        hasFailure = exchange.failure != nil
        requestFields = secrets == nil ? request.headers.fields.count : 0
        sharedHeaders = secrets == nil ? nil : request.headers
        self.secrets = secrets
        self.texts = texts.bytes
        requestBody = request.body
        responseBody = exchange.response?.body ?? []
    }

    /// The exchange again; how its answer was delivered is not kept.
    var exchange: WireExchange {
        var texts = TextUnpacker(texts)
        let method = HTTPMethod(rawValue: texts.next())
        let target = texts.next()
        let address = texts.next()
        let origin = texts.next()
        let failure = hasFailure ? texts.next() : nil
        var headers = sharedHeaders ?? HTTPHeaders()
        for _ in 0..<requestFields { headers.append(texts.next(), texts.next()) }
        let request = HTTPRequest(
            method: method, target: target, headers: headers, body: requestBody,
            remoteAddress: address)
        var response = status.map { HTTPResponse(status: $0, body: responseBody) }
        while !texts.isAtEnd { response?.headers.append(texts.next(), texts.next()) }
        if let secrets { response = response.map { secrets.hidden(in: $0) } }
        return WireExchange(
            at: at, request: request, origin: origin, response: response, failure: failure)
    }

    private static func length(of headers: HTTPHeaders) -> Int {
        // A span: iterating an array retains each text it looks at.
        let fields = headers.fields.span
        var length = 0
        for index in fields.indices {
            length += fields[index].name.utf8.count + fields[index].value.utf8.count
        }
        return length + 2 * TextPacker.lengthBytes * fields.count
    }
}

/// Texts one after the other, each behind its length.
private struct TextPacker {
    static let lengthBytes = 4

    private(set) var bytes: [UInt8] = []

    init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    mutating func append(_ text: String) {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: text.utf8.count).littleEndian) {
            bytes.append(contentsOf: $0)
        }
        bytes.append(contentsOf: text.utf8)
    }

    mutating func append(_ headers: HTTPHeaders) {
        let fields = headers.fields.span
        for index in fields.indices {
            append(fields[index].name)
            append(fields[index].value)
        }
    }
}

private struct TextUnpacker {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// The next text; the empty one after the last.
    mutating func next() -> String {
        let length = rest.prefix(TextPacker.lengthBytes).reversed().reduce(0) { $0 << 8 | Int($1) }
        rest = rest.dropFirst(TextPacker.lengthBytes)
        defer { rest = rest.dropFirst(length) }
        return String(decoding: rest.prefix(length), as: UTF8.self)
    }
}
