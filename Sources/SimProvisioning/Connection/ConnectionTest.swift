import SimCore
import SimHTTP

/// One call the shell is asked to make; unique within one machine.
package struct ExchangeID: Hashable, Comparable, Sendable {
    package let number: Int

    package init(_ number: Int) {
        self.number = number
    }

    package static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

/// Test Connection: a user query, then a group query. provisioning.md §7.3, §10.
package struct ConnectionTest: Sendable {
    package enum Event: Sendable {
        case started(at: Timestamp)
        case responded(ExchangeID, HTTPResponse, at: Timestamp)
        case failed(ExchangeID, ConnectionFailure, at: Timestamp)
        /// The call could not be made for want of an access token.
        case unauthenticated(ExchangeID, AccessTokenFailure, at: Timestamp)
    }

    package enum Action: Hashable, Sendable {
        case send(ExchangeID, HTTPRequest)
        case finish(ConnectionTestResult)
    }

    private let job: ProvisioningJob
    private let random: any RandomSource
    private let requestID: GUID
    private var probe: CredentialProbe?
    private var exchange = ExchangeID(0)
    private var isFinished = false

    package init(job: ProvisioningJob, random: any RandomSource) {
        self.job = job
        self.random = random
        requestID = random.guid(for: RandomPurpose("provisioning.test"))
    }

    package mutating func handle(_ event: Event) -> [Action] {
        guard !isFinished else { return [] }
        switch event {
        case .started(let time):
            probe = CredentialProbe(
                job: job, calls: SCIMCalls(job: job, activity: requestID, at: time),
                random: random)
            return next()
        case .responded(let id, let response, _):
            guard id == exchange, let probe else { return [] }
            if let failure = probe.failure(response) { return finish(failure) }
            return next()
        case .failed(let id, let failure, _):
            guard id == exchange, let probe else { return [] }
            return finish(probe.failure(failure))
        case .unauthenticated(let id, let failure, _):
            guard id == exchange else { return [] }
            return finish(failure.connectionFailure)
        }
    }

    private mutating func next() -> [Action] {
        guard let request = probe?.question() else { return finish(nil) }
        exchange = ExchangeID(exchange.number + 1)
        return [.send(exchange, request)]
    }

    private mutating func finish(_ failure: ConnectionTestResult.Failure?) -> [Action] {
        isFinished = true
        return [
            .finish(
                ConnectionTestResult(
                    displayName: job.displayName, requestID: requestID, failure: failure))
        ]
    }
}
