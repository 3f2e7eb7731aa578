import SimCore
import SimDirectory

/// A small tenant to try things on, and one value of every event.
enum Sample {
    static let start = Timestamp(seconds: 1_767_600_000)

    static let profile = TenantProfile(
        id: TenantID(GUID(seed: 1, name: "tenant")), name: "sample", displayName: "Sample",
        domains: ["sample.example", "sample.onmicrosoft.com"], pairwiseSalt: [1, 2, 3])

    static func userID(_ name: String) -> UserID { UserID(GUID(seed: 1, name: "user/\(name)")) }
    static func groupID(_ name: String) -> GroupID { GroupID(GUID(seed: 1, name: "group/\(name)")) }

    static func user(_ name: String, manager: UserID? = nil) -> User {
        User(
            id: userID(name), userPrincipalName: "\(name)@sample.example",
            displayName: name.capitalizedASCII, manager: manager, createdAt: start)
    }

    static func group(_ name: String) -> Group {
        Group(id: groupID(name), displayName: name, mailNickname: name, createdAt: start)
    }

    static let policies = TenantPolicies(
        userConsent: .lowRisk, adminConsentRequests: true,
        tokenLifetimes: [
            TokenLifetimePolicy(
                id: TokenLifetimePolicyID(GUID(seed: 1, name: "lifetime")), displayName: "Short",
                accessTokenLifetime: .minutes(30), isOrganizationDefault: true)
        ])

    static let schedule: SigningKeySchedule = {
        var schedule = SigningKeySchedule(
            rollover: .init(interval: .days(42), publishedAhead: .days(3), keptAfter: .days(4)))
        schedule.rotate(at: start)
        return schedule
    }()

    static let application: AppRegistration = {
        var application = AppRegistration(
            id: ApplicationID(GUID(seed: 1, name: "application")),
            appID: AppID(GUID(seed: 1, name: "appId")), displayName: "Shop", createdAt: start)
        application.signInAudience = .multipleOrganizations
        application.identifierURIs = ["api://shop"]
        application.redirectURIs = [
            .init(uri: "https://shop.example/callback", platform: .web),
            .init(uri: "http://localhost:3000", platform: .spa),
        ]
        application.logoutURL = "https://shop.example/bye"
        application.homePageURL = "https://shop.example"
        application.enablesIDTokenIssuance = true
        application.enablesAccessTokenIssuance = true
        application.isFallbackPublicClient = true
        application.requestedAccessTokenVersion = 2
        application.federatedCredentials = [
            .init(
                name: "ci", issuer: "https://ci.example", subject: "repo:shop:main",
                audiences: ["api://shop"], description: "Builds"),
            .init(name: "own", issuer: "{origin}/x/v2.0", subject: "y"),
        ]
        application.scopes = [
            .init(
                id: PermissionScopeID(GUID(seed: 1, name: "scope")), value: "Cart.Read",
                consent: .admin, displayName: "Read carts", isEnabled: false)
        ]
        application.appRoles = [
            .init(
                id: buyer, value: "Buyer", displayName: "A \"buyer\"",
                allowedMemberTypes: [.user, .application], isEnabled: false)
        ]
        application.preAuthorizedApplications = [
            .init(
                appID: AppID(GUID(seed: 1, name: "trusted")),
                scopes: [PermissionScopeID(GUID(seed: 1, name: "scope"))])
        ]
        application.requiredResourceAccess = [
            .init(
                resource: BuiltInApplications.graphAppID,
                permissions: [
                    .init(id: GUID(seed: 1, name: "needed scope"), kind: .scope),
                    .init(id: GUID(seed: 1, name: "needed role"), kind: .role),
                ])
        ]
        application.tokenLifetimePolicy = policies.tokenLifetimes[0].id
        application.passwordCredentials = [
            .init(
                keyID: CredentialID(GUID(seed: 1, name: "key")), displayName: "ci",
                secret: "s3cret", startsAt: start, endsAt: start + .days(1))
        ]
        application.keyCredentials = [
            .init(
                keyID: CredentialID(GUID(seed: 1, name: "cert")), displayName: "CN=x",
                certificate: [0x30, 0, 255], startsAt: start, endsAt: start + .days(1))
        ]
        application.groupMembershipClaims = "SecurityGroup"
        application.optionalClaims = ["idToken": [["name": "email"]]]
        return application
    }()

    static let buyer = AppRoleID(GUID(seed: 1, name: "role"))

    static let servicePrincipal: ServicePrincipal = {
        var principal = ServicePrincipal(
            id: ServicePrincipalID(GUID(seed: 1, name: "servicePrincipal")),
            appID: application.appID, displayName: "Shop", accountEnabled: false,
            requiresAssignment: true, createdAt: start)
        principal.preferredSingleSignOnMode = "oidc"
        principal.tags = ["one", "two"]
        var provisioning = ProvisioningConfiguration(
            jobID: "scim.x.y", tenantURL: "https://shop.example/scim?aadOptscim062020",
            secretToken: "token")
        provisioning.scope = .all
        provisioning.provisionsGroups = false
        provisioning.startsEnabled = false
        provisioning.skipsOutOfScopeDeletions = true
        provisioning.schema = ["objectMappings": []]
        principal.provisioning = provisioning
        return principal
    }()

    static let assignment = AppRoleAssignment(
        id: AssignmentID(GUID(seed: 1, name: "assignment")), principal: .group(groupID("sales")),
        resource: servicePrincipal.id, appRole: buyer, createdAt: start)

