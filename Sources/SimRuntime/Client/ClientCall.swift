import SimCore
import SimCrypto
import SimHTTP
import Synchronization

/// The end of an outbound request.
package typealias ClientCompletion = @Sendable (Result<HTTPResponse, ConnectionFailure>) -> Void

/// One outbound request on its way to the client's loop.
struct ClientCall: Sendable {
    let id: UInt64
    let request: HTTPRequest
    let origin: Origin
    let trust: TrustStore
    let verificationTime: Timestamp?
    let timeouts: ClientTimeouts
    let isCancelled: CancellationFlag
    let completion: ClientCompletion

    /// Whether sending it twice is as good as once. RFC 9110 §9.2.2.
    var isIdempotent: Bool {
        [.get, .head, .put, .delete, .options].contains(request.method)
    }
}

/// Set when the caller's task is cancelled, maybe before the call reaches the loop.
final class CancellationFlag: Sendable {
    private let flag = Atomic<Bool>(false)

    var isSet: Bool { flag.load(ordering: .acquiring) }

    func set() {
        flag.store(true, ordering: .releasing)
    }
}

/// What other threads tell the client's loop.
enum ClientMessage: Sendable {
    case perform(ClientCall)
    case cancel(UInt64)
    /// Empty when the name could not be resolved.
    case resolved(host: String, [SocketAddress])
    case stop
}

/// What the pool is keyed by: https connections with different trust are never shared.
struct PoolKey: Hashable {
    let origin: Origin
    let trust: TrustStore?
}
