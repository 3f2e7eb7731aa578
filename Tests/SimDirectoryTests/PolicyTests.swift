import SimCore
import Testing

@testable import SimDirectory

@Suite("Roles, consent and token lifetimes of a tenant")
struct PolicyTests {
    private func check(_ rest: String) -> FixtureCheck {
        var decoder = TenantFixtureDecoder(name: "acme")
        let text = """
            {"domains": ["acme.example"], "users": [{"userPrincipalName": "a@acme.example"}],
            \(rest)}
            """
        decoder.readTenant(Array(text.utf8), file: "tenant.json")
        return decoder.finish()
    }

    private static let full = """
        "consentPolicy": {"userConsent": "lowRisk", "adminConsentRequests": true},
        "tokenLifetimePolicies": [
          {"displayName": "Short", "accessTokenLifetime": "00:10:00"},
          {"displayName": "All day", "isOrganizationDefault": true,
           "definition": ["{\\"TokenLifetimePolicy\\":{\\"Version\\":1,\\"AccessTokenLifetime\\":\\"1.00:00:00\\"}}"]}],
        "signingKeys": {"rolloverInterval": "42.00:00:00", "keptAfter": "12:00:00"},
        "directoryRoles": [{"role": "Global Administrator", "principal": "a@acme.example"}],
        "groups": [{"displayName": "Sales", "onPremisesSamAccountName": "sales",
                    "onPremisesDomainName": "acme.local", "onPremisesNetBiosName": "ACME"}],
        "applications": [
          {"displayName": "Shop", "tokenLifetimePolicies": ["Short"],
           "servicePrincipal": {"tokenLifetimePolicies": ["Short"], "hasOwnSigningKey": true},
           "requiredResourceAccess": [
             {"resource": "Microsoft Graph", "scopes": ["User.Read"], "roles": ["User.Read.All"]},
             {"resourceAppId": "00000003-0000-0000-c000-000000000000",
              "resourceAccess": [{"id": "37f7f235-527c-4136-accd-4a02d197296e", "type": "Scope"}]}]}]
        """

