import EntraSim
import SimCore
import SimHTTP
import SimRuntime
import TestWire
import Testing

/// A simulator of a test's own, reached over plain HTTP.
final class Running {
    let simulator: Simulator
    let origin: Origin
    private let client: HTTPClient

    init(seed: UInt64? = 11) throws {
        var configuration = SimulatorConfiguration()
        configuration.httpPort = 0
        configuration.seed = seed
        configuration.clock = .frozen(at: "2026-01-05T08:00:00Z")
        simulator = Simulator(configuration)
        try simulator.start()
        let address = try #require(simulator.ready["httpBaseURL"]?.stringValue)
        origin = try #require(Origin.parse(address)).origin
        client = try HTTPClient()
    }

    deinit {
        client.stop()
        simulator.stop()
    }

    /// One request; a connection failure is a result like any other.
    func send(
        _ method: HTTPMethod, _ target: String, _ headers: HTTPHeaders = [:], form: String? = nil,
        json: String? = nil
    ) async -> Result<HTTPResponse, ConnectionFailure> {
        var request = HTTPRequest(method: method, target: target, headers: headers)
        if let form {
            request.headers.append("Content-Type", "application/x-www-form-urlencoded")
            request.body = Array(form.utf8)
        }
        if let json { request.body = Array(json.utf8) }
        do throws(ConnectionFailure) {
            return .success(try await client.perform(request, to: origin))
        } catch {
            return .failure(error)
        }
    }

    func get(_ target: String, _ headers: HTTPHeaders = [:]) async throws -> HTTPResponse {
        try await send(.get, target, headers).get()
    }

    static let token = "/contoso.example/oauth2/v2.0/token"
    static let discovery = "/contoso.example/v2.0/.well-known/openid-configuration"
    static let keys = "/contoso.example/discovery/v2.0/keys"

    /// A client credentials request of the nightly job, which succeeds when nothing is broken.
    func askToken(_ headers: HTTPHeaders = [:]) async throws -> HTTPResponse {
        try await send(.post, Self.token, headers, form: nightlyForm()).get()
    }

    func nightlyForm() throws -> String {
        let app = try simulator.directory.app("Contoso Nightly Job")
        return
            "grant_type=client_credentials&client_id=\(app.clientID)"
            + "&client_secret=nightly-demo-client-secret"
            + "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"
    }

    /// An authorization request of Claresia.
    func authorizeTarget() throws -> String {
        let app = try simulator.directory.app("Claresia")
        return "/contoso.example/oauth2/v2.0/authorize?client_id=\(app.clientID)"
            + "&response_type=code&scope=openid&state=s1"
            + "&redirect_uri=http%3A%2F%2Flocalhost%2Fcallback"
    }

    /// The raw connection below HTTP.
    func wire() throws -> WireClient { try WireClient(port: origin.port) }
}

extension HTTPResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
    var json: JSONValue? { try? JSONValue(parsing: body) }
    var errorCode: Int64? { json?["error_codes"]?.arrayValue?.first?.intValue }
}
