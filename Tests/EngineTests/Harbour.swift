import Foundation
import SimCore
import SimCrypto
import SimHTTP
import SimPortal
import SimProvisioning
import SimRuntime
import Testing

@testable import EntraSim

/// A simulator with a small company whose apps get access tokens: Ledger with a client secret,
/// Manifest with a workload identity.
final class Harbour {
    static let start = "2026-01-05T08:00:00Z"
    static let tenant = "3f6a0c1e-52d7-4b8e-9a41-6d0e5c7b2f10"
    static let appID = "b1c7d0e2-9a34-4f56-8b71-2e3d4c5f6a70"
    static let principalID = "c2d8e1f3-0b45-4a67-9c82-3f4e5d6a7b81"
    static let secret = "sail & 100% rope"

    let simulator: Simulator
    private let folder: DataFolder
    private let client: HTTPClient

    /// - Parameters:
    ///   - ledger: the `authentication` block of Ledger's job.
    ///   - manifest: the one of Manifest's.
    init(
        ledger: String = Harbour.ledger(), manifest: String = Harbour.manifest(),
        minutes: Int = 60, _ change: (inout SimulatorConfiguration) -> Void = { _ in }
    ) throws {
        folder = try DataFolder()
        let path = folder.path + "/tenants/harbour"
        try FileAccess.createFolder(path + "/targets")
        func write(_ text: String, _ name: String) throws {
            try FileAccess.writeAtomically(Array(text.utf8), to: "\(path)/\(name)")
        }
        try write(Self.fixture(ledger, manifest), "tenant.json")
        try write(Self.target("Ledger", minutes), "targets/ledger.json")
        try write(Self.target("Manifest", minutes), "targets/manifest.json")
        var configuration = SimulatorConfiguration()
        configuration.seed = 21
        configuration.clock = .frozen(at: Self.start)
        configuration.tenantsFolder = folder.path + "/tenants"
        change(&configuration)
        simulator = Simulator(configuration)
        try simulator.start()
        client = try HTTPClient()
    }

    deinit {
        simulator.stop()
        client.stop()
    }

    // MARK: Fixtures

