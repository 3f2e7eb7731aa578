import SimHTTP

/// An answer on its way by a plan: bytes and steps in, what to do next out. Pure; the connection
/// carries it out.
struct Delivery {
    /// What the connection does next.
    enum Action: Hashable {
        case send([UInt8])
        /// Asks for `goOn(turn)` after so long.
        case wait(Duration, turn: UInt64)
        case reset
        case close
        case hang
        /// Everything was sent and the connection may go on.
        case finished
    }

    private let head: [UInt8]
    private let body: [UInt8]
    private var steps: ArraySlice<DeliveryStep>
    private var isHeadSent = false
    private var sentCount = 0
    private var waited = Duration.zero
    /// Between asking for a wait and its end.
    var isWaiting = false
    private(set) var isHanging = false
    /// Number of the wait under way: an old timer is not mistaken for a new one.
    private(set) var turn: UInt64 = 0

    /// - Parameter bytes: the whole answer as it would leave by itself.
    init(of response: HTTPResponse, as bytes: [UInt8], isHead: Bool) {
        let hasBody =
            !isHead && bytes.count >= response.body.count
            && response.status != 204 && response.status != 304
        let bodyCount = hasBody ? response.body.count : 0
        head = Array(bytes.dropLast(bodyCount))
        body = Array(bytes.suffix(bodyCount))
        steps = response.delivery[...]
    }

    /// The next action; nil while a wait or a hang lasts.
    mutating func next() -> Action? {
        guard !isWaiting, !isHanging else { return nil }
        guard let step = steps.popFirst() else {
            return isHeadSent && sentCount == body.count ? .finished : .close
        }
        switch step {
        case .wait(let time):
            return wait(time)
        case .head:
            isHeadSent = true
            return .send(head)
        case .body(let count): return .send(bodyPart(count))
        case .drip(let count, let time):
            guard sentCount < body.count else { return .send([]) }
            let part = bodyPart(max(1, count))
            if sentCount < body.count {
                steps = [.wait(time), .drip(bytes: count, every: time)] + steps
            }
            return .send(part)
        case .rest:
            let start = isHeadSent ? [] : head
            isHeadSent = true
            return .send(start + bodyPart(body.count))
        case .reset: return .reset
        case .close: return .close
        case .hang:
            isHanging = true
            return .hang
        }
    }

    private mutating func wait(_ time: Duration) -> Action {
        guard time > .zero else { return .send([]) }
        // A slow answer does not hold its connection longer than a hang would.
        waited += time
        guard waited <= DeliveryPlan.hangLimit else { return .close }
        isWaiting = true
        turn += 1
        return .wait(time, turn: turn)
    }

    private mutating func bodyPart(_ count: Int) -> [UInt8] {
        let part = body[sentCount..<min(body.count, sentCount + count)]
        sentCount += part.count
        return Array(part)
    }
}
