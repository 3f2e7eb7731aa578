import SimCore
import SimHTTP
import SimSCIM
import Synchronization

/// An embedded product with a team: its SCIM endpoint and its page, under `/apps/{name}/`.
package final class SampleApp: Sendable {
    /// Counts for status lines and the demo.
    package struct Summary: Hashable, Sendable {
        package let users: Int
        package let groups: Int
        package let active: Int
        package let archived: Int
        /// When a client with a working key last called; nil before the first time.
        package let lastSync: Timestamp?
    }

    struct Inner {
        var state: SampleAppState
        var traffic: TrafficLog
    }

    package let configuration: SampleAppConfiguration
    /// What forms of the page carry; another site cannot read it.
    private let formToken: String
    let journal: (any SampleAppJournal)?
    let inner: Mutex<Inner>

    /// - Parameter journal: nil keeps everything in memory.
    package convenience init(
        _ configuration: SampleAppConfiguration, random: any RandomSource,
        journal: (any SampleAppJournal)? = nil
    ) {
        self.init(
            configuration, state: SampleAppState(configuration), lastSync: nil, random: random,
            journal: journal)
    }

    /// An app that is kept in memory.
    init(_ configuration: SampleAppConfiguration, inner: Inner, random: any RandomSource) {
        self.configuration = configuration
        journal = nil
        formToken = Self.formToken(random)
        self.inner = Mutex(inner)
    }

    private init(
        _ configuration: SampleAppConfiguration, state: SampleAppState, lastSync: Timestamp?,
        random: any RandomSource, journal: (any SampleAppJournal)?
    ) {
        self.configuration = configuration
        self.journal = journal
        formToken = Self.formToken(random)
        inner = Mutex(Inner(state: state, traffic: TrafficLog(lastSync: lastSync)))
    }

    private static func formToken(_ random: any RandomSource) -> String {
        Base64.urlEncode(random.bytes(24, for: RandomPurpose("sample-app-form")))
    }

    /// The app as its journal left it.
    ///
    /// - Parameter records: in the order appended.
    package static func restore(
        _ configuration: SampleAppConfiguration, from records: some Sequence<JSONValue>,
        random: any RandomSource, journal: (any SampleAppJournal)? = nil
    ) throws(SampleAppRecordError) -> SampleApp {
        var state = SampleAppState(configuration)
        var lastSync: Timestamp?
        for (index, json) in records.enumerated() {
            guard let record = SampleAppRecord(json) else {
                throw SampleAppRecordError(index: index, kind: json["do"]?.stringValue)
            }
            state.apply(record.change, at: record.at)
            if record.change.isProvisioned { lastSync = record.at }
        }
        return SampleApp(
            configuration, state: state, lastSync: lastSync, random: random, journal: journal)
    }

    package var summary: Summary {
        inner.withLock { inner in
            let state = inner.state
            return Summary(
                users: state.users.count, groups: state.groups.count,
                active: state.users.count - state.archivedCount, archived: state.archivedCount,
                lastSync: inner.traffic.lastSync)
        }
    }

    /// SCIM calls since the start.
    package var trafficCount: Int { inner.withLock { $0.traffic.count } }

    /// The data as it is now: a value, cheap to take, that later changes do not touch.
    package var snapshot: SampleAppState { inner.withLock { $0.state } }

    /// The last SCIM calls, newest first.
    package var latestTraffic: [TrafficLog.Entry] { inner.withLock { $0.traffic.latest } }
}

extension SampleApp {
    /// What an app answers, and what its page wants changed about the app's defects.
    package struct Answer: Sendable {
        package let response: HTTPResponse
        /// Every defect that is to be on from now on, with its rate; nil leaves them as they are.
        package var defects: [AppDefect.Name: Double]?
    }

    /// Whether a request is a call of the SCIM endpoint.
    package func isSCIM(_ request: HTTPRequest) -> Bool {
        if case .scim = AppPlace(request, configuration) { true } else { false }
    }

    /// Answers a request below `/apps/{name}`.
    ///
    /// - Parameters:
    ///   - scheme: how the client reached us; addresses in answers begin with it.
    ///   - defects: what is done wrong with this call.
    ///   - issuers: what token issuers publish, for clients that present another's token.
    ///   - switches: the defects that are on, for the page.
    package func answer(
        _ request: HTTPRequest, now: Timestamp, random: any RandomSource,
        scheme: Origin.Scheme = .https, defects: [AppDefect] = [],
        issuers: IssuerDocuments = .none,
        switches: [DefectState] = []
    ) -> Answer {
        let place = AppPlace(request, configuration)
        switch place {
        case .scim(let segments):
            return Answer(
                response: answerSCIM(
                    request, segments, StruckDefects(defects), now: now, random: random,
                    scheme: scheme))
        case .token(let oauth):
            return Answer(
                response: answer(
                    TokenEndpoint(
                        configuration: configuration, oauth: oauth, issuers: issuers, now: now),
                    request, random: random))
        case .team(let segments):
            return answerTeam(request, segments, switches, now: now, random: random)
        case .slashMissing:
            return Answer(
                response: HTTPResponse(
                    status: 308, headers: ["Location": configuration.basePath + "/"]))
        case .nowhere:
            return Answer(
                response: HTTPResponse(
                    SCIMError(
                        status: 404, nil, "there is nothing at '\(request.path.prefix(200))'")))
        }
    }

