import SimCore
import SimHTTP
import SimSCIM
import SimTarget
import Testing

@Suite("Who may call SCIM — integrations.md, Claresia 7, Claras 2")
struct AccessTests {
    @Test(
        "an Authorization field gets",
        arguments: [
            (nil, 401, #"Bearer realm="demo""#),
            ("Bearer wrong", 401, #"Bearer realm="demo", error="invalid_token""#),
            ("Bearer ", 401, #"Bearer realm="demo", error="invalid_token""#),
            ("Basic ZnVsbC10b2tlbg==", 401, #"Bearer realm="demo", error="invalid_token""#),
            ("full-token", 401, #"Bearer realm="demo", error="invalid_token""#),
            ("Bearer FULL-TOKEN", 401, #"Bearer realm="demo", error="invalid_token""#),
            (
                "Bearer read-token", 403,
                #"Bearer realm="demo", error="insufficient_scope", scope="scim.full""#
            ),
            (
                "Bearer bare-token", 403,
                #"Bearer realm="demo", error="insufficient_scope", scope="scim.full""#
            ),
            ("Bearer full-token", 200, nil), ("bearer  full-token", 200, nil),
        ] as [(String?, Int, String?)])
    func access(_ field: String?, _ status: Int, _ challenge: String?) throws {
        let app = try TestApp()
        var request = HTTPRequest(
            method: .get, target: "/apps/demo/scim/v2/Users?filter=userName+eq+%22x%22",
            headers: ["Host": "h"])
        if let field { request.headers.append("Authorization", field) }
        let answer = Answer(app.app.handle(request, now: TestApp.start, random: app.random))
        #expect(answer.status == status)
        #expect(answer.response.headers["WWW-Authenticate"] == challenge)
        #expect(answer.response.headers["Content-Type"] == "application/scim+json; charset=utf-8")
        if status != 200 {
            #expect(answer.json["status"]?.stringValue == String(status))
            #expect(answer.json["schemas"] == [.string(SCIMURN.error)])
        }
    }

    @Test(
        "a key without the scope gets 403 for every call, reads and unknown places included",
        arguments: [
            "GET /Users", "GET /Users/none", "POST /Users", "GET /Schemas", "GET /nowhere",
            "PATCH /Groups/1", "GET /ServiceProviderConfig",
        ])
    func readOnly(_ call: String) throws {
        let app = try TestApp(token: TestApp.readToken)
        #expect(app.scim(call).status == 403)
    }

    @Test("a page holds no key's value, and the traffic no bearer value")
    func noSecrets() throws {
        let app = try TestApp()
        _ = try app.user("ada@x")
        app.scim("GET /Users", headers: ["Authorization": "Bearer stolen-token"])
        let page = app.page("GET /").text
        for value in ["full-token", "read-token", "stolen-token", "Bearer "] {
            #expect(!page.contains(value), "\(value)")
        }
        #expect(page.contains("…oken"))
    }

    @Test("the last sync follows accepted calls only")
    func lastSync() throws {
        let app = try TestApp()
        #expect(app.app.summary.lastSync == nil)
        app.scim("GET /Users", headers: ["Authorization": "Bearer x"])
        #expect(app.app.summary.lastSync == nil)
        #expect(app.app.trafficCount == 1)
        let later = TestApp.start + .minutes(40)
        app.scim("GET /Users", at: later)
        #expect(app.app.summary.lastSync == later)
    }
}

@Suite("The endpoint's answers to calls that are not quite right — RFC 7644 §3.12")
struct RefusalTests {
    @Test(
        "a call gets",
        arguments: [
            ("GET /Nothing", nil, 404, nil), ("GET /", nil, 404, nil),
            ("GET /Users/a/b", nil, 404, nil), ("GET /Users/none", nil, 404, nil),
            ("GET /users", nil, 404, nil),
            ("GET /Me", nil, 501, nil), ("POST /Bulk", "{}", 501, nil),
            ("POST /.search", "{}", 501, nil),
            ("DELETE /Users", nil, 405, nil), ("POST /Users/none", "{}", 405, nil),
            ("POST /Schemas", "{}", 405, nil), ("GET /Users/.search", nil, 405, nil),
            ("POST /Users", "", 400, "invalidSyntax"), ("POST /Users", "{", 400, "invalidSyntax"),
            ("POST /Users", "[]", 400, "invalidSyntax"),
            ("POST /Users", "{}", 400, "invalidSyntax"),
            ("GET /Users?filter=userName", nil, 400, "invalidFilter"),
            ("GET /Users?filter=", nil, 400, "invalidFilter"),
            ("GET /Users?filter=active+gt+true", nil, 400, "invalidFilter"),
            ("GET /Users?filter=%zz", nil, 400, "invalidSyntax"),
            ("GET /Users?count=many", nil, 400, "invalidValue"),
            ("GET /Users?startIndex=1.5", nil, 400, "invalidValue"),
            ("GET /Users?attributes=a..b", nil, 400, "invalidPath"),
            ("GET /Users?sortBy=a..b", nil, 400, "invalidPath"),
            ("GET /Schemas?filter=id+pr", nil, 403, nil), ("GET /Schemas/none", nil, 404, nil),
            ("GET /ResourceTypes/none", nil, 404, nil),
            ("GET /ServiceProviderConfig/x", nil, 404, nil),
        ] as [(String, String?, Int, String?)])
    func refusal(_ call: String, _ body: String?, _ status: Int, _ keyword: String?) throws {
        let answer = try TestApp().scim(call, body)
        #expect(answer.status == status)
        #expect(answer.keyword == keyword)
        #expect(answer.json["schemas"] == [.string(SCIMURN.error)])
    }

    @Test("a wrong method is told the right ones")
    func allow() throws {
        let app = try TestApp()
        #expect(app.scim("DELETE /Users").response.headers["Allow"] == "GET, POST")
        #expect(
            app.scim("POST /Users/x").response.headers["Allow"] == "GET, PUT, PATCH, DELETE")
    }

    @Test(
        "a body's media type",
        arguments: [
            ("application/scim+json", 201), ("application/scim+json; charset=utf-8", 201),
            ("Application/JSON", 201), ("text/html", 415), ("application/xml", 415),
        ])
    func mediaType(_ type: String, _ status: Int) throws {
        let answer = try TestApp().scim(
            "POST /Users", #"{"schemas":["\#(SCIMURN.user)"],"userName":"a"}"#,
            headers: ["Content-Type": type])
        #expect(answer.status == status)
    }

    @Test("a change of a version the client has not seen gets 412; an unchanged read 304")
    func versions() throws {
        let app = try TestApp()
        let id = try app.user("ada@x")
        let operation = #"{"Operations":[{"op":"add","path":"title","value":"T"}]}"#
        let stale = app.scim("PATCH /Users/\(id)", operation, headers: ["If-Match": "W/\"7\""])
        #expect(stale.status == 412)
        let fresh = app.scim("PATCH /Users/\(id)", operation, headers: ["If-Match": "W/\"1\""])
        #expect(fresh.status == 200)
        let tag: HTTPHeaders = ["If-None-Match": "W/\"2\""]
        #expect(app.scim("GET /Users/\(id)", headers: tag).status == 304)
        let old: HTTPHeaders = ["If-None-Match": "W/\"1\""]
        #expect(app.scim("GET /Users/\(id)", headers: old).status == 200)
    }

    @Test("an app's paths are its own")
    func places() throws {
        let app = try TestApp()
        func status(_ target: String) -> Int {
            app.app.handle(
                HTTPRequest(method: .get, target: target, headers: ["Host": "h"]),
                now: TestApp.start, random: app.random
            ).status
        }
        #expect(status("/apps/demo") == 308)
        #expect(status("/apps/demo/") == 200)
        #expect(status("/apps/other/") == 404)
        #expect(status("/apps/demo/scim/v2/Users") == 401)
        #expect(status("/apps/demo//scim/v2//Users/") == 401)
        #expect(status("/apps/demo/nothing") == 404)
        #expect(status("/apps/%zz/") == 404)
        #expect(status("/") == 404)
    }
}
