import SimCore
import SimPortal
import SimProvisioning

/// What a person may set about the provisioning service itself: where the published material is
/// silent or a drill wants smaller numbers. The same for every job of a simulator.
/// provisioning.md §1.11, §1.12, §2.1, §12.
enum EngineSetting: String, CaseIterable, Sendable {
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

    private typealias Settings = SimProvisioning.ProvisioningSettings

    /// What a value of the setting looks like, and how it is put in its place.
    private enum Value {
        case flag(WritableKeyPath<Settings, Bool>)
        case count(WritableKeyPath<Settings, Int>, ClosedRange<Int>)
        case duration(WritableKeyPath<Settings, Duration>)
        /// `6h,12h,24h`
        case steps
        /// A number, or `off`.
        case threshold
        /// `400=MissingValues,403=NotPermitted`
        case codes
        case word([String], (inout Settings, String) -> Void)

        static func choice<Choice: RawRepresentable<String> & CaseIterable>(
            _ place: WritableKeyPath<Settings, Choice>
        ) -> Value {
            .word(Choice.allCases.map(\.rawValue)) { settings, text in
                if let choice = Choice(rawValue: text) { settings[keyPath: place] = choice }
            }
        }
    }

    private var value: Value {
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
        case .retrySteps: .steps
        case .retryInterval: .duration(\.retryInterval)
        case .retryPeriod: .duration(\.retryPeriod)
        case .tokenRenewalMargin: .duration(\.tokenRenewalMargin)
        case .accidentalDeletionThreshold: .threshold
        case .deletionThresholdIsInclusive: .flag(\.deletionThresholdIsInclusive)
        case .errorCodes: .codes
        }
    }

    /// Most steps of a retry schedule.
    private static let stepLimit = 100

    /// Puts `text` in its place; false for a text that is no value of the setting.
    func set(_ text: String, in settings: inout SimProvisioning.ProvisioningSettings) -> Bool {
        switch value {
        case .flag(let place):
            guard let isOn = Bool(text) else { return false }
            settings[keyPath: place] = isOn
        case .count(let place, let bounds):
            guard let number = Int(text), bounds.contains(number) else { return false }
            settings[keyPath: place] = number
        case .duration(let place):
            guard let duration = DurationText.parse(text), duration > .zero else { return false }
            settings[keyPath: place] = duration
        case .steps:
            let steps = text.split(separator: ",", omittingEmptySubsequences: false)
                .map { DurationText.parse(String($0)) ?? .zero }
            guard steps.count <= Self.stepLimit, steps.allSatisfy({ $0 > .zero }),
                zip(steps, steps.dropFirst()).allSatisfy({ $0 < $1 })
            else { return false }
            settings.retrySteps = steps
        case .threshold:
            if text == "off" {
                settings.accidentalDeletionThreshold = nil
            } else {
                guard let number = Int(text), (0...10_000_000).contains(number) else {
                    return false
                }
                settings.accidentalDeletionThreshold = number
            }
        case .codes:
            guard let codes = Self.codes(text) else { return false }
            settings.errorCodes = codes
        case .word(let words, let put):
            guard words.contains(text) else { return false }
            put(&settings, text)
        }
        return true
    }

    /// Log codes by status; nil for a text with anything else in it or a status named twice.
    private static func codes(_ text: String) -> [Int: ProvisioningErrorCode]? {
        var codes: [Int: ProvisioningErrorCode] = [:]
        for pair in text.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = pair.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, let status = Int(parts[0]), (300...599).contains(status),
                let code = ProvisioningErrorCode(rawValue: String(parts[1])),
                codes.updateValue(code, forKey: status) == nil
            else { return nil }
        }
        return codes
    }

    /// What may stand for the value, for people.
    var values: String {
        switch value {
        case .flag: "true or false"
        case .count(_, let bounds): "a number from \(bounds.lowerBound) to \(bounds.upperBound)"
        case .duration: "a duration such as 90s, 40m, 6h or 2d"
        case .steps: "rising durations such as 6h,12h,24h"
        case .threshold: "a number, or off"
        case .codes:
            "statuses from 300 to 599 with codes of the provisioning log, such as "
                + "400=MissingValues,403=NotPermitted"
        case .word(let words, _): words.joined(separator: " or ")
        }
    }
}

extension SimProvisioning.ProvisioningSettings {
    /// Takes over settings by name.
    mutating func apply(_ named: [String: String]) throws(SimulatorFailure) {
        for (name, text) in named.sorted(by: { $0.key < $1.key }) {
            guard let setting = EngineSetting(rawValue: name) else {
                let known = EngineSetting.allCases.map(\.rawValue)
                let near = NearestName.of(name, in: known)
                throw SimulatorFailure(
                    "the provisioning service has no setting '\(name)'",
                    hint: near.map { "did you mean '\($0)'?" }
                        ?? "there are " + known.sorted().joined(separator: ", "))
            }
            guard setting.set(text, in: &self) else {
                throw SimulatorFailure(
                    "'\(text)' is no value of the provisioning setting '\(name)'",
                    hint: "write \(setting.values)")
            }
        }
    }
}
