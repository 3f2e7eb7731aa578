import EntraSim
import SimCore
import SimCrypto
import SimHTTP
import Testing

@Suite("A token with one thing wrong, through the normal flow")
struct TamperTests {
    @Test(
        "differs from a good one in that thing",
        arguments: [
            ("wrongIss", "iss", #""https://sts.wrong.example/""#),
            ("wrongAud", "aud", #""api://wrong.example""#),
            ("missingClaim\",\"claim\":\"appid", "appid", nil),
            (
                "changedClaim\",\"claim\":\"roles\",\"value\":[\"Root\"],\"token\":\"both", "roles",
                #"["Root"]"#
            ),
        ] as [(String, String, String?)])
    func claim(tamper: String, claim: String, value: String?) async throws {
        let (running, good) = try await pair(tamper)
        let token = try await accessToken(running)
        #expect(token.claims[claim]?.text == value && good.claims[claim]?.text != value)
        // Everything else is as it was, but for what differs from token to token anyhow.
        let restless: Set = [claim, "aio", "uti", "xms_ftd", "xms_rd"]
        func rest(_ token: JSONWebToken) -> [JSONObject.Member] {
            token.claims.members.filter { !restless.contains($0.name) }
        }
        #expect(rest(token).map(\.name) == rest(good).map(\.name) && rest(token).count > 10)
        #expect(rest(token).map(\.value) == rest(good).map(\.value))
        #expect(token.header == good.header)
        #expect(token.isSigned(by: try await key(running)))
    }

    @Test("carries another tenant")
    func tenant() async throws {
        let (running, good) = try await pair("wrongTid")
        let token = try await accessToken(running)
        #expect(token.claims["tid"] != good.claims["tid"])
    }

    @Test("is over, or has not begun")
    func lifetime() async throws {
        let now = try #require(Timestamp(iso8601: "2026-01-05T08:00:00Z")).seconds
        let expired = try await accessToken(pair("expired").0)
        #expect(try #require(expired.claims["exp"]?.intValue) < now)
        let early = try await accessToken(pair("notYetValid").0)
        #expect(try #require(early.claims["nbf"]?.intValue) > now)
    }

    @Test("has a signature that does not fit")
    func signature() async throws {
        let (running, good) = try await pair("badSignature")
        let token = try await accessToken(running)
        let key = try await key(running)
        #expect(!token.isSigned(by: key) && good.isSigned(by: key))
        #expect(token.keyID == good.keyID)
    }

    @Test("names a key that is not published")
    func unknownKey() async throws {
        let (running, _) = try await pair("unknownKid")
        let token = try await accessToken(running)
        let published = try await running.get(Running.keys)
        #expect(token.keyID.map { !published.text.contains($0) } == true)
    }

    @Test("is not signed at all")
    func unsigned() async throws {
        let (running, _) = try await pair("algNone")
        let text = try await tokenText(running)
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        #expect(parts.count == 3 && parts[2].isEmpty)
        let header = try #require(Base64.urlDecode(String(parts[0])))
        #expect(String(decoding: header, as: UTF8.self) == #"{"typ":"JWT","alg":"none"}"#)
    }

    @Test("stays right when only the ID token is meant")
    func otherToken() async throws {
        let (running, good) = try await pair("wrongAud\",\"token\":\"id")
        #expect(try await accessToken(running).claims["aud"] == good.claims["aud"])
    }

    /// A simulator whose second token answer is tampered with, and a good token of before.
    private func pair(_ tamper: String) async throws -> (Running, JSONWebToken) {
        let running = try Running()
        let good = try await accessToken(running)
        try running.simulator.faults.add(
            #"{"where": "token", "what": {"tamper": "\#(tamper)"}}"#)
        return (running, good)
    }

    private func tokenText(_ running: Running) async throws -> String {
        let answer = try await running.askToken()
        return try #require(answer.json?["access_token"]?.stringValue)
    }

    private func accessToken(_ running: Running) async throws -> JSONWebToken {
        try JSONWebToken(parsing: try await tokenText(running))
    }

    private func key(_ running: Running) async throws -> RSAPublicKey {
        let answer = try await running.get(Running.keys)
        let first = try #require(answer.json?["keys"]?.arrayValue?.first)
        return try RSAPublicKey(
            modulus: try #require(first["n"]?.stringValue.flatMap { Base64.urlDecode($0) }),
            exponent: try #require(first["e"]?.stringValue.flatMap { Base64.urlDecode($0) }))
    }
}
