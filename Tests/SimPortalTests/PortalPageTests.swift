import SimCore
import SimDirectory
import SimHTTP
import SimPortal
import Testing

@Suite("The landing page at /portal")
struct PortalPageTests {
    private func page(appName: String) -> String {
        let view = PortalView(
            origin: "https://localhost:8443", now: Timestamp(seconds: 0),
            tenants: [
                PortalView.Tenant(
                    displayName: "Fabrikam", id: "1", domain: "fabrikam.test", userCount: 2,
                    groupCount: 1,
                    apps: [
                        PortalView.App(
                            displayName: appName, clientID: "2",
                            signInURL: "https://localhost:8443/authorize?a=1&b=2",
                            job: .init(
                                status: "Active", lastCycle: nil, tenantURL: "{origin}/apps/o/scim")
                        )
                    ])
            ], targets: [.init(name: "Orders", teamPageURL: "https://localhost:8443/apps/orders/")])
        return String(decoding: PortalPage.response(view).body, as: UTF8.self)
    }

    @Test("shows authority, sign-in link, job and team page")
    func content() {
        let page = page(appName: "Orders")
        #expect(page.contains("https://localhost:8443/fabrikam.test/v2.0/.well-known/"))
        #expect(page.contains("href=\"https://localhost:8443/authorize?a=1&amp;b=2\""))
        #expect(page.contains("Provisioning: Active<"))
        #expect(page.contains("<code>https://localhost:8443/apps/o/scim</code>"))
        #expect(page.contains("href=\"https://localhost:8443/apps/orders/\""))
    }

    @Test(
        "a sign-in link goes to an address of the simulator itself, else to the app's first",
        arguments: [
            ("https://localhost:8443", "https%3A%2F%2Flocalhost%3A8443%2Fapps%2Fo%2Fcallback"),
            ("https://localhost:9000", "http%3A%2F%2Flocalhost%2Fback"),
        ])
    func signInLink(origin: String, redirect: String) throws {
        let text = """
            {"domains": ["fabrikam.test"], "applications": [{"displayName": "Orders", "web": {
              "redirectUris": ["http://localhost/back",
                               "https://localhost:8443/apps/o/callback"]}}]}
            """
        let start = Timestamp(seconds: 1_767_600_000)
        let snapshot = try TenantFixture.decode(name: "t", text: Array(text.utf8))
            .snapshot(at: start)
        let tenant = PortalView.Tenant(snapshot, origin: origin) { _ in nil }
        let link = try #require(tenant.apps.first?.signInURL)
        #expect(link.hasPrefix("\(origin)/fabrikam.test/oauth2/v2.0/authorize?"))
        #expect(link.contains("redirect_uri=\(redirect)&"))
    }

    @Test("its style sheet is the one of the sign-in pages, and its policy allows no other")
    func style() {
        let sheet = PortalPage.style()
        #expect(sheet.headers["Content-Type"] == "text/css; charset=utf-8")
        #expect(String(decoding: sheet.body, as: UTF8.self).hasPrefix(PageSheet.text))
        let page = PortalPage.response(
            PortalView(
                origin: "https://localhost:8443", now: Timestamp(seconds: 0), tenants: [],
                targets: []))
        let policy = page.headers["Content-Security-Policy"] ?? ""
        #expect(policy.contains("style-src 'self';"))
        #expect(!policy.contains("unsafe"))
    }

    @Test("an app's name cannot write markup")
    func escaping() {
        let page = page(appName: "<script>\"'&")
        #expect(!page.contains("<script>"))
        #expect(page.contains("&lt;script&gt;&quot;&#39;&amp;"))
    }
}
