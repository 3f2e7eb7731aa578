import SimCore
import SimCrypto
import SimHTTP
import SimRuntime

/// A caller of the control API that waits for each answer: for the command line.
package struct ControlClient {
    /// Why there was no answer.
    package enum Failure: Error, Hashable, Sendable {
        case unreachable(reason: String)
        case untrusted(reason: String)
        case broken(reason: String)
    }

    /// A cycle of a large tenant, or an advance of weeks, is answered when it has ended.
    private static let timeouts = ClientTimeouts(response: .seconds(3_600))

    private let origin: Origin
    private let token: String?
    private let trust: TrustStore
    private let client: HTTPClient

    /// - Parameter authorityFile: PEM of the simulator's CA; nil for the system's authorities.
    package init(url: String, token: String?, authorityFile: String?) throws(Failure) {
        guard let origin = Origin.parse(url)?.origin else {
            throw .broken(reason: "'\(url)' is no address")
        }
        self.origin = origin
        self.token = token
        if let file = authorityFile {
            do {
                let text = String(decoding: try FileAccess.read(file), as: UTF8.self)
                trust = .certificates(try Certificate.all(inPEM: text))
            } catch {
                throw .untrusted(reason: "the CA file '\(file)' cannot be used")
            }
        } else {
            trust = .system
        }
        do throws(SocketFailure) {
            client = try HTTPClient()
        } catch {
            throw .broken(reason: error.description)
        }
    }

    package func send(
        _ method: String, _ path: String, _ body: JSONValue?
    ) throws(Failure) -> (status: Int, body: [UInt8]) {
        var headers: HTTPHeaders = ["Accept": "application/json"]
        if let token { headers.append("Authorization", "Bearer \(token)") }
        if body != nil { headers.append("Content-Type", "application/json") }
        let request = HTTPRequest(
            method: HTTPMethod(rawValue: method), target: path, headers: headers,
            body: body?.serialized ?? [])
        do throws(ConnectionFailure) {
            let response = try client.performAndWait(
                request, to: origin, trust: trust, timeouts: Self.timeouts)
            return (response.status, response.body)
        } catch {
            switch error {
            case .nameNotResolved, .refused, .unreachable, .timedOut:
                throw .unreachable(reason: error.explanation)
            case .tlsUntrusted: throw .untrusted(reason: error.explanation)
            case .reset, .tlsFailed, .malformedResponse, .responseTooLarge, .cancelled:
                throw .broken(reason: error.explanation)
            }
        }
    }
}
