import SimCore
import SimErrors
import SimFaults
import Testing

@Suite("A fault rule as people write it")
struct RuleTests {
    @Test(
        "is refused with what was probably meant",
        arguments: [
            (#"{"were":"token","what":{"status":503}}"#, "did you mean 'where'?"),
            (#"{"where":"tokens","what":{"status":503}}"#, "did you mean 'token'?"),
            (#"{"where":"token","when":{"time":3},"what":{"hang":true}}"#, "did you mean 'times'?"),
            (#"{"where":"token","whom":{"usr":"a"},"what":{"hang":true}}"#, "did you mean 'user'?"),
            (#"{"where":"token","what":{"adsts":50076}}"#, "did you mean 'aadsts'?"),
            (#"{"where":"token","what":{"aadsts":50077}}"#, "did you mean"),
            (#"{"where":"scim","what":{"scim":"lostWrites"}}"#, "did you mean 'lostWrite'?"),
            (#"{"where":"token","what":{"reset":"befor"}}"#, "did you mean 'before'?"),
            (#"{"where":"token","what":{"tamper":"expird"}}"#, "did you mean 'expired'?"),
            (#"{"where":"apps","what":{"aadsts":50076}}"#, "use 'status'"),
            (#"{"where":"jwks","what":{"tamper":"expired"}}"#, "use token, authorize or sign-in"),
            (#"{"where":"token","what":{"hang":true,"status":503}}"#, "two effects are two rules"),
            (#"{"where":"token","what":{"latency":"2 s"}}"#, "write it as 250ms, 2s, 40m or 2d"),
            (#"{"where":"token"}"#, #"{"where": "token", "what": {"aadsts": 50076}}"#),
        ])
    func hints(text: String, hint: String) {
        let found = Fixture.refusal(text)?.hint
        #expect(found?.hasPrefix(hint) == true, "\(found ?? "accepted")")
    }

    @Test(
        "is refused",
        arguments: [
            #"[]"#, #"{"where":"token","what":{}}"#, #"{"where":"token","what":{"hang":false}}"#,
            #"{"where":"token","where":"jwks","what":{"hang":true}}"#,
            #"{"where":"token","what":{"status":199}}"#,
            #"{"where":"token","what":{"status":600}}"#,
            #"{"where":"token","what":{"status":503,"to":"2s"}}"#,
            #"{"where":"token","what":{"latency":"2s","to":"1s"}}"#,
            #"{"where":"token","what":{"latency":"2s","over":3}}"#,
            #"{"where":"token","what":{"latency":"600001ms"}}"#,
            #"{"where":"token","what":{"latency":"0s","to":"11m"}}"#,
            #"{"where":"token","what":{"drip":1,"every":"11m"}}"#,
            #"{"where":"token","what":{"drip":10}}"#,
            #"{"where":"token","what":{"drip":0,"every":"1s"}}"#,
            #"{"where":"token","what":{"scim":"lostWrite"}}"#,
            #"{"where":"token","what":{"connection":"refused"}}"#,
            #"{"where":"token","what":{"tamper":"missingClaim"}}"#,
            #"{"where":"token","what":{"tamper":"expired","claim":"exp"}}"#,
            #"{"where":"token","what":{"tamper":"changedClaim","claim":"exp"}}"#,
            #"{"where":"token","what":{"oversized":67108865}}"#,
            #"{"where":"token","what":{"status":429,"retryAfterForm":"date"}}"#,
            #"{"where":"token","what":{"aadsts":50076,"arguments":{"nobody":"x"}}}"#,
            #"{"where":"token","when":{"times":0},"what":{"hang":true}}"#,
            #"{"where":"token","when":{"every":0},"what":{"hang":true}}"#,
            #"{"where":"token","when":{"probability":1.01},"what":{"hang":true}}"#,
            #"{"where":"token","when":{"seed":1},"what":{"hang":true}}"#,
            #"{"where":"token","when":{"from":"2026-01-05T08:00:00Z","until":"2026-01-05T08:00:00Z"},"what":{"hang":true}}"#,
            #"{"where":{"site":"jwks","grant":"refresh_token"},"what":{"hang":true}}"#,
            #"{"where":{"site":"token","operation":"read"},"what":{"hang":true}}"#,
        ])
    func refused(text: String) {
        #expect(Fixture.refusal(text) != nil)
    }

    @Test("waits ten minutes of the machine's time at most, and just those")
    func longest() throws {
        #expect(
            try Fixture.rule(#"{"where":"token","what":{"latency":"10m"}}"#).effect
                == .delivery(.latency(.fixed(FaultDelivery.longestDelay))))
    }

    @Test(
        "says which key is wrong",
        arguments: [
            (#"{"were":1}"#, ["were"]),
            (#"{"where":"token","what":{"hang":1}}"#, ["what", "hang"]),
            (#"{"where":"tokn","what":{"hang":true}}"#, ["where", "site"]),
            (#"{"where":"token","when":[],"what":{"hang":true}}"#, ["when"]),
            (
                #"{"where":"token","whom":{"header":{"A":1}},"what":{"hang":true}}"#,
                ["whom", "header.A"]
            ),
            (#"{"where":"token","when":{"from":"x"},"what":{"hang":true}}"#, ["when", "from"]),
            (#"{"where":"token"}"#, []),
        ])
    func path(text: String, path: [String]) {
        #expect(Fixture.refusal(text)?.path == path.map { .key($0) })
    }

    @Test("carries the catalogue's entry with what was changed about it")
    func refusal() throws {
        let rule = try Fixture.rule(
            """
            {"where":"token","what":{"aadsts":"AADSTS50076","suberror":"basic_action",
            "httpStatus":401,"retryAfter":"1m30s","claims":"{}"}}
            """)
        guard case .refusal(let error) = rule.effect else {
            Issue.record("\(rule.effect)")
            return
        }
        #expect(error.code == 50_076)
        #expect(error.overrides.suberror == "basic_action" && error.overrides.httpStatus == 401)
        #expect(error.overrides.retryAfterSeconds == 90 && error.overrides.claims == "{}")
    }

    @Test("is shown as it was written")
    func shown() throws {
        let text = #"{"name":"n","where":"jwks","what":{"status":200,"body":{"keys":[]}}}"#
        #expect(try JSONValue.object(Fixture.rule(text).json).text == text)
    }

    @Test("fits into a header of one request")
    func header() throws {
        #expect(
            try FaultHeader.effect("aadsts=50076; times=1", at: .token)
                == Fixture.rule(#"{"where":"token","what":{"aadsts":50076}}"#).effect)
        #expect(
            try FaultHeader.effect(" latency = 250ms ", at: .apps)
                == .delivery(.latency(.fixed(.milliseconds(250)))))
        #expect(try FaultHeader.effect("hang=true", at: .token) == .delivery(.hang))
        for text in ["aadsts", "", "aadsts=50076; times=2", "adsts=50076", "aadsts=1"] {
            #expect(throws: FaultRuleError.self, "\(text)") {
                try FaultHeader.effect(text, at: .token)
            }
        }
    }
}
