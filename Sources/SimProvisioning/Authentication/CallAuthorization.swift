import SimCore
import SimHTTP

/// Puts an access token on each call of a job, and sees to it that there is one.
///
/// A machine: the shell asks the token endpoint when told `.acquire`, one request at a time, sends
/// what `.perform` says, and reports what came back. Calls that need a token wait for the one
/// request under way and leave in the order they came, so what leaves is the same from run to run.
/// A token is used until shortly before its end. A call answered 401 is sent once more with
/// another token. provisioning.md §10.1.
package struct CallAuthorization: Sendable {
    package enum Event: Sendable {
        case wanted(ExchangeID, HTTPRequest, at: Timestamp)
        case answered(ExchangeID, HTTPResponse, at: Timestamp)
        /// The call got no answer: its end.
        case failed(ExchangeID)
        case acquired(AccessToken, at: Timestamp)
        case refused(AccessTokenFailure, at: Timestamp)
        /// The job has other credentials: their token is not the next call's.
        case credentialsChanged
        /// A cycle begins, or something else with calls of its own.
        case runBegan
    }

    package enum Action: Hashable, Sendable {
        /// Ask for a token; exactly one `.acquired` or `.refused` is the answer.
        case acquire
        case perform(ExchangeID, HTTPRequest, SecretTexts)
        case deliver(ExchangeID, HTTPResponse)
        case abandon(ExchangeID, AccessTokenFailure)
    }

    private struct Held: Sendable {
        let token: AccessToken
        /// Tells tokens apart: a call knows which one it left with.
        let number: Int
        let header: String
        let secrets: SecretTexts
        var renewedAt: Timestamp
        /// It took the place of a token that was answered 401.
        let replacesRefused: Bool
        /// A call with it has been answered with something else than 401.
        var wasAccepted = false
        /// A call sent again with it was refused again: in this run another will not help either.
        var isLastOfRun = false
    }

    private struct Call: Sendable {
        let request: HTTPRequest
        /// The token it left with; 0 before it left.
        var token = 0
        var isSecondAttempt = false
    }

    private let margin: Duration
    private var held: Held?
    private var calls: [ExchangeID: Call] = [:]
    /// In the order they came.
    private var waiting: [ExchangeID] = []
    private var isAcquiring = false
    /// The credentials changed while a token was being asked for: its answer is of no use.
    private var mustRepeat = false
    private var replacesRefused = false
    private var lastNumber = 0

    /// - Parameter margin: how long before its end a token is replaced.
    package init(margin: Duration) {
        self.margin = margin
    }

    package mutating func handle(_ event: Event) -> [Action] {
        switch event {
        case .wanted(let id, let request, let now):
            calls[id] = Call(request: request)
            return leave(id, at: now)
        case .answered(let id, let response, let now):
            return answered(id, response, at: now)
        case .failed(let id):
            calls[id] = nil
            return []
        case .acquired(let token, let now): return acquired(token, at: now)
        case .refused(let failure, let now): return refused(failure, at: now)
        case .credentialsChanged:
            held = nil
            mustRepeat = isAcquiring
            return []
        case .runBegan:
            held?.isLastOfRun = false
            return []
        }
    }

    /// Sends a call with the token at hand, or has it wait for one.
    private mutating func leave(_ id: ExchangeID, at now: Timestamp) -> [Action] {
        if !isAcquiring, let held, now < held.renewedAt { return perform(id, held) }
        waiting.append(id)
        guard !isAcquiring else { return [] }
        isAcquiring = true
        return [.acquire]
    }

    private mutating func perform(_ id: ExchangeID, _ held: Held) -> [Action] {
        guard var call = calls[id] else { return [] }
        call.token = held.number
        calls[id] = call
        return [.perform(id, call.request.authorized(by: held.header), held.secrets)]
    }

    private mutating func answered(
        _ id: ExchangeID, _ response: HTTPResponse, at now: Timestamp
    ) -> [Action] {
        guard var call = calls[id] else { return [] }
        let isCurrent = held?.number == call.token
        guard response.status == 401 else {
            if isCurrent { held?.wasAccepted = true }
            calls[id] = nil
            return [.deliver(id, response)]
        }
        if isCurrent, call.isSecondAttempt { held?.isLastOfRun = true }
        guard !call.isSecondAttempt, !(isCurrent && isHopeless) else {
            calls[id] = nil
            return [.deliver(id, response)]
        }
        call.isSecondAttempt = true
        calls[id] = call
        if isCurrent {
            held = nil
            replacesRefused = true
        }
        return leave(id, at: now)
    }

    /// A token that replaced a refused one and is refused itself will not be helped by a third.
    private var isHopeless: Bool {
        guard let held else { return false }
        return held.isLastOfRun || held.replacesRefused && !held.wasAccepted
    }

    private mutating func acquired(_ token: AccessToken, at now: Timestamp) -> [Action] {
        guard isAcquiring else { return [] }
        if mustRepeat {
            mustRepeat = false
            return [.acquire]
        }
        isAcquiring = false
        lastNumber += 1
        let new = Held(
            token: token, number: lastNumber, header: "Bearer " + token.value,
            secrets: SecretTexts([token.value]), renewedAt: token.renewedAt(margin: margin),
            replacesRefused: replacesRefused)
        replacesRefused = false
        held = new
        return release { id, machine in machine.perform(id, new) }
    }

    /// A token that is not over yet goes on being used when it cannot be replaced early.
    private mutating func refused(_ failure: AccessTokenFailure, at now: Timestamp) -> [Action] {
        guard isAcquiring else { return [] }
        if mustRepeat {
            mustRepeat = false
            return [.acquire]
        }
        isAcquiring = false
        replacesRefused = false
        if var old = held, now < old.token.expiresAt {
            old.renewedAt = old.token.expiresAt
            held = old
            return release { id, machine in machine.perform(id, old) }
        }
        held = nil
        return release { id, machine in
            machine.calls[id] = nil
            return [.abandon(id, failure)]
        }
    }

    private mutating func release(
        _ act: (ExchangeID, inout CallAuthorization) -> [Action]
    ) -> [Action] {
        let ids = waiting
        waiting = []
        return ids.flatMap { act($0, &self) }
    }
}

extension HTTPRequest {
    /// With the header in its usual place, before all others. provisioning.md §7.1.
    fileprivate func authorized(by header: String) -> HTTPRequest {
        var request = self
        var headers = HTTPHeaders()
        headers.append("Authorization", header)
        headers.append(contentsOf: self.headers)
        request.headers = headers
        return request
    }
}
