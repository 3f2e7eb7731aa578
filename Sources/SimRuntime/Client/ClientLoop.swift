import CLinux
import Glibc
import SimCore
import SimCrypto
import SimHTTP

/// The client's loop: pools per origin, names, TLS contexts. Confined to its thread.
final class ClientLoop {
    let loop: EventLoop
    let configuration: ClientConfiguration
    let counters: ClientCounters
    /// One receive buffer serves all connections; the first of them makes it.
    var scratch: [UInt8] = []
    var plaintext: [UInt8] = []
    private let mailbox: LoopMailbox<ClientMessage>
    private var pools: [PoolKey: OriginPool] = [:]
    private var contexts: [TrustStore: TLSContext] = [:]
    private var names: NameCache
    /// A call that was posted together with the stop comes after it.
    private var hasEnded = false

    /// Runs the loop to its end on the calling thread.
    static func serve(
        _ configuration: ClientConfiguration, _ mailbox: LoopMailbox<ClientMessage>,
        _ counters: ClientCounters
    ) {
        do {
            let loop = try EventLoop(configuration.poller)
            ClientLoop(loop, configuration, mailbox, counters).run()
        } catch {
            // No descriptor left for epoll itself: every request is refused below.
        }
        for message in mailbox.seal() {
            if case .perform(let call) = message { call.completion(.failure(.cancelled)) }
        }
    }

    /// Runs on a loop that has other work too, until told to stop; then calls `ended`.
    static func begin(
        on loop: EventLoop, _ configuration: ClientConfiguration,
        _ mailbox: LoopMailbox<ClientMessage>, _ counters: ClientCounters,
        ended: @escaping @Sendable () -> Void
    ) {
        let client = ClientLoop(loop, configuration, mailbox, counters)
        // The loop keeps the mailbox's channel, and so the client.
        mailbox.attach(to: loop) { message in
            guard case .stop = message else { return client.receive(message) }
            client.end()
            ended()
        }
    }

    /// Called by a connection before it opens.
    func makeScratch() {
        if scratch.isEmpty { scratch = [UInt8](repeating: 0, count: 64 * 1_024) }
    }

    private func end() {
        hasEnded = true
        mailbox.detach(from: loop)
        for pool in Array(pools.values) { pool.cancelAll() }
        for message in mailbox.seal() {
            if case .perform(let call) = message { call.completion(.failure(.cancelled)) }
        }
    }

    private init(
        _ loop: EventLoop, _ configuration: ClientConfiguration,
        _ mailbox: LoopMailbox<ClientMessage>, _ counters: ClientCounters
    ) {
        self.loop = loop
        self.configuration = configuration
        self.mailbox = mailbox
        self.counters = counters
        names = NameCache(lifetime: configuration.nameLifetime)
    }

    private func run() {
        mailbox.attach(to: loop) { [unowned self] message in receive(message) }
        loop.run()
        for pool in Array(pools.values) { pool.cancelAll() }
    }

    private func receive(_ message: ClientMessage) {
        switch message {
        case .perform(let call):
            if hasEnded || call.isCancelled.isSet {
                call.completion(.failure(.cancelled))
            } else {
                pool(for: call).add(call)
            }
        case .cancel(let id):
            for pool in pools.values where pool.cancel(id) { return }
        case .resolved(let host, let addresses):
            for continuation in names.resolved(host, addresses, at: loop.now) {
                continuation(addresses)
            }
        case .stop:
            loop.stop()
        }
    }

    private func pool(for call: ClientCall) -> OriginPool {
        let key = PoolKey(
            origin: call.origin, trust: call.origin.scheme == .https ? call.trust : nil)
        if let pool = pools[key] { return pool }
        let pool = OriginPool(self, key)
        pools[key] = pool
        return pool
    }

    func removePool(_ key: PoolKey) {
        pools[key] = nil
    }

    /// The TLS settings for `trust`, made once.
    func context(for trust: TrustStore) throws(CryptoError) -> TLSContext {
        if let context = contexts[trust] { return context }
        let context = try TLSContext.client(trust: trust)
        contexts[trust] = context
        return context
    }

    /// Calls `found` with the addresses of `host`, at once when they are known; none when the
    /// name does not resolve.
    func resolve(_ host: String, _ found: @escaping ([SocketAddress]) -> Void) {
        if let addresses = NameCache.literal(host) ?? names.known(host, at: loop.now) {
            found(addresses)
            return
        }
        guard names.wait(for: host, found) else { return }
        let mailbox = mailbox
        do {
            // `getaddrinfo` blocks, for as long as the system's resolver likes.
            _ = try LoopThread(name: "resolver") {
                mailbox.post(.resolved(host: host, NameCache.lookUp(host)))
            }
        } catch {
            mailbox.post(.resolved(host: host, []))
        }
    }
}
