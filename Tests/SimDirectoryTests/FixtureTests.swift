import SimCore
import Testing

@testable import SimDirectory

@Suite("A tenant fixture")
struct FixtureTests {
    private func check(_ text: String) -> FixtureCheck {
        var decoder = TenantFixtureDecoder(name: "acme")
        decoder.readTenant(Array(text.utf8), file: "tenant.json")
        return decoder.finish()
    }

    /// A fixture with `users`, `groups` or `applications` as its last line.
    private static func tenant(_ rest: String) -> String {
        "{\"domains\": [\"acme.example\"],\n \(rest)}"
    }

    struct Row: CustomTestStringConvertible {
        let name: String
        let text: String
        let place: String
        let message: String
        let nearest: String?
        var testDescription: String { name }

        init(
            _ name: String, _ text: String, at place: String, _ message: String,
            nearest: String? = nil
        ) {
            self.name = name
            self.text = text
            self.place = place
            self.message = message
            self.nearest = nearest
        }
    }

    static let rows: [Row] = [
        Row(
            "a comma too many", "{\"domains\": [\"a\"],}", at: "1:19 ",
            "not JSON: unexpected '}'"),
        Row("a list instead of a tenant", "[]", at: "1:1 ", "expected an object, found array"),
        Row("no domain", "{}", at: "1:1 ", "key \"domains\" is missing"),
        Row(
            "a mistyped key of the tenant", tenant("\"usres\": []"), at: "2:2 usres",
            "unknown key \"usres\"", nearest: "users"),
        Row(
            "a mistyped attribute",
            tenant(
                "\"users\": [{\"userPrincipalName\": \"a@acme.example\",\n\"jobTilte\": \"x\"}]"),
            at: "3:1 users[0].jobTilte", "unknown key \"jobTilte\"", nearest: "jobTitle"),
        Row(
            "a number for a text",
            tenant("\"users\": [{\"userPrincipalName\": \"a@acme.example\", \"city\": 7}]"),
            at: "2:52 users[0].city", "expected a string, found number"),
        Row(
            "a user without a name", tenant("\"users\": [{\"city\": \"x\"}]"), at: "2:12 users[0]",
            "key \"userPrincipalName\" is missing"),
        Row(
            "a UPN in a foreign domain",
            tenant("\"users\": [{\"userPrincipalName\": \"a@acme.exmaple\"}]"),
            at: "2:13 users[0].userPrincipalName",
            "\"a@acme.exmaple\" is not in one of this tenant's domains", nearest: "acme.example"),
        Row(
            "the same UPN twice, in other case",
            tenant(
                "\"users\": [{\"userPrincipalName\": \"a@acme.example\"},\n{\"userPrincipalName\": \"A@acme.example\"}]"
            ), at: "3:1 users[1]", "user \"A@acme.example\" is there twice"),
        Row(
            "a manager who is not there",
            tenant(
                "\"users\": [{\"userPrincipalName\": \"anna@acme.example\"},\n{\"userPrincipalName\": \"b@acme.example\", \"manager\": \"ana@acme.example\"}]"
            ), at: "3:41 users[1].manager", "no user \"ana@acme.example\"",
            nearest: "anna@acme.example"),
        Row(
            "people who report to each other",
            tenant(
                "\"users\": [{\"userPrincipalName\": \"a@acme.example\", \"manager\": \"b@acme.example\"},\n{\"userPrincipalName\": \"b@acme.example\", \"manager\": \"a@acme.example\"}]"
            ), at: "3:41 users[1].manager", "\"b@acme.example\" reports to itself"),
        Row(
            "a key twice",
            tenant(
                "\"users\": [{\"userPrincipalName\": \"a@acme.example\", \"city\": \"x\", \"city\": \"y\"}]"
            ), at: "2:65 users[0].city", "key \"city\" is there twice"),
        Row(
            "an unknown user type",
            tenant(
                "\"users\": [{\"userPrincipalName\": \"a@acme.example\", \"userType\": \"Gast\"}]"),
            at: "2:52 users[0].userType", "\"Gast\" is not one of \"Member\", \"Guest\"",
            nearest: "Guest"),
        Row(
            "a lock that is not a time",
            tenant(
                "\"users\": [{\"userPrincipalName\": \"a@acme.example\", \"signIn\": {\"lockedUntil\": \"soon\"}}]"
            ), at: "2:63 users[0].signIn.lockedUntil",
            "\"soon\" is not a time such as 2026-01-05T08:00:00Z"),
        Row(
            "a member who is not there",
            tenant("\"groups\": [{\"displayName\": \"Sales\", \"members\": [\"Sails\"]}]"),
            at: "2:50 groups[0].members[0]", "no user, group or application \"Sails\"",
            nearest: "Sales"),
        Row(
            "a group in itself",
            tenant("\"groups\": [{\"displayName\": \"Sales\", \"members\": [\"sales\"]}]"),
            at: "2:50 groups[0].members[0]", "\"Sales\" cannot be a member of itself"),
        Row(
            "a redirect URI without a scheme",
            tenant(
                "\"applications\": [{\"displayName\": \"Shop\", \"web\": {\"redirectUris\": [\"shop/callback\"]}}]"
            ), at: "2:68 applications[0].web.redirectUris[0]",
            "\"shop/callback\" is not an absolute URI"),
        Row(
            "a role the app does not have",
            tenant(
                "\"groups\": [{\"displayName\": \"G\"}], \"applications\": [{\"displayName\": \"Shop\", \"template\": \"nonGallery\",\n\"appRoleAssignedTo\": [{\"principal\": \"G\", \"appRole\": \"Usre\"}]}]"
            ), at: "3:42 applications[0].appRoleAssignedTo[0].appRole", "no app role \"Usre\"",
            nearest: "User"),
        Row(
            "a scope Microsoft Graph does not have",
            tenant(
                "\"applications\": [{\"displayName\": \"Shop\",\n\"oauth2PermissionGrants\": [{\"scope\": \"openid User.Raed\"}]}]"
            ), at: "3:29 applications[0].oauth2PermissionGrants[0].scope",
            "no scope of Microsoft Graph \"User.Raed\"", nearest: "User.Read"),
        Row(
            "provisioning without an address",
            tenant("\"applications\": [{\"displayName\": \"Shop\", \"provisioning\": {}}]"),
            at: "2:43 applications[0].provisioning", "key \"tenantUrl\" is missing"),
        Row(
            "a certificate that is none",
            tenant(
                "\"applications\": [{\"displayName\": \"Shop\", \"keyCredentials\": [{\"key\": \"abc\"}]}]"
            ), at: "2:63 applications[0].keyCredentials[0].key",
            "\"…\" is not a certificate in PEM or base64"),
    ]

