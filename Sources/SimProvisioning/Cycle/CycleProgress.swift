import SimCore

/// `progress` of a job's status: pages of source objects, not objects. provisioning.md §1.5, §6.1.
package struct CycleProgress: Hashable, Sendable {
    package let completedPages: Int
    package let totalPages: Int
    package let observedAt: Timestamp

    var resource: JSONValue {
        [
            "completedUnits": .int(Int64(completedPages)),
            "totalUnits": .int(Int64(totalPages)),
            "progressObservationDateTime": .string(observedAt.iso8601), "units": "pages",
        ]
    }
}

extension ProvisioningCycle {
    /// Pages of users and groups looked at so far, and in all.
    package var progress: CycleProgress {
        let size = max(1, job.settings.progressPageSize)
        func pages(_ count: Int) -> Int { (count + size - 1) / size }
        let users = pages(work.users.count)
        let total = users + pages(work.groups.count)
        let completed: Int =
            switch phase {
            case .ready, .probing: 0
            case .users: next / size
            case .groups: users + next / size
            case .references, .finished: total
            }
        return CycleProgress(
            completedPages: completed, totalPages: total, observedAt: lastEventAt)
    }
}
