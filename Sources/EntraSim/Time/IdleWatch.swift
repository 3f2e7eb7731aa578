import SimCore

/// Waits until nothing is under way: no cycle, no advance of the clock, nothing that is due and
/// about to begin. A frozen clock's due work begins with an advance only, so it is not waited for.
struct IdleWatch: Sendable {
    struct Answer: Hashable, Sendable {
        /// What was still under way when the time was over; empty when nothing was.
        let busy: [String]
        /// Number of the latest journal entry.
        let latest: UInt64

        var json: JSONValue {
            [
                "idle": .bool(busy.isEmpty), "busy": JSONValue(strings: busy),
                "latest": .int(Int64(clamping: latest)),
            ]
        }
    }

    /// Between two looks, in the machine's time.
    private static let interval: Duration = .milliseconds(10)

    let services: SimulatorServices

    /// - Parameter timeout: of the machine's time.
    func wait(_ timeout: Duration, completion: @escaping @Sendable (Answer) -> Void) {
        look(until: services.clock.machineTime + timeout, completion)
    }

    private func look(
        until end: Timestamp, _ completion: @escaping @Sendable (Answer) -> Void
    ) {
        let busy = busy
        guard !busy.isEmpty, services.clock.machineTime < end else {
            return completion(Answer(busy: busy, latest: services.journal.latest))
        }
        services.loop.schedule(after: Self.interval) { look(until: end, completion) }
    }

    private var busy: [String] {
        var busy = services.timeline.isBusy ? ["the clock is being moved"] : []
        for host in services.tenants.hosts {
            for runner in services.jobs.runners(in: host, at: services.clock.now)
            where runner.isRunning {
                busy.append("\(runner.app): a cycle is under way")
            }
        }
        if busy.isEmpty, services.timeline.isAboutToWork { busy.append("a cycle is due") }
        return busy
    }
}
