import SimCore
import Testing

@testable import SimDirectory

@Suite("Edits of the directory by natural names")
struct EditTests {
    private let tenant = Sample.tenant([
        .userCreated(Sample.user("ann")),
        .userCreated(Sample.user("bob", manager: Sample.userID("ann"))),
        .userCreated(Sample.user("gone")), .userDeleted(Sample.userID("gone")),
        .groupCreated(Sample.group("sales")), .groupCreated(Sample.group("all")),
        .memberAdded(Sample.groupID("sales"), .user(Sample.userID("ann"))),
        .applicationCreated(Sample.application),
        .servicePrincipalCreated(Sample.servicePrincipal),
    ])
    private let random = SeededRandom(seed: 1)

    private var edits: DirectoryEdits {
        DirectoryEdits(tenant.snapshot(), now: Sample.start + .hours(1), random: random)
    }

    /// Appends what an edit decided and gives the snapshot after it.
    private func after(_ events: [TenantEvent]) throws -> DirectorySnapshot {
        try tenant.append(events, at: Sample.start + .hours(1))
        return tenant.snapshot()
    }

    @Test("a user gets defaults for what is not said")
    func addUser() throws {
        var new = NewUser(userPrincipalName: "eve.adams@sample.example")
        new.attributes = [
            AttributeChange("givenName", "Eve"), AttributeChange("officeLocation", "1/2"),
        ]
        new.manager = "ann@sample.example"
        new.password = "secret"
        let eve = try after(try edits.addUser(new)).user(userPrincipalName: new.userPrincipalName)
        #expect(eve?.displayName == "Eve")
        #expect(eve?.mailNickname == "eve.adams")
        #expect(eve?.attributes["physicalDeliveryOfficeName"]?.stringValue == "1/2")
        #expect(eve?.manager == Sample.userID("ann"))
        #expect(eve?.createdAt == Sample.start + .hours(1))
    }

    @Test("attributes that already have the value cause no event")
    func unchanged() throws {
        let changes = [AttributeChange("displayName", "Ann"), AttributeChange("city", .null)]
        #expect(try edits.setAttributes("ann@sample.example", changes).isEmpty)
        #expect(try edits.setAccountEnabled("ann@sample.example", true).isEmpty)
        #expect(try edits.renameGroup("sales", to: "sales").isEmpty)
    }

    @Test("attributes and manager can be set together; null clears")
    func setAttributes() throws {
        let snapshot = try after(
            try edits.setAttributes(
                "BOB@sample.example",
                [
                    AttributeChange("mobilePhone", "+1"), AttributeChange("manager", .null),
                    AttributeChange("userPrincipalName", "robert@sample.example"),
                ]))
        let robert = snapshot.user(userPrincipalName: "robert@sample.example")
        #expect(robert?.attributes["mobile"]?.stringValue == "+1")
        #expect(robert?.manager == nil)
    }

