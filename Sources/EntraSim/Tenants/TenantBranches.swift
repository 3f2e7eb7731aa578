import SimCore
import SimDirectory
import SimPortal
import SimTarget
import Synchronization

/// Worlds to go back to and worlds beside each other: snapshots of a tenant, and forks of it.
///
/// They live as long as the process. The clock is nobody's: it runs on when a tenant goes back.
final class TenantBranches: Sendable {
    /// Snapshots of one tenant, and forks in one simulator: an endless loop of a test suite ends.
    static let snapshotLimit = 64
    static let forkLimit = 256

    typealias Completion = @Sendable (Result<ControlAnswer, ControlError>) -> Void

    struct Snapshot {
        let name: String
        let world: TenantWorld
    }

    /// What is known of one tenant.
    private struct Shelf {
        var snapshots: [Snapshot] = []
        /// Of a fork: what it was like when it was made, and whose it is.
        var origin: (world: TenantWorld, parent: String)?
    }

    private let tenants: TenantHosts
    private let sampleApps: SampleAppHosts
    private let jobs: JobRegistry
    private let clock: VirtualClock
    private let random: any RandomSource
    private let fixtures: FixtureLoader
    private let shelves = Mutex<[TenantID: Shelf]>([:])

    init(
        tenants: TenantHosts, sampleApps: SampleAppHosts, jobs: JobRegistry, clock: VirtualClock,
        random: any RandomSource, fixtures: FixtureLoader
    ) {
        self.tenants = tenants
        self.sampleApps = sampleApps
        self.jobs = jobs
        self.clock = clock
        self.random = random
        self.fixtures = fixtures
    }

    /// Carries out a command once no cycle of the tenant is under way.
    func perform(
        _ command: BranchCommand, of host: TenantHost, completion: @escaping Completion
    ) {
        if case .listSnapshots = command { return completion(.success(.json(list(host)))) }
        jobs.whenIdle(host, at: clock.now) { done in
            let result: Result<ControlAnswer, ControlError>
            do throws(ControlError) {
                result = .success(try self.answer(command, host))
            } catch {
                result = .failure(error)
            }
            done()
            completion(result)
        }
    }

    private func answer(
        _ command: BranchCommand, _ host: TenantHost
    ) throws(ControlError) -> ControlAnswer {
        switch command {
        case .listSnapshots: return .json(list(host))
        case .snapshot(let name): return .created(try take(name, of: host))
        case .restore(let name): return .json(try restore(name, of: host))
        case .removeSnapshot(let name):
            try remove(name, of: host)
            return .done
        case .fork(let name): return .created(try fork(host, as: name))
        case .reset:
            try reset(host)
            return .json(["tenant": .string(host.snapshot.profile.name), "reset": true])
        case .discard:
            try discard(host)
            return .done
        }
    }

    // MARK: Snapshots

    private func list(_ host: TenantHost) -> JSONValue {
        let shelf = shelf(of: host)
        var object: JSONObject = ["value": .array(shelf.snapshots.map(\.json))]
        object.appendIfPresent("forkOf", shelf.origin?.parent)
        return .object(object)
    }

    private func shelf(of host: TenantHost) -> Shelf {
        let id = host.snapshot.profile.id
        return shelves.withLock { $0[id] ?? Shelf() }
    }

    private func change(_ host: TenantHost, _ body: @Sendable (inout Shelf) -> Void) {
        let id = host.snapshot.profile.id
        shelves.withLock { body(&$0[id, default: Shelf()]) }
    }

    private func world(of host: TenantHost) -> TenantWorld {
        let now = clock.now
        return TenantWorld(
            of: host, jobs: jobs.runners(in: host, at: now),
            apps: sampleApps.of(host.snapshot.profile.name), at: now)
    }

    /// A snapshot of that name is replaced.
    private func take(_ name: String, of host: TenantHost) throws(ControlError) -> JSONValue {
        let before = shelf(of: host).snapshots
        let replaced = before.first { $0.name == name }
        guard replaced != nil || before.count < Self.snapshotLimit else {
            throw .conflict("there are \(before.count) snapshots; remove one first")
        }
        if let replaced { host.tenant.forget(replaced.world.directory) }
        let snapshot = Snapshot(name: name, world: world(of: host))
        change(host) { shelf in
            shelf.snapshots.removeAll { $0.name == name }
            shelf.snapshots.append(snapshot)
        }
        return snapshot.json
    }

    private func find(_ name: String, of host: TenantHost) throws(ControlError) -> Snapshot {
        let snapshots = shelf(of: host).snapshots
        guard let snapshot = snapshots.first(where: { $0.name == name }) else {
            throw .notFound("snapshot", name, known: snapshots.map(\.name))
        }
        return snapshot
    }

    private func remove(_ name: String, of host: TenantHost) throws(ControlError) {
        let snapshot = try find(name, of: host)
        host.tenant.forget(snapshot.world.directory)
        change(host) { $0.snapshots.removeAll { $0.name == name } }
    }

