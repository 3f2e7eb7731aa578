import SimCore
import SimHTTP
import Synchronization

/// One request and its answer, without secrets.
struct Exchange: Hashable, Sendable {
    enum Direction: String, CaseIterable, Sendable {
        /// A client called the simulator.
        case inbound
        /// The provisioning service called a target.
        case outbound
    }

    let number: UInt64
    let at: Timestamp
    let direction: Direction
    let method: String
    /// Path and query; values of secret parameters replaced.
    let target: String
    /// nil when the connection failed.
    let status: Int?
    /// What went wrong in one word: an error number, a connection failure.
    let note: String?
    /// Bodies of provisioning calls, at most `RequestJournal.bodyByteLimit` each.
    let requestBody: [UInt8]
    let responseBody: [UInt8]
}

/// The last exchanges, oldest first. A ring: it never grows past its limit.
final class RequestJournal: Sendable {
    static let exchangeLimit = 10_000
    static let bodyByteLimit = 16 * 1_024

    private struct State {
        var ring: [Exchange] = []
        var next = 0
        var count: UInt64 = 0
    }

    private let state = Mutex(State())

    /// Parameters whose value never enters a journal.
    private static let secretParameters: Set<String> = [
        "code", "client_secret", "client_assertion", "assertion", "refresh_token", "access_token",
        "id_token", "id_token_hint", "password", "passwd", "token", "secret", "SAMLResponse",
        "SAMLRequest", "code_verifier", "login_token", "flow",
    ]

    func record(
        at: Timestamp, direction: Exchange.Direction, request: HTTPRequest, status: Int?,
        note: String? = nil, responseBody: [UInt8] = []
    ) {
        let isOutbound = direction == .outbound
        let requestBody = isOutbound ? Array(request.body.prefix(Self.bodyByteLimit)) : []
        let responseBody = isOutbound ? Array(responseBody.prefix(Self.bodyByteLimit)) : []
        let target = Self.redacted(request.target)
        state.withLock { state in
            state.count += 1
            let exchange = Exchange(
                number: state.count, at: at, direction: direction, method: request.method.rawValue,
                target: target, status: status, note: note, requestBody: requestBody,
                responseBody: responseBody)
            if state.ring.count < Self.exchangeLimit {
                state.ring.append(exchange)
            } else {
                state.ring[state.next] = exchange
                state.next = (state.next + 1) % Self.exchangeLimit
            }
        }
    }

    /// Number of exchanges ever recorded; the number of the latest one.
    var count: UInt64 { state.withLock { $0.count } }

    /// Exchanges with a number above `number`, oldest first.
    func exchanges(after number: UInt64 = 0) -> [Exchange] {
        state.withLock { state in
            let ordered = state.ring[state.next...] + state.ring[..<state.next]
            return ordered.filter { $0.number > number }
        }
    }

    /// The target with secret query values replaced. A target without a query is not copied.
    static func redacted(_ target: String) -> String {
        guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return target }
        let query = target[target.utf8.index(after: mark)...]
        let pieces = query.split(separator: "&", omittingEmptySubsequences: false).map { piece in
            guard let equals = piece.firstIndex(of: "="),
                secretParameters.contains(String(piece[..<equals]))
            else { return String(piece) }
            return piece[...equals] + "‹redacted›"
        }
        return target[...mark] + pieces.joined(separator: "&")
    }
}