    @Test("blocking sign-in ends the sessions, allowing it does not")
    func disable() throws {
        let snapshot = try after(try edits.setAccountEnabled("ann@sample.example", false))
        #expect(snapshot.user(Sample.userID("ann"))?.accountEnabled == false)
        #expect(
            snapshot.user(Sample.userID("ann"))?.sessionsValidFrom
                == Sample.start + .hours(1) + User.instant)
        #expect(try edits.setAccountEnabled("ann@sample.example", true).count == 1)
    }

    @Test("a new password unlocks and ends the sessions")
    func password() throws {
        let snapshot = try after(
            try edits.setPassword("ann@sample.example", "new", mustChange: true))
        let ann = snapshot.user(Sample.userID("ann"))
        var expected = UserCredential(password: "new", mustChange: true)
        expected.changedAt = Sample.start + .hours(1)
        #expect(ann?.credential == expected)
        #expect(
            ann?.sessionsValidFrom
                == Sample.start + .hours(1) + User.instant)
    }

    @Test("people in the recycle bin are restored or purged, also by themselves after 30 days")
    func recycleBin() throws {
        let deleted = Sample.start
        func expired(_ now: Timestamp) -> Int {
            DirectoryEdits(tenant.snapshot(), now: now, random: random).purgeExpiredUsers().count
        }
        #expect(expired(deleted + .days(30) - .seconds(1)) == 0)
        #expect(expired(deleted + .days(30)) == 1)
        #expect(try after(try edits.restoreUser("gone@sample.example")).userCount == 3)
        #expect(try after(try edits.deleteUser("gone@sample.example")).userCount == 2)
        let snapshot = try after(try edits.purgeUser("gone@sample.example"))
        #expect(snapshot.user(Sample.userID("gone")) == nil)
    }

    @Test("groups take users, groups and apps by name")
    func members() throws {
        var snapshot = try after(try edits.addMember("bob@sample.example", to: "SALES"))
        snapshot = try after(try edits.addMember("sales", to: "all"))
        snapshot = try after(try edits.addMember("Shop", to: "all"))
        #expect(
            snapshot.members(of: Sample.groupID("all"))
                == [.group(Sample.groupID("sales")), .servicePrincipal(Sample.servicePrincipal.id)])
        snapshot = try after(try edits.removeMember("ann@sample.example", from: "sales"))
        #expect(snapshot.members(of: Sample.groupID("sales")) == [.user(Sample.userID("bob"))])
    }

    @Test("a new application has two objects, one client id, and the two roles (Claresia step 1)")
    func addApplication() throws {
        var new = NewApplication(displayName: "Claresia")
        new.redirectURIs = [.init(uri: "https://claresia.example/cb", platform: .web)]
        let snapshot = try after(try edits.addApplication(new))
        let principal = try #require(snapshot.servicePrincipal(displayName: "claresia"))
        let application = try #require(snapshot.application(appID: principal.appID))
        #expect(application.id.guid != principal.id.guid)
        #expect(application.appRoles.map(\.displayName) == ["User", "msiam_access"])
        #expect(!principal.requiresAssignment)
    }

    @Test("a secret's value is told once; afterwards only its hint (Claresia step 3)")
    func addSecret() throws {
        let secret = try edits.addSecret(to: "Shop", displayName: "ci", lifetime: .days(2))
        #expect(secret.value.utf8.count == 40)
        #expect(secret.value.dropFirst(3).hasPrefix("8Q~"))
        let snapshot = try after(secret.events)
        let stored = snapshot.application(Sample.application.id)?.passwordCredentials.last
        #expect(stored?.secret == secret.value)
        #expect(stored?.hint == String(secret.value.prefix(3)))
        #expect(stored?.endsAt == Sample.start + .hours(1) + .days(2))
    }

    @Test("provisioning gets a job id of the documented form and keeps it")
    func provisioning() throws {
        var new = NewApplication(displayName: "Claras")
        new.isFallbackPublicClient = true
        _ = try after(try edits.addApplication(new))
        var snapshot = try after(
            try edits.setProvisioning(of: "Claras") { $0.tenantURL = "https://c.example/scim" })
        let first = snapshot.servicePrincipal(displayName: "Claras")?.provisioning
        #expect(first?.jobID.hasPrefix("scim.\(Sample.profile.id.guid.undashed).") == true)
        snapshot = try after(try edits.setProvisioning(of: "Claras") { $0.secretToken = "t" })
        let second = snapshot.servicePrincipal(displayName: "Claras")?.provisioning
        #expect(second?.jobID == first?.jobID)
        #expect(second?.secretToken == "t")
        #expect(try edits.setProvisioning(of: "Claras") { $0.secretToken = "t" }.isEmpty)
    }

    @Test("assignment takes the role by value; unassignment takes all of them away")
    func assign() throws {
        _ = try after(try edits.addApplication(NewApplication(displayName: "Claras")))
        var snapshot = try after(try edits.assign("sales", to: "Claras"))
        let claras = try #require(snapshot.servicePrincipal(displayName: "Claras"))
        let roles = AppRegistration.AppRole.nonGalleryRoles
        #expect(snapshot.assignments(to: claras.id).map(\.appRole) == [roles[0].id])
        snapshot = try after(try edits.assign("sales", to: "Claras", role: "msiam_access"))
        snapshot = try after(try edits.assign("sales", to: "Claras", role: "Default Access"))
        #expect(snapshot.assignments(to: claras.id).count == 3)
        snapshot = try after(try edits.unassign("sales", from: "Claras"))
        #expect(snapshot.assignments(to: claras.id).isEmpty)
    }

    @Test("consent is joined with what was granted before (Claresia step 5)")
    func consent() throws {
        var snapshot = try after(
            try edits.grantAdminConsent(to: "Shop", scopes: ["openid", "profile"]))
        snapshot = try after(try edits.grantAdminConsent(to: "Shop", scopes: ["email", "openid"]))
        let grants = snapshot.grants(of: Sample.servicePrincipal.id)
        #expect(grants.map(\.scopes) == [["openid", "profile", "email"]])
        #expect(try edits.grantAdminConsent(to: "Shop", scopes: ["email"]).isEmpty)
    }

    struct Refusal: CustomTestStringConvertible {
        let testDescription: String
        let message: String
        let hint: String?
        let edit: @Sendable (DirectoryEdits) throws(DirectoryEditError) -> Void

        init(
            _ name: String, _ message: String, hint: String? = nil,
            _ edit: @escaping @Sendable (DirectoryEdits) throws(DirectoryEditError) -> Void
        ) {
            testDescription = name
            self.message = message
            self.hint = hint
            self.edit = edit
        }
    }

    static let refusals: [Refusal] = [
        Refusal(
            "an unknown user", "no user \"anne@sample.example\"",
            hint: "did you mean \"ann@sample.example\"?"
        ) { edits throws(DirectoryEditError) in _ = try edits.deleteUser("anne@sample.example") },
        Refusal(
            "a UPN in a foreign domain",
            "\"x@other.example\" is not in a verified domain of this tenant",
            hint: "verified: sample.example, sample.onmicrosoft.com"
        ) { edits throws(DirectoryEditError) in
            _ = try edits.addUser(NewUser(userPrincipalName: "x@other.example"))
        },
        Refusal("a UPN somebody has", "user \"ANN@sample.example\" already exists") {
            edits throws(DirectoryEditError) in
            _ = try edits.addUser(NewUser(userPrincipalName: "ANN@sample.example"))
        },
        Refusal(
            "a mistyped attribute", "no attribute \"jobtitel\"", hint: "did you mean \"jobTitle\"?"
        ) { edits throws(DirectoryEditError) in
            _ = try edits.setAttributes("ann@sample.example", [AttributeChange("jobtitel", "x")])
        },
        Refusal("a number for a text", "\"city\" takes a string, not number") {
            edits throws(DirectoryEditError) in
            _ = try edits.setAttributes("ann@sample.example", [AttributeChange("city", 7)])
        },
        Refusal("a cleared display name", "\"displayName\" must have a value") {
            edits throws(DirectoryEditError) in
            _ = try edits.setAttributes(
                "ann@sample.example", [AttributeChange("displayName", .null)])
        },
        Refusal(
            "a manager who reports to the user", "\"ann@sample.example\" would report to itself"
        ) {
            edits throws(DirectoryEditError) in
            _ = try edits.setAttributes(
                "ann@sample.example", [AttributeChange("manager", "bob@sample.example")])
        },
        Refusal(
            "purging somebody who is not deleted", "no deleted user \"ann@sample.example\"",
            hint: "did you mean \"gone@sample.example\"?"
        ) {
            edits throws(DirectoryEditError) in _ = try edits.purgeUser("ann@sample.example")
        },
        Refusal("a group that exists, in other case", "group \"SALES\" already exists") {
            edits throws(DirectoryEditError) in _ = try edits.addGroup(displayName: "SALES")
        },
        Refusal("a member twice", "\"ann@sample.example\" is already a member of \"sales\"") {
            edits throws(DirectoryEditError) in
            _ = try edits.addMember("ann@sample.example", to: "sales")
        },
        Refusal(
            "removing who is not a member", "\"bob@sample.example\" is not a member of \"sales\""
        ) {
            edits throws(DirectoryEditError) in
            _ = try edits.removeMember("bob@sample.example", from: "sales")
        },
        Refusal("a group in itself", "\"sales\" cannot be a member of itself") {
            edits throws(DirectoryEditError) in _ = try edits.addMember("sales", to: "sales")
        },
        Refusal("an unknown role", "no app role \"Boss\"") { edits throws(DirectoryEditError) in
            _ = try edits.assign("sales", to: "Shop", role: "Boss")
        },
        Refusal("taking away what was not assigned", "\"sales\" is not assigned to \"Shop\"") {
            edits throws(DirectoryEditError) in _ = try edits.unassign("sales", from: "Shop")
        },
        Refusal("an app name in use", "application \"shop\" already exists") {
            edits throws(DirectoryEditError) in
            _ = try edits.addApplication(NewApplication(displayName: "shop"))
        },
        Refusal(
            "a change of Microsoft Graph", "\"Microsoft Graph\" is built in and cannot be changed"
        ) {
            edits throws(DirectoryEditError) in _ = try edits.addSecret(to: "Microsoft Graph")
        },
        Refusal("a secret without a lifetime", "a secret must end after it starts") {
            edits throws(DirectoryEditError) in
            _ = try edits.addSecret(to: "Shop", lifetime: .zero)
        },
        Refusal(
            "a mistyped scope", "no scope \"User.Raed\"", hint: "did you mean \"User.Read\"?"
        ) { edits throws(DirectoryEditError) in
            _ = try edits.grantAdminConsent(to: "Shop", scopes: ["User.Raed"])
        },
        Refusal("an address without a scheme", "\"c.example/scim\" is not an absolute URL") {
            edits throws(DirectoryEditError) in
            _ = try edits.setProvisioning(of: "Shop") { $0.tenantURL = "c.example/scim" }
        },
    ]

    @Test("are refused for", arguments: refusals)
    func refusal(_ row: Refusal) {
        do throws(DirectoryEditError) {
            try row.edit(edits)
            Issue.record("not refused")
        } catch {
            #expect(error.message == row.message)
            #expect(error.hint == row.hint)
        }
    }
}
