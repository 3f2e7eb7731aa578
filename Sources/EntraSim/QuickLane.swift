import SimCore
import SimHTTP
import SimIdentity
import Synchronization

/// Answers plain requests for published documents from bytes to bytes, for one loop.
///
/// Each loop has a lane of its own, with its own copies: what two cores count and copy in one
/// place costs more than all the rest of such an answer.
final class QuickLane: QuickAnswers {
    /// Field names that change what an answer is begin like that.
    private static let ownPrefix = "x-entra-sim-"

    private let identity: IdentityPlatform
    private let clock: VirtualClock
    private let faults: FaultDesk
    private let metrics: Metrics
    private let journal: RequestJournal
    private let number: Int
    private let answers: [LoopAnswer]
    private let numbers: [String: Int]
    /// The document asked for last, and its number; mostly it is asked for again.
    private var latest: (answer: LoopAnswer, number: Int)?

    /// nil where every request is told of as it is answered.
    ///
    /// - Parameter number: of the journal's lane.
    init?(_ services: SimulatorServices, number: Int) {
        guard !services.logsRequests else { return nil }
        identity = services.identity
        clock = services.clock
        faults = services.faults
        metrics = services.metrics
        journal = services.journal
        self.number = number
        let published = services.identity.published.answers
        answers = published.map { LoopAnswer($0) }
        numbers = Dictionary(
            published.enumerated().map { ($0.element.target, $0.offset) },
            uniquingKeysWith: { first, _ in first })
    }

    func answer(
        _ request: PlainRequest, in bytes: Span<UInt8>, from address: String,
        into output: inout [UInt8]
    ) -> Bool {
        guard !faults.isArmed, let (answer, document) = published(request, bytes),
            let host = request.value(of: "host", in: bytes),
            SharedHost.isShared(bytes.extracting(host)),
            !(request.hasExtensions && request.hasField(prefix: Self.ownPrefix, in: bytes)),
            !request.mayHaveCookie(BrowserBinding.cookieName, in: bytes)
        else { return false }
        let asked = request.value(of: "client-request-id", in: bytes)
            .flatMap { GUID(text: bytes.extracting($0)) }
        let marks = identity.publishedMarks(asked: asked, now: clock.now)
        answer.append(to: &output, marks)
        metrics.countRequest(.login, status: 200)
        journal.record(
            PublishedExchange(
                document: document, marks: marks,
                head: Self.copy(bytes.extracting(request.start..<request.end)),
                address: address),
            lane: number)
        return true
    }

    /// The document asked for, where it is published.
    private func published(
        _ request: PlainRequest, _ bytes: Span<UInt8>
    ) -> (answer: LoopAnswer, number: Int)? {
        if let latest, latest.answer.isAsked(in: bytes, request.target) {
            return latest.answer.isKeyDocument && identity.keysMayHaveChanged ? nil : latest
        }
        let target = Self.copy(bytes.extracting(request.target))
        guard let number = numbers[String(decoding: target, as: UTF8.self)] else { return nil }
        let found = (answers[number], number)
        latest = found
        return found.0.isKeyDocument && identity.keysMayHaveChanged ? nil : found
    }

    private static func copy(_ bytes: Span<UInt8>) -> [UInt8] {
        bytes.withUnsafeBufferPointer { Array($0) }
    }
}
