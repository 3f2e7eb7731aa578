import Dispatch
import Foundation
import SimCore
import SimCrypto
import SimHTTP
import SimRuntime
import Synchronization

/// Recorded requests sent again, in their order, by a client that does nothing else: the same
/// HTTP client, the same number in flight, the same TLS as the provisioning service has.
enum Replay {
    /// As many calls overlap in a provisioning cycle.
    private static let parallelism = 8

    /// - Returns: nanoseconds, and how many answers were errors.
    static func run(
        _ requests: [HTTPRequest], on server: BenchServer
    ) throws -> (nanoseconds: Int64, errors: Int) {
        guard let base = server.ready["baseURL"]?.stringValue,
            let origin = Origin.parse(base)?.origin,
            let authority = server.ready["caFile"]?.stringValue
        else { throw BenchFailure("the ready-file lacks the address or the authority") }
        let pem = try String(contentsOfFile: authority, encoding: .utf8)
        let trust = TrustStore.certificates([try Certificate(pem: pem)])
        let sender = Sender(
            requests, client: try HTTPClient(), origin: origin, trust: trust)
        let began = Measures.wall
        let errors = sender.run(parallelism: parallelism)
        return (Measures.wall - began, errors)
    }

    /// Sends the next request whenever an answer arrives.
    private final class Sender: Sendable {
        private struct Progress {
            var next = 0
            var answered = 0
            var errors = 0
        }

        private let requests: [HTTPRequest]
        private let client: HTTPClient
        private let origin: Origin
        private let trust: TrustStore
        private let progress = Mutex(Progress())
        private let finished = DispatchSemaphore(value: 0)

        init(
            _ requests: [HTTPRequest], client: HTTPClient, origin: Origin, trust: TrustStore
        ) {
            self.requests = requests
            self.client = client
            self.origin = origin
            self.trust = trust
        }

        func run(parallelism: Int) -> Int {
            for _ in 0..<min(parallelism, requests.count) { send() }
            if !requests.isEmpty { finished.wait() }
            client.stop()
            return progress.withLock { $0.errors }
        }

        private func send() {
            let place = progress.withLock { progress in
                defer { progress.next += 1 }
                return progress.next
            }
            guard place < requests.count else { return }
            client.perform(requests[place], to: origin, trust: trust) { result in
                let isError =
                    switch result {
                    case .success(let response): response.status >= 400
                    case .failure: true
                    }
                let isLast = self.progress.withLock { progress in
                    progress.answered += 1
                    if isError { progress.errors += 1 }
                    return progress.answered == self.requests.count
                }
                if isLast { self.finished.signal() } else { self.send() }
            }
        }
    }
}
