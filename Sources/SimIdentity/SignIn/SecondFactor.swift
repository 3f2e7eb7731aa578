import SimCore
import SimDirectory

/// The rule that asks a person for a second factor, while policies are per user.
enum SecondFactor {
    /// A stable identifier to name in claims challenges.
    static func policy(of tenant: any DirectoryQueries) -> GUID {
        GUID(seed: tenant.tenantID.guid.low, name: "second factor per user")
    }
}