    static let grant = PermissionGrant(
        id: GrantID(GUID(seed: 1, name: "grant")), client: servicePrincipal.id,
        resource: servicePrincipal.id, consent: .principal(userID("ann")), scopes: ["Cart.Read"])

    private static let fullAttributes: AttributeBag = {
        var bag = AttributeBag()
        bag["jobTitle"] = "Engineer"
        bag["proxyAddresses"] = ["SMTP:a@b"]
        bag["dirSyncEnabled"] = true
        bag["employeeOrgData"] = ["costCenter": "7"]
        return bag
    }()

    /// A user with every field away from its default.
    static let fullUser: User = {
        var user = User(
            id: userID("full"), userPrincipalName: "full@sample.example",
            displayName: "Zoë \u{1F600}\n\"quoted\"", accountEnabled: false, userType: .guest,
            attributes: fullAttributes,
            manager: userID("ann"),
            credential: UserCredential(
                password: "p", isExpired: true, mustChange: true, lockedUntil: start + .days(1),
                failedAttempts: 3, requiresMFA: true,
                secondFactor: .authenticator(Array(1...20))),
            createdAt: start, deletedAt: start + .hours(1))
        user.sessionsValidFrom = start + .minutes(1)
        user.situation = AccessSample.situation
        return user
    }()

    /// One event of each case, in an order in which each may follow the ones before.
    static let device = DeviceAuthorization(
        userCode: "ABCDEFGH2", client: application.appID, tenant: profile.id,
        scope: "openid profile", expiresAt: start + .minutes(15))
    static let approval = DeviceAuthorization.Approval(
        tenant: profile.id, user: userID("bob"), authenticatedAt: start, methods: ["pwd", "mfa"],
        sessionID: GUID(seed: 1, name: "session"))

    static func answered(_ answer: DeviceAuthorization.Answer) -> DeviceAuthorization {
        var device = device
        device.answer = answer
        return device
    }

    static let everyEvent: [TenantEvent] = [
        .tenantCreated(profile), .userCreated(user("ann")), .userCreated(user("bob")),
        .userCreated(fullUser),
        .userChanged(
            userID("bob"), [AttributeChange("jobTitle", "Clerk"), AttributeChange("city", .null)]),
        .userManagerChanged(userID("bob"), userID("ann")), .userManagerChanged(userID("bob"), nil),
        .userCredentialChanged(userID("bob"), UserCredential(password: "new")),
        .userSessionsRevoked(userID("bob")),
        .userSituationChanged(userID("bob"), AccessSample.situation), .userDeleted(userID("bob")),
        .userRestored(userID("bob")), .userPurged(userID("full")), .groupCreated(group("sales")),
        .groupCreated(group("all")), .groupChanged(group("sales")),
        .memberAdded(groupID("sales"), .user(userID("bob"))),
        .memberAdded(groupID("all"), .group(groupID("sales"))),
        .memberRemoved(groupID("sales"), .user(userID("bob"))),
        .applicationCreated(application), .applicationChanged(application),
        .servicePrincipalCreated(servicePrincipal), .servicePrincipalChanged(servicePrincipal),
        .assigned(assignment), .granted(grant),
        .directoryRoleAssigned(
            .init(role: .applicationAdministrator, principal: .user(userID("bob")))),
        .directoryRoleAssigned(.init(role: .globalReader, principal: .group(groupID("sales")))),
        .directoryRoleUnassigned(
            .init(role: .globalReader, principal: .group(groupID("sales")))),
        .policiesChanged(policies), .signingKeysChanged(schedule),
        .redeemed(digest: "d1", until: start + .minutes(10)),
        .deviceAuthorization(device), .deviceAuthorization(answered(.approved(approval))),
        .deviceAuthorization(
            DeviceAuthorization(
                userCode: "JKLMNPQRS", client: application.appID, tenant: nil, scope: "openid",
                expiresAt: start + .minutes(15), answer: .declined)),
        .provisioning(
            job: "j", kind: "cycle",
            payload: Deferred<JSONValue>(["n": 1, "half": .double(0.5), "none": .null])),
        .namedLocationCreated(AccessSample.office), .namedLocationChanged(AccessSample.europe),
        .accessPolicyCreated(AccessSample.everything),
        .accessPolicyChanged(AccessSample.workloads),
        .accessPolicyDeleted(AccessSample.everything.id),
        .namedLocationDeleted(AccessSample.office.id),
        .unassigned(assignment.id), .grantRevoked(grant.id), .groupDeleted(groupID("all")),
        .servicePrincipalDeleted(servicePrincipal.id), .applicationDeleted(application.id),
    ]

    /// A snapshot after `events`, numbered from 1, all at `start`.
    static func snapshot(_ events: [TenantEvent]) -> DirectorySnapshot {
        var snapshot = DirectorySnapshot(profile: profile)
        for (index, event) in events.enumerated() {
            snapshot.apply(LogRecord(sequence: UInt64(index) + 1, at: start, event: event))
        }
        return snapshot
    }

    static func tenant(_ events: [TenantEvent] = []) -> Tenant {
        Tenant(snapshot: snapshot(events))
    }
}

extension String {
    /// First letter in upper case.
    fileprivate var capitalizedASCII: String { prefix(1).uppercased() + dropFirst() }
}
