import SimCore
import SimCrypto
import SimDirectory
import SimFaults
import SimHTTP
import SimIdentity
import SimPortal
import SimProvisioning
import SimRuntime
import SimTarget

/// Puts a simulator together, from the ground up: clock, keys, tenants, sample apps, listeners,
/// services, ready-file. What was begun is given back when a later step fails.
struct SimulatorStart {
    let configuration: SimulatorConfiguration
    let systemClock = SystemClock()
    private let clock: VirtualClock

    init(_ configuration: SimulatorConfiguration) throws(SimulatorFailure) {
        self.configuration = configuration
        switch configuration.clock {
        case .system: clock = VirtualClock(system: systemClock)
        case .frozen(let text):
            guard let time = Timestamp(iso8601: text) else {
                throw SimulatorFailure(
                    "'\(text)' is no instant", hint: "write it as 2026-01-05T08:00:00Z")
            }
            clock = VirtualClock(system: systemClock, frozenAt: time)
        }
    }

    func run() throws(SimulatorFailure) -> RunningState {
        let keys = try loadKeys()
        let loaded = try TenantLoader(
            configuration: configuration, keys: keys, now: clock.now,
            random: configuration.seed.map { SeededRandom(seed: $0) } ?? SystemRandom()
        ).load()
        let doors = Doors(
            https: FrontDoor(.https), http: FrontDoor(.http), handshakes: HandshakeFaults())
        let servers = try listen(doors, keys)
        do throws(SimulatorFailure) {
            return try assemble(loaded, keys, servers, doors)
        } catch {
            for server in servers.all { server.stop() }
            throw error
        }
    }

    private struct Doors {
        let https: FrontDoor
        let http: FrontDoor
        let handshakes: HandshakeFaults

        func open(_ services: SimulatorServices, _ keys: KeySet) {
            https.open(services)
            http.open(services)
            handshakes.open(services.faults, services.clock, keys)
        }
    }

    private struct Servers {
        let https: HTTPServer
        let further: [HTTPServer]
        let http: HTTPServer?

        var all: [HTTPServer] { [https] + further + (http.map { [$0] } ?? []) }
    }

    // MARK: Keys

    private func loadKeys() throws(SimulatorFailure) -> KeySet {
        let names = configuration.publicOrigin.flatMap { Origin.parse($0) }.map {
            [$0.origin.host]
        }
        do throws(KeyFailure) {
            guard let folder = configuration.keysFolder else {
                return try ProcessKeys.shared(extraServerNames: names ?? [])
            }
            return try KeySet(
                .folder(folder), extraServerNames: names ?? [], machineTime: systemClock.now,
                random: SystemRandom())
        } catch {
            throw SimulatorFailure(error)
        }
    }

    // MARK: Listening

    private func listen(_ doors: Doors, _ keys: KeySet) throws(SimulatorFailure) -> Servers {
        let tls: TLSContext
        do {
            tls = try TLSContext.server(identity: keys.serverIdentity)
        } catch {
            throw SimulatorFailure("the server certificate cannot be used: \(error)")
        }
        var started: [HTTPServer] = []
        do throws(SimulatorFailure) {
            let https = try listen(configuration.port, doors.https, tls, doors.handshakes)
            started.append(https)
            var further: [HTTPServer] = []
            for port in configuration.additionalPorts {
                let server = try listen(port, doors.https, tls, doors.handshakes)
                started.append(server)
                further.append(server)
            }
            let http = try configuration.httpPort.map { port throws(SimulatorFailure) in
                try listen(port, doors.http, nil)
            }
            return Servers(https: https, further: further, http: http)
        } catch {
            for server in started { server.stop() }
            throw error
        }
    }

    private func listen(
        _ port: Int, _ door: FrontDoor, _ tls: TLSContext?,
        _ greeter: HandshakeFaults? = nil
    ) throws(SimulatorFailure) -> HTTPServer {
        do throws(ListenFailure) {
            return try HTTPServer.start(
                ServerConfiguration(host: configuration.host, port: port), handler: door,
                clock: clock, tls: tls, greeter: greeter)
        } catch {
            throw SimulatorFailure(error)
        }
    }

