import SimCore

/// Where a running simulator is, and what proves that we may command it.
package struct ControlAddress: Hashable, Sendable {
    /// `https://localhost:8443`, without a slash at its end.
    package let url: String
    package let token: String?
    /// PEM file of the authority that issued its certificate; nil for the system's authorities.
    package let caFile: String?

    package init(url: String, token: String?, caFile: String?) {
        self.url = url
        self.token = token
        self.caFile = caFile
    }
}

/// What came back: a status and a body.
package struct ControlReply: Hashable, Sendable {
    package let status: Int
    package let body: [UInt8]

    package init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}

/// Why there was no answer.
package enum TransportFailure: Error, Hashable, Sendable {
    case unreachable(reason: String)
    case untrusted(reason: String)
    case broken(reason: String)
}

/// Sends one request to a simulator and waits for the answer.
package protocol ControlTransport: Sendable {
    /// - Parameter path: path and query, escapes in place.
    func send(
        _ method: String, _ path: String, _ body: JSONValue?, to address: ControlAddress
    ) throws(TransportFailure) -> ControlReply
}
