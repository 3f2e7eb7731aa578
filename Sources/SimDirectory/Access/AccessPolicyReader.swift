import SimCore

/// Reads policies and locations as Graph writes them, with natural names where Graph has ids.
/// Everything wrong is noted at its place in the text.
struct AccessPolicyReader {
    let names: any AccessNames
    /// When an object is made that does not say.
    let now: Timestamp
    /// The id of an object that does not say.
    let makeID: (_ kind: String, _ name: String) -> GUID

    /// nil when the name is missing; other faults leave a policy and a problem.
    func policy(_ reader: FixtureObject) -> ConditionalAccessPolicy? {
        let name = reader.requiredString("displayName")
        let id = reader.identifier("id", AccessPolicyKind.self)
        _ = reader.value("templateId")
        let createdAt = reader.timestamp("createdDateTime") ?? now
        let modifiedAt = reader.timestamp("modifiedDateTime")
        let state = reader.choice("state", ConditionalAccessPolicy.State.self) ?? .enabled
        let conditions =
            reader.object("conditions") { conditions in self.conditions(conditions) }
            ?? AccessConditions()
        let grant = reader.object("grantControls") { grant in self.grant(grant) }
        let session = reader.object("sessionControls") { session in self.session(session) }
        guard let name else { return nil }
        if reader.object["conditions"] == nil {
            reader.text.note(.missingKey("conditions"), at: reader.path)
        }
        if grant == nil, session == nil {
            reader.text.note(.missingKey("grantControls"), at: reader.path)
        }
        var policy = ConditionalAccessPolicy(
            id: id ?? AccessPolicyID(makeID("policy", name)), displayName: name,
            createdAt: createdAt, state: state, conditions: conditions, grant: grant,
            session: session)
        policy.modifiedAt = modifiedAt
        check(policy, reader)
        return policy
    }

    /// Combinations the service refuses. identity-platform.md §8.1.
    private func check(_ policy: ConditionalAccessPolicy, _ reader: FixtureObject) {
        if policy.session?.persistence != nil, !policy.conditions.includeTargets.all {
            reader.note(
                .needs("persistentBrowser", #""includeApplications": ["All"]"#),
                at: "sessionControls")
        }
        guard let grant = policy.grant else { return }
        if grant.controls.contains(.block), grant.controls.count > 1 || grant.strength != nil {
            reader.note(.needs("block", "to be the only control"), at: "grantControls")
        }
        if grant.controls.contains(.passwordChange),
            !grant.controls.contains(.mfa) || grant.operator != .all
                || policy.conditions.userRiskLevels.isEmpty
                || !policy.conditions.includeTargets.all
        {
            reader.note(
                .needs("passwordChange", "mfa, AND, userRiskLevels and all applications"),
                at: "grantControls")
        }
        if policy.conditions.workloads != nil, grant.controls != [.block] {
            reader.note(
                .needs("a policy for clientApplications", "the control block"), at: "grantControls")
        }
    }

    /// nil when there is no name or no way to tell the kind.
    func location(_ reader: FixtureObject) -> NamedLocation? {
        let type = reader.string("@odata.type")
        let name = reader.requiredString("displayName")
        let id = reader.identifier("id", NamedLocationKind.self)
        let createdAt = reader.timestamp("createdDateTime") ?? now
        _ = reader.value("modifiedDateTime")
        let isTrusted = reader.bool("isTrusted") ?? false
        let ranges = addresses(reader)
        let countries = countries(reader)
        let includesUnknown = reader.bool("includeUnknownCountriesAndRegions") ?? false
        _ = reader.string("countryLookupMethod")
        guard let name else { return nil }
        let isCountry = type?.hasSuffix("countryNamedLocation") ?? (countries != nil)
        if isCountry, countries == nil {
            reader.text.note(.missingKey("countriesAndRegions"), at: reader.path)
        } else if !isCountry, ranges == nil {
            reader.text.note(.missingKey("ipRanges"), at: reader.path)
        }
        let kind: NamedLocation.Kind =
            isCountry
            ? .countries(countries ?? [], includesUnknown: includesUnknown)
            : .addresses(ranges ?? [], isTrusted: isTrusted)
        return NamedLocation(
            id: id ?? NamedLocationID(makeID("location", name)), displayName: name, kind: kind,
            createdAt: createdAt)
    }

    /// Graph's objects, or the blocks alone.
    private func addresses(_ reader: FixtureObject) -> [AddressRange]? {
        guard let values = reader.array("ipRanges") else { return nil }
        var ranges: [AddressRange] = []
        for (index, value) in values.enumerated() {
            let place = reader.path + [.key("ipRanges"), .index(index)]
            let text = value.stringValue ?? value["cidrAddress"]?.stringValue
            if let text, let range = AddressRange(text) {
                ranges.append(range)
            } else {
                reader.text.note(
                    .notA("an address block such as 203.0.113.0/24", found: text ?? value.text),
                    at: place)
            }
        }
        return ranges
    }

    private func countries(_ reader: FixtureObject) -> [String]? {
        reader.strings("countriesAndRegions")?.compactMap { entry in
            var situation = SignInSituation()
            guard situation.set(.country, entry.text) else {
                reader.text.note(
                    .notA("a country code of two letters", found: entry.text), at: entry.path)
                return nil
            }
            return situation.country
        }
    }
}

// MARK: - Controls

extension AccessPolicyReader {
    private func grant(_ reader: FixtureObject) -> ConditionalAccessPolicy.GrantControls {
        let rule =
            reader.choice("operator", ConditionalAccessPolicy.GrantControls.Operator.self) ?? .any
        let controls = reader.choices("builtInControls", ConditionalAccessPolicy.Control.self)
        reader.refuse("customAuthenticationFactors")
        let terms = (reader.strings("termsOfUse") ?? []).map(\.text)
        var strength: ConditionalAccessPolicy.Strength?
        reader.object("authenticationStrength") { object in
            for key in object.object.names where key != "id" { _ = object.value(key) }
            strength = object.choice("id", ConditionalAccessPolicy.Strength.self)
        }
        if controls.isEmpty, terms.isEmpty, strength == nil {
            reader.text.note(.missingKey("builtInControls"), at: reader.path)
        }
        return ConditionalAccessPolicy.GrantControls(
            rule, controls, strength: strength, termsOfUse: terms)
    }

