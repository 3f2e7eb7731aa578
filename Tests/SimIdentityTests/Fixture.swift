import SimCore
import SimCrypto
import SimDirectory

@testable import SimIdentity

/// The tenant the tests sign in to. Every id is derived from a name, so a failure prints the same
/// ids every time.
enum Fixture {
    static let start = Timestamp(seconds: 1_767_600_000)
    static let origin = "https://localhost:8443"
    static let tenant = TenantID(id("tenant"))
    static let otherTenant = TenantID(id("other tenant"))

    static func id(_ name: String) -> GUID { GUID(seed: 77, name: name) }
    static func app(_ name: String) -> AppID { AppID(id("client " + name)) }
    static func principal(_ name: String) -> ServicePrincipalID {
        ServicePrincipalID(id("principal " + name))
    }
    static func user(_ name: String) -> UserID { UserID(id("user " + name)) }

    static let webSecret = "web-secret-value-1"
    static let expiredSecret = "web-secret-value-0"
    static let callback = "https://web.example/signin"

    static let signingKey = makeKey("accounts.accesscontrol.windows.net")
    static let clientKey = makeKey("daemon")
    static let strangerKey = makeKey("stranger")
    static let sealing = makeSealingKey()

    static func makeKey(_ name: String) -> SigningKey {
        do {
            let key = try RSAPrivateKey.generate()
            return try SigningKey(
                privateKey: key,
                certificate: try Certificate.selfSigned(
                    rsa: key, commonName: name, serial: [1, 2, 3], from: start - .days(30),
                    to: start + .days(365)))
        } catch {
            preconditionFailure("a test key: \(error)")
        }
    }

    private static func makeSealingKey() -> SealingKey {
        do {
            return try SealingKey((0..<32).map { UInt8($0) })
        } catch {
            preconditionFailure("a test key: \(error)")
        }
    }

    /// A tenant with people in every state and applications of every kind.
    static func makeTenant() -> Tenant {
        makeTenant(tenant, name: "fabrikam", events: events)
    }

    /// A second tenant that shares nothing with the first.
    static func makeOtherTenant() -> Tenant {
        makeTenant(otherTenant, name: "northwind", events: [])
    }

    private static func makeTenant(
        _ id: TenantID, name: String, events: [TenantEvent]
    ) -> Tenant {
        let tenant = Tenant(
            snapshot: DirectorySnapshot(
                profile: TenantProfile(
                    id: id, name: name, displayName: name.capitalized,
                    domains: ["\(name).example", "\(name).onmicrosoft.example"],
                    pairwiseSalt: Array("salt of \(name)".utf8))))
        do {
            try tenant.append(events, at: start - .days(1))
        } catch {
            preconditionFailure("the fixture: \(error)")
        }
        return tenant
    }

    private static var events: [TenantEvent] {
        people + groups + applications + flowApplications + rights
    }
}

extension Fixture {
    static func person(
        _ name: String, enabled: Bool = true, type: User.UserType = .member,
        change: (inout User) -> Void = { _ in }
    ) -> User {
        var user = User(
            id: user(name), userPrincipalName: "\(name)@fabrikam.example",
            displayName: name.capitalized + " Park", accountEnabled: enabled, userType: type,
            credential: UserCredential(password: "pw-\(name)"), createdAt: start - .days(100))
        user.attributes["givenName"] = .string(name.capitalized)
        user.attributes["surname"] = "Park"
        user.attributes["mail"] = .string("\(name)@fabrikam.example")
        change(&user)
        return user
    }

    private static var people: [TenantEvent] {
        [
            person("ada"), person("ben"), person("dora", enabled: false),
            person("lou") { $0.credential.lockedUntil = start + .days(1) },
            person("exa") { $0.credential.isExpired = true },
            person("mia") { $0.credential.requiresMFA = true },
            person("nell") { $0.credential.password = nil },
            person("gus", type: .guest) { $0.attributes["mail"] = "gus@partner.example" },
        ].map { .userCreated($0) }
    }

    private static var groups: [TenantEvent] {
        let staff = GroupID(id("group staff"))
        let nested = GroupID(id("group everyone"))
        return [
            .groupCreated(
                Group(
                    id: staff, displayName: "Staff", mailNickname: "staff",
                    createdAt: start - .days(90))),
            .groupCreated(
                Group(
                    id: nested, displayName: "Everyone", mailNickname: "everyone",
                    createdAt: start - .days(90))),
            .memberAdded(staff, .user(user("ada"))), .memberAdded(nested, .group(staff)),
        ]
    }

    static func registration(
        _ name: String, change: (inout AppRegistration) -> Void
    ) -> [TenantEvent] {
        var app = AppRegistration(
            id: ApplicationID(id("application " + name)), appID: app(name),
            displayName: name.capitalized, createdAt: start - .days(50))
        change(&app)
        return [
            .applicationCreated(app),
            .servicePrincipalCreated(
                ServicePrincipal(
                    id: principal(name), appID: app.appID, displayName: name.capitalized,
                    requiresAssignment: name == "closed" || name == "guarded",
                    createdAt: start - .days(50))),
        ]
    }

