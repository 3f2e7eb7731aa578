import SimCore
import SimPortal
import SimProvisioning

/// What a person may set about the provisioning service itself: where the published material is
/// silent or a drill wants smaller numbers. The same for every job of a simulator.
/// provisioning.md §1.11, §1.12, §2.1, §12.
enum EngineSetting: String, NamedSetting {
    case parallelism, memberBatchSize, progressPageSize, logEntryLimit
    case staleAnchor, retryAfter, managerClearing, missingMatchStep, statusAfterQuarantine
    case sendsMemberReference, refusesExcludedMembers, sendsEmptyRoles, echoesTenantFlags
    case sendsEngineHeader
    case loseDeleteOnFastPurge, losesDisablesOnRestart, losesMemberRemovalsOnRestart
    case quarantineMinimumFailures, quarantineFailurePercent, quarantineBaseLimit
    case quarantineTotalLimit
    case retrySteps, retryInterval, retryPeriod, tokenRenewalMargin
    case accidentalDeletionThreshold, deletionThresholdIsInclusive
    case errorCodes

    typealias Settings = SimProvisioning.ProvisioningSettings

    static let owner = "provisioning service"

    var value: SettingValue<Settings> {
        switch self {
        case .parallelism: .count(\.parallelism, 1...256)
        case .memberBatchSize: .count(\.memberBatchSize, 1...10_000)
        case .progressPageSize: .count(\.progressPageSize, 1...100_000)
        case .logEntryLimit: .count(\.logEntryLimit, 1...10_000_000)
        case .staleAnchor: .choice(\.staleAnchor)
        case .retryAfter: .choice(\.retryAfter)
        case .managerClearing: .choice(\.managerClearing)
        case .missingMatchStep: .choice(\.missingMatchStep)
        case .statusAfterQuarantine:
            .word(
                [
                    ProvisioningJobState.StatusCode.quarantine, .paused,
                ].map(\.rawValue)
            ) { settings, text in
                settings.statusAfterQuarantine = text == "Paused" ? .paused : .quarantine
            }
        case .sendsMemberReference: .flag(\.sendsMemberReference)
        case .refusesExcludedMembers: .flag(\.refusesExcludedMembers)
        case .sendsEmptyRoles: .flag(\.sendsEmptyRoles)
        case .echoesTenantFlags: .flag(\.echoesTenantFlags)
        case .sendsEngineHeader: .flag(\.sendsEngineHeader)
        case .loseDeleteOnFastPurge: .flag(\.losesDeleteOnFastPurge)
        case .losesDisablesOnRestart: .flag(\.losesDisablesOnRestart)
        case .losesMemberRemovalsOnRestart: .flag(\.losesMemberRemovalsOnRestart)
        case .quarantineMinimumFailures: .count(\.quarantineMinimumFailures, 0...10_000_000)
        case .quarantineFailurePercent: .count(\.quarantineFailurePercent, 0...100)
        case .quarantineBaseLimit: .count(\.quarantineBaseLimit, 0...10_000_000)
        case .quarantineTotalLimit: .count(\.quarantineTotalLimit, 0...10_000_000)
        case .retrySteps: .text("rising durations such as 6h,12h,24h", Self.putSteps)
        case .retryInterval: .duration(\.retryInterval)
        case .retryPeriod: .duration(\.retryPeriod)
        case .tokenRenewalMargin: .duration(\.tokenRenewalMargin)
        case .accidentalDeletionThreshold: .text("a number, or off", Self.putThreshold)
        case .deletionThresholdIsInclusive: .flag(\.deletionThresholdIsInclusive)
        case .errorCodes:
            .text(
                "statuses from 300 to 599 with codes of the provisioning log, such as "
                    + "400=MissingValues,403=NotPermitted", Self.putCodes)
        }
    }

    /// Most steps of a retry schedule.
    private static let stepLimit = 100

    /// `6h,12h,24h`
    private static func putSteps(_ settings: inout Settings, _ text: String) -> Bool {
        let steps = text.split(separator: ",", omittingEmptySubsequences: false)
            .map { DurationText.parse(String($0)) ?? .zero }
        guard steps.count <= stepLimit, steps.allSatisfy({ $0 > .zero }),
            zip(steps, steps.dropFirst()).allSatisfy({ $0 < $1 })
        else { return false }
        settings.retrySteps = steps
        return true
    }

    /// A number, or `off`.
    private static func putThreshold(_ settings: inout Settings, _ text: String) -> Bool {
        if text == "off" {
            settings.accidentalDeletionThreshold = nil
            return true
        }
        guard let number = Int(text), (0...10_000_000).contains(number) else { return false }
        settings.accidentalDeletionThreshold = number
        return true
    }

    /// Log codes by status, `400=MissingValues,403=NotPermitted`; no status twice.
    private static func putCodes(_ settings: inout Settings, _ text: String) -> Bool {
        var codes: [Int: ProvisioningErrorCode] = [:]
        for pair in text.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = pair.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, let status = Int(parts[0]), (300...599).contains(status),
                let code = ProvisioningErrorCode(rawValue: String(parts[1])),
                codes.updateValue(code, forKey: status) == nil
            else { return false }
        }
        settings.errorCodes = codes
        return true
    }
}
