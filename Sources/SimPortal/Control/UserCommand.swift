import SimCore
import SimDirectory

/// Edits and views of users. A user is named by user principal name or object id, and where
/// nobody else is called so, by display name.
package enum UserCommand: Hashable, Sendable {
    case list(UserListing)
    case show(String)
    case add(NewUser)
    case set(String, UserSettings)
    case enable(String)
    case disable(String)
    /// Into the recycle bin.
    case delete(String)
    /// Out of the recycle bin.
    case restore(String)
    /// Out of the recycle bin for good.
    case purge(String)
    /// Every session and refresh token ends: Graph's `revokeSignInSessions`.
    case revokeSessions(String)
}

/// Which users a list shows, in creation order.
package struct UserListing: Hashable, Sendable {
    package static let limitBounds = 1...10_000

    package enum Population: String, CaseIterable, Sendable {
        case live, deleted
    }

    package let population: Population
    /// Part of the user principal name or display name, compared without case; nil for all.
    package let text: String?
    package let limit: Int

    package init(population: Population = .live, text: String? = nil, limit: Int = 1_000) {
        self.population = population
        self.text = text
        self.limit = limit
    }
}

/// A user to be made. Without a display name the local part of the user principal name is used.
package struct NewUser: Hashable, Sendable {
    package let userPrincipalName: String
    package let settings: UserSettings

    package init(userPrincipalName: String, settings: UserSettings = UserSettings()) {
        self.userPrincipalName = userPrincipalName
        self.settings = settings
    }
}

/// Changes to a user; what is nil or absent stays as it is.
package struct UserSettings: Hashable, Sendable {
    /// Changed attributes under Entra's names (`TenantEvent.userChanged`), also
    /// `userPrincipalName`, `displayName`, `accountEnabled` and `userType`; null clears.
    package var attributes: [AttributeChange]
    /// Reference to the manager.
    package var manager: Change<String>?
    package var credential: CredentialSettings
    /// Where the person is and on what; facts that are cleared are taken from the connection.
    package var situation: [SituationField: Change<String>]

    package init(
        attributes: [AttributeChange] = [], manager: Change<String>? = nil,
        credential: CredentialSettings = CredentialSettings(),
        situation: [SituationField: Change<String>] = [:]
    ) {
        self.attributes = attributes
        self.manager = manager
        self.credential = credential
        self.situation = situation
    }

    /// The situation after these changes.
    package func applied(to situation: SignInSituation) -> SignInSituation {
        var result = SignInSituation()
        for field in SituationField.allCases {
            let change = self.situation[field]
            let text = change == nil ? situation.text(field) : change?.value
            if let text { _ = result.set(field, text) }
        }
        return result
    }
}

/// Changes to how a user proves who they are.
package struct CredentialSettings: Hashable, Sendable {
    package var password: Change<String>?
    /// `forceChangePasswordNextSignIn`
    package var mustChange: Bool?
    package var isExpired: Bool?
    package var lockedUntil: Change<Timestamp>?
    package var requiresMFA: Bool?
    package var secondFactor: SecondFactorMethod?

    package init() {
        password = nil
        mustChange = nil
        isExpired = nil
        lockedUntil = nil
        requiresMFA = nil
        secondFactor = nil
    }

    /// The credential after these changes. A new password ends its expiry and the count of
    /// failures, unless the same request says otherwise.
    package func applied(to credential: UserCredential) -> UserCredential {
        var result = credential
        if let password {
            result.password = password.value
            result.isExpired = false
            result.mustChange = false
            result.failedAttempts = 0
        }
        if let mustChange { result.mustChange = mustChange }
        if let isExpired { result.isExpired = isExpired }
        if let requiresMFA { result.requiresMFA = requiresMFA }
        if let secondFactor { result.secondFactor = secondFactor }
        if let lockedUntil {
            result.lockedUntil = lockedUntil.value
            if lockedUntil.value == nil { result.failedAttempts = 0 }
        }
        return result
    }
}

/// A new value or its removal.
package enum Change<Value: Hashable & Sendable>: Hashable, Sendable {
    case set(Value)
    case clear

    /// The value afterwards; nil when cleared.
    package var value: Value? {
        switch self {
        case .set(let value): value
        case .clear: nil
        }
    }
}
