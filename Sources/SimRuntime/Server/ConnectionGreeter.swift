import SimCrypto

/// How a server meets a new TLS connection.
package enum ConnectionGreeting: Sendable {
    case ordinary
    /// With another certificate.
    case showing(TLSContext)
    /// The connection is reset before a byte was read.
    case reset
    /// Nothing is read or said until the handshake's time is over.
    case silence
    /// As ever, but so much later.
    case late(Duration)
}

/// Decides how new TLS connections are met. Called on the loops' threads; it must not block.
package protocol ConnectionGreeter: Sendable {
    /// - Parameter address: the client's, without port.
    func greeting(for address: String) -> ConnectionGreeting
}
