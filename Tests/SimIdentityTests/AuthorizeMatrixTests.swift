import SimCore
import SimErrors
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Every authorize parameter, faulty in every way — aadsts.md §5.2, §7")
struct AuthorizeMatrixTests {
    enum Outcome: Sendable, Equatable {
        /// The sign-in form: nothing is wrong, or nobody minds.
        case form
        case page(Int)
        case redirect(Int, String)
    }

    typealias Cell = ParameterCell<Outcome>

    private static let web = Fixture.app("web").description
    private static let evil = "https://evil.example/"
    private static let long = ParameterFault.long
    private static let invalid = "invalid_request"

    /// Parameters whose every fault has its own answer.
    static let judged: [Cell] = [
        Cell("client_id", .missing, .page(900_144)),
        Cell("client_id", .empty, [""], .page(900_144)),
        Cell("client_id", .twice, [web, "other"], .form),
        Cell("client_id", .malformed, ["my app"], .page(700_016)),
        Cell("client_id", .unknown, [Fixture.id("x").description], .page(700_016)),
        Cell("client_id", .tooLong, [long], .page(700_016)),
        Cell(
            "client_id", .conflicting, [Fixture.app("spa").description], .page(50_011)),

        Cell("redirect_uri", .missing, .form),
        Cell("redirect_uri", .empty, [""], .form),
        Cell("redirect_uri", .twice, [evil, Fixture.callback], .page(50_011)),
        Cell("redirect_uri", .malformed, ["//web.example/signin"], .page(90_102)),
        Cell("redirect_uri", .unknown, [evil], .page(50_011)),
        Cell("redirect_uri", .tooLong, [Fixture.callback + "/" + long], .page(50_011)),
        Cell("redirect_uri", .conflicting, ["http://web.example/signin"], .page(50_011)),

        Cell("response_type", .missing, .redirect(900_144, invalid)),
        Cell("response_type", .empty, [""], .redirect(900_144, invalid)),
        Cell("response_type", .twice, ["code", "id_token"], .form),
        Cell("response_type", .malformed, ["code,id_token"], .page(70_005)),
        Cell("response_type", .unknown, ["password"], .page(70_005)),
        Cell("response_type", .tooLong, [long], .page(70_005)),
        Cell("response_type", .conflicting, ["code code"], .page(70_005)),

        Cell("response_mode", .missing, .form), Cell("response_mode", .empty, [""], .form),
        Cell("response_mode", .twice, ["query", "post"], .form),
        Cell("response_mode", .malformed, ["query fragment"], .redirect(70_007, invalid)),
        Cell("response_mode", .unknown, ["web_message"], .redirect(70_007, invalid)),
        Cell("response_mode", .tooLong, [long], .redirect(70_007, invalid)),
        Cell(
            "response_mode", .conflicting, ["query"],
            with: [
                "response_type": "id_token", "client_id": Fixture.app("implicit").description,
            ], .redirect(70_007, invalid)),

        Cell("scope", .missing, .redirect(900_144, invalid)),
        Cell("scope", .empty, [""], .redirect(900_144, invalid)),
        Cell("scope", .twice, ["openid", "a/"], .form),
        Cell("scope", .malformed, ["openid \"x\""], .redirect(70_011, "invalid_scope")),
        Cell("scope", .unknown, ["api://orders/fly"], .redirect(650_053, "access_denied")),
        Cell("scope", .tooLong, [long], .redirect(650_053, "access_denied")),
        Cell(
            "scope", .conflicting, ["api://orders/.default api://orders/read"],
            .redirect(70_011, "invalid_scope")),

        Cell("nonce", .missing, .form), Cell("nonce", .empty, [""], .form),
        Cell("nonce", .twice, ["a", "b"], .form), Cell("nonce", .malformed, ["a b\u{7}"], .form),
        Cell("nonce", .unknown, ["whatever"], .form), Cell("nonce", .tooLong, [long], .form),
        Cell(
            "nonce", .conflicting,
            with: [
                "response_type": "id_token", "client_id": Fixture.app("implicit").description,
            ], .page(90_014)),

        Cell("prompt", .missing, .form), Cell("prompt", .empty, [""], .form),
        Cell("prompt", .twice, ["login", "ask"], .form),
        Cell("prompt", .malformed, ["login consent"], .page(90_023)),
        Cell("prompt", .unknown, ["ask"], .page(90_023)),
        Cell("prompt", .tooLong, [long], .page(90_023)),
        Cell("prompt", .conflicting, ["none login"], .page(90_023)),

        Cell("code_challenge", .missing, .redirect(501_491, invalid)),
        Cell("code_challenge", .empty, [""], .redirect(501_491, invalid)),
        Cell("code_challenge", .twice, [Browser.challenge, "short"], .form),
        Cell("code_challenge", .malformed, ["short"], .redirect(501_491, invalid)),
        Cell(
            "code_challenge", .unknown, [String(repeating: "a", count: 42)],
            .redirect(501_491, invalid)),
        Cell("code_challenge", .tooLong, [long], .redirect(501_491, invalid)),
        Cell(
            "code_challenge", .conflicting,
            with: [
                "client_id": Fixture.app("spa").description, "code_challenge_method": nil,
                "redirect_uri": "https://spa.example/",
            ], .redirect(9_002_325, invalid)),

        Cell("code_challenge_method", .missing, .form),
        Cell("code_challenge_method", .empty, [""], .form),
        Cell("code_challenge_method", .twice, ["S256", "plain"], .form),
        Cell("code_challenge_method", .malformed, ["s256"], .redirect(50_149, invalid)),
        Cell("code_challenge_method", .unknown, ["S512"], .redirect(50_149, invalid)),
        Cell("code_challenge_method", .tooLong, [long], .redirect(50_149, invalid)),
        Cell(
            "code_challenge_method", .conflicting, ["S256"], with: ["code_challenge": nil],
            .redirect(501_491, invalid)),

        Cell("max_age", .missing, .form), Cell("max_age", .empty, [""], .form),
        Cell("max_age", .twice, ["60", "x"], .form),
        Cell("max_age", .malformed, ["1h"], .redirect(90_100, invalid)),
        Cell("max_age", .unknown, ["-1"], .redirect(90_100, invalid)),
        Cell("max_age", .tooLong, [String(repeating: "9", count: 20)], .redirect(90_100, invalid)),
        Cell(
            "max_age", .conflicting, ["0"], with: ["prompt": "none"],
            .redirect(50_058, "login_required")),

        Cell("claims", .missing, .form), Cell("claims", .empty, [""], .form),
        Cell("claims", .twice, ["{}", "{"], .form),
        Cell("claims", .malformed, ["{"], .redirect(90_100, invalid)),
        Cell("claims", .unknown, [#"{"somebody":{"something":null}}"#], .form),
        Cell("claims", .tooLong, [#"{"a":"\#(long)"}"#], .form),
        Cell("claims", .conflicting, ["[]"], .redirect(90_100, invalid)),

        Cell("sid", .missing, .form), Cell("sid", .empty, [""], .form),
        Cell("sid", .twice, [Fixture.id("s").description, "x"], .form),
        Cell("sid", .malformed, ["x"], .page(90_007)),
        Cell(
            "sid", .unknown, [Fixture.id("s").description], with: ["prompt": "none"],
            .redirect(160_021, "interaction_required")),
        Cell("sid", .tooLong, [long], .page(90_007)),
        Cell(
            "sid", .conflicting, [Fixture.id("s").description],
            with: ["login_hint": "ada@fabrikam.example"], .page(90_005)),

        Cell("resource", .missing, .form), Cell("resource", .empty, [""], .form),
        Cell("resource", .twice, ["", "api://orders"], .form),
        Cell("resource", .malformed, ["x"], .redirect(901_002, invalid)),
        Cell("resource", .unknown, ["api://nothing"], .redirect(901_002, invalid)),
        Cell("resource", .tooLong, [long], .redirect(901_002, invalid)),
        Cell(
            "resource", .conflicting, ["api://orders"], with: ["scope": nil],
            .redirect(901_002, invalid)),

        Cell("whr", .missing, .form), Cell("whr", .empty, [""], .form),
        Cell("whr", .twice, ["fabrikam.example", "x"], .form),
        Cell("whr", .malformed, ["x"], .page(50_029)),
        Cell("whr", .unknown, ["nowhere.example"], .page(50_107)),
        Cell("whr", .tooLong, [long], .page(50_029)),
        Cell("whr", .conflicting, ["common"], .page(50_029)),
    ]

    /// Request objects are not taken, whatever is in them.
    static let refused: [Cell] = ["request", "request_uri"].flatMap { name in
        [
            Cell(name, .missing, .form), Cell(name, .empty, [""], .page(90_023)),
            Cell(name, .twice, ["a", "b"], .page(90_023)),
            Cell(name, .malformed, ["x"], .page(90_023)),
            Cell(name, .unknown, ["https://web.example/jar"], .page(90_023)),
            Cell(name, .tooLong, [long], .page(90_023)),
            Cell(
                name, .conflicting, ["x"], with: ["scope": "a/"],
                .redirect(70_011, "invalid_scope")),
        ]
    }

    /// Hints and telemetry: nothing about them is ever refused.
    static let tolerated: [Cell] = [
        "state", "login_hint", "domain_hint", "acr_values", "id_token_hint", "ui_locales", "mkt",
        "display", "amr_values", "msafed", "instance_aware", "client_info", "client-request-id",
        "x-client-SKU", "X-AnchorMailbox", "unheard-of",
    ].flatMap { name in
        [
            Cell(name, .missing, .form), Cell(name, .empty, [""], .form),
            Cell(name, .twice, ["a", "b"], .form), Cell(name, .malformed, ["\u{0}%&=\"<"], .form),
            Cell(name, .unknown, ["nobody@nowhere.example"], .form),
            Cell(name, .tooLong, [long], .form),
            Cell(
                name, .conflicting, ["x"], with: ["client_id": nil], .page(900_144)),
        ]
    }

    static let cells = judged + refused + tolerated

    @Test("is answered as the table says", arguments: cells)
    func cell(_ cell: Cell) throws {
        let browser = Browser()
        let fields = cell.fields([
            "client_id": Self.web, "response_type": "code", "redirect_uri": Fixture.callback,
            "scope": "openid profile", "state": "s", "nonce": "n",
            "code_challenge": Browser.challenge, "code_challenge_method": "S256",
        ])
        let path = "/\(Fixture.tenant)/oauth2/v2.0/authorize"
        // In the query and in a form alike.
        for response in [
            try browser.get("\(path)?\(fields.encoded())"),
            try Browser().post(path, fields),
        ] {
            #expect(Self.outcome(response) == cell.outcome)
            if case .redirect = cell.outcome {
                #expect(response.headers["Location"]?.hasPrefix("https://evil") == false)
                #expect(response.redirected?["state"] == fields["state"])
            }
        }
    }

    @Test("no cell is left open")
    func complete() {
        let names = Set(Self.cells.map(\.parameter)).sorted()
        #expect(names.count >= 30)
        #expect(Cell.open(in: Self.cells, of: names).isEmpty)
    }

    @Test("32 KiB are read and not a byte more — 90015", arguments: [0, 1])
    func limit(more: Int) throws {
        let target = Browser().authorizeTarget(changing: ["state": ""])
        let room = AuthorizationEndpoint.parameterByteLimit - target.utf8.count + more
        let state = String(repeating: "a", count: room)
        let response = try Browser().get(Browser().authorizeTarget(changing: ["state": state]))
        #expect(response.refusedWith == (more == 0 ? nil : 90_015))
    }

    private static func outcome(_ response: HTTPResponse) -> Outcome {
        if let code = response.refusedWith {
            guard response.status == 302 else { return .page(code) }
            return .redirect(code, response.redirected?["error"] ?? "")
        }
        let isForm = response.status == 200 && response.text.contains("name=\"flowtoken\"")
        return isForm ? .form : .page(response.status)
    }
}
