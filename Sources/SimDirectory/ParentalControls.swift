/// Which people under age an application takes: Graph's `parentalControlSettings`.
package struct ParentalControls: Hashable, Sendable {
    /// `legalAgeGroupRule`.
    package enum Rule: String, CaseIterable, Sendable {
        case allow = "Allow"
        case requireConsentForPrivacyServices = "RequireConsentForPrivacyServices"
        case requireConsentForMinors = "RequireConsentForMinors"
        case requireConsentForKids = "RequireConsentForKids"
        case blockMinors = "BlockMinors"
    }

    package var rule: Rule
    /// `countriesBlockedForMinors`: two letters each.
    package var blockedCountries: [String]

    package init(rule: Rule = .allow, blockedCountries: [String] = []) {
        self.rule = rule
        self.blockedCountries = blockedCountries
    }

    /// Whether somebody is kept out: minors alone, by `ageGroup`, and by
    /// `consentProvidedForMinor` where the rule asks for a consent.
    package func blocks(_ user: User) -> Bool {
        guard user.attributes["ageGroup"] == "Minor" else { return false }
        let country = [user.attributes["country"], user.attributes["usageLocation"]]
            .compactMap { $0?.stringValue?.uppercased() }.first
        if let country, blockedCountries.contains(country) { return true }
        switch rule {
        case .allow: return false
        case .blockMinors: return true
        case .requireConsentForPrivacyServices, .requireConsentForMinors, .requireConsentForKids:
            return user.attributes["consentProvidedForMinor"] != "Granted"
        }
    }
}
