import SimCore
import SimHTTP
import SimPortal
import Testing

struct BadRow: Sendable, CustomTestStringConvertible {
    let method: HTTPMethod
    let target: String
    let body: String
    let code: ControlError.Code
    let message: String
    let hint: String?

    init(
        _ method: HTTPMethod, _ target: String, body: String = "",
        code: ControlError.Code = .badRequest, _ message: String, _ hint: String? = nil
    ) {
        self.method = method
        self.target = "/sim/v1" + target
        self.body = body
        self.code = code
        self.message = message
        self.hint = hint
    }

    var testDescription: String { "\(method.rawValue) \(target) \(body)" }
}

@Suite("The control API refuses, and says what was meant")
struct BadRequestTests {
    @Test(
        "a request it cannot read",
        arguments: [
            BadRow(
                .post, "/tenants/t/users", body: #"{"userPrincipalName":"a@x","displayNam":"A"}"#,
                code: .unknownKey, "unknown key 'displayNam' in the body",
                "did you mean 'displayName'?"),
            BadRow(
                .patch, "/tenants/t/apps/A",
                body: #"{"provisioning":{"authentication":{"clientID":"c"}}}"#,
                code: .unknownKey, "unknown key 'clientID' in 'authentication'",
                "did you mean 'clientId'?"),
            BadRow(
                .patch, "/tenants/t/apps/A",
                body: #"{"provisioning":{"authentication":{"type":"WorkloadIdentitys"}}}"#,
                "'type' cannot be 'WorkloadIdentitys'", "did you mean 'WorkloadIdentity'?"),
            BadRow(
                .patch, "/tenants/t/apps/A",
                body: #"{"provisioning":{"secretToken":"t","authentication":{"clientId":"c"}}}"#,
                "'secretToken' and 'authentication' exclude each other"),
            BadRow(
                .post, "/tenants/t/groups", body: #"{"dispalyName":"A"}"#, code: .unknownKey,
                "unknown key 'dispalyName' in the body", "did you mean 'displayName'?"),
            BadRow(
                .patch, "/tenants/t/apps/A", body: #"{"web":{"redirectUri":[]}}"#,
                code: .unknownKey, "unknown key 'redirectUri' in 'web'",
                "did you mean 'redirectUris'?"),
            BadRow(
                .get, "/tenants/t/users?delted=true", code: .unknownKey,
                "unknown key 'delted' in the query", "did you mean 'deleted'?"),
            BadRow(
                .post, "/tenants/t/groups", body: #"{"displayName":"A","displayName":"B"}"#,
                "the body has the key 'displayName' twice"),
            BadRow(
                .post, "/tenants/t/users", body: "{}", "the body lacks the key 'userPrincipalName'"),
            BadRow(
                .post, "/tenants/t/users", body: "", "the body lacks the key 'userPrincipalName'"),
            BadRow(
                .post, "/tenants/t/users", body: "[]", "the body is a JSON array, not an object"),
            BadRow(
                .post, "/tenants/t/users", body: "{\n\"a\": x}",
                "the body is not JSON: unexpected 'x' at line 2, column 6"),
            BadRow(.patch, "/tenants/t/users/ada", body: "{}", "the body changes nothing"),
            BadRow(
                .post, "/clock/resume", body: #"{"at":"x"}"#,
                "POST /sim/v1/clock/resume takes no body"),
        ])
    func unreadable(_ row: BadRow) { check(row) }

    @Test(
        "a value of the wrong kind",
        arguments: [
            BadRow(
                .patch, "/tenants/t/users/ada", body: #"{"accountEnabled":"yes"}"#,
                #"'accountEnabled' must be true or false, not "yes""#),
            BadRow(
                .patch, "/tenants/t/users/ada", body: #"{"businessPhones":["1","2"]}"#,
                #"'businessPhones' must be an array of at most one string, not ["1","2"]"#),
            BadRow(
                .patch, "/tenants/t/users/ada", body: #"{"userType":"guest"}"#,
                #"'userType' must be 'Member' or 'Guest', not "guest""#),
            BadRow(
                .post, "/clock/advance", body: #"{"by":"40"}"#, "'by' is not a duration: '40'",
                "write it as 40m, 6h, 2d or PT40M"),
            BadRow(
                .post, "/clock/set", body: #"{"at":"today"}"#, "'at' is not an instant: 'today'",
                "write it as 2026-01-05T08:00:00Z"),
            BadRow(
                .get, "/journal?limit=0",
                #"'limit' in the query must be a number from 1 to 1000, not "0""#),
            BadRow(
                .get, "/journal?limit=1001",
                #"'limit' in the query must be a number from 1 to 1000, not "1001""#),
            BadRow(
                .get, "/tenants/t/apps/A/config?for=msal-pyton", "'for' cannot be 'msal-pyton'",
                "did you mean 'msal-python'?"),
            BadRow(
                .post, "/tenants/t/apps/A/provisioning/restart",
                body: #"{"resetScope":"Watermark,Escrow"}"#, "'resetScope' cannot contain 'Escrow'",
                "did you mean 'Escrows'?"),
            BadRow(
                .post, "/tenants/t/apps/A/provisioning/restart",
                body: #"{"resetScope":"None,Escrows"}"#, "'None' stands alone in 'resetScope'"),
            BadRow(
                .post, "/tenants/t/groups/g/members", body: "{}",
                "name either a 'user' or a 'group'"),
            BadRow(
                .post, "/tenants/t/groups/g/members", body: #"{"user":"a","group":"b"}"#,
                "name either a 'user' or a 'group'"),
            BadRow(.get, "/errors/many", "'many' is not an error number", "write it as 50076"),
        ])
    func wrongKind(_ row: BadRow) { check(row) }

    @Test(
        "a place that does not exist",
        arguments: [
            BadRow(
                .get, "/tenant", code: .notFound, "there is no path '/sim/v1/tenant'",
                "did you mean '/sim/v1/tenants'?"),
            BadRow(
                .get, "/tenants/contoso/user", code: .notFound,
                "there is no path '/sim/v1/tenants/contoso/user'",
                "did you mean '/sim/v1/tenants/contoso/users'?"),
            BadRow(
                .get, "/a/b/c/d/e/f/g", code: .notFound, "there is no path '/sim/v1/a/b/c/d/e/f/g'",
                "GET /sim/v1 lists the paths"),
            BadRow(
                .get, "/tenants//users", code: .notFound,
                "there is no path '/sim/v1/tenants//users'",
                "did you mean '/sim/v1/tenants//users'?"),
            BadRow(
                .put, "/tenants/t/users/ada", code: .methodNotAllowed,
                "PUT is not possible on '/sim/v1/tenants/t/users/ada'", "use GET or PATCH or DELETE"
            ),
        ])
    func elsewhere(_ row: BadRow) { check(row) }

    @Test("a broken percent escape in the path or the query")
    func escapes() {
        #expect(refusal(request(.get, "/sim/v1/tenants/%zz"))?.status == 400)
        #expect(refusal(request(.get, "/sim/v1/journal?limit=%zz"))?.status == 400)
    }

    @Test("a wrong method with the ones that are possible in Allow")
    func allow() {
        let error = refusal(request(.put, "/sim/v1/tenants/t/groups/g"))
        #expect(error?.response.headers["Allow"] == "GET, PATCH, DELETE")
        #expect(error?.status == 405)
    }

    private func check(_ row: BadRow) {
        let error = refusal(request(row.method, row.target, row.body))
        #expect(error?.code == row.code)
        #expect(error?.message == row.message)
        #expect(error?.hint == row.hint)
    }
}