    static func ledger(location: String = "header", secret: String = secret) -> String {
        #"""
        {"type":"OAuth2ClientCredentialsGrant","tokenEndpoint":"{origin}/apps/ledger/oauth2/token",
         "clientId":"entra","clientSecret":"\#(secret)","credentialLocation":"\#(location)"}
        """#
    }

    static func manifest(exchange: String = "clientAssertion", client: String = "entra-wi")
        -> String
    {
        #"""
        {"type":"WorkloadIdentity","tokenEndpoint":"{origin}/apps/manifest/oauth2/token",
         "clientId":"\#(client)","exchange":"\#(exchange)"}
        """#
    }

    private static func fixture(_ ledger: String, _ manifest: String) -> String {
        #"""
        {"id":"\#(tenant)","displayName":"Harbour","seed":5,"domains":["harbour.example"],
         "createdDateTime":"2025-09-01T08:00:00Z","defaultPassword":"Fixture-Only-2026!",
         "users":[{"userPrincipalName":"ines@harbour.example","givenName":"Ines","surname":"Dahl"},
                  {"userPrincipalName":"joao@harbour.example","givenName":"Joao","surname":"Reis",
                   "manager":"ines@harbour.example"},
                  {"userPrincipalName":"kari@harbour.example","givenName":"Kari","surname":"Aas"}],
         "groups":[{"displayName":"crew","members":["ines@harbour.example","joao@harbour.example",
                                                    "kari@harbour.example"]}],
         "applications":[
          {"displayName":"Ledger","template":"nonGallery",
           "appRoleAssignedTo":[{"principal":"crew","appRole":"User"}],
           "provisioning":{"tenantUrl":"{origin}/apps/ledger/scim/v2","authentication":\#(ledger)}},
          {"displayName":"Manifest","template":"nonGallery","appId":"\#(appID)",
           "servicePrincipal":{"id":"\#(principalID)"},
           "appRoleAssignedTo":[{"principal":"crew","appRole":"User"}],
           "provisioning":{"tenantUrl":"{origin}/apps/manifest/scim/v2",
                           "authentication":\#(manifest)}}]}
        """#
    }

    private static func target(_ name: String, _ minutes: Int) -> String {
        #"""
        {"displayName":"\#(name)","scopes":[{"name":"scim"},{"name":"read"}],"scimScope":"scim",
         "keys":[{"name":"visitor","value":"visitor-token","scopes":["scim"]}],
         "oauth":{"lifetimeMinutes":\#(minutes),
           "clients":[{"name":"Entra","clientId":"entra","clientSecret":"\#(secret)",
                       "scopes":["scim"]},
                      {"name":"Reader","clientId":"reader","clientSecret":"r","scopes":["read"]}],
           "federated":[{"name":"Entra","clientId":"entra-wi",
             "issuer":"{origin}/\#(tenant)/v2.0","subject":"\#(principalID)",
             "audience":"\#(appID)","scopes":["scim"]}]},
         "roles":{"ranks":["member"],"default":"member","withoutGroup":"keeps"}}
        """#
    }

    // MARK: What happened

    var ledger: Simulator.Provisioning { simulator.provisioning(of: "Ledger") }
    var manifest: Simulator.Provisioning { simulator.provisioning(of: "Manifest") }

    func runner(_ app: String) throws -> JobRunner {
        let services = simulator.services
        let host = try services.tenants.host(named: "harbour")
        return try services.jobs.runner(of: app, in: host, at: services.clock.now)
    }

    /// Requests for tokens since a journal number.
    func tokenRequests(after number: Int = 0, _ app: String = "ledger") -> [Exchange] {
        simulator.journal.exchanges(after: number).filter {
            $0.direction == .outbound && $0.target.hasSuffix("/apps/\(app)/oauth2/token")
        }
    }

    /// User names the app has.
    func people(_ app: String) async throws -> [String] {
        let answer = try await send(
            HTTPRequest(
                method: .get, target: "/apps/\(app)/scim/v2/Users?count=100",
                headers: ["Authorization": "Bearer visitor-token"]))
        let body = try JSONValue(parsing: answer.body)
        return (body["Resources"]?.arrayValue ?? []).compactMap { $0["userName"]?.stringValue }
            .sorted()
    }

    // MARK: As a visitor

    private func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let origin = try #require(Origin.parse(simulator.baseURL)).origin
        var request = request
        request.headers.set("Host", origin.hostHeader)
        return try await client.perform(
            request, to: origin,
            trust: .certificates([try Certificate(pem: simulator.authorityCertificate)]))
    }

    /// Presses a button of an app's page: `keys/client-entra/revoke`.
    @discardableResult
    func press(_ place: String, of app: String) async throws -> String {
        let page = try await send(HTTPRequest(method: .get, target: "/apps/\(app)/"))
        func hidden(_ name: String) throws -> Substring {
            let text = String(decoding: page.body, as: UTF8.self)
            let start = try #require(text.firstRange(of: "name=\"\(name)\" value=\"")).upperBound
            return text[start...].prefix { $0 != "\"" }
        }
        let form = FormFields([
            .init("token", String(try hidden("token"))),
            .init("after", String(try hidden("after"))),
        ])
        let answer = try await send(
            HTTPRequest(
                method: .post, target: "/apps/\(app)/\(place)",
                headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: Array(form.encoded().utf8)))
        #expect(answer.status == 303 || answer.status == 200)
        return String(decoding: answer.body, as: UTF8.self)
    }

    /// Changes a job's authentication through the control API.
    func set(_ app: String, _ change: (inout AuthenticationSettings) -> Void) async throws {
        var settings = ApplicationSettings()
        var provisioning = SimPortal.ProvisioningSettings()
        var authentication = AuthenticationSettings()
        change(&authentication)
        provisioning.authentication = authentication
        settings.provisioning = provisioning
        _ = try await perform(.application(tenant: "harbour", .set(app, settings)))
    }

    func test(
        _ app: String = "Ledger", _ change: (inout AuthenticationSettings) -> Void = { _ in }
    ) async throws -> JSONValue {
        var authentication = AuthenticationSettings()
        change(&authentication)
        let isChanged = authentication != AuthenticationSettings()
        return try await perform(
            .provisioning(
                tenant: "harbour", app: app,
                .testConnection(
                    TestCredentials(authentication: isChanged ? authentication : nil))))
    }

    func perform(_ command: ControlCommand) async throws -> JSONValue {
        let result = await withCheckedContinuation { continuation in
            simulator.services.controlDesk.perform(command) { continuation.resume(returning: $0) }
        }
        switch try result.get() {
        case .json(let value), .created(let value): return value
        case .text(let text): return .string(text)
        case .done: return .null
        }
    }
}
