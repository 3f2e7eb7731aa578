import SimCore
import SimDirectory
import Testing

@Suite("Conditional Access in a fixture — identity-platform.md §8.1")
struct AccessFixtureTests {
    /// A tenant with two people, a group, an app, and the given policies and locations.
    private static func text(policies: String, locations: String = "[]") -> [UInt8] {
        Array(
            """
            {"domains": ["contoso.example"],
             "users": [{"userPrincipalName": "adele@contoso.example",
                        "signIn": {"address": "203.0.113.7", "device": "compliant"}},
                       {"userPrincipalName": "ben@contoso.example"}],
             "groups": [{"displayName": "Sales"}],
             "applications": [{"displayName": "Claresia"}],
             "namedLocations": \(locations),
             "conditionalAccessPolicies": \(policies)}
            """.utf8)
    }

    private static let office =
        #"[{"displayName":"Office","isTrusted":true,"ipRanges":["203.0.113.0/24"]}]"#

    @Test("names people, apps and places, and reads back as exported")
    func roundTrip() throws {
        let policy = """
            [{"displayName": "MFA", "state": "enabledForReportingButNotEnforced",
              "conditions": {
                "users": {"includeUsers": ["All"], "excludeUsers": ["ben@contoso.example"],
                          "excludeGroups": ["sales"]},
                "applications": {"includeApplications": ["Claresia"]},
                "platforms": {"includePlatforms": ["all"], "excludePlatforms": ["iOS"]},
                "locations": {"includeLocations": ["All"], "excludeLocations": ["office"]}},
              "grantControls": {"operator": "OR", "builtInControls": ["mfa"]},
              "sessionControls": {"signInFrequency": {"value": 8, "type": "hours"}}}]
            """
        let text = Self.text(policies: policy, locations: Self.office)
        let fixture = try TenantFixture.decode(name: "t", text: text)
        let snapshot = fixture.snapshot(at: Sample.start)
        let stored = try #require(snapshot.accessPolicies.first)
        #expect(stored.state == .reportOnly)
        #expect(stored.conditions.includeTargets.apps.count == 1)
        #expect(stored.conditions.excludePeople.users.count == 1)
        #expect(stored.conditions.locations?.exclude == [.named(snapshot.namedLocations[0].id)])
        #expect(stored.session?.frequency?.limit == .hours(8))
        #expect(snapshot.users[0].situation.device == [.compliant])

        let exported = TenantFixtureWriter(snapshot).json
        let again = try TenantFixture.decode(name: "t", text: exported.serialized)
        #expect(again.snapshot(at: Sample.start).accessPolicies == snapshot.accessPolicies)
        #expect(again.snapshot(at: Sample.start).namedLocations == snapshot.namedLocations)
        #expect(again.snapshot(at: Sample.start).users == snapshot.users)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let policy: String
        let problem: String
        let hint: String?
        var testDescription: String { problem }

        init(_ policy: String, _ problem: String, hint: String? = nil) {
            self.policy = policy
            self.problem = problem
            self.hint = hint
        }
    }

    private static let base = "conditionalAccessPolicies[0]"
    private static let all = #""conditions":{"users":{"includeUsers":["All"]}}"#
    private static let mfa = #""grantControls":{"builtInControls":["mfa"]}"#

