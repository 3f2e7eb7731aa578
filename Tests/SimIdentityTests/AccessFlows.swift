import SimCore
import SimDirectory
import SimErrors
import SimHTTP
import Synchronization
import Testing

@testable import SimIdentity

/// A policy for tests: about everybody and everything, unless `change` says otherwise.
func policy(
    _ name: String = "policy", _ state: ConditionalAccessPolicy.State = .enabled,
    _ grant: ConditionalAccessPolicy.GrantControls? = nil,
    session: ConditionalAccessPolicy.SessionControls? = nil,
    change: (inout AccessConditions) -> Void = { _ in }
) -> ConditionalAccessPolicy {
    var conditions = AccessConditions()
    conditions.includePeople.everyone = true
    conditions.includeTargets.all = true
    change(&conditions)
    return ConditionalAccessPolicy(
        id: AccessPolicyID(Fixture.id("policy " + name)), displayName: name,
        createdAt: Fixture.start, state: state, conditions: conditions, grant: grant,
        session: session)
}

func demand(_ controls: ConditionalAccessPolicy.Control...) -> ConditionalAccessPolicy.GrantControls
{
    .init(.all, controls)
}

extension SignInSituation {
    static func having(_ facts: [SituationField: String]) -> SignInSituation {
        var situation = SignInSituation()
        for (field, text) in facts {
            let isFact = situation.set(field, text)
            #expect(isFact)
        }
        return situation
    }
}

/// Ways to ask for a token once somebody has signed in.
enum AccessFlow: String, CaseIterable, Sendable {
    /// At the pages, credentials typed anew.
    case page
    /// `prompt=none` in a session.
    case silent
    /// A code redeemed for a resource the sign-in was not about.
    case redemption
    case refresh, password, onBehalf
}

/// A browser in which everything is ready for each flow before a policy is made.
struct PreparedFlows {
    let browser = Browser()
    private let refreshToken: String
    private let assertion: String
    private let code: String

    init() throws {
        let tokens = try browser.tokens()
        refreshToken = try #require(tokens["refresh_token"]?.stringValue)
        assertion = try Self.assertion(browser)
        let answer = try browser.signIn()
        code = try #require(answer.redirected?["code"])
    }

    func attempt(_ flow: AccessFlow, _ headers: HTTPHeaders = [:]) throws -> HTTPResponse {
        switch flow {
        case .page:
            return try browser.enterPassword(
                "ada", "pw-ada", at: browser.authorizeTarget(changing: ["prompt": "login"]))
        case .silent:
            return try browser.get(
                browser.authorizeTarget(changing: ["prompt": "none"]), headers)
        case .redemption:
            return try browser.redeem(
                code, changing: ["scope": "api://orders/read"], headers: headers)
        case .refresh: return try refreshed(headers)
        case .password:
            return try browser.request("token", PasswordGrantTests.values, headers: headers)
        case .onBehalf:
            return try browser.request(
                "token",
                [
                    "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer",
                    "client_id": Fixture.app("gateway").description,
                    "client_secret": Fixture.webSecret, "assertion": assertion,
                    "requested_token_use": "on_behalf_of", "scope": "api://orders/.default openid",
                ], headers: headers)
        }
    }

    func refreshed(
        _ headers: HTTPHeaders = [:], scope: String = "openid"
    ) throws -> HTTPResponse {
        try browser.request(
            "token",
            [
                "grant_type": "refresh_token", "refresh_token": refreshToken,
                "client_id": Fixture.app("web").description, "client_secret": Fixture.webSecret,
                "scope": scope,
            ], headers: headers)
    }

    private static func assertion(_ browser: Browser) throws -> String {
        let body = try browser.request(
            "token", PasswordGrantTests.values, ["scope": "api://gateway/call openid"]
        ).json
        return try #require(body["access_token"]?.stringValue)
    }
}

extension Browser {
    func add(_ policies: ConditionalAccessPolicy...) throws {
        try tenant.append(policies.map { .accessPolicyCreated($0) }, at: now)
    }

    func situate(_ user: String, _ facts: [SituationField: String]) throws {
        try tenant.append(
            [.userSituationChanged(Fixture.user(user), .having(facts))], at: now)
    }

    func register(_ user: String, _ method: SecondFactorMethod) throws {
        var credential = UserCredential(password: "pw-\(user)")
        credential.secondFactor = method
        try tenant.append(
            [.userCredentialChanged(Fixture.user(user), credential)], at: now)
    }

    /// Types the code that stands on a page for a second factor.
    func enterShownCode(_ page: HTTPResponse) throws -> HTTPResponse {
        let mark = try #require(page.text.range(of: "id=\"simulated-code\">"))
        let code = page.text[mark.upperBound...].prefix { $0 != "<" }
        return try submit(page, ["otc": String(code)])
    }
}

extension HTTPResponse {
    /// `pgid` of a page.
    var pageID: String? {
        guard let mark = text.range(of: "\"pgid\":\"") else { return nil }
        return String(text[mark.upperBound...].prefix { $0 != "\"" })
    }

    /// A number, a page's id, or that the application got its answer.
    var outcome: String? {
        if redirected?["code"] != nil { return "granted" }
        return refusedWith.map(String.init) ?? pageID
    }

    /// The claims challenge of a JSON refusal or a redirect.
    var challenge: String? {
        (try? JSONValue(parsing: body))?["claims"]?.stringValue ?? redirected?["claims"]
    }
}

/// Keeps attempts for a test to look at.
final class RecordingSink: SignInSink {
    private let kept = Mutex<[SignInEntry]>([])

    func record(_ entry: SignInEntry) { kept.withLock { $0.append(entry) } }
    var entries: [SignInEntry] { kept.withLock { $0 } }
    var codes: [Int] { entries.map(\.errorCode) }
}
