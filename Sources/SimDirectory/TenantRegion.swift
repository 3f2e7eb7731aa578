/// Where a tenant's data is at home: `tenant_region_scope` of documents and tokens.
/// identity-platform.md §11.1.
package enum TenantRegion: String, CaseIterable, Sendable {
    case northAmerica = "NA"
    case southAmerica = "SA"
    case europe = "EU"
    case africa = "AF"
    case asia = "AS"
    case oceania = "OC"
    case world = "WW"
}
