import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

/// Sessions that are named or repeated, consent that only some can give, APIs that are not there.
/// aadsts.md §2, §5.2.
extension NaturalCause {
    static let namedSessions: [NaturalCause] = [
        .init(50_196, "the same request answered fourteen times in five minutes", .page) {
            _ = try $0.signIn()
            for _ in 0..<14 { _ = try $0.authorize() }
            return try $0.authorize()
        },
        .init(90_007, "a sid that is no GUID", .page) {
            _ = try $0.signIn()
            return try $0.authorize(["sid": "x"])
        },
        .init(90_005, "sid and login_hint together", .page) {
            try $0.authorize(["sid": GUID.zero.description, "login_hint": "a@fabrikam.example"])
        },
        .init(
            160_021, "prompt=none with a sid nobody has here", .redirect("interaction_required")
        ) {
            _ = try $0.signIn()
            return try $0.authorize(["sid": GUID.zero.description, "prompt": "none"])
        },
        .init(51_001, "a security identifier as hint, without its domain", .page) {
            try $0.authorize(["login_hint": "S-1-5-21-1-2-3"])
        },
    ]

    static let consentsAndAPIs: [NaturalCause] = [
        .init(90_093, "a box on the consent page that was not offered", .page) {
            let page = try $0.signIn(
                "ben",
                at: $0.authorizeTarget(
                    "unconsented", changing: ["scope": "openid api://orders/read"]))
            return try $0.submit(page, ["ucaccept": "1", "ucorg": "1"])
        },
        .init(90_095, "consent only an administrator can give, who can be asked", .form) {
            try $0.decide {
                $0.userConsent = .off
                $0.adminConsentRequests = true
            }
            return try $0.signIn(
                "ben",
                at: $0.authorizeTarget("unconsented", changing: ["scope": "openid User.Read"]))
        },
        .init(650_056, ".default without any listed permission", .redirect("invalid_client")) {
            try $0.authorize(["scope": "openid api://orders/.default"], app: "unconsented")
        },
        .init(650_057, ".default of an API that is not listed", .redirect("invalid_client")) {
            try $0.list("unconsented", graph: ["User.Read"])
            return try $0.authorize(
                ["scope": "openid api://orders/.default"], app: "unconsented")
        },
        .init(
            650_052, "an API of another organization that nobody added here",
            .redirect("invalid_client")
        ) {
            var app = AppRegistration(
                id: ApplicationID(Fixture.id("their application")),
                appID: Fixture.app("theirs"), displayName: "Theirs", createdAt: Fixture.start)
            app.signInAudience = .multipleOrganizations
            app.identifierURIs = ["api://theirs"]
            try $0.other.append([.applicationCreated(app)], at: $0.now)
            return try $0.authorize(["scope": "openid api://theirs/read"])
        },
        .init(
            650_054, "a listed API that does not exist any more", .redirect("invalid_resource")
        ) {
            let gone = Fixture.app("gone")
            try $0.edit("web") {
                $0.requiredResourceAccess = [.init(resource: gone, permissions: [])]
            }
            return try $0.authorize(["scope": "openid \(gone)/.default"])
        },
        .init(
            90_008, "an app asks for itself without any permission of Graph",
            .redirect("invalid_grant")
        ) {
            let id = Fixture.app("unconsented")
            return try $0.authorize(["scope": "openid \(id)/.default"], app: "unconsented")
        },
        .init(900_971, "an administrator's consent with nowhere to return to", .page) {
            try $0.get($0.adminConsentTarget("api", changing: ["redirect_uri": nil]))
        },
    ]
}