    // MARK: Services

    /// The loop of provisioning, and the client on it.
    private func network() throws(SimulatorFailure) -> (WorkLoop, HTTPClient) {
        do throws(SocketFailure) {
            let loop = try WorkLoop(name: "provisioning")
            return (loop, try HTTPClient(on: loop))
        } catch {
            throw SimulatorFailure("the machine refused a thread or socket: \(error)")
        }
    }

    private func assemble(
        _ loaded: TenantLoader.Loaded, _ keys: KeySet, _ servers: Servers, _ doors: Doors
    ) throws(SimulatorFailure) -> RunningState {
        let (loop, client) = try network()
        let local = "https://localhost:\(servers.https.boundPort)"
        let origin = configuration.publicOrigin ?? local
        let tenants = TenantHosts(loaded.hosts)
        let random = random(continuing: loaded)
        let faults = try faults(of: loaded)
        let issuers = IssuerKeys(
            try configuration.issuerBook(loaded.extras.flatMap(\.issuers)), clock: systemClock)
        let identity = identity(
            tenants, keys, origin, random, try identitySettings(loaded), issuers)
        let journal = RequestJournal(documents: identity.published)
        let metrics = Metrics()
        let jobs = JobRegistry(
            environment: ProvisioningEnvironment(
                origin: local, clock: clock, random: random, client: client, loop: loop,
                journal: journal, metrics: metrics, faults: faults,
                settings: try provisioningSettings(),
                mailbox: configuration.dataFolder.map { NoticeFolder(dataFolder: $0) },
                firstCycleAt: clock.now + configuration.syncInterval, identity: identity,
                timeouts: targetTimeouts, ownTrust: .certificates([keys.authority]),
                otherTrust: try targetTrust()))
        for (host, records) in zip(loaded.hosts, loaded.provisioningRecords) {
            for record in records { jobs.replay(record, in: host) }
        }
        let timeline = Timeline(
            clock: clock, random: random, tenants: tenants, jobs: jobs, loop: loop,
            runsOnSchedule: configuration.runsJobsOnSchedule)
        let controlToken = Base64.urlEncode(SystemRandom().bytes(32, for: .controlToken))
        let services = SimulatorServices(
            origin: origin, clock: clock, random: random, tenants: tenants,
            sampleApps: SampleAppHosts(loaded.sampleApps),
            fixtures: FixtureLoader(folder: configuration.tenantsFolder),
            identity: identity, issuers: issuers, jobs: jobs, timeline: timeline, loop: loop,
            faults: faults, journal: journal, metrics: metrics, drills: DrillDesk(configuration),
            access: ControlAccess(token: controlToken, origins: [origin, local]),
            requestLog: configuration.requestLog)
        doors.open(services, keys)
        let readyFolder = configuration.readyFile.flatMap { FileAccess.createParent(of: $0) }
        let caFile = try authorityFile(keys)
        let ready = ReadyFile(
            baseURL: origin,
            httpBaseURL: servers.http.map { "http://localhost:\($0.boundPort)" },
            caFile: caFile, controlToken: controlToken, processID: ProcessFacts.id,
            loaded: loaded, local: local)
        let running = RunningState(
            services: services, servers: servers.all, client: client, loop: loop, keys: keys,
            controlToken: controlToken, authorityFile: caFile,
            temporaryAuthorityFile: configuration.keysFolder == nil ? caFile : nil, ready: ready,
            readyPath: configuration.readyFile, readyFolder: readyFolder,
            watch: try watch(
                loaded,
                FixtureIntake(
                    configuration: configuration, jobs: jobs, timeline: timeline, clock: clock,
                    faults: faults, issuers: issuers)))
        try begin(running)
        return running
    }

