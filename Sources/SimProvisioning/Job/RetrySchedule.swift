import SimCore

/// When a failed object, or a quarantined job, is tried again.
///
/// The documented steps count from the first retry of an object and from the beginning of a
/// quarantine: 6 h, 12 h, 24 h, then every 24 h up to 28 days.
/// Source: provisioning.md §1.11, §2.2 [D][W].
package struct RetrySchedule: Hashable, Sendable {
    package let steps: [Duration]
    package let interval: Duration
    package let period: Duration

    package init(_ settings: ProvisioningSettings) {
        steps = settings.retrySteps
        interval = settings.retryInterval
        period = settings.retryPeriod
    }

    /// The first time of the schedule that lies after `now`: an attempt between two steps does
    /// not move it. nil once the period is over.
    package func next(after now: Timestamp, anchor: Timestamp) -> Timestamp? {
        let passed = now - anchor
        let offset = steps.first { $0 > passed } ?? daily(after: passed)
        return offset > period ? nil : anchor + offset
    }

    private func daily(after passed: Duration) -> Duration {
        let last = steps.last ?? .zero
        let step = max(interval, .seconds(1))
        let count = max(0, Int64((passed - last) / step)) + 1
        return last + step * Int(count)
    }
}
