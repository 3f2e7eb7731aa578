import SimCore
import SimDirectory
import SimHTTP
import SimPortal
import Testing

@testable import EntraSim

@Suite("The simulation's clock")
struct ClockTests {
    @Test("an advance tells of the secrets that ended on the way, in order with the rest")
    func expiries() async throws {
        let engine = try Engine()
        try engine.endSecret("Contoso Nightly Job", on: "2026-01-05T09:00:00Z")
        let ran = try await engine.clock.advance(by: .seconds(2 * 3_600))
        let line = "contoso: client secret 'fixture' of Contoso Nightly Job expired"
        let index = try #require(ran.firstIndex { $0.what == line })
        #expect(ran[index].at == "2026-01-05T09:00:00Z")
        #expect(ran[..<index].allSatisfy { $0.at < "2026-01-05T09:00:00Z" } && index > 0)
        #expect(ran[(index + 1)...].allSatisfy { $0.at >= "2026-01-05T09:00:00Z" })
        #expect(index < ran.count - 1)
        // Told once.
        let later = try await engine.clock.advance(by: .seconds(3_600))
        #expect(!later.contains { $0.what == line })
    }

    @Test("an advance to an instant stops there; one that is over is refused")
    func advanceTo() async throws {
        let engine = try Engine()
        let there = try #require(Timestamp(iso8601: "2026-01-07T00:00:00Z"))
        let answer = try await engine.clock(.advanceTo(there))
        #expect(answer["now"] == "2026-01-07T00:00:00Z")
        #expect(answer["ran"]?.arrayValue?.isEmpty == false)
        let refused = await #expect(throws: ControlError.self) {
            try await engine.clock(.advanceTo(there - .seconds(1)))
        }
        #expect(refused?.hint == "'clock set' goes back")
    }

    @Test("far from the machine's time it warns, and names the clients that called")
    func warning() async throws {
        let engine = try Engine { $0.clock = .system }
        #expect(try await engine.clock(.show)["warning"] == nil)
        _ = try await engine.clock(.set(engine.now + .seconds(299)))
        #expect(try await engine.clock(.show)["warning"] == nil)
        _ = try await engine.clock(.set(engine.now + .days(40)))
        let unnamed = try await engine.clock(.show)["warning"]?.stringValue ?? ""
        #expect(unnamed.hasPrefix("this clock is 40d ahead of the machine's, which clients"))
        let request = HTTPRequest(
            method: .get, target: "/contoso.example/v2.0/.well-known/openid-configuration",
            headers: ["x-client-SKU": "MSAL.Python", "x-client-Ver": "1.39.0"])
        engine.simulator.services.finished(
            request, HTTPResponse(status: 200), .login, at: engine.now)
        let named = try await engine.clock(.show)["warning"]?.stringValue ?? ""
        #expect(named.contains("which MSAL.Python 1.39.0 compare lifetimes with"))
    }
}

extension Engine {
    fileprivate var now: Timestamp { simulator.services.clock.now }

    fileprivate func clock(_ command: ClockCommand) async throws -> JSONValue {
        let result = await withCheckedContinuation { continuation in
            simulator.services.controlDesk.perform(.clock(command)) {
                continuation.resume(returning: $0)
            }
        }
        guard case .json(let value) = try result.get() else { return .null }
        return value
    }

    fileprivate func endSecret(_ app: String, on end: String) throws {
        let end = try #require(Timestamp(iso8601: end))
        let services = simulator.services
        try simulator.host(nil).edit(at: now, random: services.random) {
            edits throws(DirectoryEditError) in
            let principal = try edits.servicePrincipal(app)
            guard var application = edits.snapshot.application(appID: principal.appID) else {
                return []
            }
            application.passwordCredentials = application.passwordCredentials.map {
                .init(
                    keyID: $0.keyID, displayName: $0.displayName, secret: $0.secret,
                    startsAt: $0.startsAt, endsAt: end)
            }
            return [.applicationChanged(application)]
        }
    }
}
