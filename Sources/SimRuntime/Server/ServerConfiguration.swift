import SimHTTP

/// What a listening server allows itself and its clients.
package struct ServerConfiguration: Sendable {
    /// An IPv4 or IPv6 literal, or `localhost` for 127.0.0.1.
    package var host: String
    /// 0 takes any free port.
    package var port: Int
    /// Event loops; nil is one per core.
    package var loops: Int?
    package var poller: PollerKind
    package var limits: HTTPLimits
    /// An open connection without a request is closed after this.
    package var idleTimeout: Duration
    /// From a request's first byte to its last, and for the TLS handshake; 408 afterwards.
    package var requestTimeout: Duration
    /// How long a client may refuse to take an answer.
    package var writeTimeout: Duration
    /// Connections of the whole server; one more is answered 503.
    package var maximumConnections: Int
    /// Unsent bytes above which a connection's further requests wait.
    package var outputByteLimit: Int
    /// Requests of one connection handled before the other connections get their turn.
    package var requestsPerTurn: Int
    /// Deferred answers outstanding on one connection before its further requests wait.
    package var pipelineDepth: Int
    /// When connections change loops.
    var balance = LoopBalance()

    package init(
        host: String = "127.0.0.1", port: Int = 0, loops: Int? = nil, poller: PollerKind = .epoll,
        limits: HTTPLimits = .standard, idleTimeout: Duration = .seconds(75),
        requestTimeout: Duration = .seconds(30), writeTimeout: Duration = .seconds(30),
        maximumConnections: Int = 16_384, outputByteLimit: Int = 1 << 20,
        requestsPerTurn: Int = 32, pipelineDepth: Int = 64
    ) {
        self.host = host
        self.port = port
        self.loops = loops
        self.poller = poller
        self.limits = limits
        self.idleTimeout = idleTimeout
        self.requestTimeout = requestTimeout
        self.writeTimeout = writeTimeout
        self.maximumConnections = maximumConnections
        self.outputByteLimit = outputByteLimit
        self.requestsPerTurn = requestsPerTurn
        self.pipelineDepth = pipelineDepth
    }
}
