import SimCore
import SimCrypto
import SimIdentity

/// What is known of the keys of foreign issuers, and when it has to be asked for again. Pure; the
/// times are the machine's, because a real network is on the other side.
struct IssuerKeyBook: Sendable {
    /// Where the documents of an issuer are.
    enum Place: Hashable, Sendable {
        /// Given at the start: nothing is fetched.
        case given
        /// Behind the issuer's own discovery document. OpenID Connect Discovery §4.
        case discovery
        /// Address of its key set.
        case address(String)
    }

    /// How long fetched keys are believed. identity-platform.md §6.
    static let lifetime: Duration = .hours(24)
    /// Time between two fetches for the sake of a key that is not among them. The same.
    static let refetchInterval: Duration = .minutes(5)
    /// Time until an issuer that could not be read is asked once more.
    static let retryInterval: Duration = .seconds(5)

    private struct Entry: Sendable {
        let place: Place
        var keys: JSONWebKeySet?
        var askedAt: Timestamp?
        /// Why the last fetch brought nothing.
        var failure: String?
    }

    private var entries: [String: Entry] = [:]

    /// Names an issuer whose keys are fetched.
    mutating func trust(_ issuer: String, at place: Place) {
        entries[issuer] = Entry(place: place)
    }

    /// Names an issuer with its keys.
    mutating func trust(_ issuer: String, keys: JSONWebKeySet) {
        entries[issuer] = Entry(place: .given, keys: keys)
    }

    /// The same book with what is known already of issuers whose keys come from where they came
    /// from before.
    func keeping(_ before: IssuerKeyBook) -> IssuerKeyBook {
        var book = self
        for (issuer, entry) in entries where entry.place != .given {
            guard let known = before.entries[issuer], known.place == entry.place else { continue }
            book.entries[issuer] = known
        }
        return book
    }

    /// Issuers, by name.
    var issuers: [String] { entries.keys.sorted() }

    /// Whether anything may ever be fetched.
    var fetches: Bool { entries.values.contains { $0.place != .given } }

    /// Where to ask before a request with this question is answered; nil when what is known will
    /// do, or when it was asked a moment ago.
    func placeToAsk(_ question: IssuerQuestion, now: Timestamp) -> Place? {
        guard let entry = entries[question.issuer], entry.place != .given else { return nil }
        guard let askedAt = entry.askedAt else { return entry.place }
        let age = now - askedAt
        guard let keys = entry.keys, entry.failure == nil else {
            return age >= Self.retryInterval ? entry.place : nil
        }
        if age >= Self.lifetime { return entry.place }
        let isKnown = keys.key(question.keyID) != nil
        return !isKnown && age >= Self.refetchInterval ? entry.place : nil
    }

    /// Takes what a fetch brought, unless the keys come from elsewhere by now. Keys known before
    /// outlive a fetch that failed.
    mutating func note(
        _ result: Result<JSONWebKeySet, IssuerFetchFailure>, of issuer: String, from place: Place,
        at now: Timestamp
    ) {
        guard var entry = entries[issuer], entry.place == place else { return }
        entry.askedAt = now
        switch result {
        case .success(let keys):
            entry.keys = keys
            entry.failure = nil
        case .failure(let failure): entry.failure = failure.message
        }
        entries[issuer] = entry
    }

    func key(of issuer: String, id: String?) -> IssuerKey {
        guard let keys = entries[issuer]?.keys else { return .unreachable }
        return keys.key(id).map { .found($0) } ?? .notFound
    }

    /// What a person should know of an issuer whose key could not be had; nil when all is well.
    func trouble(with issuer: String) -> String? {
        guard let entry = entries[issuer] else {
            return "no keys of '\(issuer)' are known here: name it with --trust-issuer, or under "
                + "\"issuers\" in the fixture"
        }
        return entry.failure.map { "the keys of '\(issuer)' could not be fetched: \($0)" }
    }
}

/// Why an issuer's keys could not be fetched, for a person.
struct IssuerFetchFailure: Error, Hashable, Sendable {
    let message: String
}
