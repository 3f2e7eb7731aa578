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

    /// How the files of a tenant looked.
    private struct Sight {
        let folder: TenantFolder
        var stamp: FixtureStamp
        /// Another stamp, seen in the last look: taken in once it stands still.
        var settling: FixtureStamp?
    }

    /// The same tenants in both lists.
    private struct State {
        var sights: [Sight] = []
        var fixtures: [WatchedFixture] = []
    }

    private let state: Mutex<State>
    private let intake: FixtureIntake
    private let tell: @Sendable (FixtureReload) -> Void
    private let loop: WorkLoop

    /// - Parameters:
    ///   - tenants: that run, with what their fixtures said besides the directory.
    ///   - tell: called for every change that was taken in or refused.
    init(
        _ folder: String, tenants: [(host: TenantHost, extras: FixtureExtras)],
        intake: FixtureIntake, tell: @escaping @Sendable (FixtureReload) -> Void
    ) throws(SimulatorFailure) {
        self.intake = intake
        self.tell = tell
        var state = State()
        for source in try FixtureSource.all(in: folder) {
            guard case .folder(let folder) = source,
                let tenant = tenants.first(where: {
                    $0.host.snapshot.profile.name == source.name
                })
            else { continue }
            state.sights.append(Sight(folder: folder, stamp: folder.stamp()))
            state.fixtures.append(
                try WatchedFixture(source, tenant.host, tenant.extras, at: intake.clock.now))
        }
        self.state = Mutex(state)
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
        // Whoever looks has the lists; a second one at the same time finds nothing to do.
        var looked = state.withLock { state in
            defer { state = State() }
            return state
        }
        for index in looked.sights.indices { look(at: index, &looked) }
        let seen = looked
        state.withLock { $0 = seen }
    }

    private func look(at index: Int, _ state: inout State) {
        state.fixtures[index].note()
        let stamp = state.sights[index].folder.stamp()
        guard stamp != state.sights[index].stamp else {
            state.sights[index].settling = nil
            return
        }
        guard state.sights[index].settling == stamp else {
            state.sights[index].settling = stamp
            return
        }
        state.sights[index].stamp = stamp
        state.sights[index].settling = nil
        do throws(SimulatorFailure) {
            let reload = try intake.takeIn(index, of: &state.fixtures)
            state.fixtures[index].note()
            tell(reload)
        } catch {
            tell(
                FixtureReload(
                    tenant: state.sights[index].folder.name, changes: [], waiting: [],
                    failure: error))
        }
    }
}
