import SimCore

/// Everything the service's documentation leaves open or a drill wants to scale, with the default
/// this simulator uses. provisioning.md §2.1, §3, §11, §12.
package struct ProvisioningSettings: Hashable, Sendable {
    /// What a 404 on a cached target id does. provisioning.md §1.10.
    package enum StaleAnchor: String, CaseIterable, Sendable {
        case rematchOnRead, invalidAnchor
    }

    /// What `Retry-After` of a target's answer does. provisioning.md §12, question 3.
    package enum RetryAfter: String, CaseIterable, Sendable {
        /// Nothing: the object is tried again in the next cycle.
        case ignored
        /// The object stays in escrow until then. The cycle itself never waits.
        case delaysRetry
    }

    /// How a manager is taken away. provisioning.md §7.4.
    package enum ManagerClearing: String, CaseIterable, Sendable {
        /// `Replace` with `""`.
        case emptyText
        /// `Replace` with `{"value":""}`.
        case emptyValue
        /// `Remove` with path `manager[value eq "…"]`.
        case remove
    }

    /// For whose creation the log names the empty query with a step of its own. The captured
    /// record of a new user has none; notes about new groups show one. provisioning.md §5.1, §5.3.
    package enum MissingMatchStep: String, CaseIterable, Sendable {
        case never, groups, always
    }

    /// Calls in flight at once.
    package var parallelism = 8
    /// How long before its end an access token is replaced (unverified).
    package var tokenRenewalMargin: Duration = .minutes(5)
    /// Time between two cycles.
    package var interval: Duration = .minutes(40)
    package var staleAnchor = StaleAnchor.rematchOnRead
    package var missingMatchStep = MissingMatchStep.groups
    package var retryAfter = RetryAfter.ignored
    /// Log codes of a target's refusals by status, before the usual ones. The vocabulary has many
    /// codes for one cause, and which one real records carry when is not published (unverified).
    /// provisioning.md §5.5.
    package var errorCodes: [Int: ProvisioningErrorCode] = [:]
    /// Members in one PATCH, at most.
    package var memberBatchSize = 50
    package var managerClearing = ManagerClearing.emptyText
    /// `"$ref": null` beside each member value, as in the tutorial only.
    package var sendsMemberReference = false
    /// A group that comes back with members although they were excluded is a failure.
    /// provisioning.md §1.7 [D].
    package var refusesExcludedMembers = true
    /// `roles: []` at the end of a new user.
    package var sendsEmptyRoles = true
    /// The tenant URL's flags are also sent with each request.
    package var echoesTenantFlags = false
    /// The `ADSCIMVersion` header is sent.
    package var sendsEngineHeader = true
    /// A purge in the cycle of its soft delete reaches nobody. provisioning.md §1.12.
    package var losesDeleteOnFastPurge = false

    /// Quarantine: failures before the proportion counts, the proportion in percent, and the two
    /// absolute limits. provisioning.md §2.1.
    package var quarantineMinimumFailures = 5_000
    package var quarantineFailurePercent = 40
    package var quarantineBaseLimit = 40_000
    package var quarantineTotalLimit = 60_000
    /// Retries of an escrowed object and of a quarantined job, counted from the first one.
    package var retrySteps: [Duration] = [.hours(6), .hours(12), .hours(24)]
    package var retryInterval: Duration = .hours(24)
    package var retryPeriod: Duration = .days(28)
    /// Disables and deletes in one cycle above which they are staged, for jobs that have no
    /// threshold of their own; nil while switched off. provisioning.md §3.
    package var accidentalDeletionThreshold: Int?
    /// The threshold itself trips the guard too. provisioning.md §12, question 7.
    package var deletionThresholdIsInclusive = false
    /// `status.code` of a job switched off after the retry period in quarantine.
    /// provisioning.md §12, question 6.
    package var statusAfterQuarantine = ProvisioningJobState.StatusCode.quarantine
    /// A restart forgets who was taken out of scope since the last cycle: nobody switches them
    /// off. provisioning.md §1.12.
    package var losesDisablesOnRestart = true
    /// A restart forgets members taken out since the last cycle: they stay in the target's group.
    /// provisioning.md §1.12 [T].
    package var losesMemberRemovalsOnRestart = false
    /// Objects on a page of the progress bar; the service's own number is unpublished.
    package var progressPageSize = 100
    /// Log entries kept in memory per job, oldest dropped first.
    package var logEntryLimit = 100_000

    package init() {}
}
