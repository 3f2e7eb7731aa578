import SimCore
import SimCrypto
import SimDirectory
import SimErrors
import SimFaults
import SimHTTP
import SimIdentity
import SimPortal
import SimProvisioning
import SimRuntime

/// What job runners share: the way to targets, time, chance, and where calls are noted.
/// A class: each call of a cycle refers to it several times.
final class ProvisioningEnvironment: Sendable {
    /// The simulator's own origin, for `{origin}` in tenant URLs.
    let origin: String
    let clock: VirtualClock
    let random: any RandomSource
    /// Runs on `loop`.
    let client: HTTPClient
    /// Machines advance on this loop only, one event at a time.
    let loop: WorkLoop
    let journal: RequestJournal
    let metrics: Metrics
    let faults: FaultDesk
    let settings: SimProvisioning.ProvisioningSettings
    /// Where mails go; nil keeps them in the tenant's log only.
    let mailbox: NoticeFolder?
    /// When a job that has never run is first due.
    let firstCycleAt: Timestamp
    /// Issues the tokens that jobs present at token endpoints.
    let identity: IdentityPlatform
    /// How long a target may take.
    let timeouts: ClientTimeouts
    /// Whom to believe about the simulator's own certificate, and about everyone else's.
    let ownTrust: TrustStore
    let otherTrust: TrustStore
    /// Whose job calls; nil before it is known.
    let caller: OutboundCaller?

    typealias Completion = @Sendable (SentCall) -> Void

    /// - Parameter otherTrust: whom to believe about targets elsewhere.
    init(
        origin: String, clock: VirtualClock, random: any RandomSource, client: HTTPClient,
        loop: WorkLoop, journal: RequestJournal, metrics: Metrics, faults: FaultDesk,
        settings: SimProvisioning.ProvisioningSettings, mailbox: NoticeFolder?,
        firstCycleAt: Timestamp, identity: IdentityPlatform, timeouts: ClientTimeouts,
        ownTrust: TrustStore, otherTrust: TrustStore,
        caller: OutboundCaller? = nil
    ) {
        self.origin = origin
        self.clock = clock
        self.random = random
        self.client = client
        self.loop = loop
        self.journal = journal
        self.metrics = metrics
        self.faults = faults
        self.settings = settings
        self.mailbox = mailbox
        self.firstCycleAt = firstCycleAt
        self.identity = identity
        self.timeouts = timeouts
        self.ownTrust = ownTrust
        self.otherTrust = otherTrust
        self.caller = caller
    }

    /// The same environment for one job.
    func calling(for caller: OutboundCaller) -> ProvisioningEnvironment {
        ProvisioningEnvironment(
            origin: origin, clock: clock, random: random, client: client, loop: loop,
            journal: journal, metrics: metrics, faults: faults, settings: settings,
            mailbox: mailbox, firstCycleAt: firstCycleAt, identity: identity,
            timeouts: timeouts, ownTrust: ownTrust, otherTrust: otherTrust, caller: caller)
    }

    /// The token that stands for an app of the calling job's tenant.
    func workloadToken(of app: AppID) throws(AADSTSError) -> String {
        guard let caller else { preconditionFailure("no job calls") }
        return try identity.workloadToken(
            of: app, in: caller.host.snapshot.profile.id, now: clock.now)
    }

    /// What a job without a secret sends; nil where the tenant issues nothing.
    func blankSecretToken(of tenant: TenantID) -> String? {
        do throws(AADSTSError) {
            return try identity.blankSecretToken(in: tenant, now: clock.now)
        } catch {
            return nil
        }
    }

    /// Sends a call to a target, through the fault rules, and reports on the loop.
    func send(
        _ request: HTTPRequest, to origin: Origin, for purpose: CallPurpose,
        completion: @escaping Completion
    ) {
        guard faults.isArmed else {
            return call(request, to: origin, for: purpose, completion: completion)
        }
        var facts = FaultFacts(request, to: origin, by: caller)
        // Asking for a token creates nothing in the target.
        if !purpose.isSCIM { facts.operation = nil }
        let now = clock.now
        guard let strike = faults.decide(facts, at: now) else {
            return call(request, to: origin, for: purpose, completion: completion)
        }
        switch OutboundFault(strike: strike, operation: facts.operation).plan(request, at: now) {
        case .answer(let result):
            loop.execute { self.report(request, origin, purpose, result, completion) }
        case .call(let delay, let changed, let then):
            let call: @Sendable () -> Void = {
                self.perform(changed, to: origin) { result in
                    self.report(
                        request, origin, purpose, result.flatMap { then($0) }, completion)
                }
            }
            if delay > .zero { loop.schedule(after: delay, call) } else { call() }
        }
    }

    /// Asks a target something that is no part of provisioning: no fault strikes, nothing is noted.
    func look(
        _ request: HTTPRequest, at origin: Origin,
        _ completion: @escaping @Sendable (Result<HTTPResponse, ConnectionFailure>) -> Void
    ) {
        perform(request, to: origin, completion)
    }

    /// Notes an exchange that a fault has touched, as the job sees it.
    private func report(
        _ request: HTTPRequest, _ origin: Origin, _ purpose: CallPurpose,
        _ result: Result<HTTPResponse, ConnectionFailure>, _ completion: Completion
    ) {
        let call = SentCall(
            at: clock.now, request: request, origin: origin, purpose: purpose, result: result)
        metrics.countProvisioningCall()
        journal.record(call)
        completion(call)
    }

    /// Nothing between the job and its target.
    private func call(
        _ request: HTTPRequest, to origin: Origin, for purpose: CallPurpose,
        completion: @escaping Completion
    ) {
        perform(request, to: origin) { self.report(request, origin, purpose, $0, completion) }
    }

    private func perform(
        _ request: HTTPRequest, to origin: Origin,
        _ body: @escaping @Sendable (Result<HTTPResponse, ConnectionFailure>) -> Void
    ) {
        // Our own certificate is made for clients of the machine's time; a target's is judged by
        // the simulation's.
        let isOwn = origin.description == self.origin
        let loop = loop
        client.perform(
            request, to: origin, trust: isOwn ? ownTrust : otherTrust,
            verifyingAt: isOwn ? nil : clock.now, timeouts: timeouts
        ) { result in
            // A call that cannot be made fails at once, inside what asked for it.
            if case .success = result, loop.isHere { return body(result) }
            loop.execute { body(result) }
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
