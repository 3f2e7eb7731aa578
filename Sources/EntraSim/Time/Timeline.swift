import SimCore
import SimDirectory
import SimPortal
import SimRuntime
import Synchronization

/// What falls due at an instant, and what came of it.
enum DueWork: Sendable {
    case cycle(JobRunner)
    /// Users whose 30 days in the recycle bin are over.
    case purge(TenantHost)
    /// The signing keys roll over by themselves.
    case rollover(TenantHost)

    /// One line of an advance's report.
    struct Done: Hashable, Sendable {
        let at: Timestamp
        let what: String
    }
}

/// Runs scheduled work when it falls due: by itself while the clock runs, in order during an
/// advance.
///
/// Work due at the same instant begins in a fixed order: purges and rollovers before cycles, so
/// that a cycle sees them; then by tenant and job. An advance runs one piece at a time, so that it
/// does the same each time; while the clock runs by itself no job waits for another one's target.
final class Timeline: Sendable {
    /// An advance longer than this would run without end: 40-minute cycles of a century.
    static let stepLimit = 2_000_000
    /// Longest sleep of the loop; the clock may be moved meanwhile.
    private static let longestWait = Duration.seconds(3_600)
    /// Cycles a running clock has under way, at most; those beyond begin when one ends.
    private static let cycleLimit = 64

    private struct State {
        var isBusy = false
        /// Cycles begun by the running clock that have not ended: no advance begins meanwhile.
        var cycles = 0
        var isStopped = false
        /// Advances that wait for the one under way.
        var waiting: [@Sendable () -> Void] = []
        /// Counts reschedules; an alarm of an earlier generation does nothing.
        var generation: UInt64 = 0
    }

    private let clock: VirtualClock
    private let random: any RandomSource
    private let tenants: TenantHosts
    private let jobs: JobRegistry
    private let loop: WorkLoop
    private let runsOnSchedule: Bool
    private let state = Mutex(State())

    init(
        clock: VirtualClock, random: any RandomSource, tenants: TenantHosts, jobs: JobRegistry,
        loop: WorkLoop, runsOnSchedule: Bool
    ) {
        self.clock = clock
        self.random = random
        self.tenants = tenants
        self.jobs = jobs
        self.loop = loop
        self.runsOnSchedule = runsOnSchedule
    }

    /// Moves the clock to `target`, stopping at each instant where something is due.
    func advance(
        to target: Timestamp, completion: @escaping @Sendable ([DueWork.Done]) -> Void
    ) {
        claim {
            let start = self.clock.now
            self.step(until: target, moves: true, done: [], steps: 0) { done in
                self.clock.set(to: max(target, self.clock.now))
                let told = self.withExpiries(done, after: start, through: self.clock.now)
                self.release()
                completion(told)
            }
        }
    }

    /// The same with the credentials that ended meanwhile, each before the work of its instant.
    private func withExpiries(
        _ done: [DueWork.Done], after start: Timestamp, through end: Timestamp
    ) -> [DueWork.Done] {
        let expiries = tenants.hosts.flatMap { host in
            let tenant = host.snapshot.profile.name
            return host.snapshot.credentialExpiries(after: start, through: end).map {
                DueWork.Done(
                    at: $0.at,
                    what: "\(tenant): \($0.kind.rawValue) '\($0.name)' of \($0.application) expired"
                )
            }
        }
        guard !expiries.isEmpty else { return done }
        var rest = done[...]
        var told: [DueWork.Done] = []
        for expiry in expiries.sorted(by: { $0.at < $1.at }) {
            let before = rest.prefix { $0.at < expiry.at }
            told += before
            rest = rest.dropFirst(before.count)
            told.append(expiry)
        }
        return told + rest
    }

    /// Sets the alarm for the next due work of a running clock.
    func reschedule() {
        let generation = state.withLock { state in
            state.generation += 1
            return state.generation
        }
        guard runsOnSchedule, case .running = clock.mode else { return }
        let next = nextDue(includingCycles: true)?.at ?? clock.now + Self.longestWait
        let wait = min(max(next - clock.now, .zero), Self.longestWait)
        loop.schedule(after: wait) { self.alarm(generation) }
    }

    /// Runs `work` on the timeline's loop, which answers no requests.
    func soon(_ work: @escaping @Sendable () -> Void) { loop.execute(work) }

    func stop() {
        state.withLock { $0.isStopped = true }
    }

    /// An advance or an alarm is at work, or one waits.
    var isBusy: Bool { state.withLock { $0.isBusy || !$0.waiting.isEmpty } }

    /// Something is due now that will begin by itself.
    var isAboutToWork: Bool {
        guard runsOnSchedule, case .running = clock.mode,
            let due = nextDue(includingCycles: true)
        else { return false }
        return due.at <= clock.now
    }

