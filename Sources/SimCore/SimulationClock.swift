/// Where every component gets the time. Only the system clock's file reads the machine's clock.
package protocol SimulationClock: Sendable {
    var now: Timestamp { get }
}

/// A clock that stands still: tests and pure previews.
package struct FixedClock: SimulationClock {
    package let now: Timestamp

    package init(_ now: Timestamp) {
        self.now = now
    }
}
