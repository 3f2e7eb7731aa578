import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

/// A kind of token, by audience and version: the columns of the reference's claim table.
enum TokenSample: String, CaseIterable, Sendable {
    /// Of a person, for Graph (version 1), for an API with version 1, and one with version 2.
    case graph, v1Access, v2Access
    case v1Identity, v2Identity
    /// Of an application.
    case graphApp, v1App, v2App

    static let people: Set<TokenSample> = [.graph, .v1Access, .v2Access, .v1Identity, .v2Identity]
    static let v1People: Set<TokenSample> = [.graph, .v1Access, .v1Identity]
    static let first: Set<TokenSample> = [.graph, .graphApp]
    /// Those of registrations whose optional claims a test can choose.
    static let chosen: Set<TokenSample> = [.v1Access, .v2Access, .v1Identity, .v2Identity]
    static let all = Set(allCases)
}

/// Makes one token of each kind for the same person.
final class ClaimBench {
    let browser = Browser()
    var user = "ada"
    var scopes = "openid profile"
    /// The `claims` parameter.
    var requested: String?

    init() throws {
        try browser.append(
            .granted(
                PermissionGrant(
                    id: GrantID(Fixture.id("bench graph")), client: Fixture.principal("web"),
                    resource: Browser.graph.servicePrincipal.id, consent: .allPrincipals,
                    scopes: ["User.Read", "openid", "profile", "email"])),
            .granted(
                PermissionGrant(
                    id: GrantID(Fixture.id("bench gateway")), client: Fixture.principal("web"),
                    resource: Fixture.principal("gateway"), consent: .allPrincipals,
                    scopes: ["call"])))
    }

    /// Asks for an optional claim of every token whose registration is a test's to change.
    func option(_ name: String, _ properties: [String] = []) throws {
        let claim: JSONValue = [
            "name": .string(name), "additionalProperties": JSONValue(strings: properties),
        ]
        for app in ["web", "api", "gateway"] {
            try browser.edit(app) {
                $0.optionalClaims = ["idToken": [claim], "accessToken": [claim]]
            }
        }
    }

    func claims(_ sample: TokenSample) throws -> JSONObject {
        switch sample {
        case .graph: try person("").claims("access_token")
        case .v2Identity: try person("").claims("id_token")
        case .v1Access: try person(" api://gateway/call").claims("access_token")
        case .v2Access: try person(" api://orders/read").claims("access_token")
        case .v1Identity: try v1Person().claims("id_token")
        case .graphApp: try daemon("https://graph.microsoft.com").claims("access_token")
        case .v1App: try daemon("api://gateway").claims("access_token")
        case .v2App: try daemon("api://orders").claims("access_token")
        }
    }

    /// The tokens in which a claim stands, and its values.
    func holders(of claim: String) throws -> [TokenSample: JSONValue] {
        var found: [TokenSample: JSONValue] = [:]
        for sample in TokenSample.allCases {
            if let value = try claims(sample)[claim] { found[sample] = value }
        }
        return found
    }

    private func person(_ resource: String) throws -> JSONObject {
        browser.forgetCookies()
        let answer = try browser.signIn(
            user,
            at: browser.authorizeTarget(
                changing: ["scope": scopes + resource, "claims": requested]))
        return try browser.redeem(try #require(answer.redirected?["code"])).json
    }

    private func v1Person() throws -> JSONObject {
        browser.forgetCookies()
        let resource = "https://graph.microsoft.com"
        let answer = try browser.signIn(
            user,
            at: browser.authorizeTarget(
                v1: true,
                changing: ["scope": nil, "resource": resource, "claims": requested]))
        return try browser.redeem(
            try #require(answer.redirected?["code"]), changing: ["resource": resource], v1: true
        ).json
    }

    private func daemon(_ resource: String) throws -> JSONObject {
        try browser.daemon(["scope": resource + "/.default", "claims": requested]).json
    }
}