    /// What waits, waits for the cycles under way; nothing new begins in front of it.
    private func alarm(_ generation: UInt64) {
        let mayWork = state.withLock { state in
            guard state.generation == generation, !state.isStopped, !state.isBusy,
                state.waiting.isEmpty, state.cycles < Self.cycleLimit
            else { return false }
            state.isBusy = true
            return true
        }
        guard mayWork else { return }
        step(until: clock.now, moves: false, done: [], steps: 0) { _ in self.release() }
    }

    /// Runs `work` on the loop once nothing else moves the timeline and no cycle is under way.
    private func claim(_ work: @escaping @Sendable () -> Void) {
        let mayRun = state.withLock { state in
            if state.isBusy || state.cycles > 0 {
                state.waiting.append(work)
                return false
            }
            state.isBusy = true
            return true
        }
        if mayRun { loop.execute(work) }
    }

    private func release() {
        state.withLock { $0.isBusy = false }
        proceed()
    }

    /// What waits goes on as soon as it may; else the alarm is set for what comes next.
    private func proceed() {
        let next = state.withLock { state -> (@Sendable () -> Void)? in
            guard !state.isBusy, state.cycles == 0, !state.waiting.isEmpty else { return nil }
            state.isBusy = true
            return state.waiting.removeFirst()
        }
        if let next { loop.execute(next) } else { reschedule() }
    }

    /// Begins a cycle of a running clock.
    private func launch(_ runner: JobRunner) {
        state.withLock { $0.cycles += 1 }
        runner.runScheduled { _ in
            self.state.withLock { $0.cycles -= 1 }
            self.proceed()
        }
    }

    private func step(
        until target: Timestamp, moves: Bool, done: [DueWork.Done], steps: Int,
        finish: @escaping @Sendable ([DueWork.Done]) -> Void
    ) {
        let (isStopped, cycles) = state.withLock { ($0.isStopped, $0.cycles) }
        // A running clock moves on meanwhile: what is due "now" is due after the target was read.
        guard !isStopped, steps < Self.stepLimit, cycles < Self.cycleLimit,
            let due = nextDue(includingCycles: runsOnSchedule),
            due.at <= max(target, clock.now)
        else { return finish(done) }
        if moves, due.at > clock.now { clock.set(to: due.at) }
        let at = clock.now
        switch due.work {
        case .purge(let host):
            let count = purge(host, at: at)
            // What could not be stored stays due; this advance does not try it for ever.
            guard count > 0 else { return finish(done) }
            let name = host.snapshot.profile.name
            let line = DueWork.Done(at: at, what: "\(name): \(count) users purged")
            loop.execute {
                self.step(
                    until: target, moves: moves, done: done + [line], steps: steps + 1,
                    finish: finish)
            }
        case .rollover(let host):
            let name = host.snapshot.profile.name
            guard rollOver(host, at: at) else { return finish(done) }
            let line = DueWork.Done(at: at, what: "\(name): signing keys rolled over")
            loop.execute {
                self.step(
                    until: target, moves: moves, done: done + [line], steps: steps + 1,
                    finish: finish)
            }
        case .cycle(let runner) where !moves:
            launch(runner)
            loop.execute {
                self.step(
                    until: target, moves: false, done: done, steps: steps + 1, finish: finish)
            }
        case .cycle(let runner):
            runner.runScheduled { what in
                self.loop.execute {
                    self.step(
                        until: target, moves: moves,
                        done: done + [DueWork.Done(at: at, what: what)], steps: steps + 1,
                        finish: finish)
                }
            }
        }
    }

    /// The earliest work; purges first at the same instant.
    private func nextDue(includingCycles: Bool) -> (at: Timestamp, work: DueWork)? {
        var best: (at: Timestamp, work: DueWork)?
        for host in tenants.hosts {
            let snapshot = host.snapshot
            if let first = snapshot.deletedUsers.compactMap(\.deletedAt).min() {
                let at = first + DirectoryEdits.recycleBinPeriod
                if best.map({ at < $0.at }) ?? true { best = (at, .purge(host)) }
            }
            if let at = snapshot.signingKeys.nextRollover(startedAt: host.openedAt) {
                if best.map({ at < $0.at }) ?? true { best = (at, .rollover(host)) }
            }
        }
        guard includingCycles else { return best }
        for runner in jobs.all(in: tenants.hosts, at: clock.now) {
            guard let at = runner.nextRunAt else { continue }
            if best.map({ at < $0.at }) ?? true { best = (at, .cycle(runner)) }
        }
        return best
    }

    /// False when it could not be stored: this advance does not try it for ever.
    private func rollOver(_ host: TenantHost, at now: Timestamp) -> Bool {
        do throws(ControlError) {
            try KeyCommands(host: host, now: now, random: random).rollOver()
            return true
        } catch {
            return false
        }
    }

    private func purge(_ host: TenantHost, at now: Timestamp) -> Int {
        let random = random
        let records = try? host.tenant.append(at: now) { snapshot throws(Never) in
            DirectoryEdits(snapshot, now: now, random: random).purgeExpiredUsers()
        }
        return records?.count ?? 0
    }
}
