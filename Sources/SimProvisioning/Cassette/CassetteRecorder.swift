import SimCore
import SimDirectory
import SimHTTP

/// Whom a call of a cycle is about.
package struct CycleCall: Hashable, Sendable {
    package let key: ObjectKey
    /// Sent in the reference pass: a manager or members.
    package let isReference: Bool
}

/// Takes down the calls of a cycle under way, up to the limits of a cassette.
package struct CassetteRecorder: Sendable {
    private struct Take: Sendable {
        let call: CycleCall?
        let request: HTTPRequest
        var answer: Result<HTTPResponse, ConnectionFailure>?
    }

    /// What of a recording counts for its limits.
    package struct Limits: Sendable {
        package var exchanges = Cassette.exchangeLimit
        package var bytes = Cassette.byteLimit

        package init() {}
    }

    private let limits: Limits
    private var takes: [ExchangeID: Take] = [:]
    private var bytes = 0
    private var isCut = false

    package init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Notes a call that is sent now.
    package mutating func sent(_ exchange: ExchangeID, _ request: HTTPRequest, for call: CycleCall?)
    {
        guard takes.count < limits.exchanges, admits(request.body.count) else {
            isCut = true
            return
        }
        takes[exchange] = Take(call: call, request: request)
    }

    /// Notes how a call ended.
    package mutating func ended(
        _ exchange: ExchangeID, _ answer: Result<HTTPResponse, ConnectionFailure>
    ) {
        guard takes[exchange] != nil else { return }
        var size = 0
        if case .success(let response) = answer { size = response.body.count }
        guard admits(size) else {
            isCut = true
            takes[exchange] = nil
            return
        }
        takes[exchange]?.answer = answer
    }

    /// A call that was to be sent was not made after all.
    package mutating func neverSent(_ exchange: ExchangeID) {
        takes[exchange] = nil
    }

    /// Whether `count` more bytes fit; once some did not, none do.
    private mutating func admits(_ count: Int) -> Bool {
        bytes += count
        return bytes <= limits.bytes
    }

    /// What was recorded.
    ///
    /// - Parameters:
    ///   - before: the job's state when the cycle began; its links name objects that went.
    ///   - after: the state when it ended.
    package func cassette(
        job: ProvisioningJob, kind: CycleKind, snapshot: DirectorySnapshot,
        before: ProvisioningJobState, after: ProvisioningJobState
    ) -> Cassette {
        let sorted = takes.sorted { $0.key < $1.key }
        // An object's calls stand together: only their own order is the same from run to run.
        var places: [CycleCall: Int] = [:]
        for (exchange, take) in sorted {
            guard let call = take.call, places[call] == nil else { continue }
            places[call] = exchange.number
        }
        let ordered = sorted.sorted { left, right in
            let places = [left, right].map { entry in
                entry.value.call.flatMap { places[$0] } ?? 0
            }
            return (places[0], left.key.number) < (places[1], right.key.number)
        }
        var normaliser = CassetteNormaliser(
            job: job, snapshot: snapshot, states: [after, before])
        for (_, take) in ordered {
            if let call = take.call, case .success(let response)? = take.answer {
                normaliser.learn(call, response)
            }
        }
        let complete = ordered.compactMap { _, take in
            take.answer.map { normaliser.exchange(take.call, take.request, $0) }
        }
        return Cassette(
            app: job.displayName, kind: kind,
            isComplete: !isCut && complete.count == takes.count, exchanges: complete)
    }
}
