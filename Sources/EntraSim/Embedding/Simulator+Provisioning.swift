import SimCore
import SimDirectory
import SimPortal
import SimProvisioning

extension Simulator {
    /// The provisioning job of one enterprise app.
    ///
    ///     let outcome = try await simulator.provisioning(of: "Claresia").runCycle()
    ///     outcome.counts.created  // 18
    public struct Provisioning: Sendable {
        let simulator: Simulator
        let app: String
        let tenant: String?

        /// Runs a cycle now, after the one under way where there is one, whatever the schedule
        /// says. A cycle that fails is an outcome too.
        @discardableResult
        public func runCycle() async throws(SimulatorFailure) -> CycleOutcome {
            let runner = try runner()
            let result = try await simulator.opened().pendingCalls.value { completion in
                runner.run(recordsWire: false) { result in
                    // Here, before another cycle can begin, the job's state is this cycle's.
                    completion(result.map { CycleOutcome($0, of: runner) })
                }
            }
            return try Self.value(of: result)
        }

        /// Tries the saved address and token, or others. Nothing is stored or started.
        public func testConnection(
            tenantURL: String? = nil, token: String? = nil
        ) async throws(SimulatorFailure) -> ConnectionTestOutcome {
            let credentials = TestCredentials(baseAddress: tenantURL, secretToken: token)
            let answer = try await perform(.testConnection(credentials))
            return ConnectionTestOutcome(
                isSuccess: answer["success"]?.boolValue ?? false,
                text: answer["text"]?.stringValue ?? "",
                status: answer["httpStatus"]?.stringValue.flatMap { Int($0) })
        }

        /// The job as Graph shows it: schedule, state, last cycle, quarantine. JSON.
        public func statusText() throws(SimulatorFailure) -> String {
            try runner().resource.prettyText
        }

        /// Rows of the provisioning log, newest first; each is JSON as Graph writes it.
        public func logTexts(limit: Int = 100) async throws(SimulatorFailure) -> [String] {
            let query = ProvisioningLogQuery(limit: limit)
            let rows = try await perform(.logs(query))["value"]?.arrayValue ?? []
            return rows.map(\.text)
        }

        /// What a cycle would send now, JSON; reads from the target, writes nothing.
        public func previewText() async throws(SimulatorFailure) -> String {
            try await perform(.preview).prettyText
        }

        /// "Start provisioning": the next cycle is due at once. Ends a quarantine.
        public func start() async throws(SimulatorFailure) {
            _ = try await perform(.start)
        }

        /// No cycle by schedule until `start()`.
        public func pause() async throws(SimulatorFailure) {
            _ = try await perform(.pause)
        }

        /// "Restart provisioning": forgets quarantine, watermark and failed objects, so that the
        /// next cycle looks at everything again.
        public func restart() async throws(SimulatorFailure) {
            _ = try await perform(.restart(.portalRestart))
        }

        /// Removes the job with everything it remembers; what was provisioned stays in the target.
        public func delete() async throws(SimulatorFailure) {
            _ = try await perform(.delete)
        }

        /// The mappings in force, as the synchronization schema writes them. JSON.
        public func mappingsText() throws(SimulatorFailure) -> String {
            try job().schema.resource.prettyText
        }

        /// Replaces object mappings: a schema as `mappingsText()` gives it, or only its
        /// `objectMappings`. Kinds that are not named keep their default mapping. The next cycle is
        /// an initial one.
        public func setMappings(_ json: String) throws(SimulatorFailure) {
            let value: JSONValue
            do {
                value = try JSONValue(parsing: Array(json.utf8))
            } catch {
                throw SimulatorFailure("the mappings are no JSON: \(error)")
            }
            _ = try job(schema: value)
            try Directory(simulator: simulator, tenant: tenant)
                .changeProvisioning(of: app) { $0.schema = value }
        }

        private func runner() throws(SimulatorFailure) -> JobRunner {
            let services = try simulator.opened()
            let host = try simulator.host(tenant)
            do throws(ControlError) {
                return try services.jobs.runner(of: app, in: host, at: services.clock.now)
            } catch {
                throw SimulatorFailure(error)
            }
        }

        private func job(schema: JSONValue? = nil) throws(SimulatorFailure) -> ProvisioningJob {
            let runner = try runner()
            do throws(ControlError) {
                return try runner.configured(schema: schema)
            } catch {
                throw SimulatorFailure(error)
            }
        }

        private func perform(
            _ command: ProvisioningCommand
        ) async throws(SimulatorFailure) -> JSONValue {
            let tenant = try simulator.host(tenant).snapshot.profile.id.description
            return try await simulator.perform(
                .provisioning(tenant: tenant, app: app, command))
        }

        private static func value<Value>(
            of result: Result<Value, ControlError>
        ) throws(SimulatorFailure) -> Value {
            do throws(ControlError) {
                return try result.get()
            } catch {
                throw SimulatorFailure(error)
            }
        }
    }
}