    private static func secret(_ value: String, until end: Timestamp)
        -> AppRegistration.PasswordCredential
    {
        AppRegistration.PasswordCredential(
            keyID: CredentialID(id("credential " + value)), displayName: "test", secret: value,
            startsAt: start - .days(60), endsAt: end)
    }

    static let web = secret(webSecret, until: start + .days(400))

    private static var applications: [TenantEvent] {
        registration("web") {
            $0.redirectURIs = [
                .init(uri: callback, platform: .web),
                .init(uri: "https://web.example/other", platform: .web),
                .init(uri: "http://localhost", platform: .publicClient),
            ]
            $0.passwordCredentials = [web, secret(expiredSecret, until: start - .days(1))]
            $0.logoutURL = "https://web.example/frontchannel"
            $0.appRoles = [
                .init(
                    id: AppRoleID(id("role reader")), value: "reader", displayName: "Reader",
                    allowedMemberTypes: [.user])
            ]
        }
            + registration("implicit") {
                $0.redirectURIs = [.init(uri: callback, platform: .web)]
                $0.enablesIDTokenIssuance = true
                $0.enablesAccessTokenIssuance = true
                $0.passwordCredentials = [web]
            }
            + registration("spa") {
                $0.redirectURIs = [.init(uri: "https://spa.example/", platform: .spa)]
            }
            + registration("unconsented") {
                $0.redirectURIs = [.init(uri: callback, platform: .web)]
            }
            + apis + disabled
    }

    private static var apis: [TenantEvent] {
        registration("daemon") {
            $0.passwordCredentials = [secret("daemon-secret", until: start + .days(60))]
            $0.keyCredentials = [
                .init(
                    keyID: CredentialID(id("key daemon")), displayName: "daemon",
                    certificate: clientKey.certificate.der, startsAt: start - .days(1),
                    endsAt: start + .days(90))
            ]
        }
            + registration("api") {
                $0.identifierURIs = ["api://orders"]
                $0.requestedAccessTokenVersion = 2
                $0.scopes = [
                    .init(
                        id: PermissionScopeID(id("scope read")), value: "read",
                        displayName: "Read orders"),
                    .init(
                        id: PermissionScopeID(id("scope write")), value: "write",
                        displayName: "Write orders"),
                    .init(
                        id: PermissionScopeID(id("scope purge")), value: "purge", consent: .admin,
                        displayName: "Purge orders"),
                ]
                $0.appRoles = [
                    .init(
                        id: AppRoleID(id("role batch")), value: "batch", displayName: "Batch",
                        allowedMemberTypes: [.application])
                ]
            }
            + registration("guarded") { $0.identifierURIs = ["api://guarded"] }
            + registration("closed") {
                $0.redirectURIs = [.init(uri: callback, platform: .web)]
                $0.passwordCredentials = [web]
            }
            + registration("multi") {
                $0.signInAudience = .multipleOrganizations
                $0.redirectURIs = [.init(uri: callback, platform: .web)]
                $0.passwordCredentials = [web]
            }
    }

    private static var disabled: [TenantEvent] {
        let events = registration("disabled") {
            $0.redirectURIs = [.init(uri: callback, platform: .web)]
        }
        return [
            events[0],
            .servicePrincipalCreated(
                ServicePrincipal(
                    id: principal("disabled"), appID: app("disabled"), displayName: "Disabled",
                    accountEnabled: false, createdAt: start - .days(50))),
        ]
    }

    private static var rights: [TenantEvent] {
        func assigned(_ name: String, _ who: Principal, _ app: String, _ role: AppRoleID)
            -> TenantEvent
        {
            .assigned(
                AppRoleAssignment(
                    id: AssignmentID(id("assignment " + name)), principal: who,
                    resource: principal(app), appRole: role, createdAt: start - .days(40)))
        }
        return [
            assigned(
                "1", .group(GroupID(id("group staff"))), "web", AppRoleID(id("role reader"))),
            assigned("2", .user(user("ada")), "closed", .defaultAccess),
            assigned(
                "3", .servicePrincipal(principal("daemon")), "api", AppRoleID(id("role batch"))),
            .granted(
                PermissionGrant(
                    id: GrantID(id("grant 1")), client: principal("web"),
                    resource: principal("api"), consent: .allPrincipals, scopes: ["read"])),
            .granted(
                PermissionGrant(
                    id: GrantID(id("grant 2")), client: principal("spa"),
                    resource: principal("api"), consent: .allPrincipals, scopes: ["read"])),
        ] + ["implicit", "closed", "multi"].map(signInConsent)
    }

    /// An administrator's consent to sign everybody in.
    private static func signInConsent(_ app: String) -> TenantEvent {
        .granted(
            PermissionGrant(
                id: GrantID(id("grant " + app)), client: principal(app),
                resource: BuiltInApplications.graph(in: tenant).servicePrincipal.id,
                consent: .allPrincipals,
                scopes: ["openid", "profile", "email", "offline_access"]))
    }
}

extension String {
    var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
