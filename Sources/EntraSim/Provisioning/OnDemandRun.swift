import SimCore
import SimHTTP
import SimPortal
import SimProvisioning
import Synchronization

/// Provisioning on demand under way, on the provisioning loop, between two cycles of its job.
final class OnDemandRun: Sendable {
    private struct State {
        var machine: OnDemandProvisioning
        var isFinished = false
    }

    private let runner: JobRunner
    private let connection: TargetConnection
    private let completion: @Sendable (Result<OnDemandAnswer, ControlError>) -> Void
    private let state: Mutex<State>

    init(
        _ machine: OnDemandProvisioning, runner: JobRunner, connection: TargetConnection,
        completion: @escaping @Sendable (Result<OnDemandAnswer, ControlError>) -> Void
    ) {
        self.runner = runner
        self.connection = connection
        self.completion = completion
        state = Mutex(State(machine: machine))
    }

    func start() {
        feed(.started(at: runner.environment.clock.now))
    }

    private func feed(_ event: ProvisioningCycle.Event) {
        let actions = state.withLock { $0.isFinished ? [] : $0.machine.handle(event) }
        for action in actions {
            switch action {
            case .send(let exchange, let request): send(exchange, request)
            case .record(let records):
                do throws(ControlError) {
                    try runner.record(records)
                } catch {
                    return end(.failure(error))
                }
            case .finish(let answer): end(.success(answer))
            }
        }
    }

    private func send(_ exchange: ExchangeID, _ request: HTTPRequest) {
        connection.send(request) { call in
            let now = self.runner.environment.clock.now
            switch call.result {
            case .success(let response): self.feed(.responded(exchange, response, at: now))
            case .failure(.connection(.cancelled)):
                self.end(.failure(.conflict("the simulator is stopping")))
            case .failure(.connection(let failure)):
                self.feed(.failed(exchange, failure, at: now))
            case .failure(.accessToken(let failure)):
                self.feed(.unauthenticated(exchange, failure, at: now))
            }
        }
    }

    private func end(_ outcome: Result<OnDemandAnswer, ControlError>) {
        let isFirst = state.withLock { state in
            defer { state.isFinished = true }
            return !state.isFinished
        }
        if isFirst { completion(outcome) }
    }
}
