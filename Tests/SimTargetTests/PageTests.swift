import SimCore
import SimHTTP
import SimTarget
import Testing

@Suite("The team page")
struct PageTests {
    @Test("shows people, roles, groups, figures and traffic")
    func overview() throws {
        let app = try TestApp()
        let ada = try app.user(
            "ada@x", #""displayName":"Ada Lovelace","emails":[{"type":"work","value":"a@x"}]"#)
        _ = try app.user("bob@x", #""active":false"#)
        _ = try app.group("managers", members: [ada])
        let page = app.page("GET /")
        #expect(page.status == 200)
        for text in [
            "Ada Lovelace", "a@x", "Manager", "<li>managers</li>", "bob@x", "Archived",
            "<dt>Active</dt><dd>1</dd>", "<dt>Archived</dt><dd>1</dd>",
            "<dt>Groups</dt><dd>1</dd>", "2026-01-05 08:00:00 UTC", "POST", "/scim/v2/Users",
            "<span class=\"status s2\">201</span>",
        ] { #expect(page.text.contains(text), "\(text)") }
        let policy = page.response.headers["Content-Security-Policy"] ?? ""
        #expect(policy.hasPrefix("default-src 'none'"))
        #expect(policy.contains("frame-ancestors 'none'"))
        #expect(page.response.headers["Cache-Control"] == "no-store")
    }

    @Test("turns hostile names into text wherever they stand")
    func escaping() throws {
        let app = try TestApp()
        let attack = #"<script>alert(1)</script>\" onload=x '"#
        let raw = "<script>alert(1)"
        let ada = try app.user(
            "ada\(attack)", #""displayName":"N\#(attack)","emails":[{"value":"E\#(attack)"}]"#)
        _ = try app.group("G\(attack)", members: [ada])
        app.scim("GET /Users?filter=%3Cscript%3Ealert(1)")
        app.scim("GET /<script>alert(1)</script>")
        let token = try app.formToken()
        let form = FormFields([
            "token": token, "group": "M\(raw)", "role": "owner", "name": "K\(raw)",
            "scope": "read", "after": "3",
        ]).encoded()
        #expect(app.page("POST /roles", form).status == 303)
        #expect(app.page("POST /keys", form).status == 200)
        for target in ["/", "/?q=%3Cscript%3Ealert(1)", "/?done=%3Cscript%3Ealert(1)"] {
            let page = app.page("GET \(target)").text
            #expect(!page.contains(raw), "\(target)")
            #expect(!page.contains("\" onload=x"), "\(target)")
        }
        #expect(app.page("GET /").text.contains("&lt;script&gt;alert(1)"))
    }

    @Test("shows what came back from signing in, codes shortened and markup as text")
    func arrival() throws {
        let app = try TestApp()
        let code = String(repeating: "c", count: 61)
        let answer = app.page("GET /callback?code=\(code)&state=%3Cb%3E")
        #expect(answer.status == 200)
        #expect(answer.text.contains("<code>\(code.dropLast())…</code>"))
        #expect(!answer.text.contains(code))
        #expect(answer.text.contains("<dd><code>&lt;b&gt;</code></dd>"))
        let posted = app.page(
            "POST /callback", "error=access_denied&error_description=No%2C+thanks")
        #expect(posted.text.contains("role=\"alert\">No, thanks</p>"))
        #expect(app.page("GET /callback").text.contains("Nothing came with this address"))
        #expect(app.page("GET /callback?%ZZ").text.contains("Nothing came with this address"))
        #expect(app.page("PUT /callback").status == 404)
    }

    @Test("finds people by part of a name and by state, fifty to a page")
    func search() throws {
        let app = try TestApp()
        for number in 1...51 {
            _ = try app.user("p\(100 + number)@x", #""active":\#(number != 7)"#)
        }
        #expect(app.page("GET /").text.contains("Page 1 of 2, 51 people"))
        #expect(!app.page("GET /").text.contains("p151@x"))
        #expect(app.page("GET /?page=2").text.contains("p151@x"))
        #expect(app.page("GET /?page=99").text.contains("p151@x"))
        #expect(app.page("GET /?page=-1").text.contains("p101@x"))
        let found = app.page("GET /?q=P107").text
        #expect(found.contains("p107@x"))
        #expect(!found.contains("p108@x"))
        let archived = app.page("GET /?state=archived").text
        #expect(archived.contains("p107@x"))
        #expect(!archived.contains("p108@x"))
        #expect(app.page("GET /?q=nobody").text.contains("Nobody matches this search."))
        #expect(app.page("GET /?q=%zz").status == 200)
    }

    @Test("serves its own style and script, and nothing else")
    func assets() throws {
        let app = try TestApp()
        #expect(
            app.page("GET /team.css").response.headers["Content-Type"] == "text/css; charset=utf-8")
        #expect(app.page("GET /team.js").status == 200)
        for call in ["GET /roles", "GET /keys", "POST /", "GET /other", "DELETE /"] {
            #expect(app.page(call).status == 404, "\(call)")
        }
    }

    @Test("keeps the last hundred calls, newest first, and cuts long ones")
    func traffic() throws {
        let app = try TestApp()
        let long = String(repeating: "x", count: 5_000)
        for number in 1...250 { app.scim("GET /Users/\(number)\(number == 250 ? long : "")") }
        #expect(app.app.trafficCount == 250)
        let latest = app.app.latestTraffic
        #expect(latest.count == 100)
        #expect(latest.first?.number == 250)
        #expect(latest.last?.number == 151)
        #expect(latest.first?.target.count == TrafficLog.targetLimit)
    }
}

@Suite("A form of the team page")
struct FormTests {
    private func form(_ app: TestApp, _ fields: KeyValuePairs<String, String>) throws -> String {
        "token=\(try app.formToken())&" + FormFields(fields).encoded()
    }

    private static let roles: KeyValuePairs = [
        "group": "Managers", "role": "owner", "group": " ", "role": "owner",
    ]

    @Test(
        "from another site is refused",
        arguments: [
            (["Sec-Fetch-Site": "cross-site"], 403), (["Sec-Fetch-Site": "same-site"], 403),
            (["Origin": "https://evil.example"], 403), (["Origin": "null"], 403),
            (["Origin": "https://localhost:8444"], 403),
            (["Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"], 403),
            (["Sec-Fetch-Site": "same-origin"], 303), (["Origin": "https://localhost:8443"], 303),
            ([:], 303), (["Content-Type": "text/plain"], 400),
        ] as [(HTTPHeaders, Int)])
    func origin(_ headers: HTTPHeaders, _ status: Int) throws {
        let app = try TestApp()
        let answer = app.page("POST /roles", try form(app, Self.roles), headers: headers)
        #expect(answer.status == status)
        let isChanged = app.app.snapshot.rules.mappings.count == 1
        #expect(isChanged == (status == 303))
    }

    @Test("without the page's token is refused", arguments: ["", "token=", "token=guess"])
    func token(_ token: String) throws {
        let app = try TestApp()
        let body = token + "&" + FormFields(Self.roles).encoded()
        #expect(app.page("POST /roles", body).status == 403)
        #expect(app.page("POST /keys", body).status == 403)
        #expect(app.page("POST /keys/fixture-full/revoke", body).status == 403)
        #expect(app.page("POST /roles", token + "&a=%zz").status >= 400)
    }

    @Test("that changes the role mapping re-checks everybody at once")
    func mapping() throws {
        let app = try TestApp()
        let ada = try app.user("ada@x")
        let bob = try app.user("bob@x")
        _ = try app.group("Desk", members: [ada])
        _ = try app.group("managers", members: [bob])
        #expect(app.role(ada) == "adviser")
        let answer = app.page(
            "POST /roles",
            try form(
                app, ["group": "desk", "role": "owner", "group": "Managers", "role": "assistant"]))
        #expect(answer.status == 303)
        #expect(answer.response.headers["Location"] == "/apps/demo/?done=roles#roles")
        #expect(app.role(ada) == "owner")
        #expect(app.role(bob) == "assistant")
        _ = app.page("POST /roles", try form(app, ["group": "desk", "role": "assistant"]))
        #expect(app.role(ada) == "owner")
        #expect(app.role(bob) == "assistant")
    }

    @Test(
        "with a wrong mapping says so and changes nothing",
        arguments: [
            ["group": "a", "role": "king"], ["group": "a"],
            ["group": "a", "role": "owner", "group": "A", "role": "manager"],
        ] as [KeyValuePairs<String, String>])
    func wrongMapping(_ fields: KeyValuePairs<String, String>) throws {
        let app = try TestApp()
        let before = app.app.snapshot.rules
        let answer = app.page("POST /roles", try form(app, fields))
        #expect(answer.status == 422)
        #expect(answer.text.contains("role=\"alert\""))
        #expect(app.app.snapshot.rules == before)
    }

    @Test("that issues a key shows the value once; the key works until it is revoked")
    func keys() throws {
        let app = try TestApp()
        let body = try form(app, ["after": "3", "name": " Entra ", "scope": "scim.full"])
        let answer = app.page("POST /keys", body)
        #expect(answer.status == 200)
        let start = try #require(answer.text.firstRange(of: "class=\"secret\" tabindex=\"0\">"))
        let value = String(answer.text[start.upperBound...].prefix { $0 != "<" })
        #expect(value.count == 32)
        #expect(!app.page("GET /").text.contains(value))
        #expect(app.app.snapshot.keys.keys.last?.name == "Entra")
        let bearer: HTTPHeaders = ["Authorization": "Bearer \(value)"]
        #expect(app.scim("GET /Users", headers: bearer).status == 200)
        // A reload of the answer sends the form again.
        #expect(app.page("POST /keys", body).status == 303)
        #expect(app.app.snapshot.keys.keys.count == 4)
        #expect(app.page("POST /keys/key-4/revoke", try form(app, [:])).status == 303)
        #expect(app.scim("GET /Users", headers: bearer).status == 401)
        #expect(app.page("POST /keys/none/revoke", try form(app, [:])).status == 404)
    }

    @Test(
        "that asks for a wrong key is refused",
        arguments: [
            ["after": "3", "name": "", "scope": "read"], ["after": "3", "name": "x"],
            ["after": "3", "name": "x", "scope": "admin"],
        ] as [KeyValuePairs<String, String>])
    func wrongKey(_ fields: KeyValuePairs<String, String>) throws {
        let app = try TestApp()
        #expect(app.page("POST /keys", try form(app, fields)).status == 422)
        #expect(app.app.snapshot.keys.keys.count == 3)
    }
}
