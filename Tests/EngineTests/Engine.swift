import SimCore
import SimDirectory
import SimPortal
import SimProvisioning
import Testing

@testable import EntraSim

/// A simulator with the built-in tenant whose jobs run on the schedule of a frozen clock.
final class Engine {
    static let start = "2026-01-05T08:00:00Z"
    static let token = "claresia-demo-scim-token"

    let simulator: Simulator

    init(_ change: (inout SimulatorConfiguration) -> Void = { _ in }) throws {
        var configuration = SimulatorConfiguration()
        configuration.seed = 13
        configuration.clock = .frozen(at: Self.start)
        change(&configuration)
        simulator = Simulator(configuration)
        try simulator.start()
    }

    deinit { simulator.stop() }

    var clock: Simulator.Clock { simulator.clock }
    var directory: Simulator.Directory { simulator.directory }
    var claresia: Simulator.Provisioning { simulator.provisioning(of: "Claresia") }

    var runner: JobRunner {
        get throws { try runner("Claresia") }
    }

    func runner(_ app: String) throws -> JobRunner {
        let services = simulator.services
        let host = try services.tenants.host(named: "contoso")
        return try services.jobs.runner(of: app, in: host, at: services.clock.now)
    }

    func job(_ command: ProvisioningCommand) async throws -> JSONValue {
        let result = await withCheckedContinuation { continuation in
            simulator.services.controlDesk.perform(
                .provisioning(tenant: "contoso", app: "Claresia", command)
            ) { continuation.resume(returning: $0) }
        }
        switch try result.get() {
        case .json(let value), .created(let value): return value
        case .text(let text): return .string(text)
        case .done: return .null
        }
    }

    /// Changes the job's page as an administrator would.
    func configure(_ change: @escaping (inout ProvisioningConfiguration) -> Void) throws {
        let services = simulator.services
        let host = try services.tenants.host(named: "contoso")
        try host.edit(at: services.clock.now, random: services.random) {
            edits throws(DirectoryEditError) in
            var principal = try edits.servicePrincipal("Claresia")
            if var configuration = principal.provisioning {
                change(&configuration)
                principal.provisioning = configuration
            }
            return [.servicePrincipalChanged(principal)]
        }
    }
}
