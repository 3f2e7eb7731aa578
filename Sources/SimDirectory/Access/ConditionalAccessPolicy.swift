import SimCore

/// A Conditional Access policy, as Graph has it. identity-platform.md §8.1.
package struct ConditionalAccessPolicy: Hashable, Sendable {
    package enum State: String, CaseIterable, Sendable {
        case enabled, disabled
        case reportOnly = "enabledForReportingButNotEnforced"
    }

    package let id: AccessPolicyID
    package var displayName: String
    package let createdAt: Timestamp
    package var modifiedAt: Timestamp?
    package var state: State
    package var conditions: AccessConditions
    /// nil when the policy only controls sessions.
    package var grant: GrantControls?
    package var session: SessionControls?

    package init(
        id: AccessPolicyID, displayName: String, createdAt: Timestamp, state: State = .enabled,
        conditions: AccessConditions = AccessConditions(), grant: GrantControls? = nil,
        session: SessionControls? = nil
    ) {
        self.id = id
        self.displayName = displayName
        self.createdAt = createdAt
        self.state = state
        self.conditions = conditions
        self.grant = grant
        self.session = session
    }
}

extension ConditionalAccessPolicy {
    /// `builtInControls`.
    package enum Control: String, CaseIterable, Sendable {
        case block, mfa, compliantDevice, domainJoinedDevice, approvedApplication
        case compliantApplication, passwordChange
    }

    /// Built-in authentication strengths.
    package enum Strength: String, CaseIterable, Sendable {
        case multifactor = "00000000-0000-0000-0000-000000000002"
        case passwordless = "00000000-0000-0000-0000-000000000003"
        case phishingResistant = "00000000-0000-0000-0000-000000000004"

        package var displayName: String {
            switch self {
            case .multifactor: "Multifactor authentication"
            case .passwordless: "Passwordless MFA"
            case .phishingResistant: "Phishing-resistant MFA"
            }
        }
    }

    /// What must be true for access.
    package struct GrantControls: Hashable, Sendable {
        /// How several controls go together.
        package enum Operator: String, CaseIterable, Sendable {
            case all = "AND"
            case any = "OR"
        }

        package var `operator`: Operator
        package var controls: [Control]
        package var strength: Strength?
        /// Ids of agreements.
        package var termsOfUse: [String]

        package init(
            _ operator: Operator = .any, _ controls: [Control], strength: Strength? = nil,
            termsOfUse: [String] = []
        ) {
            self.operator = `operator`
            self.controls = controls
            self.strength = strength
            self.termsOfUse = termsOfUse
        }
    }

    /// What the session looks like once access was given.
    package struct SessionControls: Hashable, Sendable {
        /// How often the person must prove themselves.
        package struct SignInFrequency: Hashable, Sendable {
            package enum Unit: String, CaseIterable, Sendable {
                case hours, days
            }

            package enum Interval: Hashable, Sendable {
                case every(Int, Unit)
                /// At each sign-in, with a tolerance of five minutes.
                case everyTime
            }

            package enum Scope: String, CaseIterable, Sendable {
                case primaryAndSecondaryAuthentication, secondaryAuthentication
            }

            package var interval: Interval
            package var scope: Scope

            package init(
                _ interval: Interval, scope: Scope = .primaryAndSecondaryAuthentication
            ) {
                self.interval = interval
                self.scope = scope
            }

            /// Oldest proof accepted.
            package var limit: Duration {
                switch interval {
                case .every(let count, .hours): .hours(count)
                case .every(let count, .days): .days(count)
                case .everyTime: .minutes(5)
                }
            }
        }

        package enum Persistence: String, CaseIterable, Sendable {
            case always, never
        }

        package var frequency: SignInFrequency?
        package var persistence: Persistence?

        package init(frequency: SignInFrequency? = nil, persistence: Persistence? = nil) {
            self.frequency = frequency
            self.persistence = persistence
        }
    }
}
