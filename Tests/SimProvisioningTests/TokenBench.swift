import SimCore
import SimDirectory
import SimHTTP

@testable import SimProvisioning

/// A cycle whose calls need an access token, driven by hand: each call takes a while, so that
/// tokens end in the middle of it.
struct TokenBench {
    /// How the target's token endpoint behaves.
    var tokenAnswer: (_ number: Int) -> HTTPResponse = { number in
        HTTPResponse(json: [
            "access_token": .string("token-\(number)"), "token_type": "Bearer",
            "expires_in": 3_600,
        ])
    }
    var parallelism = 8
    var order = Bench.Order.first
    /// Passes for all calls alike, with each answer.
    var perCall: Duration = .zero
    var target = TinyTarget()
    private(set) var tokenRequests = 0
    private(set) var records: [ProvisioningRecord] = []
    private(set) var summary: CycleSummary?
    /// What each call to the target carried.
    private(set) var tokensSeen: [String] = []
    private(set) var asksAtOnce = 0
    private var asked = 0
    private var leaving: [(ExchangeID, HTTPRequest)] = []

    static func job(_ directory: TestDirectory, _ parallelism: Int) throws -> ProvisioningJob {
        var settings = ProvisioningSettings()
        settings.parallelism = parallelism
        return try directory.job(settings)
    }

    /// A company whose job has client credentials.
    static func company(size: Int) -> TestDirectory {
        var directory = TestDirectory {
            $0.authentication = .clientCredentials(
                OAuthClientCredentials(
                    tokenEndpoint: "https://target.example/token", clientID: "c",
                    clientSecret: "client-s3cret"))
        }
        let names = (1...size).map { "user\($0)" }
        for name in names { directory.addUser(name) }
        directory.addGroup("Builders", members: Array(names.prefix(size / 2)))
        for name in names.dropFirst() { directory.setManager(names[0], of: name) }
        return directory
    }

    mutating func cycle(_ directory: TestDirectory) throws {
        let job = try Self.job(directory, parallelism)
        guard let grant = job.tokenGrant else { return }
        var now = TestDirectory.start
        var cycle = ProvisioningCycle(
            job: job,
            state: ProvisioningJobState(
                configuration: directory.servicePrincipal.provisioning
                    ?? ProvisioningConfiguration(jobID: "", tenantURL: "")),
            snapshot: directory.snapshot, random: SeededRandom(seed: 4))
        var tokens = CallAuthorization(margin: job.settings.tokenRenewalMargin)
        // Either machine's actions may lead to the other's events.
        var events: [ProvisioningCycle.Event] = [.started(at: now)]
        var orders: [CallAuthorization.Action] = []
        for _ in 0..<50_000 {
            if !events.isEmpty {
                for action in cycle.handle(events.removeFirst()) {
                    switch action {
                    case .send(let id, let request):
                        orders += tokens.handle(.wanted(id, request, at: now))
                    case .record(let new): records += new
                    case .finish(let end): summary = end
                    }
                }
            } else if !orders.isEmpty {
                if let event = follow(orders.removeFirst(), at: now) { events.append(event) }
            } else if asked > 0 {
                now = now + perCall
                orders += tokens.handle(ask(grant, at: now))
            } else if !leaving.isEmpty {
                let (id, request) = order == .first ? leaving.removeFirst() : leaving.removeLast()
                now = now + perCall
                orders += tokens.handle(answer(id, request, at: now))
            } else {
                return
            }
        }
    }

    private mutating func follow(
        _ order: CallAuthorization.Action, at now: Timestamp
    ) -> ProvisioningCycle.Event? {
        switch order {
        case .acquire:
            asked += 1
            asksAtOnce = max(asksAtOnce, asked)
        case .perform(let id, let request, _): leaving.append((id, request))
        case .deliver(let id, let response): return .responded(id, response, at: now)
        case .abandon(let id, let failure): return .unauthenticated(id, failure, at: now)
        }
        return nil
    }

    private mutating func ask(
        _ grant: TokenGrant, at now: Timestamp
    ) -> CallAuthorization.Event {
        asked -= 1
        tokenRequests += 1
        do throws(AccessTokenFailure) {
            return .acquired(try grant.token(tokenAnswer(tokenRequests), at: now), at: now)
        } catch {
            return .refused(error, at: now)
        }
    }

    /// The target itself knows one bearer value; a rule judges the tokens.
    private mutating func answer(
        _ id: ExchangeID, _ request: HTTPRequest, at now: Timestamp
    ) -> CallAuthorization.Event {
        tokensSeen.append(String((request.headers["Authorization"] ?? "").dropFirst(7)))
        if let scripted = target.rule?(request), case .success(let response) = scripted {
            return .answered(id, response, at: now)
        }
        var known = request
        known.headers.set("Authorization", "Bearer s3cret-Token")
        let rule = target.rule
        target.rule = nil
        defer { target.rule = rule }
        switch target.answer(known) {
        case .success(let response): return .answered(id, response, at: now)
        case .failure: return .failed(id)
        }
    }
}
