import SimCore
import SimFaults
import SimPortal

extension Simulator {
    /// Every request the simulator answered or sent, the last 4,096 of them; secrets are redacted.
    ///
    ///     let before = simulator.journal.latest
    ///     try await simulator.provisioning(of: "Claresia").runCycle()
    ///     let sent = simulator.journal.exchanges(after: before).filter {
    ///         $0.direction == .outbound && $0.method == "POST"
    ///     }
    public struct Journal: Sendable {
        let simulator: Simulator

        /// Number of the latest exchange; 0 when there is none.
        public var latest: Int { Int(clamping: simulator.services.journal.latest) }

        /// Exchanges with a higher number, oldest first.
        public func exchanges(after number: Int = 0) -> [Exchange] {
            simulator.services.journal.entries(after: UInt64(clamping: number))
                .map { Exchange($0) }
        }

        /// What of an expectation does not hold for the calls to targets, a line each; empty when
        /// all does. Written as for `POST /sim/v1/expect`:
        ///
        ///     #expect(try simulator.journal.problems(
        ///         expecting: #"{"calls": ["GET */Users", "POST */Users 201"]}"#) == [])
        public func problems(
            expecting json: String, after number: Int = 0
        ) throws(SimulatorFailure) -> [String] {
            let journal = try simulator.opened().journal
            let value: JSONValue
            do throws(JSONError) {
                value = try JSONValue(parsing: json)
            } catch {
                throw SimulatorFailure("the expectation is not JSON: \(error.explanation)")
            }
            let expectation: CallExpectation
            do throws(FaultRuleError) {
                expectation = try CallExpectation(value)
            } catch {
                throw SimulatorFailure(error.message, hint: error.hint)
            }
            let number = UInt64(clamping: number)
            return expectation.problems(
                with: journal.entries(after: number)
                    .filter { $0.direction == .outbound }
                    .map { ObservedCall($0.exchange) },
                forgotten: journal.forgotten(after: number))
        }
    }
}

extension Simulator {
    /// Waits until no cycle and no advance is under way, so that what came of an edit can be
    /// looked at.
    ///
    /// - Parameter timeout: of the machine's time.
    /// - Returns: whether nothing was under way in the end.
    @discardableResult
    public func waitUntilIdle(
        timeout: Duration = .seconds(30)
    ) async throws(SimulatorFailure) -> Bool {
        let services = try opened()
        let answer = try await services.pendingCalls.value { completion in
            IdleWatch(services: services).wait(timeout, completion: completion)
        }
        return answer.busy.isEmpty
    }
}

/// One request and its answer.
public struct Exchange: Hashable, Sendable {
    public enum Direction: String, CaseIterable, Sendable {
        /// A client called the simulator.
        case inbound
        /// The provisioning service called a target.
        case outbound
    }

    /// 1 and up, in the order the exchanges ended.
    public let number: Int
    /// ISO 8601 with milliseconds, by the simulation's clock.
    public let at: String
    public let direction: Direction
    public let method: String
    /// Path and query of an inbound request; the whole address of an outbound one.
    public let target: String
    /// nil when there was no answer.
    public let status: Int?
    /// Text of the bodies, up to 16 KiB of each; empty where there is none.
    public let requestBody: String
    public let responseBody: String
    /// Why there was no answer.
    public let failure: String?
}

extension Exchange {
    init(_ entry: JournalEntry) {
        let shown = entry.exchange.json
        func text(_ name: String) -> String? { shown[name]?.stringValue }
        number = Int(clamping: entry.number)
        at = text("at") ?? ""
        direction =
            switch entry.direction {
            case .inbound: .inbound
            case .outbound: .outbound
            }
        method = entry.exchange.request.method.rawValue
        target = text("url") ?? ""
        status = entry.exchange.response?.status
        requestBody = text("requestBody") ?? ""
        responseBody = text("responseBody") ?? ""
        failure = entry.exchange.failure
    }
}