    private func watch(
        _ loaded: TenantLoader.Loaded, _ intake: FixtureIntake
    ) throws(SimulatorFailure) -> FixtureWatch? {
        guard configuration.watchesFixtures else { return nil }
        guard let folder = configuration.tenantsFolder else {
            throw SimulatorFailure(
                "there are no fixture files to watch: the tenant is the built-in one",
                hint: "name a folder of fixtures with --tenants")
        }
        return try FixtureWatch(
            folder, tenants: Array(zip(loaded.hosts, loaded.extras)), intake: intake,
            tell: configuration.fixtureLog ?? { _ in })
    }

    /// The fault rules there are from the start: those of the tenants' fixtures, and the
    /// defects of the apps'.
    private func faults(of loaded: TenantLoader.Loaded) throws(SimulatorFailure) -> FaultDesk {
        let faults = FaultDesk(seed: configuration.seed ?? 0)
        do throws(FaultRuleError) {
            for (host, extras) in zip(loaded.hosts, loaded.extras) {
                let tenant = host.snapshot.profile.name
                for rule in extras.rules { _ = try faults.add(rule, of: tenant, at: clock.now) }
            }
            for defect in loaded.defects { _ = try faults.turnOn(defect, at: clock.now) }
        } catch {
            throw SimulatorFailure(error.message, hint: error.hint)
        }
        return faults
    }

    /// Says where it is, and lets go what happens by itself.
    private func begin(_ running: RunningState) throws(SimulatorFailure) {
        try announce(running)
        running.services.timeline.reschedule()
        running.watch?.start()
    }

    /// Writes the ready-file; a simulator that cannot say where it is stops again.
    private func announce(_ running: RunningState) throws(SimulatorFailure) {
        guard let path = configuration.readyFile else { return }
        do throws(FileFailure) {
            try running.ready.write(to: path)
        } catch {
            running.stop()
            throw SimulatorFailure(error, hint: "choose another file with --ready-file")
        }
    }

    /// The streams of this run. A seeded run that goes on with stored tenants must not draw the
    /// identifiers of the runs before it again, so what is stored moves the seed.
    private func random(continuing loaded: TenantLoader.Loaded) -> any RandomSource {
        guard let seed = configuration.seed else { return SystemRandom() }
        let stored = loaded.hosts.reduce(into: UInt64(0)) { $0 &+= $1.snapshot.sequence }
        let kept = loaded.sampleApps.reduce(into: UInt64(0)) { sum, host in
            sum &+= UInt64(host.app.summary.users + host.app.summary.groups)
        }
        return SeededRandom(seed: SplitMix64.mix(seed &+ stored) ^ kept)
    }

    private func identity(
        _ tenants: TenantHosts, _ keys: KeySet, _ origin: String, _ random: any RandomSource,
        _ settings: IdentitySettings, _ issuers: IssuerKeys
    ) -> IdentityPlatform {
        func platform(_ published: PublishedDocuments) -> IdentityPlatform {
            IdentityPlatform(
                tenants: tenants, keys: tenants, sealing: keys.sealing, random: random,
                origin: origin, graphOrigin: origin, settings: settings, published: published,
                issuerKeys: issuers, signIns: tenants)
        }
        return platform(PublishedDocuments(of: platform(PublishedDocuments()), at: clock.now))
    }

    /// Where the CA's certificate can be read by other programs.
    private func authorityFile(_ keys: KeySet) throws(SimulatorFailure) -> String? {
        if let folder = configuration.keysFolder { return FileAccess.absolute("\(folder)/ca.pem") }
        guard let ready = configuration.readyFile else { return nil }
        let path = FileAccess.absolute(ready + ".ca.pem")
        do throws(FileFailure) {
            try FileAccess.writeAtomically(Array(keys.authority.pem.utf8), to: path)
        } catch {
            throw SimulatorFailure(error, hint: "choose another file with --ready-file")
        }
        return path
    }
}

extension RandomPurpose {
    fileprivate static let controlToken = RandomPurpose("control token")
}
