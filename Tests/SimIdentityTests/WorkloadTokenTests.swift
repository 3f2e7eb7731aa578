import SimCore
import SimDirectory
import SimErrors
import Testing

@testable import SimIdentity

@Suite("The token a provisioning job presents (AT1) — provisioning.md §10.2")
struct WorkloadTokenTests {
    private let browser = Browser()

    private func token(_ app: String) throws(AADSTSError) -> JSONObject {
        let text = try browser.platform.workloadToken(
            of: Fixture.app(app), in: Fixture.tenant, now: browser.now)
        return ["token": .string(text)]
    }

    @Test("is app-only, version 2, for the app itself, whatever its registration asks for")
    func claims() throws {
        let claims = try token("web").claims("token")
        let app = Fixture.app("web").description
        #expect(claims["aud"]?.stringValue == app)
        #expect(claims["iss"]?.stringValue == "\(Fixture.origin)/\(Fixture.tenant)/v2.0")
        #expect(claims["sub"]?.stringValue == Fixture.principal("web").description)
        #expect(claims["oid"] == claims["sub"])
        #expect(claims["azp"]?.stringValue == app)
        #expect(claims["azpacr"] == "2")
        #expect(claims["idtyp"] == "app")
        #expect(claims["tid"]?.stringValue == Fixture.tenant.description)
        #expect(claims["ver"] == "2.0")
        #expect(claims["uti"] != nil)
        #expect(claims["jti"] == nil)
        #expect(claims["roles"] == nil)
        #expect(claims["exp"]?.intValue == (browser.now + .hours(1)).seconds)
        #expect(claims["nbf"]?.intValue == (browser.now - .minutes(5)).seconds)
    }

    @Test("without a secret: version 1, for the application of all custom apps — §10.1")
    func blankSecret() throws {
        let text = try browser.platform.blankSecretToken(in: Fixture.tenant, now: browser.now)
        let claims = try (["token": .string(text)] as JSONObject).claims("token")
        #expect(claims["aud"] == "8adf8e6e-67b2-4cf2-a259-e3dc5476c621")
        #expect(
            claims["iss"]?.stringValue
                == browser.platform.issuer(.v1, tenant: Fixture.tenant))
        #expect(claims["appid"] == "00000014-0000-0000-c000-000000000000")
        #expect(claims["appidacr"] == "2")
        #expect(claims["ver"] == "1.0")
        #expect(claims["tid"]?.stringValue == Fixture.tenant.description)
        #expect(claims["exp"]?.intValue == (browser.now + .hours(1)).seconds)
        #expect(throws: AADSTSError.self) {
            try browser.platform.blankSecretToken(
                in: try #require(TenantID("11111111-2222-4333-8444-555555555555")),
                now: browser.now)
        }
    }

    @Test("is another one each time")
    func fresh() throws {
        #expect(try token("web") != token("web"))
    }

    @Test("is not issued for an app that is not there")
    func unknown() {
        let error = #expect(throws: AADSTSError.self) { try token("nothing") }
        #expect(error?.code == 700_016)
    }
}