    @Test("is refused for", arguments: rows)
    func problem(_ row: Row) throws {
        let check = check(row.text)
        #expect(check.fixture == nil)
        let problem = try #require(check.problems.first)
        #expect(check.problems.count == 1, "\(check.problems.map(\.text))")
        #expect("\(problem.line):\(problem.column) \(problem.keyPath)" == row.place)
        #expect(problem.message == row.message)
        #expect(problem.nearest == row.nearest)
    }

    @Test("tells all its problems at once, in the order of the file")
    func allProblems() {
        let check = check(
            Self.tenant(
                """
                "users": [{"userPrincipalName": "a@acme.example", "citty": "x"},
                {"userPrincipalName": "b@acme.example", "manager": "c@acme.example"},
                {"userPrincipalName": "a@acme.example", "accountEnabled": "yes"}]
                """))
        #expect(
            check.problems.map(\.line) == [2, 3, 4, 4]
                && check.problems.map(\.keyPath) == [
                    "users[0].citty", "users[1].manager", "users[2]", "users[2].accountEnabled",
                ])
        #expect(check.counts.users == 3)
    }

    @Test("problem text names file, line, column, key and hint")
    func problemText() throws {
        let problem = try #require(check(Self.tenant("\"grops\": []")).problems.first)
        #expect(problem.text == "tenant.json:2:2: grops: unknown key \"grops\"")
        #expect(problem.hint == "did you mean \"groups\"?")
    }

    @Test("in lines finds managers and members across files, and reports lines")
    func lines() {
        func check(_ manager: String) -> FixtureCheck {
            var decoder = TenantFixtureDecoder(name: "acme")
            decoder.readTenant(Array(Self.tenant("\"users\": []").utf8), file: "tenant.json")
            let users = [
                "{\"userPrincipalName\":\"a@acme.example\",\"manager\":\"\(manager)\"}",
                "{\"userPrincipalName\":\"b@acme.example\"}", "",
            ]
            for (index, line) in users.enumerated() {
                decoder.readUserLine(Array(line.utf8), file: "users.jsonl", line: index + 1)
            }
            decoder.readGroupLine(
                Array("{\"displayName\":\"G\",\"members\":[\"b@acme.example\"]}".utf8),
                file: "groups.jsonl", line: 1)
            return decoder.finish()
        }
        let sound = check("b@acme.example")
        #expect(sound.problems.isEmpty)
        #expect(sound.counts.users == 2)
        #expect(sound.counts.memberships == 1)
        let snapshot = sound.fixture?.snapshot(at: Sample.start)
        let boss = snapshot?.user(userPrincipalName: "b@acme.example")?.id
        #expect(snapshot?.user(userPrincipalName: "a@acme.example")?.manager == boss)
        #expect(
            check("c@acme.example").problems.map(\.text) == [
                "users.jsonl:1:1: manager: no user \"c@acme.example\""
            ])
    }

    @Test("derives ids from the tenant's seed and the natural name, and takes those given")
    func identifiers() throws {
        let id = "12345678-1234-4234-8234-123456789abc"
        let text = Self.tenant(
            "\"seed\": 5, \"users\": [{\"userPrincipalName\": \"a@acme.example\", \"id\": \"\(id)\"}, {\"userPrincipalName\": \"b@acme.example\"}]"
        )
        let first = try #require(check(text).fixture).snapshot(at: Sample.start)
        #expect(first.user(userPrincipalName: "a@acme.example")?.id.description == id)
        let derived = first.user(userPrincipalName: "b@acme.example")?.id
        #expect(derived == UserID(GUID(seed: 5, name: "user/b@acme.example")))
    }

    @Test("gives people without a password the tenant's, unless it is null")
    func passwords() throws {
        let text = Self.tenant(
            """
            "defaultPassword": "Standard!", "users": [
              {"userPrincipalName": "a@acme.example"},
              {"userPrincipalName": "b@acme.example", "passwordProfile": {"password": "Own!"}},
              {"userPrincipalName": "c@acme.example", "passwordProfile": {"password": null}}]
            """)
        let snapshot = try #require(check(text).fixture).snapshot(at: Sample.start)
        #expect(snapshot.users.map(\.credential.password) == ["Standard!", "Own!", nil])
    }

    @Test("puts the client id in an identifier URI, and lets secrets live until 2299")
    func application() throws {
        let text = Self.tenant(
            """
            "applications": [{"displayName": "Shop", "identifierUris": ["api://{appId}/x"],
              "passwordCredentials": [{"secretText": "abc"}]}]
            """)
        let snapshot = try #require(check(text).fixture).snapshot(at: Sample.start)
        let shop = try #require(snapshot.applications.first)
        #expect(shop.identifierURIs == ["api://\(shop.appID)/x"])
        #expect(shop.passwordCredentials.first?.endsAt.iso8601 == "2299-12-31T00:00:00Z")
    }
}
