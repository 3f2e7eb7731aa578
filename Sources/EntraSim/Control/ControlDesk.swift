import SimCore
import SimDirectory
import SimErrors
import SimFaults
import SimIdentity
import SimPortal

/// Carries out the commands of the control API on the running services.
struct ControlDesk: ControlPerformer {
    let services: SimulatorServices

    func perform(
        _ command: ControlCommand,
        completion: @escaping @Sendable (Result<ControlAnswer, ControlError>) -> Void
    ) {
        do throws(ControlError) {
            switch command {
            case .provisioning(let tenant, let app, .delete):
                completion(.success(try deleteJob(of: app, in: tenant)))
            case .provisioning(let tenant, let app, let command):
                let host = try services.tenants.host(named: tenant)
                let timeline = services.timeline
                try services.jobs.runner(of: app, in: host, at: services.clock.now)
                    .perform(command) { result in
                        // A start or a restart makes the job due at once.
                        timeline.reschedule()
                        completion(result)
                    }
            case .branch(let tenant, let command):
                let timeline = services.timeline
                services.branches.perform(
                    command, of: try services.tenants.host(named: tenant)
                ) { result in
                    timeline.reschedule()
                    completion(result)
                }
            case .clock(let command):
                ClockCommands(services: services).perform(command, completion: completion)
            case .keys(let tenant, let command):
                let host = try services.tenants.host(named: tenant)
                let services = services
                // Keys take time to make; the loops that answer requests have none.
                services.timeline.soon {
                    completion(
                        Result { () throws(ControlError) in
                            try KeyCommands(
                                host: host, now: services.clock.now, random: services.random
                            ).perform(command)
                        })
                    services.timeline.reschedule()
                }
            case .waitUntilIdle(let timeout):
                IdleWatch(services: services).wait(timeout) { completion(.success(.json($0.json))) }
            case .drills(.list): completion(.success(.json(try services.drills.list())))
            case .drills(.run(let name, let target)):
                try services.drills.run(name, against: target, completion: completion)
            case .health, .metrics, .routes, .journal, .listTenants, .showTenant, .exportTenant,
                .user, .group, .assignment, .access, .signIns, .application, .listProvisioning,
                .listKeys, .roles, .policies, .mintToken, .listErrors, .showError, .faults,
                .defects, .expect:
                completion(.success(try answer(command)))
            }
        } catch {
            completion(.failure(error))
        }
    }

    /// The commands that are answered at once.
    private func answer(_ command: ControlCommand) throws(ControlError) -> ControlAnswer {
        let now = services.clock.now
        switch command {
        case .health: return .json(health)
        case .metrics: return .text(metrics)
        case .routes: return .json(ControlRoutes.directory)
        case .journal(let query): return .json(journal(query))
        case .listTenants: return .json(tenants)
        case .showTenant(let name):
            let host = try services.tenants.host(named: name)
            return .json(TenantAnswer.detail(host.snapshot, origin: services.origin))
        case .exportTenant(let name):
            let host = try services.tenants.host(named: name)
            return .json(export(host, now))
        case .user(let tenant, let command):
            return try UserCommands(
                host: services.tenants.host(named: tenant), now: now, random: services.random
            ).perform(command)
        case .group(let tenant, let command):
            return try groups(tenant, now).perform(command)
        case .assignment(let tenant, let command):
            return try groups(tenant, now).perform(command)
        case .access(let tenant, let command): return try access(command, in: tenant, now)
        case .signIns(let tenant, let query):
            return .json(try services.tenants.host(named: tenant).signIns.answer(query))
        case .application(let tenant, let command):
            return try application(command, of: services.tenants.host(named: tenant), now)
        case .listProvisioning(let tenant):
            let host = try services.tenants.host(named: tenant)
            return .json([
                "value": .array(services.jobs.runners(in: host, at: now).map(\.resource))
            ])
        case .faults(let command):
            return try FaultCommands(faults: services.faults, now: now).perform(command)
        case .defects(let command):
            return try DefectCommands(services: services, now: now).perform(command)
        case .expect(let check): return .json(judge(check))
        case .listKeys: return .json(keys(at: now))
        case .roles(let tenant, let command):
            return try policies(tenant, now).perform(command)
        case .policies(let tenant, let command):
            return try policies(tenant, now).perform(command)
        case .mintToken(let tenant, let mint):
            return .json(
                try TokenMinting(services: services).token(
                    mint, in: services.tenants.host(named: tenant)))
        case .listErrors:
            return .json(["value": .array(AADSTSCatalogue.entries.map(\.resource))])
        case .showError(let code): return .json(try error(code))
        case .provisioning, .clock, .keys, .waitUntilIdle, .drills, .branch:
            preconditionFailure("performed over time")
        }
    }

    private func keys(at now: Timestamp) -> JSONValue {
        ["value": .array(services.tenants.hosts.flatMap { KeyAnswer.rows(of: $0, at: now) })]
    }

