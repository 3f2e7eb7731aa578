import SimHTTP
import Testing

@Suite("A path is routed")
struct RouterTests {
    private static let router: Router<String> = {
        var router = Router<String>()
        router.add(.get, "/{tenant}/oauth2/v2.0/authorize", "authorize")
        router.add(.post, "/{tenant}/oauth2/v2.0/authorize", "authorize post")
        router.add(.post, "/{tenant}/oauth2/v2.0/token", "token")
        router.add(.get, "/common/discovery/keys", "common keys")
        router.add(.get, "/{tenant}/discovery/keys", "keys")
        router.add(.get, "/{tenant}/{policy}/keys", "policy keys")
        router.add(.get, "/apps/{name}/{rest...}", "app")
        router.add(.get, "/", "root")
        return router
    }()

    private func route(
        _ method: HTTPMethod, _ target: String, with router: Router<String> = router
    ) -> String {
        switch router.match(HTTPRequest(method: method, target: target)) {
        case .found(let value, let captures):
            let shown = ["tenant", "policy", "name", "rest"].compactMap { name in
                captures[name].isEmpty ? nil : "\(name)=\(captures[name])"
            }
            return ([value] + shown).joined(separator: " ")
        case .methodNotAllowed(let allow):
            return "405 " + allow.map(\.rawValue).joined(separator: ",")
        case .notFound:
            return "404"
        }
    }

    @Test(
        "to",
        arguments: [
            (HTTPMethod.get, "/", "root"),
            (.get, "/contoso/oauth2/v2.0/authorize?x=/y", "authorize tenant=contoso"),
            (.get, "/Contoso/OAuth2/V2.0/Authorize", "authorize tenant=Contoso"),
            (.get, "/a%20b/oauth2/v2.0/authorize", "authorize tenant=a b"),
            (.get, "/a%2Fb/oauth2/v2.0/authorize", "authorize tenant=a/b"),
            (.get, "/common/discovery/keys", "common keys"),
            (.get, "/contoso/discovery/keys", "keys tenant=contoso"),
            (.get, "/contoso/other/keys", "policy keys tenant=contoso policy=other"),
            (.get, "/common/other/keys", "policy keys tenant=common policy=other"),
            (.get, "/apps/claras/scim/v2/Users", "app name=claras rest=scim/v2/Users"),
            (.get, "/apps/claras/", "app name=claras"),
            (.get, "/apps/claras", "app name=claras"),
            (.head, "/", "root"),
            (.post, "/", "405 GET"),
            (.get, "/t/oauth2/v2.0/token", "405 POST"),
            (.delete, "/t/oauth2/v2.0/authorize", "405 GET,POST"),
            (.get, "/t/oauth2/v2.0/token/", "404"),
            (.get, "//oauth2/v2.0/authorize", "404"),
            (.get, "/t/oauth2/v2.0", "404"),
            (.get, "/%zz/oauth2/v2.0/authorize", "404"),
            (.options, "*", "404"),
        ])
    func routing(_ method: HTTPMethod, _ target: String, _ expected: String) {
        #expect(route(method, target) == expected)
    }

    @Test("with case when it is told to")
    func caseSensitive() {
        var router = Router<String>(ignoresCase: false)
        router.add(.get, "/Users", "users")
        #expect(route(.get, "/Users", with: router) == "users")
        #expect(route(.get, "/users", with: router) == "404")
    }
}
