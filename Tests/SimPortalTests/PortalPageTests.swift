import SimCore
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
