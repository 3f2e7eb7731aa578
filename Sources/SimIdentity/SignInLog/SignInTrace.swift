import SimCore
import SimDirectory
import SimErrors
import Synchronization

/// Collects what is learnt about one attempt while its request is decided, then records it.
///
/// A reference, because a decision and the answer that follows a commit share it.
final class SignInTrace: Sendable {
    private struct State {
        var entry: SignInEntry?
        var clientID = ""
        var kind = SignInEntry.Kind.nonInteractiveUser
        var protocolName = "none"
        var incomingToken = "none"
        var recordsSuccess = true
        var situation = SignInSituation()
    }

    private let state = Mutex(State())

    /// Reads what the request's headers say of its surroundings.
    ///
    /// - Returns: what is wrong with them.
    func begin(_ exchange: Exchange) -> SituationHeaders.Fault? {
        do throws(SituationHeaders.Fault) {
            let situation = try SituationHeaders.read(exchange)
            if !situation.isEmpty { state.withLock { $0.situation = situation } }
            return nil
        } catch {
            return error
        }
    }

    /// What is known so far.
    var attempt: SignInEntry? { state.withLock { $0.entry } }

    /// What the headers said.
    var situation: SignInSituation { state.withLock { $0.situation } }

    /// Nothing of this request is anybody's attempt.
    func drop() { state.withLock { $0.entry = nil } }

    func note(_ request: TokenRequest) {
        state.withLock { state in
            state.clientID = request.clientID
            switch request.grant {
            case .authorizationCode:
                // The sign-in itself was recorded when the code was made.
                state.recordsSuccess = false
            case .deviceCode:
                state.recordsSuccess = false
                state.protocolName = "deviceCode"
            case .refreshToken: state.incomingToken = "refreshToken"
            case .clientCredentials: state.kind = .servicePrincipal
            case .password:
                state.kind = .interactiveUser
                state.protocolName = "ropc"
            case .onBehalfOf: state.incomingToken = "accessToken"
            }
        }
    }

    func note(_ tenant: any DirectoryQueries) {
        let id = tenant.tenantID
        state.withLock { state in
            guard state.entry == nil else { return }
            var entry = SignInEntry(tenant: id)
            entry.app.appID = state.clientID
            state.entry = entry
        }
    }

    /// The client as sent, when nobody knows it yet.
    func note(clientID: String) {
        state.withLock { state in
            state.clientID = clientID
            if state.entry?.app.displayName == "" { state.entry?.app.appID = clientID }
        }
    }

    func note(_ client: ClientApplication) {
        state.withLock { state in
            state.entry?.app = SignInEntry.Party(
                appID: client.appID.description, displayName: client.principal.displayName,
                principal: client.principal.id)
        }
    }

    func note(_ resource: Resource) {
        state.withLock { state in
            state.entry?.resource = SignInEntry.Party(
                appID: resource.appID.description, displayName: resource.displayName,
                principal: resource.principal)
        }
    }

    /// A name somebody typed.
    func note(userName: String) {
        state.withLock { $0.entry?.person = SignInEntry.Person(userName: userName) }
    }

    func note(_ user: User, _ signIn: SignIn?) {
        state.withLock { state in
            state.entry?.person = SignInEntry.Person(
                id: user.id, userName: user.userPrincipalName, displayName: user.displayName,
                isGuest: user.userType == .guest)
            guard let signIn else { return }
            state.entry?.methods = signIn.methods
            state.entry?.session = signIn.sessionID
        }
    }

    func note(_ facts: AccessFacts) {
        state.withLock { state in
            state.entry?.address = facts.addressText
            state.entry?.facts = SignInEntry.Facts(
                country: facts.country, platform: facts.platform,
                device: facts.device.sorted { $0.rawValue < $1.rawValue },
                clientApp: facts.clientApp, risk: facts.risk, userRisk: facts.userRisk)
        }
    }

    func note(_ facts: AccessFacts, _ decision: AccessDecision) {
        note(facts)
        state.withLock { state in
            state.entry?.policies = decision.applied
            state.entry?.accessStatus = decision.status
            let asks = decision.asksForSecondFactor
            if asks { state.entry?.asksForSecondFactor = true }
        }
    }

    /// Somebody is at a page.
    func noteInteraction() { state.withLock { $0.kind = .interactiveUser } }

    /// Nobody is there but an application.
    func noteApplication() { state.withLock { $0.kind = .servicePrincipal } }

    /// Another application waits for the answer of this page.
    func noteDevice() { state.withLock { $0.protocolName = "deviceCode" } }

    /// Records the attempt, if a tenant is known whose log it belongs to.
    ///
    /// - Parameter error: nil for a success.
    func finish(_ error: AADSTSError?, _ exchange: Exchange, _ platform: IdentityPlatform) {
        let finished = state.withLock { state -> SignInEntry? in
            guard error != nil || state.recordsSuccess else { return nil }
            state.entry?.kind = state.kind
            state.entry?.protocolName = state.protocolName
            state.entry?.incomingToken = state.incomingToken
            // One request is one attempt, whatever else happens to its answer.
            return state.entry.take()
        }
        guard let finished else { return }
        platform.signIns.record(finished.ended(by: error, exchange, situation))
    }
}

extension SignInEntry {
    /// The entry of an attempt whose answer is known.
    fileprivate consuming func ended(
        by error: AADSTSError?, _ exchange: Exchange, _ situation: SignInSituation
    ) -> SignInEntry {
        id = exchange.traceID
        correlationID = exchange.correlationID
        at = exchange.now
        if address.isEmpty { address = situation.address ?? exchange.request.remoteAddress }
        userAgent = exchange.request.headers["User-Agent"] ?? ""
        self.error = error
        return self
    }
}
