import SimCore
import SimDirectory
import SimFaults
import SimPortal
import SimTarget
import Synchronization

/// Takes a changed fixture in: the directory's part as events, fault rules and issuers where they
/// act. Either all of it or nothing.
struct FixtureIntake: Sendable {
    let configuration: SimulatorConfiguration
    let jobs: JobRegistry
    let timeline: Timeline
    let clock: VirtualClock
    let faults: FaultDesk
    let issuers: IssuerKeys

    /// Takes in the fixture at `index`.
    func takeIn(
        _ index: Int, of all: inout [WatchedFixture]
    ) throws(SimulatorFailure) -> FixtureReload {
        let watched = all[index]
        let (source, host) = (watched.source, watched.host)
        let digest = try source.digest()
        let (fixture, extras) = try source.content()
        let apps = try changedApps(source, watched.served)
        let directory = fixture.snapshot(at: clock.now)
        guard directory.profile.id == watched.directory.profile.id else {
            throw SimulatorFailure(
                "the fixture of '\(source.name)' is another tenant now: its id changed",
                hint: "restart to serve it")
        }
        // Whatever can be refused is, before anything is taken in.
        var named = all.map(\.extras)
        named[index] = extras
        let book = try configuration.issuerBook(named.flatMap(\.issuers))
        try edit(watched.extras.rules, to: extras.rules) { old, new throws(FaultRuleError) in
            var trial = faults.book(at: clock.now)
            try trial.edit(old, to: new, of: source.name, at: clock.now)
        }
        let changes = try append(directory, insteadOf: watched.directory, to: host)
        try edit(watched.extras.rules, to: extras.rules) { old, new throws(FaultRuleError) in
            try faults.edit(old, to: new, of: source.name, at: clock.now)
        }
        issuers.trust(book)
        host.written = extras.written
        all[index].directory = directory
        all[index].extras = extras
        // What stays as it was until the next start has to be found different there.
        let profileWaits = directory.profile != host.snapshot.profile
        all[index].unnotedDigest = profileWaits ? nil : digest
        timeline.reschedule()
        return FixtureReload(
            tenant: source.name, changes: changes + extras.differences(from: watched.extras),
            waiting: (profileWaits ? ["the tenant itself"] : [])
                + (settingsWait(extras, watched.served) ? ["settings of the login endpoint"] : [])
                + apps.map { "sample app \"\($0)\"" },
            failure: nil)
    }

    // MARK: What acts at once

    private func append(
        _ new: DirectorySnapshot, insteadOf old: DirectorySnapshot, to host: TenantHost
    ) throws(SimulatorFailure) -> [String] {
        let before = host.snapshot
        let taken = Mutex<[String]>([])
        do {
            try host.tenant.append(at: clock.now) { current throws(Never) in
                let edits = FixtureEdits(from: old, to: new, in: current)
                let events = edits.events()
                taken.withLock { $0 = edits.differences(events) }
                return events
            }
            try jobs.configurationsChanged(since: before, in: host)
        } catch let error as ControlError {
            throw SimulatorFailure(error.message, hint: error.hint)
        } catch {
            throw SimulatorFailure(
                "the changed fixture of '\(old.profile.name)' does not fit the running tenant:"
                    + " \(error)",
                hint: "nothing was taken in; change the file, or reset the tenant")
        }
        return taken.withLock { $0 }
    }

    private func edit(
        _ old: [FaultRule], to new: [FaultRule],
        _ body: ([FaultRule], [FaultRule]) throws(FaultRuleError) -> Void
    ) throws(SimulatorFailure) {
        guard old != new else { return }
        do throws(FaultRuleError) {
            try body(old, new)
        } catch {
            throw SimulatorFailure(error.message, hint: error.hint)
        }
    }

    // MARK: What waits for the next start

    /// Whether the login endpoint works by other settings than the fixture's.
    private func settingsWait(_ extras: FixtureExtras, _ served: WatchedFixture.Served) -> Bool {
        let settled = configuration.ownIdentitySettings
        return extras.identitySettings.filter { settled[$0.key] == nil }
            != served.identitySettings.filter { settled[$0.key] == nil }
    }

    /// The sample apps whose fixtures are not those that are served, sorted.
    private func changedApps(
        _ source: FixtureSource, _ served: WatchedFixture.Served
    ) throws(SimulatorFailure) -> [String] {
        var gone = Set(served.apps.keys)
        var changed: [String] = []
        for file in try source.targetFiles() {
            gone.remove(file.name)
            guard served.apps[file.name] != file.bytes else { continue }
            do throws(SampleAppProblem) {
                _ = try SampleAppConfiguration(
                    name: file.name, file: file.path, bytes: file.bytes)
            } catch {
                throw SimulatorFailure(error)
            }
            changed.append(file.name)
        }
        return (changed + gone).sorted()
    }
}
