import Dispatch
import EntraSimCLI
import SimCore
import SimCrypto
import SimHTTP
import SimRuntime
import Synchronization

/// The control API over the network: one request at a time, waiting for its answer.
struct NetworkTransport: ControlTransport {
    /// A cycle or an advance of the clock is answered when it has ended.
    private static let timeouts = ClientTimeouts(
        connect: .seconds(5), tlsHandshake: .seconds(10), response: .seconds(3_600))

    func send(
        _ method: String, _ path: String, _ body: JSONValue?, to address: ControlAddress
    ) throws(TransportFailure) -> ControlReply {
        guard let (origin, base) = Origin.parse(address.url) else {
            throw .unreachable(reason: "this is not an address")
        }
        var request = HTTPRequest(
            method: HTTPMethod(rawValue: method), target: (base == "/" ? "" : base) + path)
        if let token = address.token { request.headers.append("Authorization", "Bearer \(token)") }
        if let body {
            request.headers.append("Content-Type", "application/json")
            request.body = body.serialized
        }
        let trust = try Self.trust(address.caFile)
        let client: HTTPClient
        do throws(SocketFailure) {
            client = try HTTPClient()
        } catch {
            throw .broken(reason: "\(error)")
        }
        let answer = Mutex<Result<HTTPResponse, ConnectionFailure>>(.failure(.cancelled))
        let isDone = DispatchSemaphore(value: 0)
        client.perform(request, to: origin, trust: trust, timeouts: Self.timeouts) { result in
            answer.withLock { $0 = result }
            isDone.signal()
        }
        isDone.wait()
        client.stop()
        switch answer.withLock({ $0 }) {
        case .success(let response):
            return ControlReply(status: response.status, body: response.body)
        case .failure(let failure): throw Self.failure(failure)
        }
    }

    private static func trust(_ caFile: String?) throws(TransportFailure) -> TrustStore {
        guard let caFile else { return .system }
        let pem: [UInt8]
        do throws(FileFailure) {
            pem = try FileAccess.read(caFile)
        } catch {
            throw .untrusted(reason: "cannot read '\(caFile)': \(error.reason)")
        }
        do throws(CryptoError) {
            return .certificates(
                try Certificate.all(inPEM: String(decoding: pem, as: UTF8.self)))
        } catch {
            throw .untrusted(reason: "'\(caFile)' holds no certificate")
        }
    }

    private static func failure(_ failure: ConnectionFailure) -> TransportFailure {
        switch failure {
        case .nameNotResolved(let host): .unreachable(reason: "'\(host)' is not known")
        case .refused: .unreachable(reason: "connection refused")
        case .unreachable: .unreachable(reason: "host unreachable")
        case .timedOut(.connect): .unreachable(reason: "no answer in time")
        case .timedOut(.tlsHandshake): .broken(reason: "the TLS handshake took too long")
        case .timedOut(.response): .broken(reason: "the answer took too long")
        case .reset: .broken(reason: "connection reset")
        case .tlsUntrusted(_, let reason): .untrusted(reason: reason)
        case .tlsFailed(let reason): .broken(reason: reason)
        case .malformedResponse(let reason): .broken(reason: reason)
        case .responseTooLarge(let limit): .broken(reason: "an answer of over \(limit) bytes")
        case .cancelled: .broken(reason: "cancelled")
        }
    }
}
