import SimCore
import SimHTTP

extension ControlRoutes {
    /// Snapshots and forks of a tenant.
    static let branchEndpoints: [ControlEndpoint] = [
        ControlEndpoint(.get, "tenants/{tenant}/snapshots", "snapshots, oldest first") {
            input throws(ControlError) in try branch(input, .listSnapshots)
        },
        ControlEndpoint(
            .post, "tenants/{tenant}/snapshots", body: ["name"],
            "remember directory, jobs and sample apps under a name"
        ) { input throws(ControlError) in try branch(input, .snapshot(try name(input))) },
        ControlEndpoint(
            .post, "tenants/{tenant}/snapshots/{snapshot}/restore", "go back to a snapshot"
        ) { input throws(ControlError) in
            try branch(input, .restore(try input.parameter("snapshot")))
        },
        ControlEndpoint(.delete, "tenants/{tenant}/snapshots/{snapshot}", "forget a snapshot") {
            input throws(ControlError) in
            try branch(input, .removeSnapshot(try input.parameter("snapshot")))
        },
        ControlEndpoint(
            .post, "tenants/{tenant}/fork", body: ["name"],
            "a second tenant with the same content and its own sample apps"
        ) { input throws(ControlError) in try branch(input, .fork(try name(input))) },
        ControlEndpoint(
            .post, "tenants/{tenant}/reset", "back to the fixture; a fork to its beginning"
        ) { input throws(ControlError) in try branch(input, .reset) },
        ControlEndpoint(.delete, "tenants/{tenant}", "remove a fork") {
            input throws(ControlError) in try branch(input, .discard)
        },
    ]

    private static func branch(
        _ input: ControlInput, _ command: BranchCommand
    ) throws(ControlError) -> ControlCommand {
        .branch(tenant: try input.parameter("tenant"), command)
    }

    private static func name(_ input: ControlInput) throws(ControlError) -> String {
        let name = try input.body.requiredString("name")
        guard BranchCommand.isName(name) else {
            throw .badRequest(
                "'\(name.prefix(80))' cannot be that name", hint: "use \(BranchCommand.nameRule)")
        }
        return name
    }
}
