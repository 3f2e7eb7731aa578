import EntraSim
import SimCore
import SimHTTP
import Testing

@Suite("Claresia: Conditional Access")
struct ClaresiaAccessTests {
    private static let person = "adele.vance@contoso.example"

    private static func policy(_ name: String, _ rest: String) -> String {
        """
        {"displayName": "\(name)",
         "conditions": {"users": {"includeUsers": ["All"]},
                        "applications": {"includeApplications": ["Claresia"]},
                        "locations": {"includeLocations": ["All"],
                                      "excludeLocations": ["Office"]}}, \(rest)}
        """
    }

    private func scene() throws -> (Scene, OIDCClient) {
        let scene = try Scene()
        try scene.directory.addNamedLocation(
            #"{"displayName": "Office", "isTrusted": true, "ipRanges": ["203.0.113.0/24"]}"#)
        return (scene, try OIDCClient.claresia(scene))
    }

    private func tokens(_ client: OIDCClient) async throws -> String {
        let answer = try await client.signIn(Self.person)
        let code = try #require(answer.redirected?["code"])
        return try #require(try await client.redeem(code).json["refresh_token"]?.stringValue)
    }

    @Test(
        "step 11: MFA, a block and a compliant device, decided by address and device",
        arguments: [
            ("mfa", 50_076, ""), ("block", 53_003, ""), ("compliantDevice", 53_000, "registered"),
            ("compliantDevice", 530_002, ""),
        ])
    func controls(control: String, code: Int, device: String) async throws {
        let (scene, client) = try scene()
        let refresh = try await tokens(client)
        try scene.directory.addPolicy(
            Self.policy("P", #""grantControls": {"builtInControls": ["\#(control)"]}"#))
        var facts = ["address": "198.51.100.7"]
        if !device.isEmpty { facts["device"] = device }
        try scene.directory.place(user: Self.person, at: facts)
        #expect(try await client.refresh(refresh).refusal == code)
        // What is asked for helps, where it was asked for; nothing helps against a block.
        switch control {
        case "mfa":
            let page = try await client.signIn(Self.person)
            let shown = try #require(page.text.firstRange(of: "id=\"simulated-code\">"))
            let number = page.text[shown.upperBound...].prefix { $0 != "<" }
            let answer = try await scene.browser.submit(page, ["otc": String(number)])
            let stronger = try await client.redeem(try #require(answer.redirected?["code"])).json
            let token = try #require(stronger["refresh_token"]?.stringValue)
            #expect(try await client.refresh(token).status == 200)
        case "compliantDevice":
            facts["device"] = "compliant"
            try scene.directory.place(user: Self.person, at: facts)
            #expect(try await client.refresh(refresh).status == 200)
            facts["device"] = device.isEmpty ? nil : device
        case _: #expect(try await client.signIn(Self.person).refusal == code)
        }
        facts["address"] = "203.0.113.7"
        try scene.directory.place(user: Self.person, at: facts)
        #expect(try await client.refresh(refresh).status == 200)
        facts["address"] = "198.51.100.7"
        try scene.directory.place(user: Self.person, at: facts)
        try scene.directory.changePolicy(
            "P", #"{"state": "enabledForReportingButNotEnforced"}"#)
        #expect(try await client.refresh(refresh).status == 200)
        try scene.directory.removePolicy("P")
        #expect(throws: SimulatorFailure.self) { try scene.directory.removePolicy("P") }
    }

    @Test("step 11: eight hours after the sign-in the refresh token is refused with 70043")
    func eightHours() async throws {
        let (scene, client) = try scene()
        let refresh = try await tokens(client)
        try scene.directory.addPolicy(
            Self.policy(
                "Session", #""sessionControls": {"signInFrequency": {"value": 8, "type": "hours"}}"#
            ))
        try await scene.clock.advance(by: .seconds(8 * 3_600))
        #expect(try await client.refresh(refresh).status == 200)
        try await scene.clock.advance(by: .seconds(1))
        #expect(try await client.refresh(refresh).refusal == 70_043)
        // Whoever signs in again has eight hours more.
        let newer = try await tokens(client)
        try await scene.clock.advance(by: .seconds(8 * 3_600))
        #expect(try await client.refresh(newer).status == 200)
    }
}
