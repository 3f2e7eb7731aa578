import SimCore
import SimHTTP
import SimPortal
import SimRuntime
import Testing

@testable import EntraSim

@Suite("A job without a secret, and a target that repeats what it was sent — provisioning.md §10.1")
struct BlankSecretTests {
    /// Ledger's job with a bearer, or none, towards an endpoint that refuses and quotes.
    private func run(
        quoting quote: String, isBlank: Bool = false
    ) async throws -> (wire: JSONValue, texts: String) {
        let folder = try DataFolder()
        let path = folder.path + "/believed.pem"
        try FileAccess.writeAtomically(Array(try MisbehavingTarget.authorityPEM().utf8), to: path)
        let harbour = try Harbour(
            ledger: #"{"type":"BearerToken","secretToken":"CANARY-51"}"#
        ) { $0.targetCAFile = path }
        var refusal = HTTPResponse(status: 401, body: Array("no: \(quote)".utf8))
        refusal.headers.append("X-Seen", quote)
        let listener = try MisbehavingTarget(.response(refusal))
        var settings = ApplicationSettings()
        var provisioning = SimPortal.ProvisioningSettings()
        provisioning.tenantURL = listener.url + "/scim"
        if isBlank { provisioning.secretToken = .clear }
        settings.provisioning = provisioning
        _ = try await harbour.perform(.application(tenant: "harbour", .set("Ledger", settings)))
        let wire = try await harbour.perform(
            .provisioning(tenant: "harbour", app: "Ledger", .run(recordsWire: true)))
        withExtendedLifetime(listener) {}
        let journal = harbour.simulator.journal.exchanges().map {
            "\($0.target) \($0.requestBody) \($0.responseBody)"
        }
        return (
            wire, journal.joined() + wire.text + (try harbour.ledger.statusText())
        )
    }

    @Test("a bearer that comes back in body and header is hidden in journal, wire and status")
    func echo() async throws {
        let (_, texts) = try await run(quoting: "CANARY-51")
        #expect(texts.contains("no: "))
        #expect(!texts.contains("CANARY-51"))
    }

    @Test("with the secret left blank a token of the tenant is sent, and never shown")
    func blank() async throws {
        let (wire, texts) = try await run(quoting: "who?", isBlank: true)
        let headers = wire["wire"]?.arrayValue?.first?["requestHeaders"]
        #expect(headers?.text.contains("Bearer ‹redacted›") == true)
        #expect(!texts.contains("eyJ"))
    }
}
