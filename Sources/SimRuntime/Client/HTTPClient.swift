import CLinux
import Dispatch
import SimCore
import SimCrypto
import SimHTTP
import Synchronization

/// An HTTP/1.1 client on an event loop of its own, or on that of the work it serves: pooled
/// connections, typed failures, certificate verification always on.
package final class HTTPClient: Sendable {
    /// Counts since the start.
    package struct Statistics: Hashable, Sendable {
        /// TCP connections begun.
        package var connectionsOpened = 0
        /// Requests sent on a connection that had served another before.
        package var requestsOnReusedConnection = 0
        /// Requests sent a second time because a pooled connection had just been closed.
        package var retries = 0
    }

    private enum Place: Sendable {
        case own(LoopThread)
        /// The semaphore tells that the client has ended.
        case shared(WorkLoop, DispatchSemaphore)
    }

    private let mailbox: LoopMailbox<ClientMessage>
    private let place: Place
    private let nextCall = Atomic<UInt64>(0)
    private let counters: ClientCounters

    /// Starts the client's loop.
    package init(_ configuration: ClientConfiguration = .init()) throws(SocketFailure) {
        sim_ignore_sigpipe()
        let mailbox = try LoopMailbox<ClientMessage>(configuration.poller)
        let counters = ClientCounters()
        self.mailbox = mailbox
        self.counters = counters
        place = .own(
            try LoopThread(name: "http-client") {
                ClientLoop.serve(configuration, mailbox, counters)
            })
    }

    /// Starts a client on a loop that must outlive it: completions run there, and what the work
    /// sends needs no other thread to be woken, which was a tenth of a provisioning cycle.
    package init(
        on loop: WorkLoop, _ configuration: ClientConfiguration = .init()
    ) throws(SocketFailure) {
        sim_ignore_sigpipe()
        let mailbox = try LoopMailbox<ClientMessage>(configuration.poller)
        let counters = ClientCounters()
        let ended = DispatchSemaphore(value: 0)
        self.mailbox = mailbox
        self.counters = counters
        place = .shared(loop, ended)
        let isTaken = loop.host { eventLoop in
            ClientLoop.begin(on: eventLoop, configuration, mailbox, counters) { ended.signal() }
        }
        if !isTaken { _ = mailbox.seal() }
    }

    deinit {
        mailbox.post(.stop)
    }

    package var statistics: Statistics { counters.value }

    /// Sends `request` to `origin` and reports the answer once, on the client's thread: the
    /// completion must not block.
    ///
    /// - Parameters:
    ///   - trust: whom to believe about an https origin.
    ///   - verificationTime: when its certificate must be valid; nil is the machine's time.
    package func perform(
        _ request: HTTPRequest, to origin: Origin, trust: TrustStore = .system,
        verifyingAt verificationTime: Timestamp? = nil, timeouts: ClientTimeouts = .init(),
        completion: @escaping ClientCompletion
    ) {
        let call = ClientCall(
            id: nextCall.add(1, ordering: .relaxed).newValue, request: request, origin: origin,
            trust: trust, verificationTime: verificationTime, timeouts: timeouts,
            isCancelled: CancellationFlag(), completion: completion)
        post(call)
    }

    /// Sends `request` to `origin`; a cancelled task gets `.cancelled` at once.
    package func perform(
        _ request: HTTPRequest, to origin: Origin, trust: TrustStore = .system,
        verifyingAt verificationTime: Timestamp? = nil, timeouts: ClientTimeouts = .init()
    ) async throws(ConnectionFailure) -> HTTPResponse {
        let id = nextCall.add(1, ordering: .relaxed).newValue
        let flag = CancellationFlag()
        let result: Result<HTTPResponse, ConnectionFailure> =
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    post(
                        ClientCall(
                            id: id, request: request, origin: origin, trust: trust,
                            verificationTime: verificationTime, timeouts: timeouts,
                            isCancelled: flag, completion: { continuation.resume(returning: $0) }))
                }
            } onCancel: {
                flag.set()
                mailbox.post(.cancel(id))
            }
        return try result.get()
    }

    /// Fails everything outstanding with `.cancelled`, closes all connections and returns when the
    /// loop has ended. Later requests fail the same way. Not for use inside a completion.
    package func stop() {
        let isRunning = mailbox.post(.stop)
        switch place {
        case .own(let thread): thread.join()
        case .shared(let loop, let ended): if isRunning, !loop.isHere { ended.wait() }
        }
    }

    private func post(_ call: ClientCall) {
        if !mailbox.post(.perform(call)) { call.completion(.failure(.cancelled)) }
    }
}

/// The client's statistics, written by its loop and read by anyone.
final class ClientCounters: Sendable {
    private let counts = Mutex(HTTPClient.Statistics())

    var value: HTTPClient.Statistics { counts.withLock { $0 } }

    func update(_ change: (inout HTTPClient.Statistics) -> Void) {
        counts.withLock { change(&$0) }
    }
}
