import SimCore
import SimDirectory
import SimPortal

extension Simulator {
    /// The directory of one tenant. An edit is in the log when its function returns, and refused
    /// with a reason when it makes no sense.
    ///
    ///     let directory = simulator.directory
    ///     try directory.addUser("kim.akers@contoso.example", ["givenName": "Kim"])
    ///     try directory.addMember("kim.akers@contoso.example", to: "claresia-users")
    public struct Directory: Sendable {
        let simulator: Simulator
        let tenant: String?

        /// The tenant's id.
        public func tenantID() throws(SimulatorFailure) -> String {
            try snapshot().profile.id.description
        }

        /// The domains of the tenant, its default one first.
        public func domains() throws(SimulatorFailure) -> [String] {
            try snapshot().profile.domains
        }

        func snapshot() throws(SimulatorFailure) -> DirectorySnapshot {
            try simulator.host(tenant).snapshot
        }

        /// Edits and views by name, over the directory as it is now.
        func look<Value>(
            _ body: (DirectoryEdits) throws(DirectoryEditError) -> Value
        ) throws(SimulatorFailure) -> Value {
            let services = try simulator.opened()
            let edits = DirectoryEdits(
                try snapshot(), now: services.clock.now, random: services.random)
            do throws(DirectoryEditError) {
                return try body(edits)
            } catch {
                throw SimulatorFailure(ControlError(error))
            }
        }

        /// Appends what `body` decides, under the tenant's lock.
        func edit(
            _ body: (DirectoryEdits) throws(DirectoryEditError) -> [TenantEvent]
        ) throws(SimulatorFailure) {
            let services = try simulator.opened()
            let host = try simulator.host(tenant)
            do throws(ControlError) {
                try host.edit(at: services.clock.now, random: services.random, body)
            } catch {
                throw SimulatorFailure(error)
            }
        }
    }
}
