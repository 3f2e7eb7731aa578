import SimCore
import SimHTTP
import SimProvisioning
import Synchronization

/// A machine that asks for calls and ends with a result, as the shell drives it.
protocol ExchangeMachine: Sendable {
    associatedtype Outcome: Sendable

    mutating func handle(_ report: ExchangeReport, at now: Timestamp) -> [ExchangeStep<Outcome>]
}

/// What the shell tells a machine.
enum ExchangeReport: Sendable {
    case started
    case responded(ExchangeID, HTTPResponse)
    case failed(ExchangeID, ConnectionFailure)
    case unauthenticated(ExchangeID, AccessTokenFailure)
}

/// What a machine asks the shell for.
enum ExchangeStep<Outcome: Sendable>: Sendable {
    case send(ExchangeID, HTTPRequest)
    case finish(Outcome)
}

/// A machine under way on the provisioning loop.
final class MachineRun<Machine: ExchangeMachine>: Sendable {
    private let machine: Mutex<Machine>
    private let connection: TargetConnection
    private let completion: @Sendable (Machine.Outcome) -> Void

    init(
        _ machine: Machine, over connection: TargetConnection,
        completion: @escaping @Sendable (Machine.Outcome) -> Void
    ) {
        self.machine = Mutex(machine)
        self.connection = connection
        self.completion = completion
    }

    func start() {
        connection.environment.loop.execute { self.feed(.started) }
    }

    private func feed(_ report: ExchangeReport) {
        let now = connection.environment.clock.now
        let steps = machine.withLock { $0.handle(report, at: now) }
        for step in steps {
            switch step {
            case .finish(let outcome): completion(outcome)
            case .send(let exchange, let request):
                connection.send(request) { call in
                    switch call.result {
                    case .success(let response): self.feed(.responded(exchange, response))
                    case .failure(.connection(let failure)):
                        self.feed(.failed(exchange, failure))
                    case .failure(.accessToken(let failure)):
                        self.feed(.unauthenticated(exchange, failure))
                    }
                }
            }
        }
    }
}

/// Test Connection as an exchange machine.
struct ConnectionTestMachine: ExchangeMachine {
    private var test: ConnectionTest

    init(_ test: ConnectionTest) {
        self.test = test
    }

    mutating func handle(
        _ report: ExchangeReport, at now: Timestamp
    ) -> [ExchangeStep<ConnectionTestResult>] {
        let event: ConnectionTest.Event =
            switch report {
            case .started: .started(at: now)
            case .responded(let exchange, let response): .responded(exchange, response, at: now)
            case .failed(let exchange, let failure): .failed(exchange, failure, at: now)
            case .unauthenticated(let exchange, let failure):
                .unauthenticated(exchange, failure, at: now)
            }
        return test.handle(event).map { action in
            switch action {
            case .send(let exchange, let request): .send(exchange, request)
            case .finish(let result): .finish(result)
            }
        }
    }
}

/// A preview as an exchange machine; it ends with what it found and how.
struct PreviewMachine: ExchangeMachine {
    struct Found: Sendable {
        let preview: SimProvisioning.CyclePreview
        let summary: CycleSummary
    }

    private var preview: SimProvisioning.CyclePreview

    init(_ preview: SimProvisioning.CyclePreview) {
        self.preview = preview
    }

    mutating func handle(_ report: ExchangeReport, at now: Timestamp) -> [ExchangeStep<Found>] {
        let event: ProvisioningCycle.Event =
            switch report {
            case .started: .started(at: now)
            case .responded(let exchange, let response): .responded(exchange, response, at: now)
            case .failed(let exchange, let failure): .failed(exchange, failure, at: now)
            case .unauthenticated(let exchange, let failure):
                .unauthenticated(exchange, failure, at: now)
            }
        return preview.handle(event).map { action in
            switch action {
            case .send(let exchange, let request): .send(exchange, request)
            case .finish(let summary): .finish(Found(preview: preview, summary: summary))
            }
        }
    }
}
