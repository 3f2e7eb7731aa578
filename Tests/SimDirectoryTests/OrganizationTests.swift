import SimCore
import Testing

@testable import SimDirectory

@Suite("What a fixture says of the organization: country, region, passwords, other tenants")
struct OrganizationTests {
    private func check(_ rest: String) -> FixtureCheck {
        var decoder = TenantFixtureDecoder(name: "acme")
        decoder.readTenant(
            Array("{\"domains\": [\"acme.example\"],\n\(rest)}".utf8), file: "tenant.json")
        return decoder.finish()
    }

    private static let partner = "7d9a2c64-0b3e-4f18-9c25-6e1a7b8c9d02"
    private static let full = """
        "createdDateTime": "2019-03-04T05:06:07Z", "countryLetterCode": "se",
        "preferredLanguage": "sv", "tenantRegionScope": "EU",
        "passwordPolicy": {"validityPeriodInDays": 60, "notificationWindowInDays": 7},
        "securityDefaultsEnabled": true,
        "crossTenantAccess": {"inbound": "blocked",
          "partners": [{"tenantId": "\(partner)", "inbound": "allowed",
                        "outbound": "blocked"}]},
        "users": [{"userPrincipalName": "a@acme.example", "preferredDataLocation": "EUR",
                   "lastPasswordChangeDateTime": "2025-12-24T08:00:00Z"}],
        "applications": [{"displayName": "Games", "parentalControlSettings":
          {"legalAgeGroupRule": "RequireConsentForMinors",
           "countriesBlockedForMinors": ["fr"]}}]
        """

    @Test("is read, and written back the same")
    func fixture() throws {
        let read = check(Self.full)
        #expect(read.problems.isEmpty, "\(read.problems)")
        let snapshot = try #require(read.fixture).snapshot(at: Sample.start)
        #expect(snapshot.profile.country == "SE")
        #expect(snapshot.profile.preferredLanguage == "sv")
        #expect(snapshot.profile.region == .europe)
        #expect(snapshot.profile.createdAt == Timestamp(iso8601: "2019-03-04T05:06:07Z"))
        #expect(
            snapshot.policies.passwordExpiry
                == PasswordExpiry(validityDays: 60, notificationDays: 7))
        #expect(snapshot.policies.securityDefaults)
        let user = try #require(snapshot.user(userPrincipalName: "a@acme.example"))
        #expect(user.credential.changedAt == Timestamp(iso8601: "2025-12-24T08:00:00Z"))
        let written = TenantFixtureWriter(snapshot).json.text
        let copy = try TenantFixture.decode(name: "acme", text: Array(written.utf8))
            .snapshot(at: Sample.start)
        #expect(copy.profile.country == "SE" && copy.profile.region == .europe)
        #expect(copy.profile.preferredLanguage == "sv")
        #expect(copy.profile.createdAt == snapshot.profile.createdAt)
        #expect(copy.policies == snapshot.policies)
        #expect(copy.applications == snapshot.applications)
        #expect(copy.user(user.id)?.credential == user.credential)
    }

    @Test("survives the log, with and without")
    func journal() throws {
        for fixture in [Self.full, #""users": []"#] {
            for event in try #require(check(fixture).fixture).events {
                let record = LogRecord(sequence: 1, at: Sample.start, event: event)
                var line: [UInt8] = []
                EventCodec.encode(record, into: &line)
                #expect(try EventCodec.decode(line).record == record)
            }
        }
    }

    @Test("has defaults that suit a tenant nobody described")
    func defaults() throws {
        let snapshot = try #require(check(#""users": []"#).fixture).snapshot(at: Sample.start)
        #expect(snapshot.profile.country == "US" && snapshot.profile.region == nil)
        #expect(snapshot.policies == TenantPolicies())
    }

    @Test(
        "is refused with the key, and what may have been meant",
        arguments: [
            (#""countryLetterCode": "Sweden""#, "countryLetterCode", "two letters"),
            (#""tenantRegionScope": "EUR""#, "tenantRegionScope", "EU"),
            (#""passwordPolicy": {"validityPeriodInDays": 0}"#, "passwordPolicy", "1 to 730"),
            (#""passwordPolicy": {"validityPeriodInDays": 731}"#, "passwordPolicy", "1 to 730"),
            (
                #""passwordPolicy": {"notificationWindowInDays": 91}"#, "passwordPolicy",
                "0 to 90"
            ),
            (#""passwordPolicy": {"validity": 1}"#, "passwordPolicy.validity", "unknown"),
            (#""securityDefaultsEnabled": "yes""#, "securityDefaultsEnabled", "true or false"),
            (#""crossTenantAccess": {"inbound": "block"}"#, "crossTenantAccess", "blocked"),
            (#""crossTenantAccess": {"partners": [{}]}"#, "partners[0]", "tenantId"),
            (
                #""crossTenantAccess": {"partners": [{"tenantId": "x"}]}"#, "tenantId",
                "GUID"
            ),
            (
                #""applications": [{"displayName": "G", "parentalControlSettings": {"legalAgeGroupRule": "BlockMinor"}}]"#,
                "legalAgeGroupRule", "BlockMinors"
            ),
        ])
    func mistakes(fixture: String, key: String, words: String) throws {
        let problems = check(fixture).problems
        #expect(problems.count == 1)
        let problem = try #require(problems.first)
        #expect(problem.line == 2)
        #expect(problem.keyPath.contains(key), "\(problem.keyPath)")
        #expect(problem.text.contains(words), "\(problem.text)")
    }

    @Test("a partner's word goes before the default, each way for itself")
    func access() throws {
        let policies = try #require(check(Self.full).fixture).snapshot(at: Sample.start).policies
        let partner = try #require(TenantID(Self.partner))
        let stranger = TenantID(GUID(seed: 1, name: "stranger"))
        #expect(policies.crossTenantAccess.admits(partner))
        #expect(!policies.crossTenantAccess.admits(stranger))
        #expect(!policies.crossTenantAccess.lets(outTo: partner))
        #expect(policies.crossTenantAccess.lets(outTo: stranger))
    }

    @Test(
        "an app takes minors as its rule says, and nobody else is asked for their age",
        arguments: [
            (ParentalControls.Rule.allow, "Minor", nil, false),
            (.blockMinors, "Minor", "Granted", true), (.blockMinors, "Adult", nil, false),
            (.blockMinors, nil, nil, false), (.requireConsentForMinors, "Minor", nil, true),
            (.requireConsentForMinors, "Minor", "Granted", false),
            (.requireConsentForKids, "Minor", "Denied", true),
        ] as [(ParentalControls.Rule, String?, String?, Bool)])
    func minors(rule: ParentalControls.Rule, age: String?, consent: String?, blocks: Bool) {
        var user = User(
            id: Sample.userID("kid"), userPrincipalName: "kid@acme.example", displayName: "Kid",
            createdAt: Sample.start)
        user.attributes["ageGroup"] = age.map { .string($0) }
        user.attributes["consentProvidedForMinor"] = consent.map { .string($0) }
        #expect(ParentalControls(rule: rule).blocks(user) == blocks)
        user.attributes["country"] = "FR"
        let french = ParentalControls(rule: .allow, blockedCountries: ["FR"])
        #expect(french.blocks(user) == (age == "Minor"))
    }
}
