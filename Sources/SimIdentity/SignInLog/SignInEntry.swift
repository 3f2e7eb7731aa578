import SimCore
import SimDirectory
import SimErrors

/// One attempt to sign in, kept small: texts are made when somebody looks.
package struct SignInEntry: Hashable, Sendable {
    /// Whose attempt it was and how. Graph's `signInEventTypes`.
    package enum Kind: String, CaseIterable, Sendable {
        case interactiveUser, nonInteractiveUser, servicePrincipal
    }

    /// A person as of the attempt.
    package struct Person: Hashable, Sendable {
        /// nil for a name nobody has.
        package var id: UserID?
        package var userName: String
        package var displayName: String
        package var isGuest: Bool

        package init(
            id: UserID? = nil, userName: String, displayName: String = "", isGuest: Bool = false
        ) {
            self.id = id
            self.userName = userName
            self.displayName = displayName
            self.isGuest = isGuest
        }
    }

    /// An application or a resource as of the attempt.
    package struct Party: Hashable, Sendable {
        /// As sent, when it names none.
        package var appID = ""
        package var displayName = ""
        /// Object id of the service principal.
        package var principal: ServicePrincipalID?
    }

    /// `x-ms-request-id` of the answer.
    package var id = GUID.zero
    package var correlationID = GUID.zero
    package var at = Timestamp.epoch
    package var tenant: TenantID
    package var kind = Kind.nonInteractiveUser
    package var person: Person?
    package var app = Party()
    package var resource = Party()
    /// `authenticationProtocol`: `none`, `ropc`, `deviceCode`.
    package var protocolName = "none"
    /// `incomingTokenType`: what was presented.
    package var incomingToken = "none"
    package var address = ""
    package var userAgent = ""
    /// nil for attempts that ended before any fact counted.
    package var facts: Facts?
    /// nil for a success.
    package var error: AADSTSError?
    package var policies: [AppliedPolicy] = []
    package var accessStatus = "notApplied"
    package var asksForSecondFactor = false
    package var methods: [String] = []
    package var session: GUID?

    /// What policies looked at.
    package struct Facts: Hashable, Sendable {
        package let country: String?
        package let platform: DevicePlatform?
        package let device: [DeviceTrait]
        package let clientApp: AccessConditions.ClientAppType
        package let risk: RiskLevel
        package let userRisk: RiskLevel
    }

    package init(tenant: TenantID) {
        self.tenant = tenant
    }

    package var errorCode: Int { error?.code ?? 0 }
}

/// Where attempts go. The ring that keeps them belongs to the simulator.
package protocol SignInSink: Sendable {
    /// Called once for each attempt, from the thread that answers it.
    func record(_ entry: consuming SignInEntry)
}

/// Forgets every attempt.
package struct NoSignInLog: SignInSink {
    package init() {}
    package func record(_ entry: consuming SignInEntry) {}
}