    /// Answers a request of an app without defects.
    package func handle(
        _ request: HTTPRequest, now: Timestamp, random: any RandomSource,
        scheme: Origin.Scheme = .https, issuers: IssuerDocuments = .none
    ) -> HTTPResponse {
        answer(request, now: now, random: random, scheme: scheme, issuers: issuers).response
    }

    private func answerSCIM(
        _ request: HTTPRequest, _ segments: [String], _ defects: StruckDefects, now: Timestamp,
        random: any RandomSource, scheme: Origin.Scheme
    ) -> HTTPResponse {
        let baseURL = baseURL(request, scheme)
        let shownTarget = String(request.target.dropFirst(configuration.basePath.count))
        return inner.withLock { inner in
            let access = inner.state.keys.access(
                authorization: request.headers["Authorization"], scope: configuration.scimScope,
                tokens: inner.state.tokens, trusts: configuration.oauth?.trusts ?? [], at: now)
            let response =
                SCIMGate(configuration: configuration).refusal(access)
                ?? perform(
                    SCIMCall.parse(request, segments, baseURL: baseURL, now: now, random: random),
                    defects, &inner.state)
            inner.traffic.record(
                request, target: shownTarget, status: response.status, access: access,
                defects: access.isGranted ? defects.all.map(\.name) : [], at: now)
            return response
        }
    }

    /// Decides, keeps what was decided, applies it, answers: in this order.
    private func perform(
        _ parsed: Result<SCIMCall, SCIMError>, _ defects: StruckDefects,
        _ state: inout SampleAppState
    ) -> HTTPResponse {
        var call: SCIMCall
        switch parsed {
        case .failure(let error): return HTTPResponse(error)
        case .success(let value): call = value
        }
        if defects.all.isEmpty { return perform(call, &state) }
        call.defects = defects.names
        if let response = defects.insteadOfDoing(call) { return response }
        var response: HTTPResponse
        if call.writes, defects.names.contains(.lostWrites) {
            // Done to a copy, so that the answer is the one of a write that was done.
            response = rehearse(call, state)
        } else {
            response = perform(call, &state)
        }
        defects.spoil(&response, of: call)
        return response
    }

    private func rehearse(_ call: SCIMCall, _ state: SampleAppState) -> HTTPResponse {
        var state = state
        let decision = state.decide(call, pageLimit: configuration.pageLimit)
        for change in decision.changes { state.apply(change, at: call.now) }
        return state.response(to: decision, baseURL: call.baseURL)
    }

    private func perform(_ call: SCIMCall, _ state: inout SampleAppState) -> HTTPResponse {
        let decision = state.decide(call, pageLimit: configuration.pageLimit)
        do throws(SampleAppJournalError) {
            try accept(decision.changes, at: call.now, &state)
        } catch {
            return HTTPResponse(SCIMError(status: 500, nil, "not saved: \(error.reason)"))
        }
        return state.response(to: decision, baseURL: call.baseURL)
    }

    /// The assertion is looked into before the app's data is held.
    private func answer(
        _ endpoint: TokenEndpoint, _ request: HTTPRequest, random: any RandomSource
    ) -> HTTPResponse {
        guard request.method == .post else { return endpoint.methodRefused() }
        do throws(TokenRefusal) {
            let asking = try endpoint.read(request)
            return try inner.withLock { inner throws(TokenRefusal) in
                let grant = try endpoint.grant(asking, keys: inner.state.keys, random: random)
                do throws(SampleAppJournalError) {
                    try accept([.tokenIssued(grant.token)], at: endpoint.now, &inner.state)
                } catch {
                    throw TokenRefusal(code: .serverError, description: "not saved")
                }
                return grant.response
            }
        } catch {
            return endpoint.refused(error)
        }
    }

    private func accept(
        _ changes: [SampleAppChange], at now: Timestamp, _ state: inout SampleAppState
    ) throws(SampleAppJournalError) {
        guard !changes.isEmpty else { return }
        try journal?.append(changes.map { SampleAppRecord(at: now, $0).json })
        for change in changes { state.apply(change, at: now) }
    }

    private func baseURL(_ request: HTTPRequest, _ scheme: Origin.Scheme) -> String {
        let host = request.headers["Host"] ?? "localhost"
        return "\(scheme.rawValue)://\(host)\(configuration.basePath)\(configuration.scimPath)"
    }

    private func answerTeam(
        _ request: HTTPRequest, _ segments: [String], _ switches: [DefectState], now: Timestamp,
        random: any RandomSource
    ) -> Answer {
        inner.withLock { inner in
            let endpoint = TeamEndpoint(
                configuration: configuration, formToken: formToken, switches: switches, now: now)
            let decision = endpoint.decide(
                request, segments, inner.state, inner.traffic, random: random)
            do throws(SampleAppJournalError) {
                try accept(decision.changes, at: now, &inner.state)
            } catch {
                return Answer(
                    response: endpoint.failure(status: 500, "Not saved: \(error.reason)."))
            }
            return Answer(
                response: endpoint.response(decision, inner.state, inner.traffic),
                defects: decision.defects)
        }
    }
}
