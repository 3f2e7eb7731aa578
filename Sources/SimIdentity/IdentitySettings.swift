import SimDirectory
import SimErrors

/// Behaviour the references leave open or that a user may choose.
package struct IdentitySettings: Hashable, Sendable {
    /// Whose name stands in `iss`.
    package enum Issuers: String, CaseIterable, Sendable {
        /// The simulator's own origin.
        case ownOrigin
        /// `https://login.microsoftonline.com/…` and `https://sts.windows.net/…`, for clients
        /// that are routed here by name.
        case microsoft
    }

    package var issuers = Issuers.ownOrigin
    package var descriptionSeparator = ErrorEnvelope.Separator.space
    /// User tokens live 60 to 90 minutes, drawn per token; off means 75.
    /// Source: identity-platform.md §3.4.
    package var variesTokenLifetime = true
    /// A token lifetime policy for every access token; nil is the service's own choice.
    package var accessTokenLifetime: Duration?
    /// Access tokens for Graph carry a `nonce` and a signature that only Graph can verify, as the
    /// service's do; off, they verify like all others.
    package var sealsGraphTokens = false
    /// A browser that repeats a request 15 times in five minutes is stopped (50196). Off for load
    /// tests.
    package var guardsAgainstLoops = true
    /// Lists a small tenant's accounts with their passwords on the sign-in page.
    package var showsTestAccounts = true
    /// Sign-in pages have a panel that says where a sign-in comes from and which code an
    /// authenticator app would show.
    package var showsDeveloperPanel = true
    /// `tenant_region_scope` of tenants that have no region of their own.
    package var tenantRegionScope = TenantRegion.world
    /// Tokens under continuous access evaluation carry `xms_ssm` (unverified).
    /// Source: identity-platform.md §8.6.
    package var marksContinuousTokens = true

    package init() {}
}
