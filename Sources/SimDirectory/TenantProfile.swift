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
    /// Two letters: `countryLetterCode` of Graph's organization, the claim `tenant_ctry`.
    package var country = "US"
    /// `preferredLanguage` of Graph's organization, the claim `xms_tpl`.
    package var preferredLanguage = "en"
    /// `tenant_region_scope`; nil leaves it to the login endpoint's setting.
    package var region: TenantRegion?
    /// When the tenant was made: the claim `xms_tcdt`.
    package var createdAt = Self.defaultCreation

    /// Creation of tenants that say none: before any clock a test would set.
    package static let defaultCreation = Timestamp(seconds: 1_735_689_600)

    package init(
        id: TenantID, name: String, displayName: String, domains: [String], pairwiseSalt: [UInt8]
    ) {
        self.id = id
        self.name = name
        self.displayName = displayName
        self.domains = domains
        self.pairwiseSalt = pairwiseSalt
    }

    /// The same tenant under another id and name, as a fork has it.
    package func forked(
        as name: String, id: TenantID, domains: [String]
    ) -> TenantProfile {
        var fork = TenantProfile(
            id: id, name: name, displayName: displayName, domains: domains,
            pairwiseSalt: pairwiseSalt)
        (fork.country, fork.preferredLanguage) = (country, preferredLanguage)
        (fork.region, fork.createdAt) = (region, createdAt)
        return fork
    }
}
