import EntraSim
import SimCore
import SimErrors
import SimHTTP
import Testing

@Suite("Any error of the catalogue, asked for by its number — aadsts.md §1, §2")
struct NumberTests {
    @Test("is the token endpoint's JSON with its documented status, number and suberror")
    func token() async throws {
        let running = try Running()
        for entry in AADSTSCatalogue.entries where entry.surfaces.contains(.token) {
            let answer = try await running.askToken([Self.header: "aadsts=\(entry.code)"])
            expectJSON(answer, entry)
        }
    }

    @Test("is JSON at the device code endpoint")
    func deviceCode() async throws {
        let running = try Running()
        for entry in AADSTSCatalogue.entries where entry.surfaces.contains(.deviceCode) {
            let answer = try await running.send(
                .post, "/contoso.example/oauth2/v2.0/devicecode",
                [Self.header: "aadsts=\(entry.code)"], form: "client_id=x"
            ).get()
            expectJSON(answer, entry)
        }
    }

    @Test("is a redirect to the client, or a page where the service never redirects")
    func authorize() async throws {
        let running = try Running()
        let target = try running.authorizeTarget()
        for entry in AADSTSCatalogue.entries
        where entry.surfaces.contains(.authorizeRedirect)
            || entry.surfaces.contains(.authorizePage)
        {
            let answer = try await running.get(target, [Self.header: "aadsts=\(entry.code)"])
            if entry.surfaces.contains(.authorizeRedirect), !entry.neverRedirects {
                let location = answer.headers["Location"] ?? ""
                #expect(answer.status == 302, "\(entry.label)")
                #expect(location.hasPrefix("http://localhost/callback?error="), "\(entry.label)")
                #expect(location.contains(entry.label) && location.contains("state=s1"))
            } else {
                #expect(answer.status == 200, "\(entry.label)")
                #expect(answer.text.contains(entry.label))
            }
        }
    }

    @Test(
        "is a page at the sign-out and SAML addresses", arguments: ["oauth2/v2.0/logout", "saml2"])
    func pages(path: String) async throws {
        let running = try Running()
        let surface: AADSTSEntry.Surface = path == "saml2" ? .saml : .logout
        for entry in AADSTSCatalogue.entries where entry.surfaces.contains(surface) {
            let answer = try await running.get(
                "/contoso.example/\(path)", [Self.header: "aadsts=\(entry.code)"])
            #expect(answer.status == 200 && answer.text.contains(entry.label))
        }
    }

    @Test("is what authorize would say at the forms of the sign-in page, too")
    func signIn() async throws {
        let running = try Running()
        let page = try await running.get(try running.authorizeTarget())
        let cookie =
            page.headers.values("Set-Cookie").first { $0.hasPrefix("esctx=") }
            .map { String($0.prefix { $0 != ";" }) } ?? ""
        let field = try #require(page.text.firstRange(of: #"name="flowtoken" value=""#))
        let flow = String(page.text[field.upperBound...].prefix { $0 != "\"" })
        let form = FormFields(["flowtoken": flow, "login": "x@contoso.example"]).encoded()
        for entry in AADSTSCatalogue.entries
        where entry.surfaces.contains(.authorizeRedirect)
            || entry.surfaces.contains(.authorizePage)
        {
            let answer = try await running.send(
                .post, "/contoso.example/login",
                ["Cookie": cookie, Self.header: "aadsts=\(entry.code)"], form: form
            ).get()
            let shown = answer.text + (answer.headers["Location"] ?? "")
            #expect(shown.contains(entry.label), "\(entry.label): \(answer.status)")
            let redirects = entry.surfaces.contains(.authorizeRedirect) && !entry.neverRedirects
            #expect(answer.status == (redirects ? 302 : 200), "\(entry.label)")
        }
    }

    @Test(
        "is JSON at the documents, whatever the number",
        arguments: [Running.discovery, Running.keys, "/oidc/userinfo"])
    func documents(path: String) async throws {
        let running = try Running()
        for entry in AADSTSCatalogue.entries {
            let answer = try await running.get(path, [Self.header: "aadsts=\(entry.code)"])
            #expect(answer.status == entry.jsonStatus, "\(entry.label)")
            #expect(answer.errorCode == Int64(entry.code), "\(entry.label)")
            let error = entry.errorVariants[.discoveryError] ?? entry.oauthError
            #expect(
                answer.json?["error"]?.stringValue == error.rawValue, "\(entry.label)")
            #expect(
                answer.json?["error_description"]?.stringValue?.hasPrefix(entry.label) == true)
        }
    }

    @Test("covers the catalogue: no entry is without a surface of those above")
    func complete() {
        for entry in AADSTSCatalogue.entries {
            #expect(!entry.surfaces.isEmpty, "\(entry.label)")
        }
        #expect(
            Set(AADSTSCatalogue.entries.flatMap(\.surfaces))
                == Set(AADSTSEntry.Surface.allCases))
    }

    @Test("is a page while the client's address is not one of its own")
    func untrustedAddress() async throws {
        let running = try Running()
        let target = try running.authorizeTarget()
            .replacing("localhost%2Fcallback", with: "elsewhere.example%2F")
        let answer = try await running.get(target, [Self.header: "aadsts=50076"])
        #expect(answer.status == 200 && answer.headers["Location"] == nil)
        #expect(answer.text.contains("AADSTS50076"))
    }

    @Test("names the app, the tenant and the resource of the request it answers")
    func arguments() async throws {
        let running = try Running()
        let app = try running.simulator.directory.app("Contoso Nightly Job")
        let unknown = try await running.askToken([Self.header: "aadsts=700016"])
        let text = unknown.json?["error_description"]?.stringValue ?? ""
        #expect(text.contains(app.clientID) && text.contains("Contoso"))
        let factor = try await running.askToken([Self.header: "aadsts=50076"])
        #expect(factor.text.contains("00000003-0000-0000-c000-000000000000"))
        #expect(!factor.text.contains("{resource}") && !factor.text.contains("{policyId}"))
    }

    @Test("may be changed in error, status, suberror, text, claims and Retry-After")
    func overrides() async throws {
        let running = try Running()
        try running.simulator.faults.add(
            """
            {"where": "token", "what": {"aadsts": 50076, "error": "interaction_required",
            "httpStatus": 401, "suberror": "basic_action", "message": "Not today.",
            "claims": "{}", "retryAfter": "30s"}}
            """)
        let answer = try await running.askToken()
        #expect(answer.status == 401 && answer.headers["Retry-After"] == "30")
        #expect(answer.json?["error"] == "interaction_required")
        #expect(answer.json?["suberror"] == "basic_action" && answer.json?["claims"] == "{}")
        #expect(answer.json?["error_description"]?.stringValue?.contains("Not today.") == true)
    }

    private static let header = "x-entra-sim-fault"

    private func expectJSON(_ answer: HTTPResponse, _ entry: AADSTSEntry) {
        let body = answer.json
        #expect(answer.status == entry.jsonStatus, "\(entry.label)")
        #expect(answer.errorCode == Int64(entry.code), "\(entry.label)")
        #expect(body?["error"]?.stringValue == entry.oauthError.rawValue, "\(entry.label)")
        #expect(body?["suberror"]?.stringValue == entry.suberror, "\(entry.label)")
        #expect((body?["claims"] != nil) == (entry.claimsTemplate != nil), "\(entry.label)")
        #expect(
            body?["error_description"]?.stringValue?.hasPrefix(entry.label + ": ") == true)
    }
}
