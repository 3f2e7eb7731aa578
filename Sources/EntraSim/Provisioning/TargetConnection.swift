import SimCore
import SimErrors
import SimHTTP
import SimPortal
import SimProvisioning
import SimRuntime
import Synchronization

/// Why a call to a target has no answer.
enum TargetCallFailure: Error, Hashable, Sendable {
    case connection(ConnectionFailure)
    /// It was not made, for want of an access token.
    case accessToken(AccessTokenFailure)
}

/// The way to a job's target: sends its calls as they are, or with an access token.
struct TargetConnection: Sendable {
    /// The exchanges are the call's own, with those for the token it waited for.
    typealias Completion =
        @Sendable (Result<HTTPResponse, TargetCallFailure>, SentCalls) -> Void

    let origin: Origin
    let environment: ProvisioningEnvironment
    /// nil for a job that sends its secret token as it is.
    let tokens: TargetTokens?
    /// What the journal does not repeat, should the target do.
    let secrets: SecretTexts

    /// Sends a call and reports on the provisioning loop.
    func send(_ request: HTTPRequest, completion: @escaping Completion) {
        if let tokens { return tokens.send(request, to: origin, completion: completion) }
        environment.send(request, to: origin, for: .scim(secrets)) { call in
            completion(call.result.mapError { .connection($0) }, SentCalls(own: call))
        }
    }
}

/// The access tokens of one job: carries out what its `CallAuthorization` decides. One for all
/// runs of a job, so that a token serves them all until it is over.
final class TargetTokens: Sendable {
    private struct Pending {
        let origin: Origin
        let completion: TargetConnection.Completion
        var own: SentCall?
    }

    private struct State {
        var machine: CallAuthorization
        var grant: TokenGrant?
        var lastCall = 0
        var pending: [ExchangeID: Pending] = [:]
        /// For tokens; told with the next call that ends.
        var tokenCalls: [SentCall] = []
    }

    private let environment: ProvisioningEnvironment
    /// The grant in force when a token is asked for; nil where it cannot be told.
    private let currentGrant: @Sendable () -> TokenGrant?
    private let state: Mutex<State>

    init(
        environment: ProvisioningEnvironment,
        currentGrant: @escaping @Sendable () -> TokenGrant?
    ) {
        self.environment = environment
        self.currentGrant = currentGrant
        state = Mutex(
            State(machine: CallAuthorization(margin: environment.settings.tokenRenewalMargin)))
    }

    /// Takes the credentials of a run that begins; others than before need another token.
    func use(_ grant: TokenGrant) {
        state.withLock { state in
            _ = state.machine.handle(.runBegan)
            guard state.grant != grant else { return }
            if state.grant != nil { _ = state.machine.handle(.credentialsChanged) }
            state.grant = grant
        }
    }

    func send(
        _ request: HTTPRequest, to origin: Origin,
        completion: @escaping TargetConnection.Completion
    ) {
        let now = environment.clock.now
        let actions = state.withLock { state in
            state.lastCall += 1
            let id = ExchangeID(state.lastCall)
            state.pending[id] = Pending(origin: origin, completion: completion)
            return state.machine.handle(.wanted(id, request, at: now))
        }
        perform(actions)
    }

    private func feed(_ event: CallAuthorization.Event) {
        perform(state.withLock { $0.machine.handle(event) })
    }

    private func perform(_ actions: [CallAuthorization.Action]) {
        for action in actions {
            switch action {
            case .acquire: acquire()
            case .perform(let id, let request, let secrets): call(id, request, secrets)
            case .deliver(let id, let response): end(id, .success(response))
            case .abandon(let id, let failure):
                if case .unreachable(_, .cancelled) = failure {
                    end(id, .failure(.connection(.cancelled)))
                } else {
                    end(id, .failure(.accessToken(failure)))
                }
            }
        }
    }

    private func call(_ id: ExchangeID, _ request: HTTPRequest, _ secrets: SecretTexts) {
        guard let origin = state.withLock({ $0.pending[id]?.origin }) else { return }
        environment.send(request, to: origin, for: .scim(secrets)) { call in
            self.state.withLock { $0.pending[id]?.own = call }
            switch call.result {
            case .success(let response):
                // As it is shown: no log may repeat a token the target repeats.
                let kept = call.purpose.kept(response)
                self.feed(.answered(id, kept, at: self.environment.clock.now))
            case .failure(let failure):
                self.feed(.failed(id))
                self.end(id, .failure(.connection(failure)))
            }
        }
    }

    private func end(_ id: ExchangeID, _ result: Result<HTTPResponse, TargetCallFailure>) {
        let (pending, before) = state.withLock { state in
            defer { state.tokenCalls = [] }
            return (state.pending.removeValue(forKey: id), state.tokenCalls)
        }
        guard let pending else { return }
        pending.completion(result, SentCalls(before: before, own: pending.own))
    }

    // MARK: Asking for a token

    private func acquire() {
        guard let grant = grantInForce() else { return }
        var assertion = ""
        if let app = grant.application {
            do throws(AADSTSError) {
                assertion = try environment.workloadToken(of: app)
            } catch {
                return refuse(.notIssued(reason: "\(error)"))
            }
        }
        guard let origin = Origin.parse(grant.endpoint.origin)?.origin else {
            return refuse(.malformed(grant.endpoint.url, reason: "it is no address"))
        }
        let presented = assertion
        environment.send(grant.request(assertion: presented), to: origin, for: .token) { call in
            self.state.withLock { $0.tokenCalls.append(call) }
            switch call.result {
            case .success(let response): self.read(response, grant, presented)
            case .failure(let failure):
                self.refuse(.unreachable(grant.endpoint.url, failure))
            }
        }
    }

    private func read(_ response: HTTPResponse, _ grant: TokenGrant, _ assertion: String) {
        let now = environment.clock.now
        do throws(AccessTokenFailure) {
            let token = try grant.token(response, assertion: assertion, at: now)
            feed(.acquired(token, at: now))
        } catch {
            refuse(error)
        }
    }

    private func refuse(_ failure: AccessTokenFailure) {
        feed(.refused(failure, at: environment.clock.now))
    }

    /// The newest credentials, so that a secret entered while a cycle is under way is used by it.
    private func grantInForce() -> TokenGrant? {
        let newest = currentGrant()
        return state.withLock { state in
            if let newest { state.grant = newest }
            return state.grant
        }
    }
}
