import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Every parameter of one grant alone, faulty in every way — aadsts.md §5.1, §6.4 to §6.7")
struct GrantMatrixTests {
    typealias Cell = TokenMatrixTests.Cell

    /// A well-formed access token that is for somebody else, and that nobody here has signed.
    private static let foreign =
        "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiIsImtpZCI6IngifQ."
        + "eyJhdWQiOiJ4IiwiYXpwIjoieSIsIm9pZCI6InoiLCJzdWIiOiJzIn0.AAAA"

    static let clientCredentials: [Cell] = TokenMatrixTests.cells(
        "scope", missing: 90_014, twice: ["api://orders/.default", "a/"],
        malformed: ("a/", 70_011), unknown: ("api://nothing/.default", 500_011),
        tooLong: 1_002_012,
        conflicting: ("api://orders/.default api://gateway/.default", [:], 70_011))

    static let password: [Cell] =
        TokenMatrixTests.cells(
            "username", missing: 90_014, twice: ["ada@fabrikam.example", "x"],
            malformed: ("ada", 50_034), unknown: ("nobody@fabrikam.example", 50_034),
            tooLong: 50_034,
            conflicting: ("nobody", ["client_id": Fixture.app("web").description], 7_000_218))
        + TokenMatrixTests.cells(
            "password", missing: 90_014, twice: ["pw-ada", "x"], malformed: ("\u{0}", 50_126),
            unknown: ("guess", 50_126), tooLong: 50_052,
            conflicting: ("guess", ["scope": "a/"], 50_126))

    static let onBehalf: [Cell] =
        TokenMatrixTests.cells(
            "assertion", missing: 900_144, twice: ["garbage", "x"], 50_027,
            malformed: ("garbage", 50_027), unknown: (foreign, 500_131), tooLong: 50_027,
            conflicting: ("garbage", ["client_secret": nil], 50_027))
        + TokenMatrixTests.cells(
            "requested_token_use", missing: 900_144, twice: ["on_behalf_of", "x"],
            malformed: ("on behalf of", 90_023), unknown: ("magic", 90_023), tooLong: 90_023,
            conflicting: ("magic", ["client_secret": "guess"], 90_023))

    static let device: [Cell] = TokenMatrixTests.cells(
        "device_code", missing: 900_144, twice: ["garbage", "x"], 70_018,
        malformed: ("garbage", 70_018), unknown: ("1.AUcA.AgAB", 70_018), tooLong: 70_018,
        conflicting: ("garbage", ["client_id": "x"], 700_016))

    private func expect(_ response: HTTPResponse, _ cell: Cell) {
        #expect(response.refusedWith ?? 0 == cell.outcome)
        #expect((response.status == 200) == (cell.outcome == 0))
    }

    /// Posts the ordinary request as the cell changes it.
    private func post(
        _ cell: Cell, in browser: Browser, _ fields: KeyValuePairs<String, String>
    ) throws {
        expect(try browser.post(browser.tokenTarget, cell.fields(fields)), cell)
    }

    @Test("of a client's own token is answered as the table says", arguments: clientCredentials)
    func clientCell(_ cell: Cell) throws {
        let browser = Browser()
        try post(
            cell, in: browser,
            [
                "grant_type": "client_credentials", "client_secret": "daemon-secret",
                "client_id": Fixture.app("daemon").description,
                "scope": "api://orders/.default",
            ])
    }

    @Test("of a password is answered as the table says", arguments: password)
    func passwordCell(_ cell: Cell) throws {
        let browser = Browser()
        try post(
            cell, in: browser,
            [
                "grant_type": "password", "client_id": Fixture.app("console").description,
                "username": "ada@fabrikam.example", "password": "pw-ada",
                "scope": "api://orders/read openid",
            ])
    }

    @Test("of a call for a caller is answered as the table says", arguments: onBehalf)
    func onBehalfCell(_ cell: Cell) throws {
        let browser = Browser()
        let caller = try browser.request(
            "token", PasswordGrantTests.values, ["scope": "api://gateway/call openid"])
        let assertion = try #require(try caller.json["access_token"]?.stringValue)
        try post(
            cell, in: browser,
            [
                "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer",
                "client_id": Fixture.app("gateway").description,
                "client_secret": Fixture.webSecret, "assertion": assertion,
                "requested_token_use": "on_behalf_of", "scope": "api://orders/.default",
            ])
    }

    @Test("of a device's poll is answered as the table says", arguments: device)
    func deviceCell(_ cell: Cell) throws {
        let browser = Browser()
        try post(
            cell, in: browser,
            [
                "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
                "client_id": Fixture.app("console").description, "device_code": "x",
            ])
    }

    @Test("no cell is left open")
    func complete() {
        for table in [Self.clientCredentials, Self.password, Self.onBehalf, Self.device] {
            let names = Set(table.map(\.parameter)).sorted()
            #expect(Cell.open(in: table, of: names).isEmpty)
        }
    }
}
