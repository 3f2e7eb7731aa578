import SimCore

/// The tenant itself.
package struct TenantProfile: Hashable, Sendable {
    package let id: TenantID
    /// Folder and command-line name: `contoso`.
    package let name: String
    package var displayName: String
    /// Verified domains, the default one first; compared without case.
    package var domains: [String]
    /// Secret input of pairwise subjects; derived from the tenant's seed.
    package var pairwiseSalt: [UInt8]

    package init(
        id: TenantID, name: String, displayName: String, domains: [String], pairwiseSalt: [UInt8]
    ) {
        self.id = id
        self.name = name
        self.displayName = displayName
        self.domains = domains
        self.pairwiseSalt = pairwiseSalt
    }
}
