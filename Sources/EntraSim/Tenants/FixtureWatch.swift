import SimCore
import SimDirectory
import SimPortal
import SimRuntime
import Synchronization

/// Takes in what somebody changes in the fixtures of running tenants.
///
/// Files are looked at, not waited for: an editor that replaces a file, a container's mounted
/// folder and a network drive all work the same. It has a thread of its own, so that reading a
/// large fixture delays no cycle.
final class FixtureWatch: Sendable {
    /// Between two looks, in the machine's time.
    static let interval = Duration.milliseconds(500)

    private struct Watched {
        let folder: TenantFolder
        let host: TenantHost
        /// What was last taken in.
        var fixture: DirectorySnapshot
        var stamp: FixtureStamp
        /// Another stamp, seen in the last look: taken in once it stands still.
        var settling: FixtureStamp?
        /// The log is to be told that it stands for this fixture now.
        var unnotedDigest: String?
    }

    private let state: Mutex<[Watched]>
    private let jobs: JobRegistry
    private let timeline: Timeline
    private let clock: VirtualClock
    private let tell: @Sendable (FixtureReload) -> Void
    private let loop: WorkLoop

    /// - Parameter tell: called for every change that was taken in or refused.
    init(
        _ folder: String, hosts: [TenantHost], jobs: JobRegistry, timeline: Timeline,
        clock: VirtualClock, tell: @escaping @Sendable (FixtureReload) -> Void
    ) throws(SimulatorFailure) {
        self.jobs = jobs
        self.timeline = timeline
        self.clock = clock
        self.tell = tell
        var watched: [Watched] = []
        for source in try FixtureSource.all(in: folder) {
            guard case .folder(let folder) = source,
                let host = hosts.first(where: { $0.snapshot.profile.name == source.name })
            else { continue }
            let stamp = folder.stamp()
            // In memory it began with just this; a stored tenant has moved on from it.
            let fixture =
                host.isStored ? try source.fixture().snapshot(at: clock.now) : host.snapshot
            watched.append(
                Watched(folder: folder, host: host, fixture: fixture, stamp: stamp))
        }
        state = Mutex(watched)
        do throws(SocketFailure) {
            loop = try WorkLoop(name: "fixtures")
        } catch {
            throw SimulatorFailure("the machine refused a thread: \(error)")
        }
    }

    /// Looks again and again until `stop`.
    func start() {
        loop.schedule(after: Self.interval) { [weak self] in
            guard let self else { return }
            look()
            start()
        }
    }

    func stop() { loop.stop() }

    /// Looks once. A changed file is taken in by the second look that finds it the same, so that
    /// one that is just being written is not read.
    func look() {
        // Whoever looks has the list; a second one at the same time finds nothing to do.
        var watched = state.withLock { state in
            defer { state = [] }
            return state
        }
        for index in watched.indices { look(at: &watched[index]) }
        let looked = watched
        state.withLock { $0 = looked }
    }

    private func look(at watched: inout Watched) {
        note(&watched)
        let stamp = watched.folder.stamp()
        guard stamp != watched.stamp else {
            watched.settling = nil
            return
        }
        guard watched.settling == stamp else {
            watched.settling = stamp
            return
        }
        watched.stamp = stamp
        watched.settling = nil
        let name = watched.folder.name
        do throws(SimulatorFailure) {
            let changes = try takeIn(&watched)
            tell(FixtureReload(tenant: name, changes: changes, failure: nil))
        } catch {
            tell(FixtureReload(tenant: name, changes: [], failure: error))
        }
    }

    /// A change of name, domains or region.
    private static let waiting = "the tenant itself (from the next start on)"

    /// - Returns: what changed, an object a line.
    private func takeIn(_ watched: inout Watched) throws(SimulatorFailure) -> [String] {
        let source = FixtureSource.folder(watched.folder)
        let digest = try source.digest()
        let new = try source.fixture().snapshot(at: clock.now)
        let old = watched.fixture
        let host = watched.host
        guard new.profile.id == old.profile.id else {
            throw SimulatorFailure(
                "the fixture of '\(source.name)' is another tenant now: its id changed",
                hint: "restart to serve it")
        }
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
                "the changed fixture of '\(source.name)' does not fit the running tenant:"
                    + " \(error)",
                hint: "nothing was taken in; change the file, or reset the tenant")
        }
        watched.fixture = new
        // What stays as it was until the next start has to be found different there.
        let waits = new.profile != host.snapshot.profile
        watched.unnotedDigest = waits ? nil : digest
        note(&watched)
        timeline.reschedule()
        return taken.withLock { $0 } + (waits ? [Self.waiting] : [])
    }

    /// Tells the log of a stored tenant which fixture it stands for, so that the next start goes
    /// on with it. Waits while somebody may come back to a snapshot.
    private func note(_ watched: inout Watched) {
        guard let digest = watched.unnotedDigest else { return }
        guard let journal = watched.host.journal else {
            watched.unnotedDigest = nil
            return
        }
        guard !journal.hasMarks else { return }
        do throws(JournalError) {
            try journal.compact(watched.host.snapshot, fixture: digest)
            watched.unnotedDigest = nil
        } catch {
            // The next look tries again; what was taken in is in the log already.
        }
    }
}

/// A changed fixture that was taken in while its tenant runs, or why it was not.
public struct FixtureReload: Sendable {
    /// Folder name: `contoso`.
    public let tenant: String
    /// What it changed, an object a line; empty when nothing that counts did.
    public let changes: [String]
    /// Why nothing was taken in; nil when it was.
    public let failure: SimulatorFailure?
}
