import EntraSim
import SimCore
import SimHTTP
import Testing

/// The control API over HTTPS, as the command line uses it.
struct ControlClient {
    let browser: Browser
    private let token: String

    init(_ scene: Scene) throws {
        browser = scene.browser
        let ready = try JSONValue(parsing: Array(scene.simulator.readyText.utf8))
        token = try #require(ready["controlToken"]?.stringValue)
    }

    /// `path` below the tenant, without a slash in front.
    func send(
        _ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil
    ) async throws -> HTTPResponse {
        var request = HTTPRequest(
            method: method, target: "/sim/v1/tenants/contoso/\(path)",
            headers: ["Authorization": "Bearer \(token)", "Content-Type": "application/json"])
        if let body { request.body = body.serialized }
        return try await browser.send(request)
    }
}

/// A SCIM endpoint called directly, as validators do.
struct TargetClient {
    let browser: Browser
    let base: String
    let token: String

    static let patchURN = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
    static let user = "urn:ietf:params:scim:schemas:core:2.0:User"
    static let group = "urn:ietf:params:scim:schemas:core:2.0:Group"
    static let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

    /// An answer and its JSON; null for an empty body.
    struct Answer {
        let status: Int
        let json: JSONValue

        var resources: [JSONValue] { json["Resources"]?.arrayValue ?? [] }
        var id: String { json["id"]?.stringValue ?? "" }
    }

    func send(
        _ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil
    ) async throws -> Answer {
        var request = HTTPRequest(
            method: method, target: base + path,
            headers: [
                "Authorization": "Bearer \(token)", "Content-Type": "application/scim+json",
            ])
        if let body { request.body = body.serialized }
        let response = try await browser.send(request)
        return Answer(
            status: response.status,
            json: response.body.isEmpty ? .null : try JSONValue(parsing: response.body))
    }

    func patch(_ path: String, _ operations: JSONValue...) async throws -> Answer {
        try await send(
            .patch, path,
            ["schemas": [.string(Self.patchURN)], "Operations": .array(operations)])
    }

    func find(_ kind: String, _ attribute: String, _ value: String) async throws -> Answer {
        let filter = PercentCoding.encode("\(attribute) eq \"\(value)\"", .form)
        return try await send(.get, "/\(kind)?filter=\(filter)")
    }

    /// A new user; its id.
    func makeUser(_ name: String) async throws -> String {
        let answer = try await send(
            .post, "/Users", ["schemas": [.string(Self.user)], "userName": .string(name)])
        #expect(answer.status == 201)
        return answer.id
    }

    /// A new group; its id.
    func makeGroup(_ name: String) async throws -> String {
        let answer = try await send(
            .post, "/Groups", ["schemas": [.string(Self.group)], "displayName": .string(name)])
        #expect(answer.status == 201)
        return answer.id
    }
}

extension TargetClient {
    static let claresia = ("/apps/claresia/scim/v2", "claresia-demo-scim-token")
    static let claras = ("/apps/claras/api/scim/v2", "claras-demo-scim-full")

    init(_ scene: Scene, _ place: (base: String, token: String)) {
        self.init(browser: scene.browser, base: place.base, token: place.token)
    }
}
