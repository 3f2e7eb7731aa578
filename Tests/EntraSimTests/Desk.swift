import SimCore
import SimPortal
import SimProvisioning
import Testing

@testable import EntraSim

/// A simulator with the built-in tenant, in memory, and the control API without its wire.
struct Desk {
    static let start = "2026-01-05T08:00:00Z"

    let simulator: Simulator

    init(_ configuration: SimulatorConfiguration) throws {
        simulator = Simulator(configuration)
        try simulator.start()
    }

    init() throws {
        var configuration = SimulatorConfiguration()
        configuration.seed = 7
        configuration.clock = .frozen(at: Self.start)
        configuration.runsJobsOnSchedule = false
        simulator = Simulator(configuration)
        try simulator.start()
    }

    @discardableResult
    func perform(_ command: ControlCommand) async throws -> JSONValue {
        let result = await withCheckedContinuation { continuation in
            simulator.services.controlDesk.perform(command) { continuation.resume(returning: $0) }
        }
        switch try result.get() {
        case .json(let value), .created(let value): return value
        case .text(let text): return .string(text)
        case .done: return .null
        }
    }

    func job(_ command: ProvisioningCommand) async throws -> JSONValue {
        try await perform(.provisioning(tenant: "contoso", app: "Claresia", command))
    }

    func set(_ change: (inout SimPortal.ProvisioningSettings) -> Void) async throws {
        var settings = ApplicationSettings()
        var provisioning = SimPortal.ProvisioningSettings()
        change(&provisioning)
        settings.provisioning = provisioning
        try await perform(.application(tenant: "contoso", .set("Claresia", settings)))
    }

    var state: ProvisioningJobState {
        get throws {
            let services = simulator.services
            let host = try services.tenants.host(named: "contoso")
            return try services.jobs.runner(of: "Claresia", in: host, at: services.clock.now)
                .jobState
        }
    }
}