    @Test(
        "tells what is wrong and where",
        arguments: [
            Row("{\(all),\(mfa)}", "\(base): key \"displayName\" is missing"),
            Row(
                #"{"displayName":"P","conditions":{"users":{"includeUsers":["adel@contoso.example"]}},\#(mfa)}"#,
                "\(base).conditions.users.includeUsers[0]: no user \"adel@contoso.example\"",
                hint: "adele@contoso.example"),
            Row(
                #"{"displayName":"P","conditions":{"users":{"includeGroups":["Slaes"]}},\#(mfa)}"#,
                "\(base).conditions.users.includeGroups[0]: no group \"Slaes\"", hint: "Sales"),
            Row(
                #"{"displayName":"P","state":"enabld",\#(all),\#(mfa)}"#,
                "\(base).state: \"enabld\" is not one of \"enabled\", \"disabled\", "
                    + "\"enabledForReportingButNotEnforced\"", hint: "enabled"),
            Row(
                #"{"displayName":"P",\#(all),"grantControls":{"builtInControls":["mfaa"]}}"#,
                "\(base).grantControls.builtInControls[0]: \"mfaa\" is not one of \"block\", "
                    + "\"mfa\", \"compliantDevice\", \"domainJoinedDevice\", "
                    + "\"approvedApplication\", \"compliantApplication\", \"passwordChange\"",
                hint: "mfa"),
            Row(
                #"{"displayName":"P","condition":{},\#(all),\#(mfa)}"#,
                "\(base).condition: unknown key \"condition\"", hint: "conditions"),
            Row(
                #"{"displayName":"P",\#(all)}"#, "\(base): key \"grantControls\" is missing"),
            Row(
                #"{"displayName":"P","conditions":{},\#(mfa)}"#,
                "\(base).conditions: key \"users\" is missing"),
            Row(
                #"{"displayName":"P",\#(mfa)}"#,
                "\(base): key \"conditions\" is missing"),
            Row(
                #"{"displayName":"P",\#(all),"grantControls":{"builtInControls":["block","mfa"]}}"#,
                "\(base).grantControls: \"block\" needs to be the only control"),
            Row(
                #"{"displayName":"P","conditions":{"users":{"includeUsers":["All"]},"locations":{"includeLocations":["Offic"]}},\#(mfa)}"#,
                "\(base).conditions.locations.includeLocations[0]: no named location \"Offic\"",
                hint: "Office"),
            Row(
                #"{"displayName":"P",\#(all),"sessionControls":{"signInFrequency":{"value":24,"type":"hours"}}}"#,
                "\(base).sessionControls.signInFrequency.value: \"24\" is not a number of hours "
                    + "from 1 to 23"),
            Row(
                #"{"displayName":"P","conditions":{"users":{"includeUsers":["All"]},"applications":{"includeApplications":["Claresia"]}},"sessionControls":{"persistentBrowser":{"mode":"never"}}}"#,
                "\(base).sessionControls: \"persistentBrowser\" needs "
                    + "\"includeApplications\": [\"All\"]"),
            Row(
                #"{"displayName":"P","conditions":{"users":{"includeUsers":["All"]},"applications":{"includeAuthenticationContextClassReferences":["c25","c26"]}},\#(mfa)}"#,
                "\(base).conditions.applications.includeAuthenticationContextClassReferences[1]: "
                    + "\"c26\" is not c1 to c25"),
            Row(
                #"{"displayName":"P",\#(all),\#(mfa),"sessionControls":{"cloudAppSecurity":{"isEnabled":true}}}"#,
                "\(base).sessionControls.cloudAppSecurity: is not simulated; leave it out"),
        ])
    func problems(row: Row) {
        let text = Self.text(policies: "[\(row.policy)]", locations: Self.office)
        do throws(FixtureRefusal) {
            _ = try TenantFixture.decode(name: "t", text: text)
            Issue.record("accepted \(row.policy)")
        } catch {
            let found = error.problems.map { "\($0.keyPath): \($0.message)" }
            #expect(found.contains(row.problem), "\(found)")
            if let hint = row.hint {
                #expect(error.problems.contains { $0.nearest == hint })
            }
        }
    }

    @Test(
        "a condition that is not simulated is refused, for leaving it out would widen the policy",
        arguments: [
            #""servicePrincipalRiskLevels":["high"]"#, #""insiderRiskLevels":"elevated""#,
            #""devices":{"deviceFilter":{"mode":"include"}}"#,
            #""authenticationFlows":{"transferMethods":"deviceCodeFlow"}"#,
            #""applications":{"applicationFilter":{"mode":"include","rule":"x"}}"#,
        ])
    func unsimulated(condition: String) throws {
        let policy =
            #"{"displayName":"P","conditions":{"users":{"includeUsers":["All"]},\#(condition)},"#
            + #"\#(Self.mfa)}"#
        let error = #expect(throws: FixtureRefusal.self) {
            try TenantFixture.decode(
                name: "t", text: Self.text(policies: "[\(policy)]", locations: Self.office))
        }
        let found = try #require(error).problems.map(\.message)
        #expect(found.contains("is not simulated; leave it out"), "\(found)")
        // Without a value it says nothing.
        let key = condition.prefix { $0 != ":" }
        guard key != #""applications""# else { return }
        let empty = policy.replacing(condition, with: "\(key):null")
        _ = try TenantFixture.decode(
            name: "t", text: Self.text(policies: "[\(empty)]", locations: Self.office))
    }

    @Test("refuses a block of addresses that is none, and a name that is there twice")
    func locations() {
        let locations =
            #"[{"displayName":"A","ipRanges":["203.0.113.0/99"]},{"displayName":"a","countriesAndRegions":["FR"]}]"#
        do throws(FixtureRefusal) {
            _ = try TenantFixture.decode(
                name: "t", text: Self.text(policies: "[]", locations: locations))
            Issue.record("accepted")
        } catch {
            #expect(
                error.problems.map(\.message) == [
                    "\"203.0.113.0/99\" is not an address block such as 203.0.113.0/24",
                    "named location \"a\" is there twice",
                ])
        }
    }
}