    private func error(_ code: Int) throws(ControlError) -> JSONValue {
        guard let entry = AADSTSCatalogue.entry(code) else {
            throw .notFound(
                "error", String(code), known: AADSTSCatalogue.entries.map { String($0.code) })
        }
        return entry.resource
    }

    /// The tenant as a fixture, with the fault rules that hold for it, defects among them.
    private func export(_ host: TenantHost, _ now: Timestamp) -> JSONValue {
        let profile = host.snapshot.profile
        let names = ([profile.name, profile.id.description] + profile.domains)
            .map { $0.lowercased() }
        let rules = services.faults.book(at: now).entries.map(\.rule).filter { rule in
            rule.target.tenant.map(names.contains) ?? true
        }
        return TenantFixtureWriter(host.snapshot, faults: rules.map(\.json)).json
    }

    /// A change of an app may make its provisioning job due.
    private func application(
        _ command: ApplicationCommand, of host: TenantHost, _ now: Timestamp
    ) throws(ControlError) -> ControlAnswer {
        let before = host.snapshot
        let answer = try ApplicationCommands(
            host: host, now: now, random: services.random, origin: services.origin
        ).perform(command)
        try services.jobs.configurationsChanged(since: before, in: host)
        services.timeline.reschedule()
        return answer
    }

    private var tenants: JSONValue {
        [
            "value": .array(
                services.tenants.hosts.map {
                    .object(TenantAnswer.json($0.snapshot, origin: services.origin))
                })
        ]
    }

    private func access(
        _ command: AccessCommand, in tenant: String, _ now: Timestamp
    ) throws(ControlError) -> ControlAnswer {
        try AccessCommands(
            host: services.tenants.host(named: tenant), now: now, random: services.random
        ).perform(command)
    }

    /// The job goes with its configuration and everything it remembers. provisioning.md §1.2.
    private func deleteJob(
        of app: String, in tenant: String
    ) throws(ControlError) -> ControlAnswer {
        let host = try services.tenants.host(named: tenant)
        let before = host.snapshot
        try host.edit(at: services.clock.now, random: services.random) {
            edits throws(DirectoryEditError) in try edits.removeProvisioning(of: app)
        }
        try services.jobs.configurationsChanged(since: before, in: host)
        services.timeline.reschedule()
        return .done
    }

    private func groups(_ tenant: String, _ now: Timestamp) throws(ControlError) -> GroupCommands {
        GroupCommands(
            host: try services.tenants.host(named: tenant), now: now, random: services.random)
    }

    private func policies(
        _ tenant: String, _ now: Timestamp
    ) throws(ControlError) -> PolicyCommands {
        PolicyCommands(
            host: try services.tenants.host(named: tenant), now: now, random: services.random)
    }

    private var health: JSONValue {
        [
            "status": "ok", "version": .string(SimCore.version),
            "now": .string(services.clock.now.iso8601(fractionDigits: 3)),
            "tenants": .int(Int64(services.tenants.hosts.count)),
        ]
    }

    private var metrics: String {
        let snapshots = services.tenants.hosts.map(\.snapshot)
        return services.metrics.exposition(gauges: [
            (
                "entra_sim_users", "Live users of all tenants.",
                Int64(snapshots.reduce(0) { $0 + $1.userCount })
            ),
            (
                "entra_sim_groups", "Groups of all tenants.",
                Int64(snapshots.reduce(0) { $0 + $1.groupCount })
            ),
            (
                "entra_sim_log_sequence", "Events in the logs of all tenants.",
                Int64(clamping: snapshots.reduce(0) { $0 + $1.sequence })
            ),
            (
                "entra_sim_clock_seconds", "The simulation's time, seconds since 1970.",
                services.clock.now.seconds
            ),
        ])
    }

    /// Whether what happened is what was expected. The control API's own calls do not count.
    private func judge(_ check: JournalCheck) -> JSONValue {
        let calls = services.journal.entries(after: check.after)
            .filter { $0.direction == check.direction && !ControlRoutes.owns($0.exchange.request) }
            .map { ObservedCall($0.exchange) }
        let problems = check.expectation.problems(
            with: calls, forgotten: services.journal.forgotten(after: check.after))
        var answer: JSONObject = [
            "met": .bool(problems.isEmpty), "problems": JSONValue(strings: problems),
            "calls": JSONValue(strings: calls.map(\.line)),
        ]
        if let name = check.junitName {
            let result = JUnitReport.Case(
                name: name, failure: problems.isEmpty ? nil : problems.joined(separator: "\n"))
            let report = JUnitReport(suites: [.init(name: "entra-sim.expect", cases: [result])])
            answer.append("junit", .string(report.xml))
        }
        return .object(answer)
    }

    private func journal(_ query: JournalQuery) -> JSONValue {
        let entries = services.journal.entries(after: query.after ?? 0).filter { entry in
            query.admits(entry.exchange, entry.direction) {
                entry.exchange.response?.refusalCode
            }
        }
        return [
            "latest": .int(Int64(clamping: services.journal.latest)),
            "found": .int(Int64(entries.count)),
            "value": .array(entries.suffix(query.limit).map(\.json)),
        ]
    }
}
