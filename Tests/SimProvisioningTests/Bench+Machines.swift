import SimCore
import SimHTTP

@testable import SimProvisioning

// What an administrator does beside the cycles.
extension Bench {
    /// Provisions one object on demand against the bench's target; nil when it did not end.
    mutating func provision(_ request: OnDemandRequest) throws -> OnDemandAnswer? {
        target.forgetCalls()
        var machine = OnDemandProvisioning(
            request, job: try directory.job(settings), state: state,
            snapshot: directory.snapshot, random: SeededRandom(seed: 5))
        var waiting: [(ExchangeID, HTTPRequest)] = []
        var answer: OnDemandAnswer?
        var actions = machine.handle(.started(at: now))
        for _ in 0..<100 {
            for action in actions {
                switch action {
                case .send(let id, let request): waiting.append((id, request))
                case .record(let records): for record in records { apply(record) }
                case .finish(let end): answer = end
                }
            }
            guard !waiting.isEmpty else { break }
            let (id, request) = waiting.removeFirst()
            switch target.answer(request) {
            case .success(let response):
                actions = machine.handle(.responded(id, response, at: now))
            case .failure(let failure):
                actions = machine.handle(.failed(id, failure, at: now))
            }
        }
        return answer
    }

    /// Test Connection against the bench's target; nil when it did not end.
    mutating func testConnection() throws -> ConnectionTestResult? {
        target.forgetCalls()
        var test = ConnectionTest(
            job: try directory.job(settings), random: SeededRandom(seed: 5))
        var actions = test.handle(.started(at: now))
        while let action = actions.first {
            switch action {
            case .finish(let result): return result
            case .send(let id, let request):
                switch target.answer(request) {
                case .success(let response):
                    actions = test.handle(.responded(id, response, at: now))
                case .failure(let failure):
                    actions = test.handle(.failed(id, failure, at: now))
                }
            }
        }
        return nil
    }
}
