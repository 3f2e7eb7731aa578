import SimCore
import SimCrypto
import SimHTTP
import SimIdentity
import SimRuntime
import Synchronization

/// The keys of the foreign issuers that somebody named, for the login endpoint: given
/// beforehand, or fetched when a request needs one. Nobody else's address is ever asked.
final class IssuerKeys: TrustedIssuerKeys {
    typealias Waiter = @Sendable () -> Void

    private struct State {
        var book: IssuerKeyBook
        /// Requests that wait for the keys of an issuer.
        var waiting: [String: [Waiter]] = [:]
    }

    /// Most requests that wait for one issuer; further ones are answered with what is known.
    static let waiterLimit = 256
    /// The network is real, so its times are the machine's.
    private let clock: any SimulationClock
    /// Anything may ever be fetched.
    private let fetches: Atomic<Bool>
    private let state: Mutex<State>

    init(_ book: IssuerKeyBook, clock: any SimulationClock) {
        self.clock = clock
        fetches = Atomic(book.fetches)
        state = Mutex(State(book: book))
    }

    /// Trusts the issuers of another book instead; what was fetched is not asked for again.
    func trust(_ book: IssuerKeyBook) {
        state.withLock { $0.book = book.keeping($0.book) }
        fetches.store(book.fetches, ordering: .relaxed)
    }

    func key(of issuer: String, id: String?) -> IssuerKey {
        state.withLock { $0.book.key(of: issuer, id: id) }
    }

    func trouble(with issuer: String) -> String? {
        state.withLock { $0.book.trouble(with: issuer) }
    }

    /// Where the keys a request needs have to be asked for before it is answered.
    ///
    /// - Parameter question: the request's; asked only when anything may be fetched at all.
    func mustAsk(
        _ question: @autoclosure () -> IssuerQuestion?
    ) -> (issuer: String, place: IssuerKeyBook.Place)? {
        guard fetches.load(ordering: .relaxed), let question = question() else { return nil }
        let now = clock.now
        return state.withLock { $0.book.placeToAsk(question, now: now) }.map {
            (question.issuer, $0)
        }
    }

    /// Fetches an issuer's keys, once for all who wait, then lets them go on.
    func ask(
        _ issuer: String, at place: IssuerKeyBook.Place, over network: ProvisioningEnvironment,
        then: @escaping Waiter
    ) {
        let (isFirst, isFull) = state.withLock { state in
            let waiting = state.waiting[issuer]
            guard (waiting?.count ?? 0) < Self.waiterLimit else { return (false, true) }
            state.waiting[issuer, default: []].append(then)
            return (waiting == nil, false)
        }
        if isFull { return then() }
        if isFirst {
            let fetch = IssuerFetch(issuer, at: place)
            perform(fetch.first, fetch, of: issuer, over: network)
        }
    }

    private func perform(
        _ step: IssuerFetch.Step, _ fetch: IssuerFetch, of issuer: String,
        over network: ProvisioningEnvironment
    ) {
        switch step {
        case .finish(let result): finish(result, of: issuer, from: fetch.place)
        case .get(let url):
            guard let (origin, target) = Origin.parse(url) else {
                return perform(
                    fetch.failed("is no address"), fetch, of: issuer, over: network)
            }
            let request = HTTPRequest(
                method: .get, target: target, headers: ["Accept": "application/json"])
            network.look(request, at: origin, timeouts: Self.timeouts) { result in
                var next = fetch
                let step =
                    switch result {
                    case .success(let response): next.answered(response)
                    case .failure(let failure): next.failed(failure.explanation)
                    }
                self.perform(step, next, of: issuer, over: network)
            }
        }
    }

    private static let timeouts = ClientTimeouts(
        connect: .seconds(5), tlsHandshake: .seconds(5), response: .seconds(5))

    private func finish(
        _ result: Result<JSONWebKeySet, IssuerFetchFailure>, of issuer: String,
        from place: IssuerKeyBook.Place
    ) {
        let now = clock.now
        let waiting = state.withLock { state in
            state.book.note(result, of: issuer, from: place, at: now)
            return state.waiting.removeValue(forKey: issuer) ?? []
        }
        for waiter in waiting { waiter() }
    }
}
