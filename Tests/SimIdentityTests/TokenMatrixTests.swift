import SimCore
import SimErrors
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Every token parameter, faulty in every way — aadsts.md §5.1, §6")
struct TokenMatrixTests {
    /// Number of the refusal; 0 for tokens.
    typealias Cell = ParameterCell<Int>

    private static let long = ParameterFault.long
    private static let multi = Fixture.app("multi").description

    static func cells(
        _ name: String, missing: Int, empty: Int? = nil, twice: [String], _ twiceCode: Int = 0,
        malformed: (String, Int), unknown: (String, Int), tooLong: Int,
        conflicting: (String, [String: String?], Int)
    ) -> [Cell] {
        [
            Cell(name, .missing, missing), Cell(name, .empty, [""], empty ?? missing),
            Cell(name, .twice, twice, twiceCode),
            Cell(name, .malformed, [malformed.0], malformed.1),
            Cell(name, .unknown, [unknown.0], unknown.1), Cell(name, .tooLong, [long], tooLong),
            Cell(name, .conflicting, [conflicting.0], with: conflicting.1, conflicting.2),
        ]
    }

    // Shared by the grants of a confidential client with the address of `web`.

    private static let shared: [Cell] =
        cells(
            "grant_type", missing: 900_144, twice: ["magic", "refresh_token"], 70_003,
            malformed: ("refresh token", 70_003), unknown: ("magic", 70_003), tooLong: 70_003,
            conflicting: ("magic", ["client_id": nil], 70_003))
        + cells(
            "client_id", missing: 900_144, twice: [Fixture.app("web").description, "x"],
            malformed: ("my app", 700_016), unknown: (Fixture.id("x").description, 700_016),
            tooLong: 700_016, conflicting: (multi, [:], 700_007))
        + cells(
            "client_secret", missing: 7_000_218, twice: [Fixture.webSecret, "guess"],
            malformed: ("\u{0}", 7_000_215), unknown: ("guess", 7_000_215), tooLong: 7_000_215,
            conflicting: (
                Fixture.webSecret,
                [
                    "client_assertion": "x",
                    "client_assertion_type": ClientCredential.assertionType,
                ], 50_027
            ))
        + cells(
            "resource", missing: 0, empty: 901_002, twice: ["api://orders", "x"], 901_002,
            malformed: ("x", 901_002), unknown: ("api://nothing", 901_002), tooLong: 901_002,
            conflicting: ("api://orders", ["scope": "api://orders/read"], 901_002))
        + cells(
            "claims", missing: 0, twice: ["{}", "{"], malformed: ("{", 90_100),
            unknown: (#"{"x":1}"#, 0), tooLong: 90_100, conflicting: ("[]", [:], 90_100))
        + cells(
            "client_info", missing: 0, twice: ["1", "2"], malformed: ("x", 0), unknown: ("2", 0),
            tooLong: 0, conflicting: ("1", ["client_secret": "guess"], 7_000_215))

    private static func scope(severalResources: Int, unknown: Int = 70_011) -> [Cell] {
        cells(
            "scope", missing: 0, twice: ["openid", "a/"], malformed: ("a/", 70_011),
            unknown: ("api://orders/fly", unknown), tooLong: unknown,
            conflicting: ("api://orders/read User.Read", [:], severalResources))
    }

    static let code: [Cell] =
        shared + scope(severalResources: 28_000)
        + cells(
            "redirect_uri", missing: 900_144, twice: [Fixture.callback, "x"],
            malformed: ("/signin", 50_011), unknown: ("https://evil.example/", 50_011),
            tooLong: 50_011, conflicting: ("https://web.example/other", [:], 500_112))
        + cells(
            "code_verifier", missing: 50_148, twice: [Browser.verifier, "x"],
            malformed: ("\u{0}", 501_481), unknown: ("short", 501_481), tooLong: 501_481,
            conflicting: ("short", ["client_secret": "guess"], 7_000_215))
        + cells(
            "code", missing: 900_144, twice: ["garbage", "x"], 9_002_313,
            malformed: ("garbage", 9_002_313), unknown: ("1.AUcA.AgAB", 9_002_313),
            tooLong: 9_002_313, conflicting: ("garbage", ["client_secret": nil], 9_002_313))

    static let refresh: [Cell] =
        shared + scope(severalResources: 0)
        + cells(
            "refresh_token", missing: 900_144, twice: ["garbage", "x"], 9_002_313,
            malformed: ("garbage", 9_002_313), unknown: ("1.AUcA.AgAB", 70_000),
            tooLong: 9_002_313, conflicting: ("garbage", ["client_secret": nil], 9_002_313))
        + cells(
            "code", missing: 0, twice: ["x", "y"], malformed: ("x", 0), unknown: ("y", 0),
            tooLong: 0, conflicting: ("x", ["client_secret": "guess"], 7_000_215))

    @Test("of a code is answered as the table says", arguments: code)
    func codeCell(_ cell: Cell) throws {
        let browser = Browser()
        let code = try #require(try browser.signIn().redirected?["code"])
        let response = try browser.post(
            browser.tokenTarget,
            cell.fields([
                "grant_type": "authorization_code", "client_id": Fixture.app("web").description,
                "client_secret": Fixture.webSecret, "code": code,
                "redirect_uri": Fixture.callback, "code_verifier": Browser.verifier,
            ]))
        #expect(response.refusedWith ?? 0 == cell.outcome)
        #expect((response.status == 200) == (cell.outcome == 0))
    }

    @Test("of a refresh token is answered as the table says", arguments: refresh)
    func refreshCell(_ cell: Cell) throws {
        let browser = Browser()
        let token = try #require(try Self.issued.get()["refresh_token"]?.stringValue)
        let response = try browser.post(
            browser.tokenTarget,
            cell.fields([
                "grant_type": "refresh_token", "client_id": Fixture.app("web").description,
                "client_secret": Fixture.webSecret, "refresh_token": token,
            ]))
        #expect(response.refusedWith ?? 0 == cell.outcome)
        #expect((response.status == 200) == (cell.outcome == 0))
    }

    private static let issued = Result { try Browser().tokens() }

    static let device: [Cell] =
        cells(
            "client_id", missing: 900_144, twice: [Fixture.app("console").description, "x"],
            malformed: ("my app", 700_016), unknown: (Fixture.id("x").description, 700_016),
            tooLong: 700_016, conflicting: ("x", ["scope": nil], 900_144))
        + cells(
            "scope", missing: 900_144, twice: ["openid", "a/"], malformed: ("a/", 70_011),
            unknown: ("api://nothing/read", 500_011), tooLong: 0,
            conflicting: ("api://orders/read User.Read", [:], 28_000))
        + cells(
            "claims", missing: 0, twice: ["{}", "{}"], malformed: ("{}", 0), unknown: ("{}", 0),
            tooLong: 0, conflicting: ("{}", ["scope": "a/"], 70_011))

    @Test("of a device is answered as the table says", arguments: device)
    func deviceCell(_ cell: Cell) throws {
        let browser = Browser()
        let response = try browser.post(
            "/\(Fixture.tenant)/oauth2/v2.0/devicecode",
            cell.fields([
                "client_id": Fixture.app("console").description, "scope": "api://orders/read",
            ]))
        #expect(response.refusedWith ?? 0 == cell.outcome)
        #expect((response.status == 200) == (cell.outcome == 0))
    }

    static let logout: [Cell] = [
        "post_logout_redirect_uri", "state", "id_token_hint", "logout_hint", "client_id",
    ].flatMap { name in
        cells(
            name, missing: 0, twice: ["a", "b"], malformed: ("\u{0}<b>x", 0),
            unknown: ("https://evil.example/", 0), tooLong: 0,
            conflicting: ("javascript:x", ["client_id": Fixture.app("spa").description], 0))
    }

    @Test("sign-out never fails and never leads away", arguments: logout)
    func logoutCell(_ cell: Cell) throws {
        let browser = Browser()
        _ = try browser.signIn()
        let fields = cell.fields([:]).encoded()
        let page = try browser.get("/\(Fixture.tenant)/oauth2/v2.0/logout?\(fields)")
        #expect(page.status == 200)
        #expect(page.headers["Location"] == nil)
        #expect(!page.text.contains("<b>x") && !page.text.contains("evil.example"))
    }

    static let adminConsent: [Cell] =
        cells(
            "client_id", missing: 900_144, twice: [Fixture.app("web").description, "x"],
            malformed: ("my app", 700_016), unknown: (Fixture.id("x").description, 700_016),
            tooLong: 700_016, conflicting: ("x", ["redirect_uri": "/x"], 700_016))
        + cells(
            "redirect_uri", missing: 0, twice: [Fixture.callback, "x"],
            malformed: ("/signin", 90_102), unknown: ("https://evil.example/", 50_011),
            tooLong: 90_102, conflicting: ("https://web.example/signin/more", [:], 50_011))
        + cells(
            "scope", missing: 900_144, twice: ["openid", "a/"], malformed: ("a/", 70_011),
            unknown: ("api://nothing/read", 500_011), tooLong: 650_053,
            conflicting: ("api://orders/.default api://orders/read", [:], 70_011))
        + cells(
            "state", missing: 0, twice: ["a", "b"], malformed: ("\u{0}", 0), unknown: ("x", 0),
            tooLong: 0, conflicting: ("x", ["client_id": nil], 900_144))

    @Test("of an administrator's consent is answered as the table says", arguments: adminConsent)
    func adminConsentCell(_ cell: Cell) throws {
        let fields = cell.fields([
            "client_id": Fixture.app("web").description, "redirect_uri": Fixture.callback,
            "scope": "openid api://orders/read", "state": "s",
        ]).encoded()
        let page = try Browser().get("/\(Fixture.tenant)/v2.0/adminconsent?\(fields)")
        #expect(page.refusedWith ?? 0 == cell.outcome)
    }

    @Test("no cell is left open")
    func complete() {
        for table in [Self.code, Self.refresh, Self.device, Self.logout, Self.adminConsent] {
            let names = Set(table.map(\.parameter)).sorted()
            #expect(Cell.open(in: table, of: names).isEmpty)
        }
    }
}
