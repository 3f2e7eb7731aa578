import SimCore
import SimDirectory
import SimFaults
import SimRuntime
import SimTarget

/// Loads tenants and their sample apps: from fixtures, and from the data folder where there is
/// one.
struct TenantLoader {
    /// Tenants in the order of their names, with what their logs hold for the jobs.
    struct Loaded: Sendable {
        var hosts: [TenantHost] = []
        /// Per host: provisioning records of its log, oldest first.
        var provisioningRecords: [[LogRecord]] = []
        var sampleApps: [SampleAppHost] = []
        /// Per host: what its fixture says besides the directory.
        var extras: [FixtureExtras] = []
        /// The defects the apps' fixtures turn on.
        var defects: [DefectSwitch] = []
        /// Settings of the login endpoint that the fixtures give, and the tenants that gave them.
        private(set) var identitySettings: [String: (value: String, tenant: String)] = [:]

        /// Settings hold for all tenants, so two fixtures must not contradict each other.
        mutating func take(
            _ settings: [String: String], of tenant: String
        ) throws(SimulatorFailure) {
            for (name, value) in settings.sorted(by: { $0.key < $1.key }) {
                if let other = identitySettings[name], other.value != value {
                    throw SimulatorFailure(
                        "the fixtures of '\(other.tenant)' and '\(tenant)' differ in the login "
                            + "endpoint's setting '\(name)'",
                        hint: "it holds for all tenants: write the same in both, or decide with "
                            + "--identity-setting \(name)=VALUE")
                }
                identitySettings[name] = (value, tenant)
            }
        }
    }

    let configuration: SimulatorConfiguration
    let keys: KeySet
    let now: Timestamp
    let random: any RandomSource

    func load() throws(SimulatorFailure) -> Loaded {
        let loaded = try loadAll()
        let users = loaded.hosts.reduce(0) { $0 + $1.snapshot.userCount }
        if users > Self.manyUsers { LargeDecoding.giveBack() }
        return loaded
    }

    /// Loading so many leaves enough behind to be worth giving back.
    private static let manyUsers = 50_000

    private func loadAll() throws(SimulatorFailure) -> Loaded {
        var loaded = Loaded()
        for source in try FixtureSource.all(in: configuration.tenantsFolder) {
            if let only = configuration.onlyTenant, only != source.name { continue }
            let (fixture, extras) = try source.content()
            loaded.extras.append(extras)
            let settled = configuration.ownIdentitySettings
            try loaded.take(
                extras.identitySettings.filter { settled[$0.key] == nil }, of: source.name)
            let opened = try open(fixture, source)
            let signing: TenantKeys
            do throws(KeyFailure) {
                signing = try TenantKeys(
                    keys, tenant: source.name, snapshot: opened.tenant.snapshot())
            } catch {
                throw SimulatorFailure(error)
            }
            loaded.hosts.append(
                TenantHost(
                    tenant: opened.tenant, secrets: FixtureSecrets(of: fixture),
                    keys: signing, openedAt: now, journal: opened.journal,
                    written: extras.written))
            loaded.provisioningRecords.append(opened.provisioningRecords)
            for file in try source.targetFiles() {
                guard !loaded.sampleApps.contains(where: { $0.name == file.name }) else {
                    throw SimulatorFailure(
                        "two sample apps are called '\(file.name)'",
                        hint: "rename one of the files in 'targets'")
                }
                let host = try sampleApp(file, tenant: source.name)
                loaded.sampleApps.append(host)
                do throws(SampleAppProblem) {
                    loaded.defects += try host.app.configuration.defectSwitches()
                } catch {
                    throw SimulatorFailure(error)
                }
            }
        }
        return loaded
    }

    private func open(
        _ fixture: TenantFixture, _ source: FixtureSource
    ) throws(SimulatorFailure) -> StoredTenant {
        guard let data = configuration.dataFolder else {
            return StoredTenant(inMemory: fixture, at: now)
        }
        return try StoredTenant(
            fixture, digest: source.digest(), folder: "\(data)/\(source.name)",
            configuration: configuration, at: now)
    }

    private func sampleApp(
        _ file: FixtureSource.TargetFile, tenant: String
    ) throws(SimulatorFailure) -> SampleAppHost {
        let app: SampleAppConfiguration
        do throws(SampleAppProblem) {
            app = try SampleAppConfiguration(name: file.name, file: file.path, bytes: file.bytes)
        } catch {
            throw SimulatorFailure(error)
        }
        guard let data = configuration.dataFolder else {
            return SampleAppHost(app: SampleApp(app, random: random), tenant: tenant)
        }
        return SampleAppHost(
            app: try SampleAppStore.open(
                app, folder: "\(data)/\(tenant)/targets",
                startsOver: configuration.fixtureChange == .reseed, random: random),
            tenant: tenant)
    }
}

extension FixtureSecrets {
    /// The passwords and client secrets a fixture brought along.
    init(of fixture: TenantFixture) {
        self.init()
        for event in fixture.events {
            if case .userCreated(let user) = event { passwords[user.id] = user.credential.password }
            if case .applicationCreated(let app) = event {
                clientSecrets[app.id] = app.passwordCredentials.first?.secret
            }
        }
    }
}

extension SimulatorFailure {
    /// A mistake in a sample app's fixture, with its place.
    init(_ problem: SampleAppProblem) {
        let place = problem.path.isEmpty ? "" : " \(problem.path):"
        self.init(
            "\(problem.file):\(problem.line):\(place) \(problem.reason)", hint: problem.hint)
    }
}
