import SimCore
import SimDirectory

/// What may be done with a tenant's token-signing keys.
package enum KeyCommand: Hashable, Sendable {
    case rotate(KeyRotation)
    /// Publishes a key that signs unpublished.
    case publish
    /// How rollovers happen by themselves and overlap; what is nil stays.
    case schedule(interval: Change<Duration>?, publishedAhead: Duration?, keptAfter: Duration?)
    /// The application's tokens are signed with a key of its own from now on.
    case rotateApplication(String)
    /// The application's own keys are gone; the tenant's sign again.
    case dropApplication(String)
}

/// One rollover of a tenant's keys.
package struct KeyRotation: Hashable, Sendable {
    package enum Mode: String, CaseIterable, Sendable {
        /// The key published ahead signs; the one before stays published for a while.
        case planned
        /// New keys at once; the old ones are gone.
        case emergency
        /// A new key signs before anybody can find it.
        case unpublished
    }

    package let mode: Mode
    /// How long from now the next key begins to sign; zero for at once.
    package let delay: Duration
    /// How long the old key stays published; nil for the tenant's own setting.
    package let keptAfter: Duration?

    package init(mode: Mode = .planned, delay: Duration = .zero, keptAfter: Duration? = nil) {
        self.mode = mode
        self.delay = delay
        self.keptAfter = keptAfter
    }
}

/// Who administers a tenant. A principal is named as a person would: user principal name, group
/// or app by name, or object id; a role by its name or template id.
package enum RoleCommand: Hashable, Sendable {
    case list
    case assign(role: String, principal: String)
    case unassign(role: String, principal: String)
}

/// What an organization decides about consent and token lifetimes.
package enum PolicyCommand: Hashable, Sendable {
    case show
    /// What is nil stays.
    case consent(TenantPolicies.UserConsent?, adminConsentRequests: Bool?)
    /// The lifetime of tokens for an app, or for every app; a cleared one is the service's own.
    case tokenLifetime(Change<Duration>, app: String?)
}
