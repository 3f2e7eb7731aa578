import SimHTTP

/// An answer as its client gets it. Delays and cuts of a delivery plan are computed rather than
/// waited for: a drill about a slow endpoint takes no time.
struct DeliveredAnswer: Sendable {
    enum Outcome: Sendable {
        case answered(HTTPResponse)
        /// Why there was none, one line.
        case failed(String)
    }

    let outcome: Outcome
    /// How long it took on the way.
    let delay: Duration

    /// - Parameter patience: how long the client waits.
    init(_ response: HTTPResponse, patience: Duration) {
        var delay = Duration.zero
        var sent = 0
        var failure: String?
        steps: for step in response.delivery {
            switch step {
            case .wait(let time): delay += time
            case .head: continue
            case .body(let count): sent += min(count, response.body.count - sent)
            case .drip(let bytes, let every):
                let pieces = (response.body.count - sent + bytes - 1) / max(1, bytes)
                delay += every * max(0, pieces)
                sent = response.body.count
            case .rest: sent = response.body.count
            case .reset:
                failure = "the connection was reset"
                break steps
            case .close: break steps
            case .hang:
                delay = patience + .seconds(1)
                break steps
            }
        }
        self.delay = min(delay, patience)
        let announced = response.headers["Content-Length"].flatMap { Int($0) }
        if delay > patience {
            outcome = .failed("no answer within \(patience.components.seconds) s")
        } else if let failure {
            outcome = .failed(failure)
        } else if !response.delivery.isEmpty,
            sent < response.body.count || (announced ?? 0) > response.body.count
        {
            outcome = .failed("the answer ended early")
        } else {
            outcome = .answered(response)
        }
    }
}
