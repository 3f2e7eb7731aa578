import SimCore

/// What a fixture says of the organization itself.
extension FixtureText {
    /// `countryLetterCode`, `preferredLanguage`, `tenantRegionScope` of the tenant.
    func organization(_ root: FixtureObject, _ profile: inout TenantProfile) {
        if let country = root.string("countryLetterCode") {
            if Self.isCountry(country) {
                profile.country = country.uppercased()
            } else {
                root.note(
                    .notA("a country code of two letters", found: country),
                    at: "countryLetterCode")
            }
        }
        profile.preferredLanguage =
            root.string("preferredLanguage") ?? profile.preferredLanguage
        profile.region = root.choice("tenantRegionScope", TenantRegion.self)
    }

    private static func isCountry(_ text: String) -> Bool {
        text.utf8.count == 2 && text.allSatisfy { $0.isASCII && $0.isLetter }
    }

    /// `passwordPolicy`: `{"validityPeriodInDays": 90, "notificationWindowInDays": 14}`.
    func passwordExpiry(_ root: FixtureObject) -> PasswordExpiry? {
        root.object("passwordPolicy") { policy in
            var expiry = PasswordExpiry()
            expiry.validityDays =
                days("validityPeriodInDays", PasswordExpiry.validities, of: policy)
                ?? expiry.validityDays
            expiry.notificationDays =
                days("notificationWindowInDays", PasswordExpiry.notifications, of: policy)
                ?? expiry.notificationDays
            return expiry
        }
    }

    private func days(
        _ key: String, _ bounds: ClosedRange<Int>, of object: FixtureObject
    ) -> Int? {
        guard let number = object.integer(key) else { return nil }
        guard let days = Int(exactly: number), bounds.contains(days) else {
            object.note(
                .notA(
                    "a number of days from \(bounds.lowerBound) to \(bounds.upperBound)",
                    found: String(number)), at: key)
            return nil
        }
        return days
    }

    /// `crossTenantAccess`: `{"inbound": "blocked", "outbound": "allowed", "partners":
    /// [{"tenantId": "…", "inbound": "allowed"}]}`.
    func crossTenantAccess(_ root: FixtureObject) -> CrossTenantAccess {
        root.object("crossTenantAccess") { access in
            var result = CrossTenantAccess()
            result.inbound =
                access.choice("inbound", CrossTenantAccess.AccessType.self) ?? .allowed
            result.outbound =
                access.choice("outbound", CrossTenantAccess.AccessType.self) ?? .allowed
            var seen: Set<TenantID> = []
            result.partners = access.objects("partners") { partner in
                let inbound = partner.choice("inbound", CrossTenantAccess.AccessType.self)
                let outbound = partner.choice("outbound", CrossTenantAccess.AccessType.self)
                guard partner.requiredString("tenantId") != nil,
                    let tenant = partner.identifier("tenantId", TenantKind.self)
                else { return nil }
                if !seen.insert(tenant).inserted {
                    partner.note(
                        .duplicate(kind: "partner", name: tenant.description), at: "tenantId")
                }
                return CrossTenantAccess.Partner(
                    tenant: tenant, inbound: inbound, outbound: outbound)
            }
            return result
        } ?? CrossTenantAccess()
    }
}
