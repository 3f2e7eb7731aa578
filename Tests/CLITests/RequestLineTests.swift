import EntraSimCLI
import Testing

@Suite("The line serve prints for a request")
struct RequestLineTests {
    @Test("time, status, method and target in columns")
    func plain() {
        let line = RequestLine.text(
            at: "2026-01-05T08:00:01Z", method: "GET", target: "/v1.0/users", status: 200,
            errorCode: nil, hint: nil)
        #expect(line == "08:00:01  200  GET     /v1.0/users")
    }

    @Test("a refusal with its number and a hint below")
    func refusal() {
        let line = RequestLine.text(
            at: "2026-01-05T08:00:01Z", method: "POST", target: "/t/oauth2/v2.0/token",
            status: 401, errorCode: 7_000_215, hint: "check the secret")
        #expect(
            line == """
                08:00:01  401  POST    /t/oauth2/v2.0/token  AADSTS7000215
                          hint: check the secret
                """)
    }
}
