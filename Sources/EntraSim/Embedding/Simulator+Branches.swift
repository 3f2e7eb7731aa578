import SimPortal

extension Simulator {
    /// Worlds to go back to, and worlds beside each other, of the first tenant.
    public var branches: Branches { Branches(simulator: self, tenant: nil) }

    /// The same of another tenant.
    public func branches(of tenant: String) -> Branches {
        Branches(simulator: self, tenant: tenant)
    }

    /// Snapshots and forks of a tenant: directory, what the provisioning jobs remember, sample
    /// apps. Each takes no longer for a large tenant. The clock is not part of it.
    public struct Branches: Sendable {
        let simulator: Simulator
        let tenant: String?

        /// Remembers the tenant under a name; an older snapshot of that name is replaced.
        public func snapshot(_ name: String) async throws(SimulatorFailure) {
            try await perform(.snapshot(name))
        }

        /// Makes the tenant what it was.
        public func restore(_ name: String) async throws(SimulatorFailure) {
            try await perform(.restore(name))
        }

        /// Makes a second tenant of that name with the same content: `directory(of: name)`,
        /// `provisioning(of: app, in: name)`. Its sample apps live at `/apps/{app}-{name}/`.
        public func fork(_ name: String) async throws(SimulatorFailure) {
            try await perform(.fork(name))
        }

        /// Makes the tenant what its fixture says; a fork what it was when made.
        public func reset() async throws(SimulatorFailure) {
            try await perform(.reset)
        }

        /// Removes the tenant, which must be a fork.
        public func discard() async throws(SimulatorFailure) {
            try await perform(.discard)
        }

        private func perform(_ command: BranchCommand) async throws(SimulatorFailure) {
            let host = try simulator.host(tenant)
            let services = try simulator.opened()
            let result: Result<ControlAnswer, ControlError> = try await services.pendingCalls.value
            {
                completion in
                services.branches.perform(command, of: host) { result in
                    services.timeline.reschedule()
                    completion(result)
                }
            }
            if case .failure(let error) = result { throw SimulatorFailure(error) }
        }
    }
}
