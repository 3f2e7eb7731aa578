import SimCore
import SimCrypto
import SimHTTP
import SimPortal
import SimProvisioning
import SimRuntime

/// What job runners share: the way to targets, time, chance, and where calls are noted.
struct ProvisioningEnvironment: Sendable {
    /// The simulator's own origin, for `{origin}` in tenant URLs.
    let origin: String
    let clock: VirtualClock
    let random: any RandomSource
    let client: HTTPClient
    /// Machines advance on this loop only, one event at a time.
    let loop: WorkLoop
    let journal: RequestJournal
    let metrics: Metrics
    let settings: SimProvisioning.ProvisioningSettings
    /// Where mails go; nil keeps them in the tenant's log only.
    let mailbox: NoticeFolder?
    /// When a job that has never run is first due.
    let firstCycleAt: Timestamp
    /// Whom to believe about the simulator's own certificate, and about everyone else's.
    let ownTrust: TrustStore
    let otherTrust: TrustStore

    private static let timeouts = ClientTimeouts()

    /// Sends a call to a target and reports on the loop.
    func send(
        _ request: HTTPRequest, to origin: Origin,
        completion:
            @escaping @Sendable (Result<HTTPResponse, ConnectionFailure>, WireExchange) ->
            Void
    ) {
        let trust = origin.description == self.origin ? ownTrust : otherTrust
        client.perform(request, to: origin, trust: trust, timeouts: Self.timeouts) { result in
            loop.execute {
                let exchange = WireExchange(
                    at: clock.now, request: request, origin: origin.description,
                    response: try? result.get(), failure: result.failureText)
                metrics.countProvisioningCall()
                journal.record(.outbound, exchange)
                completion(result, exchange)
            }
        }
    }
}

extension Result where Success == HTTPResponse, Failure == ConnectionFailure {
    /// The failure for people; nil for an answer.
    fileprivate var failureText: String? {
        switch self {
        case .success: nil
        case .failure(let failure): failure.explanation
        }
    }
}

extension ConnectionFailure {
    /// One line for a person.
    var explanation: String {
        switch self {
        case .nameNotResolved(let host): "the host name '\(host)' has no address"
        case .refused: "connection refused"
        case .unreachable: "network unreachable"
        case .reset: "connection reset"
        case .timedOut(let phase): "timed out (\(phase.rawValue))"
        case .tlsUntrusted(let code, let reason): "certificate not trusted: \(reason) (\(code))"
        case .tlsFailed(let reason): "TLS failed: \(reason)"
        case .malformedResponse(let reason): "not HTTP: \(reason)"
        case .responseTooLarge(let limit): "answer larger than \(limit) bytes"
        case .cancelled: "cancelled"
        }
    }
}