    private func session(_ reader: FixtureObject) -> ConditionalAccessPolicy.SessionControls {
        var controls = ConditionalAccessPolicy.SessionControls()
        for key in [
            "disableResilienceDefaults", "applicationEnforcedRestrictions", "cloudAppSecurity",
            "continuousAccessEvaluation", "secureSignInSession",
        ] {
            reader.refuse(key)
        }
        reader.object("signInFrequency") { object in
            controls.frequency = frequency(object)
        }
        reader.object("persistentBrowser") { object in
            let isOn = object.bool("isEnabled") ?? true
            let mode = object.choice(
                "mode", ConditionalAccessPolicy.SessionControls.Persistence.self)
            if isOn, mode == nil { object.text.note(.missingKey("mode"), at: object.path) }
            controls.persistence = isOn ? mode : nil
        }
        return controls
    }

    private func frequency(
        _ object: FixtureObject
    ) -> ConditionalAccessPolicy.SessionControls.SignInFrequency? {
        typealias Frequency = ConditionalAccessPolicy.SessionControls.SignInFrequency
        let isOn = object.bool("isEnabled") ?? true
        let value = object.integer("value")
        let unit = object.choice("type", Frequency.Unit.self)
        let scope =
            object.choice("authenticationType", Frequency.Scope.self)
            ?? .primaryAndSecondaryAuthentication
        let kind = object.choice("frequencyInterval", FrequencyKind.self) ?? .timeBased
        guard isOn else { return nil }
        if kind == .everyTime { return Frequency(.everyTime, scope: scope) }
        guard let value else {
            object.text.note(.missingKey("value"), at: object.path)
            return nil
        }
        let unitOrHours = unit ?? .hours
        // The service's own bounds: 1 to 23 hours, 1 to 365 days.
        let bounds: ClosedRange<Int64> = unitOrHours == .hours ? 1...23 : 1...365
        guard bounds.contains(value) else {
            object.note(
                .notA(
                    "a number of \(unitOrHours.rawValue) from \(bounds.lowerBound) to "
                        + "\(bounds.upperBound)", found: String(value)), at: "value")
            return nil
        }
        return Frequency(.every(Int(value), unitOrHours), scope: scope)
    }

    private enum FrequencyKind: String, CaseIterable {
        case timeBased, everyTime
    }
}

extension FixtureObject {
    /// Each word of a list that must be of a closed one.
    func choices<Choice: RawRepresentable & CaseIterable>(
        _ key: String, _: Choice.Type
    ) -> [Choice] where Choice.RawValue == String {
        (strings(key) ?? []).compactMap { entry in
            if let choice = Choice(rawValue: entry.text) { return choice }
            let known = Choice.allCases.map(\.rawValue)
            text.note(
                .notOneOf(known, found: entry.text), at: entry.path,
                nearest: NearestName.of(entry.text, in: known))
            return nil
        }
    }

    /// A key that may only be there with nothing in it.
    func refuse(_ key: String) {
        guard let value = value(key) else { return }
        let isEmpty = value.arrayValue?.isEmpty ?? (value == false)
        if !isEmpty { note(.notSimulated, at: key) }
    }
}