    @Test("are read from a fixture, and written back the same")
    func fixture() throws {
        let read = check(Self.full)
        #expect(read.problems.isEmpty, "\(read.problems)")
        let snapshot = try #require(read.fixture).snapshot(at: Sample.start)
        #expect(snapshot.policies.userConsent == .lowRisk)
        #expect(
            snapshot.policies.tokenLifetimes.map(\.accessTokenLifetime) == [
                .minutes(10), .days(1),
            ])
        #expect(snapshot.signingKeys.rollover.interval == .days(42))
        #expect(snapshot.signingKeys.rollover.keptAfter == .hours(12))
        let user = try #require(snapshot.user(userPrincipalName: "a@acme.example"))
        #expect(snapshot.directoryRoles(of: user.id) == [.globalAdministrator])
        let app = try #require(snapshot.applications.first)
        #expect(
            app.requiredResourceAccess.map { $0.permissions.map(\.kind) } == [
                [.scope, .role], [.scope],
            ])
        #expect(snapshot.group(displayName: "Sales")?.onPremises?.netBIOSName == "ACME")
        let written = TenantFixtureWriter(snapshot).json.text
        let again = try TenantFixture.decode(name: "acme", text: Array(written.utf8))
        let copy = again.snapshot(at: Sample.start)
        #expect(copy.policies == snapshot.policies)
        #expect(copy.signingKeys == snapshot.signingKeys)
        #expect(copy.directoryRoleAssignments == snapshot.directoryRoleAssignments)
        #expect(copy.applications == snapshot.applications)
        #expect(copy.groups == snapshot.groups)
        #expect(
            copy.servicePrincipal(displayName: "Shop")
                == snapshot.servicePrincipal(displayName: "Shop"))
    }

    @Test(
        "name what is wrong, and what may have been meant",
        arguments: [
            (
                "\"directoryRoles\": [{\"role\": \"Global Adminstrator\", \"principal\": \"a@acme.example\"}]",
                "directoryRoles[0].role", "Global Administrator"
            ),
            (
                "\"directoryRoles\": [{\"role\": \"Global Reader\", \"principal\": \"b@acme.example\"}]",
                "directoryRoles[0].principal", "a@acme.example"
            ),
            (
                "\"tokenLifetimePolicies\": [{\"displayName\": \"x\", \"accessTokenLifetime\": \"00:09:59\"}]",
                "tokenLifetimePolicies[0].accessTokenLifetime", nil
            ),
            (
                "\"tokenLifetimePolicies\": [{\"displayName\": \"x\", \"accessTokenLifetime\": \"1.00:00:01\"}]",
                "tokenLifetimePolicies[0].accessTokenLifetime", nil
            ),
            (
                "\"consentPolicy\": {\"userConsent\": \"lowrisk\"}", "consentPolicy.userConsent",
                "lowRisk"
            ),
            (
                "\"applications\": [{\"displayName\": \"S\", \"requiredResourceAccess\": [{\"resource\": \"Microsoft Graph\", \"scopes\": [\"User.Raed\"]}]}]",
                "applications[0].requiredResourceAccess[0].scopes[0]", "User.Read"
            ),
            (
                "\"applications\": [{\"displayName\": \"S\", \"tokenLifetimePolicies\": [\"Short\"]}]",
                "applications[0].tokenLifetimePolicies[0]", nil
            ),
        ] as [(String, String, String?)])
    func problems(text: String, keyPath: String, nearest: String?) throws {
        let problem = try #require(check(text).problems.first)
        #expect(problem.keyPath == keyPath)
        #expect(problem.nearest == nearest)
    }

    @Test("a lifetime of the enterprise app wins, then the organization's, then the registration's")
    func priority() {
        func policy(_ name: String, _ minutes: Int, isDefault: Bool = false) -> TokenLifetimePolicy
        {
            TokenLifetimePolicy(
                id: TokenLifetimePolicyID(GUID(seed: 1, name: name)), displayName: name,
                accessTokenLifetime: .minutes(minutes), isOrganizationDefault: isDefault)
        }
        let mine = policy("mine", 20)
        let ours = policy("ours", 30, isDefault: true)
        let developer = policy("developer", 40)
        var principal = Sample.servicePrincipal
        var registration = Sample.application
        registration.tokenLifetimePolicy = developer.id
        principal.tokenLifetimePolicy = mine.id
        let all = TenantPolicies(tokenLifetimes: [developer, ours, mine])
        #expect(
            all.tokenLifetime(
                principal.tokenLifetimePolicy, registration.tokenLifetimePolicy) == .minutes(20))
        principal.tokenLifetimePolicy = nil
        #expect(
            all.tokenLifetime(
                principal.tokenLifetimePolicy, registration.tokenLifetimePolicy) == .minutes(30))
        let noDefault = TenantPolicies(tokenLifetimes: [developer, mine])
        #expect(
            noDefault.tokenLifetime(
                principal.tokenLifetimePolicy, registration.tokenLifetimePolicy) == .minutes(40))
        registration.tokenLifetimePolicy = nil
        #expect(
            noDefault.tokenLifetime(
                principal.tokenLifetimePolicy, registration.tokenLifetimePolicy) == nil)
    }

    @Test(
        "time spans are read as .NET writes them",
        arguments: [
            ("04:00:00", Duration.hours(4)), ("0:30", .minutes(30)), ("1.00:00:00", .days(1)),
            ("24:00:00", nil), ("00:60:00", nil), ("x", nil), ("1.2", nil), ("", nil),
        ] as [(String, Duration?)])
    func timeSpans(text: String, duration: Duration?) {
        #expect(TimeSpanText.parse(text) == duration)
        if let duration { #expect(TimeSpanText.parse(TimeSpanText.text(duration)) == duration) }
    }

    @Test("roles come from groups a person is directly in too, each once, and go with them")
    func roles() throws {
        let tenant = Sample.tenant([
            .userCreated(Sample.user("ann")), .groupCreated(Sample.group("admins")),
            .groupCreated(Sample.group("all")),
            .memberAdded(Sample.groupID("admins"), .user(Sample.userID("ann"))),
            .memberAdded(Sample.groupID("all"), .group(Sample.groupID("admins"))),
        ])
        let edits = DirectoryEdits(
            tenant.snapshot(), now: Sample.start, random: SeededRandom(seed: 1))
        for (role, holder) in [
            ("Security Reader", "ann@sample.example"), ("security reader", "admins"),
            ("f2ef992c-3afb-46b9-b7cf-a126ee74c451", "admins"), ("User Administrator", "all"),
        ] {
            try tenant.append(edits.assignRole(role, to: holder), at: Sample.start)
        }
        #expect(
            tenant.snapshot().directoryRoles(of: Sample.userID("ann"))
                == [.securityReader, .globalReader])
        try tenant.append([.groupDeleted(Sample.groupID("admins"))], at: Sample.start)
        #expect(tenant.snapshot().directoryRoles(of: Sample.userID("ann")) == [.securityReader])
        #expect(throws: DirectoryEditError.self) {
            try edits.unassignRole("Global Administrator", from: "ann@sample.example")
        }
    }
}
