/// When failures of single objects hold the whole job back. provisioning.md §2.1.
package struct EscrowThresholds: Hashable, Sendable {
    package let minimum: Int
    package let percent: Int
    package let base: Int
    package let total: Int

    package init(_ settings: ProvisioningSettings) {
        minimum = settings.quarantineMinimumFailures
        percent = settings.quarantineFailurePercent
        base = settings.quarantineBaseLimit
        total = settings.quarantineTotalLimit
    }

    /// The threshold that is passed, the absolute ones first; nil while the job is healthy.
    ///
    /// - Parameters:
    ///   - failures: objects whose last attempt failed.
    ///   - references: managers and members held back.
    ///   - successes: objects whose last attempt went well.
    package func reason(
        failures: Int, references: Int, successes: Int
    ) -> Quarantine.Reason? {
        if failures > base { return .encounteredBaseEscrowThreshold }
        if failures + references > total { return .encounteredTotalEscrowThreshold }
        guard failures >= minimum, failures > 0 else { return nil }
        // More than `percent` of all that were tried.
        let isTooMany = failures * 100 > percent * (failures + successes)
        return isTooMany ? .encounteredEscrowProportionThreshold : nil
    }
}

extension Quarantine.Reason {
    /// What the job's error says of a threshold; the service's own text is unpublished.
    package var explanation: String {
        switch self {
        case .encounteredBaseEscrowThreshold:
            "The number of objects that could not be provisioned is above the limit of a job."
        case .encounteredTotalEscrowThreshold:
            "The number of objects and references that could not be provisioned is above the "
                + "limit of a job."
        case .encounteredEscrowProportionThreshold:
            "The share of objects that could not be provisioned is above the limit of a job."
        case .tooManyDeletes:
            "The number of objects to be disabled or deleted is above the configured threshold. "
                + "No disable or delete was sent."
        case .encounteredQuarantineException:
            "The connection to the application does not work."
        case .quarantinedOnDemand: "The job was put into quarantine by hand."
        case .ingestionInterrupted: "The ingestion of data was interrupted."
        case .unknown: "The reason is not known."
        }
    }
}
