import SimHTTP

/// What a client allows itself and its peers.
package struct ClientConfiguration: Sendable {
    package var poller: PollerKind
    /// Bounds of an answer; `bodyBytes` is the response size limit.
    package var limits: HTTPLimits
    /// Connections to one origin; further requests queue in order.
    package var connectionsPerOrigin: Int
    /// An unused connection is closed after this.
    package var idleTimeout: Duration
    /// How long a resolved name is believed.
    package var nameLifetime: Duration

    package init(
        poller: PollerKind = .epoll, limits: HTTPLimits = .standard,
        connectionsPerOrigin: Int = 8, idleTimeout: Duration = .seconds(60),
        nameLifetime: Duration = .seconds(30)
    ) {
        self.poller = poller
        self.limits = limits
        self.connectionsPerOrigin = connectionsPerOrigin
        self.idleTimeout = idleTimeout
        self.nameLifetime = nameLifetime
    }
}

/// Deadlines of one outbound request, in the machine's time. Waiting for a free connection of the
/// pool is not counted.
package struct ClientTimeouts: Hashable, Sendable {
    /// Name resolution and connecting, all addresses together.
    package var connect: Duration
    package var tlsHandshake: Duration
    /// From sending the request to the last byte of the answer.
    package var response: Duration

    package init(
        connect: Duration = .seconds(10), tlsHandshake: Duration = .seconds(10),
        response: Duration = .seconds(30)
    ) {
        self.connect = connect
        self.tlsHandshake = tlsHandshake
        self.response = response
    }

    func duration(of phase: ConnectionFailure.Phase) -> Duration {
        switch phase {
        case .connect: connect
        case .tlsHandshake: tlsHandshake
        case .response: response
        }
    }
}
