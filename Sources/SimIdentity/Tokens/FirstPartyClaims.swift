import SimCore
import SimDirectory

/// What tokens for Graph say besides: of the tenant, and of actor and subject, opaque to everybody
/// else. identity-platform.md §4.2, §11.5 (numbers and their meaning unverified).
struct FirstPartyClaims: Sendable {
    private let identityRelation: String

    static let application = FirstPartyClaims(identityRelation: "7 4")
    static let person = FirstPartyClaims(identityRelation: "1 30")

    func add(to claims: inout ClaimSet, _ issuer: TokenIssuer) {
        let entropy = issuer.platform.random.bytes(64, for: .tokenEntropy)
        claims.set("xms_act_fct", "3 9")
        claims.set("xms_ftd", OpaqueClaims.federatedTokenData(Array(entropy[..<32])))
        claims.set("xms_idrel", identityRelation)
        claims.set("xms_rd", "1." + Base64.urlEncode(Array(entropy[32...])))
        claims.set("xms_sub_fct", "9 3")
        claims.set("xms_tcdt", json: .int(issuer.tenant.profile.createdAt.seconds))
        // The boundary within which Microsoft keeps a European tenant's data.
        if issuer.region == .europe { claims.set("xms_tdbr", issuer.region.rawValue) }
        claims.set("xms_tnt_fct", "3 8")
    }
}

extension TokenIssuer {
    /// Where the tenant's data is at home.
    var region: TenantRegion {
        tenant.profile.region ?? platform.settings.tenantRegionScope
    }
}
