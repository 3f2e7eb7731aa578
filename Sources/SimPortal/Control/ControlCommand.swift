import SimCore

/// Everything the control API can be asked to do, one case per area. `tenant` is a reference as
/// typed: a tenant's name, one of its domains, or its id.
package enum ControlCommand: Hashable, Sendable {
    case health
    /// Prometheus text, version 0.0.4.
    case metrics
    /// The list of routes, for a person with curl.
    case routes
    case journal(JournalQuery)
    case listTenants
    case showTenant(String)
    /// The tenant as a fixture that `serve --tenants` can load again.
    case exportTenant(String)
    case branch(tenant: String, BranchCommand)
    case user(tenant: String, UserCommand)
    case group(tenant: String, GroupCommand)
    case assignment(tenant: String, AssignmentCommand)
    case access(tenant: String, AccessCommand)
    case signIns(tenant: String, SignInQuery)
    case application(tenant: String, ApplicationCommand)
    /// The state of every provisioning job of the tenant.
    case listProvisioning(tenant: String)
    case provisioning(tenant: String, app: String, ProvisioningCommand)
    case clock(ClockCommand)
    case faults(FaultCommand)
    case defects(DefectCommand)
    case expect(JournalCheck)
    /// Answered when nothing is under way any more, or after so long of the machine's time.
    case waitUntilIdle(Duration)
    case drills(DrillCommand)
    case listKeys
    case keys(tenant: String, KeyCommand)
    case roles(tenant: String, RoleCommand)
    case policies(tenant: String, PolicyCommand)
    case mintToken(tenant: String, TokenMint)
    case listErrors
    /// One entry of the AADSTS catalogue by its number.
    case showError(Int)
}

/// What may be done with the virtual clock.
package enum ClockCommand: Hashable, Sendable {
    case show
    /// Stops the clock, at the given instant or where it is.
    case freeze(at: Timestamp?)
    /// Moves the clock forward and runs what falls due, in order; answered when that is done.
    case advance(by: Duration)
    /// The same, to an instant that is not over.
    case advanceTo(Timestamp)
    /// Jumps to an instant; a jump forward runs what falls due, as an advance does.
    case set(Timestamp)
    /// Lets a frozen clock run on from where it stands.
    case resume
}

/// A token made without a flow: for tests of an API that only validates tokens.
package struct TokenMint: Hashable, Sendable {
    /// The client: display name, client id or object id.
    package let app: String
    /// The person the token is about; nil for an app-only token.
    package let user: String?
    /// Scopes as a client would ask for them; empty means `{app}/.default`.
    package let scopes: [String]
    /// Lifetime; nil for the token lifetime policy's.
    package let lifetime: Duration?

    package init(
        app: String, user: String? = nil, scopes: [String] = [], lifetime: Duration? = nil
    ) {
        self.app = app
        self.user = user
        self.scopes = scopes
        self.lifetime = lifetime
    }
}
