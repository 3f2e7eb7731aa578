import SimCore
import SimDirectory

/// What came of one policy in one sign-in, as the sign-in log shows it.
package struct AppliedPolicy: Hashable, Sendable {
    /// Graph's `appliedConditionalAccessPolicyResult`.
    package enum Outcome: String, CaseIterable, Sendable {
        case success, failure, notApplied, notEnabled
        case reportOnlySuccess, reportOnlyFailure, reportOnlyNotApplied, reportOnlyInterrupted
    }

    /// Graph's `conditionalAccessConditions`: why a policy was or was not about a sign-in.
    package enum Condition: String, CaseIterable, Sendable {
        case application, users, devicePlatform, location, clientType, signInRisk, userRisk
    }

    package let id: AccessPolicyID
    package let displayName: String
    package let outcome: Outcome
    package let grantControls: [String]
    package let sessionControls: [String]
    package let satisfied: [Condition]
    package let notSatisfied: [Condition]

    /// Graph's `appliedConditionalAccessPolicy`.
    package var json: JSONValue {
        [
            "id": .string(id.description), "displayName": .string(displayName),
            "enforcedGrantControls": JSONValue(strings: grantControls),
            "enforcedSessionControls": JSONValue(strings: sessionControls),
            "result": .string(outcome.rawValue),
            "conditionsSatisfied": .string(Self.joined(satisfied)),
            "conditionsNotSatisfied": .string(Self.joined(notSatisfied)),
        ]
    }

    private static func joined(_ conditions: [Condition]) -> String {
        conditions.isEmpty ? "none" : conditions.map(\.rawValue).joined(separator: ",")
    }
}
