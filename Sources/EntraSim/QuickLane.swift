import SimCore
import SimHTTP
import SimIdentity
import Synchronization

/// Answers plain requests for published documents from bytes to bytes, for one loop.
///
/// Each loop has a lane of its own, with its own copies: what two cores count and copy in one
/// place costs more than all the rest of such an answer.
final class QuickLane: Sendable {
    private struct State {
        var answers: [PreparedAnswer] = []
        /// By the hash of the target; of two alike the second is answered as ever.
        var numbers: [UInt64: Int] = [:]
    }

    /// Fields that change what an answer is.
    private static let ownPrefix = "x-entra-sim-"

    private let identity: IdentityPlatform
    private let clock: VirtualClock
    private let faults: FaultDesk
    private let metrics: Metrics
    private let journal: RequestJournal
    private let number: Int
    private let state: Mutex<State>

    /// nil where every request is told of as it is answered.
    init?(_ services: SimulatorServices, number: Int) {
        guard !services.logsRequests else { return nil }
        identity = services.identity
        clock = services.clock
        faults = services.faults
        metrics = services.metrics
        journal = services.journal
        self.number = number
        var state = State()
        state.answers = services.identity.published.answers.map(\.copy)
        for (index, answer) in state.answers.enumerated() {
            let hash = PlainRequest.hash(of: answer.target)
            if state.numbers[hash] == nil { state.numbers[hash] = index }
        }
        self.state = Mutex(state)
    }

    func answer(
        _ request: PlainRequest, in bytes: Span<UInt8>, from address: String,
        into output: inout [UInt8]
    ) -> Bool {
        guard !faults.isArmed, !request.hasField(prefix: Self.ownPrefix, in: bytes) else {
            return false
        }
        let asked = request.value(of: "client-request-id", in: bytes)
            .flatMap { GUID(Self.text(bytes, $0)) }
        return state.withLock { state in
            guard let index = state.numbers[request.targetHash],
                Self.isSame(bytes, request.target, state.answers[index].target),
                !(state.answers[index].isKeyDocument && identity.keysMayHaveChanged)
            else { return false }
            let marks = identity.publishedMarks(asked: asked, now: clock.now)
            state.answers[index].append(to: &output, marks)
            metrics.countRequest(.login, status: 200)
            journal.record(
                PublishedExchange(
                    document: index, marks: marks,
                    head: Self.copy(bytes, request.start..<request.end), address: address),
                lane: number)
            return true
        }
    }

    private static func isSame(
        _ bytes: Span<UInt8>, _ range: Range<Int>, _ text: String
    ) -> Bool {
        let wanted = text.utf8Span.span
        guard wanted.count == range.count else { return false }
        for index in wanted.indices where wanted[index] != bytes[range.lowerBound + index] {
            return false
        }
        return true
    }

    private static func copy(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
        bytes.extracting(range).withUnsafeBufferPointer { Array($0) }
    }

    private static func text(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
        String(decoding: copy(bytes, range), as: UTF8.self)
    }
}

/// The lanes of the loops of one front door.
final class QuickLanes: Sendable {
    /// Loops above so many share.
    static let count = 8

    private let lanes = InlineArray<8, AtomicLazyReference<QuickLane>> { _ in
        AtomicLazyReference()
    }

    /// The lane of a loop, made when it is first asked for; nil where there are none.
    func lane(_ loop: Int, _ services: () -> SimulatorServices?) -> QuickLane? {
        let index = loop & (Self.count - 1)
        if let lane = lanes[index].load() { return lane }
        guard let services = services(), let lane = QuickLane(services, number: index) else {
            return nil
        }
        return lanes[index].storeIfNil(lane)
    }
}
