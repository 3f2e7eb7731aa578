import SimCore
import SimHTTP

/// Why one object could not be written, classified as the log names it.
/// provisioning.md §1.7, §1.11, §5.5.
struct TargetFailure: Error, Hashable, Sendable {
    /// What was being done to the target.
    enum Operation: Hashable, Sendable {
        case match, read, create, update, disable, delete

        /// `Failed to create User 'x' in customappsso`
        var verb: String {
            switch self {
            case .match, .read: "match"
            case .create: "create"
            case .update, .disable: "update"
            case .delete: "delete"
            }
        }
    }

    let operation: Operation
    let code: ProvisioningErrorCode
    /// The text before the note about retries.
    let detail: String
    /// The status the target answered with; nil when there was no answer.
    let status: Int?
    /// `Retry-After` of the answer; nil when absent or nonsense.
    let retryAfter: RetryAfter?

    /// An answer with a status that means failure.
    init(_ operation: Operation, _ response: HTTPResponse, job: ProvisioningJob) {
        self.operation = operation
        code =
            job.settings.errorCodes[response.status] ?? Self.code(operation, response.status)
        status = response.status
        retryAfter = Self.retryAfter(response)
        detail =
            "StatusCode: \(HTTPStatusName.text(response.status))\r\n"
            + "Message: Processing of the HTTP "
            + "request resulted in an exception. Please see the HTTP response returned by the "
            + "'Response' property of this exception for details.\r\nWeb Response: \r\n"
            + Self.shown(response.body, job)
    }

    /// A body as texts show it: without the secret, cut to a bound.
    static func shown(_ body: [UInt8], _ job: ProvisioningJob) -> String {
        cut(job.redacted(String(decoding: body.prefix(bodyLimit * 2), as: UTF8.self)))
    }

    /// A text cut to the bound of bodies.
    static func cut(_ text: String) -> String {
        text.utf8.count <= bodyLimit
            ? text : String(decoding: Array(text.utf8.prefix(bodyLimit)), as: UTF8.self)
    }

    init(_ operation: Operation, _ failure: ConnectionFailure) {
        self.operation = operation
        status = nil
        retryAfter = nil
        if case .timedOut = failure {
            code = .timeout
        } else {
            code = .webExceptionProtocolError
        }
        detail = "An error occurred while sending the request. \(failure.explanation)"
    }

    init(_ operation: Operation, _ code: ProvisioningErrorCode, detail: String) {
        self.operation = operation
        self.code = code
        self.detail = detail
        status = nil
        retryAfter = nil
    }

    private static func retryAfter(_ response: HTTPResponse) -> RetryAfter? {
        response.headers["Retry-After"].flatMap { RetryAfter($0) }
    }

    /// Bytes of an answer's body kept in a text.
    private static let bodyLimit = 4_096

    private static func code(_ operation: Operation, _ status: Int) -> ProvisioningErrorCode {
        switch status {
        case 401: .unauthorized
        case 403: .insufficientRights
        case 404:
            operation == .update || operation == .disable || operation == .read
                ? .invalidAnchor : .serviceIncompatible
        case 405: .methodNotAllowed
        case 408: .timeout
        // Every create follows an empty query, so a clash means the filter did not find it.
        case 409: operation == .create ? .serviceIncompatibleFiltering : .conflict
        case 422: .unprocessableEntity
        case 429: .tooManyRequests
        case 501: .notImplemented
        case 504: .timeout
        case 500...599: .internalServerError
        case 300...399: .webExceptionProtocolError
        default: .serviceIncompatible
        }
    }
}

extension ConnectionFailure {
    /// For a person, without addresses or secrets.
    var explanation: String {
        switch self {
        case .nameNotResolved(let host): "The remote name could not be resolved: '\(host)'"
        case .refused: "Unable to connect to the remote server (connection refused)"
        case .unreachable: "Unable to connect to the remote server (unreachable)"
        case .reset: "The connection was closed by the target"
        case .timedOut(let phase):
            switch phase {
            case .connect: "The target did not accept the connection in time"
            case .tlsHandshake: "The TLS handshake did not finish in time"
            case .response: "The target did not answer in time"
            }
        case .tlsUntrusted(let code, let reason):
            "Could not establish trust relationship for the SSL/TLS secure channel: \(reason) "
                + "(verification result \(code))"
        case .tlsFailed(let reason): "The SSL/TLS connection failed: \(reason)"
        case .malformedResponse(let reason):
            "The server committed a protocol violation: \(reason)"
        case .responseTooLarge(let limit): "The answer is larger than \(limit) bytes"
        case .cancelled: "The request was cancelled"
        }
    }
}

/// .NET's names of HTTP status codes, as error texts print them.
enum HTTPStatusName {
    static func text(_ status: Int) -> String { names[status] ?? String(status) }

    private static let names: [Int: String] = [
        200: "OK", 201: "Created", 202: "Accepted", 204: "NoContent", 301: "MovedPermanently",
        302: "Found", 303: "SeeOther", 304: "NotModified", 307: "TemporaryRedirect",
        308: "PermanentRedirect", 400: "BadRequest", 401: "Unauthorized", 402: "PaymentRequired",
        403: "Forbidden", 404: "NotFound", 405: "MethodNotAllowed", 406: "NotAcceptable",
        407: "ProxyAuthenticationRequired", 408: "RequestTimeout", 409: "Conflict", 410: "Gone",
        411: "LengthRequired", 412: "PreconditionFailed", 413: "RequestEntityTooLarge",
        414: "RequestUriTooLong", 415: "UnsupportedMediaType", 422: "UnprocessableEntity",
        423: "Locked", 428: "PreconditionRequired", 429: "TooManyRequests",
        500: "InternalServerError", 501: "NotImplemented", 502: "BadGateway",
        503: "ServiceUnavailable", 504: "GatewayTimeout", 507: "InsufficientStorage",
    ]
}