    /// Snapshots taken after the one that is restored stay good in memory; on disk their part of
    /// the log is cut off with the rest, so they go.
    private func restore(_ name: String, of host: TenantHost) throws(ControlError) -> JSONValue {
        let snapshot = try find(name, of: host)
        let apps = sampleApps.of(host.snapshot.profile.name)
        try snapshot.world.restore(to: host, jobs: jobs, apps: apps)
        if host.isStored {
            let later = shelf(of: host).snapshots.drop { $0.name != name }.dropFirst()
            for gone in later { host.tenant.forget(gone.world.directory) }
            let names = Set(later.map(\.name))
            change(host) { $0.snapshots.removeAll { names.contains($0.name) } }
        }
        return snapshot.json
    }

    // MARK: Forks

    private func fork(_ host: TenantHost, as name: String) throws(ControlError) -> JSONValue {
        guard tenants.find(named: name) == nil else {
            throw .conflict("there is a tenant '\(name)' already")
        }
        let count = shelves.withLock { $0.values.count { $0.origin != nil } }
        guard count < Self.forkLimit else {
            throw .conflict("there are \(count) forks; discard one first")
        }
        let parent = host.snapshot.profile
        let profile = parent.forked(
            as: name, id: TenantID(random.guid(for: .tenantFork)),
            domains: ["\(name).fork.example"] + parent.domains)
        let world = world(of: host)
        let tenant = Tenant(snapshot: world.directory.snapshot.forked(as: profile))
        host.tenant.forget(world.directory)
        let fork = TenantHost(
            tenant: tenant, secrets: host.secrets, keys: host.keys, openedAt: host.openedAt)
        let apps = sampleApps.of(parent.name).map { app in
            SampleAppHost(
                app: app.app.forked(as: "\(app.name)-\(name)", random: random) { issuer in
                    issuer.replacing(text: "/\(parent.id)/", with: "/\(profile.id)/")
                }, tenant: name)
        }
        try lead(fork, from: sampleApps.of(parent.name), to: apps)
        sampleApps.add(apps)
        tenants.add(fork)
        jobs.recall(world.jobs, in: fork)
        let origin = self.world(of: fork)
        change(fork) { $0.origin = (origin, parent.name) }
        return .object([
            "name": .string(name), "id": .string(profile.id.description),
            "authority": .string("/\(profile.domains[0])/v2.0"), "forkOf": .string(parent.name),
            "targets": JSONValue(strings: apps.map { $0.app.configuration.basePath }),
        ])
    }

    /// Lets the jobs of a fork call the fork's own sample apps.
    private func lead(
        _ fork: TenantHost, from old: [SampleAppHost], to new: [SampleAppHost]
    ) throws(ControlError) {
        var events: [TenantEvent] = []
        for var principal in fork.snapshot.servicePrincipals {
            guard var provisioning = principal.provisioning else { continue }
            for (before, after) in zip(old, new) {
                let from = before.app.configuration.basePath + "/"
                let to = after.app.configuration.basePath + "/"
                guard provisioning.tenantURL.contains(text: from) else { continue }
                provisioning.tenantURL = provisioning.tenantURL
                    .replacing(text: from, with: to, limit: 1)
                provisioning.authentication.tokenEndpoint =
                    provisioning.authentication.tokenEndpoint?
                    .replacing(text: from, with: to, limit: 1)
                principal.provisioning = provisioning
                events.append(.servicePrincipalChanged(principal))
                break
            }
        }
        do throws(TenantError) {
            try fork.tenant.append(events, at: clock.now)
        } catch {
            throw ControlError(error)
        }
    }

    private func discard(_ host: TenantHost) throws(ControlError) {
        let profile = host.snapshot.profile
        guard shelf(of: host).origin != nil else {
            throw .conflict("'\(profile.name)' is no fork, so it stays")
        }
        tenants.remove(host)
        sampleApps.remove(of: profile.name)
        jobs.forget(host)
        shelves.withLock { $0[profile.id] = nil }
    }

    // MARK: Reset

    /// A fork becomes what it was when it was made, another tenant what its fixture says.
    private func reset(_ host: TenantHost) throws(ControlError) {
        let apps = sampleApps.of(host.snapshot.profile.name)
        if let origin = shelf(of: host).origin {
            return try origin.world.restore(to: host, jobs: jobs, apps: apps)
        }
        let now = clock.now
        let fresh = try fixtures.snapshot(of: host.snapshot.profile.name, at: now)
        do throws(TenantError) {
            try host.tenant.startOver(with: fresh)
        } catch {
            throw ControlError(error)
        }
        for app in apps {
            do throws(SampleAppJournalError) {
                try app.app.startOver()
            } catch {
                throw .conflict("the data of '\(app.name)' could not be reset: \(error.reason)")
            }
        }
        if host.isStored { change(host) { $0.snapshots = [] } }
        jobs.startOver(in: host, at: now)
    }
}

extension TenantBranches.Snapshot {
    var json: JSONValue {
        [
            "name": .string(name), "takenAt": .string(world.takenAt.iso8601),
            "users": .int(Int64(world.directory.snapshot.userCount)),
            "groups": .int(Int64(world.directory.snapshot.groupCount)),
        ]
    }
}

extension RandomPurpose {
    fileprivate static let tenantFork = RandomPurpose("tenant fork")
}
