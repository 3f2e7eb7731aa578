import SimCore
import SimDirectory
import SimErrors
import SimHTTP
import SimIdentity
import SimPortal
import SimRuntime
import SimTarget

/// Everything that is up between start and stop, put together once and never changed.
final class SimulatorServices: Sendable {
    /// The public origin, `https://localhost:8443`.
    let origin: String
    let clock: VirtualClock
    let random: any RandomSource
    let tenants: TenantHosts
    let sampleApps: SampleAppHosts
    let identity: IdentityPlatform
    /// Keys of foreign issuers.
    let issuers: IssuerKeys
    let jobs: JobRegistry
    let timeline: Timeline
    /// Where machines advance and timers of the services run.
    let loop: WorkLoop
    let faults: FaultDesk
    let journal: RequestJournal
    let metrics: Metrics
    let drills: DrillDesk
    let controlRoutes: ControlRoutes
    let pendingCalls = PendingCalls()
    let branches: TenantBranches
    private let requestLog: (@Sendable (AnsweredRequest) -> Void)?

    init(
        origin: String, clock: VirtualClock, random: any RandomSource, tenants: TenantHosts,
        sampleApps: SampleAppHosts, fixtures: FixtureLoader, identity: IdentityPlatform,
        issuers: IssuerKeys, jobs: JobRegistry, timeline: Timeline, loop: WorkLoop,
        faults: FaultDesk, journal: RequestJournal, metrics: Metrics, drills: DrillDesk,
        access: ControlAccess, requestLog: (@Sendable (AnsweredRequest) -> Void)?
    ) {
        self.origin = origin
        self.clock = clock
        self.random = random
        self.tenants = tenants
        self.sampleApps = sampleApps
        self.identity = identity
        self.issuers = issuers
        self.jobs = jobs
        self.timeline = timeline
        self.loop = loop
        self.faults = faults
        self.journal = journal
        self.metrics = metrics
        self.drills = drills
        branches = TenantBranches(
            tenants: tenants, sampleApps: sampleApps, jobs: jobs, clock: clock, random: random,
            fixtures: fixtures)
        controlRoutes = ControlRoutes(access: access)
        self.requestLog = requestLog
    }

    /// Each answered request is told of.
    var logsRequests: Bool { requestLog != nil }

    var controlDesk: ControlDesk { ControlDesk(services: self) }

    /// Appends what an identity decision wants written, then makes its answer.
    func perform(_ step: IdentityStep, at now: Timestamp) -> HTTPResponse {
        switch step {
        case .answer(let response): return response
        case .commit(let commit):
            guard let host = tenants[commit.tenant] else { return Self.storageFailure }
            do {
                try host.tenant.append(commit.events, at: now)
                return commit.then(.appended)
            } catch {
                if case .alreadyRedeemed = error { return commit.then(.alreadyRedeemed) }
                return commit.then(.refused)
            }
        }
    }

    /// The sample app whose pages and SCIM service live below `/apps/{name}/`.
    func sampleApp(at path: Substring) -> SampleApp? {
        let pieces = path.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true)
        guard pieces.count >= 2 else { return nil }
        return sampleApps.app(named: pieces[1])
    }

    /// What sample apps can read of the login endpoint: what it publishes, as over the network.
    func issuerDocuments(at now: Timestamp) -> IssuerDocuments {
        let identity = identity
        let origin = origin
        return IssuerDocuments(origin: origin) { url in
            guard url.hasPrefix(origin + "/") else { return nil }
            let request = HTTPRequest(
                method: .get, target: String(url.dropFirst(origin.count)))
            switch identity.handle(request, now: now) {
            case .answer(let response)?: return response
            case .commit?, nil: return nil
            }
        }
    }

    func portal(_ request: HTTPRequest) -> HTTPResponse {
        if request.path == PortalPage.stylePath { return PortalPage.style() }
        guard request.path == "/portal" || request.path == "/portal/" else {
            return HTTPResponse(status: 302, headers: ["Location": "/portal"])
        }
        return PortalPage.response(portalView())
    }

    /// Counts, journals and logs an answered request.
    func finished(
        _ request: HTTPRequest, _ response: HTTPResponse, _ surface: Surface, at now: Timestamp
    ) {
        metrics.countRequest(surface, status: response.status)
        journal.record(
            .inbound, WireExchange(at: now, request: request, response: response))
        guard let requestLog else { return }
        let code = response.refusalCode
        requestLog(
            AnsweredRequest(
                at: now.iso8601, method: request.method.rawValue,
                target: WireExchange.redactedTarget(request.target), status: response.status,
                errorCode: code,
                hint: issuerTrouble(request, code)
                    ?? code.flatMap { AADSTSCatalogue.entry($0)?.remedy }))
    }

    /// Why the keys of an assertion's issuer could not be had: the client hears only the number.
    private func issuerTrouble(_ request: HTTPRequest, _ code: Int?) -> String? {
        guard let code, code == AADSTSError.issuerUnreachable.code else { return nil }
        return identity.issuerQuestion(request).flatMap { issuers.trouble(with: $0.issuer) }
    }

    private static let storageFailure = HTTPResponse(
        status: 503, headers: ["Content-Type": "text/plain; charset=utf-8", "Retry-After": "5"],
        body: Array("The change could not be stored.\n".utf8))
}
