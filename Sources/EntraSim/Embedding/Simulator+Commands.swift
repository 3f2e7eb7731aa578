import SimCore
import SimPortal

extension Simulator {
    /// Carries out a command of the control API in this process; null for one without an answer.
    func perform(_ command: ControlCommand) async throws(SimulatorFailure) -> JSONValue {
        let services = try opened()
        let desk = services.controlDesk
        let result = try await services.pendingCalls.value { completion in
            desk.perform(command, completion: completion)
        }
        do throws(ControlError) {
            switch try result.get() {
            case .json(let value), .created(let value): return value
            case .text(let text): return .string(text)
            case .done: return .null
            }
        } catch {
            throw SimulatorFailure(error)
        }
    }
}
