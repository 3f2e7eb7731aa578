/// Why an outbound request got no answer. A status code, whatever it is, is an answer.
package enum ConnectionFailure: Error, Hashable, Sendable {
    case nameNotResolved(host: String)
    case refused
    case unreachable
    case reset
    case timedOut(Phase)
    /// OpenSSL's verification result and its text: 18 self-signed, 62 name mismatch, 10 expired, …
    case tlsUntrusted(code: Int, reason: String)
    case tlsFailed(reason: String)
    case malformedResponse(reason: String)
    case responseTooLarge(limit: Int)
    case cancelled

    package enum Phase: String, CaseIterable, Sendable {
        case connect, tlsHandshake, response
    }
}
