import SimCore

/// When a failed object is tried again.
///
/// The first retry is the next cycle; the documented steps count from it: 6 h, 12 h, 24 h, then
/// every 24 h up to 28 days. Source: provisioning.md §1.11 [D][W].
package struct RetrySchedule: Hashable, Sendable {
    package let steps: [Duration]
    package let interval: Duration
    package let period: Duration

    package init(_ settings: ProvisioningSettings) {
        steps = settings.retrySteps
        interval = settings.retryInterval
        period = settings.retryPeriod
    }

    /// - Parameters:
    ///   - retries: retries made so far, 1 or more.
    ///   - anchor: time of the first retry.
    /// - Returns: the next one; nil when the period is over and the entry is dropped.
    package func next(afterRetries retries: Int, anchor: Timestamp) -> Timestamp? {
        let offset =
            retries <= steps.count
            ? steps[max(0, retries - 1)]
            : (steps.last ?? .zero) + interval * (retries - steps.count)
        return offset > period ? nil : anchor + offset
    }
}
