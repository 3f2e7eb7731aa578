import SimCore

extension Simulator {
    /// The simulation's clock: every stamp, lifetime and schedule follows it.
    ///
    ///     try simulator.clock.freeze(at: "2026-01-05T08:00:00Z")
    ///     let ran = try await simulator.clock.advance(by: .seconds(2 * 3_600))
    ///     // three cycles of each job
    public struct Clock: Sendable {
        let simulator: Simulator

        /// The simulated moment, ISO 8601 to the second.
        public var now: String { simulator.services.clock.now.iso8601 }

        public var isFrozen: Bool {
            switch simulator.services.clock.mode {
            case .frozen: true
            case .running: false
            }
        }

        /// Stands still where it is.
        public func freeze() throws(SimulatorFailure) {
            try simulator.opened().clock.freeze()
        }

        /// Stands still at an instant, such as `2026-01-05T08:00:00Z`. Runs nothing on the way.
        public func freeze(at instant: String) throws(SimulatorFailure) {
            try simulator.opened().clock.freeze(at: Self.time(instant))
        }

        /// Moves forward and runs what falls due on the way, in order: cycles of the jobs, and the
        /// purge of users 30 days after their deletion. Returns when all of it has ended.
        @discardableResult
        public func advance(by duration: Duration) async throws(SimulatorFailure) -> [DueWorkDone] {
            guard duration >= .zero else {
                throw SimulatorFailure(
                    "time cannot be advanced by less than nothing", hint: "set(to:) goes back")
            }
            let services = try simulator.opened()
            return try await move(services, to: services.clock.now + duration)
        }

        /// Jumps to an instant. A jump forward runs what falls due, as an advance does; a jump
        /// back runs nothing.
        @discardableResult
        public func set(to instant: String) async throws(SimulatorFailure) -> [DueWorkDone] {
            let services = try simulator.opened()
            let time = try Self.time(instant)
            guard time <= services.clock.now else { return try await move(services, to: time) }
            services.clock.set(to: time)
            services.timeline.reschedule()
            return []
        }

        /// Runs on from where it stands.
        public func resume() throws(SimulatorFailure) {
            let services = try simulator.opened()
            services.clock.resume()
            services.timeline.reschedule()
        }

        private func move(
            _ services: SimulatorServices, to time: Timestamp
        ) async throws(SimulatorFailure) -> [DueWorkDone] {
            let done = try await services.pendingCalls.value {
                services.timeline.advance(to: time, completion: $0)
            }
            return done.map { DueWorkDone(at: $0.at.iso8601, what: $0.what) }
        }

        private static func time(_ text: String) throws(SimulatorFailure) -> Timestamp {
            guard let time = Timestamp(iso8601: text) else {
                throw SimulatorFailure(
                    "'\(text)' is no instant", hint: "write it as 2026-01-05T08:00:00Z")
            }
            return time
        }
    }
}

/// A piece of work that fell due while the clock moved.
public struct DueWorkDone: Hashable, Sendable, CustomStringConvertible {
    /// ISO 8601, by the simulation's clock.
    public let at: String
    /// One line: `Claresia: incremental cycle, 1 updated`.
    public let what: String

    public var description: String { "\(at)  \(what)" }
}
