import SimCore
import SimHTTP
import Testing

@testable import SimProvisioning

@Suite("Matching by query — provisioning.md §1.7")
struct MatchingTests {
    struct Outcome: CustomTestStringConvertible, Sendable {
        let name: String
        let response: HTTPResponse
        let row: String
        let writes: [HTTPMethod]

        var testDescription: String { name }
    }

    static let adopted: JSONObject = [
        "id": "7", "userName": "ada@fabrikam.example", "active": true,
        "displayName": "Ada Moss", "externalId": "ada",
        "name": ["givenName": "Ada", "familyName": "Moss", "formatted": "Ada Moss"],
        "emails": [["type": "work", "value": "ada@fabrikam.example"]],
    ]

    static func json(_ value: JSONValue) -> HTTPResponse { HTTPResponse(json: value) }

    static let outcomes = [
        Outcome(
            name: "nobody found: created", response: TinyTarget.listResponse([]),
            row: "create success Ada Moss", writes: [.post]),
        Outcome(
            name: "one found with the same values: linked, nothing sent",
            response: TinyTarget.listResponse([adopted]),
            row: "other skipped Ada Moss (RedundantExport)", writes: []),
        Outcome(
            name: "two found: DuplicateTargetEntries",
            response: TinyTarget.listResponse([["id": "7"], ["id": "8"]]),
            row: "other failure Ada Moss (DuplicateTargetEntries)", writes: []),
        Outcome(
            name: "one without an id: incompatible",
            response: TinyTarget.listResponse([["userName": "ada@fabrikam.example"]]),
            row: "other failure Ada Moss "
                + "(SystemForCrossDomainIdentityManagementServiceIncompatible)", writes: []),
        Outcome(
            name: "a page of HTML: incompatible",
            response: HTTPResponse(html: "<h1>hello</h1>"),
            row: "other failure Ada Moss "
                + "(SystemForCrossDomainIdentityManagementServiceIncompatible)", writes: []),
        Outcome(
            name: "a bare list: incompatible", response: json([]),
            row: "other failure Ada Moss "
                + "(SystemForCrossDomainIdentityManagementServiceIncompatible)", writes: []),
        Outcome(
            name: "too many requests: tried again", response: HTTPResponse(status: 429),
            row: "other failure Ada Moss (TooManyRequests)", writes: []),
    ]

    @Test("the answer decides", arguments: outcomes)
    func answer(_ outcome: Outcome) throws {
        var directory = TestDirectory()
        directory.addUser("ada")
        var bench = Bench(directory)
        let response = outcome.response
        bench.target.rule = { request in
            TinyTarget.filter(request)?.value == "ada@fabrikam.example" ? .success(response) : nil
        }
        try bench.cycle()
        #expect(bench.rowTexts == [outcome.row])
        #expect(bench.target.writes.map(\.method) == outcome.writes)
    }

    @Test("404 to a query breaks the contract: the cycle ends in quarantine")
    func notFoundFilter() throws {
        var directory = TestDirectory()
        directory.addUser("ada")
        var bench = Bench(directory)
        bench.target.rule = { request in
            TinyTarget.filter(request)?.value.contains("@") == true
                ? .success(HTTPResponse(status: 404)) : nil
        }
        let summary = try bench.cycle()
        #expect(summary?.result == .failed)
        #expect(summary?.error?.message.hasPrefix("An HTTP/404 Not Found response") == true)
        #expect(bench.state.statusCode == .quarantine)
        #expect(bench.state.quarantine?.reason == .encounteredQuarantineException)
        #expect(bench.state.watermark == nil)
        #expect(bench.rows.isEmpty)
    }

    @Test("an account found with other values gets the differences")
    func adoptWithDifferences() throws {
        var directory = TestDirectory()
        directory.addUser("ada")
        var bench = Bench(directory)
        bench.target.put(
            user: ["userName": "ADA@fabrikam.example", "displayName": "A. Moss", "active": true],
            id: "7")
        try bench.cycle()
        #expect(bench.target.writes.map(\.target) == ["/scim/Users/7"])
        #expect(!bench.write.contains("userName"), "differs by case only")
        #expect(bench.rowTexts == ["update success Ada Moss"])
    }

    @Test(
        "a create whose answer was lost is found by query and adopted, but for movers and leavers",
        arguments: ["nothing", "a new name", "a leaver"])
    func lostAnswer(happening: String) throws {
        var directory = TestDirectory()
        directory.addUser("ada")
        var bench = Bench(directory)
        bench.target.rule = { $0.method == .post ? .failure(.reset) : nil }
        try bench.cycle()
        #expect(bench.state.links.isEmpty)
        // It was made all the same.
        bench.target.put(
            user: ["userName": "ada@fabrikam.example", "displayName": "Ada Moss", "active": true],
            id: "7")
        bench.target.rule = nil
        switch happening {
        case "a new name":
            bench.directory.set("ada", "userPrincipalName", "ada2@fabrikam.example")
        case "a leaver": bench.directory.unassign("ada")
        case _: break
        }
        try bench.cycle()
        let link = bench.state.links[.user(TestDirectory.userID("ada"))]?.target
        let isMade = bench.target.writes.contains { $0.method == .post }
        switch happening {
        case "a new name": #expect(isMade && link != "7" && bench.target.users.count == 2)
        case "a leaver":
            #expect(bench.target.writes.isEmpty && link == nil)
            #expect(bench.target.users["7"]?["active"] == true)
        case _: #expect(!isMade && link == "7" && bench.target.users.count == 1)
        }
    }

    @Test("a cached id the target forgot is matched again and created — §1.10")
    func staleAnchor() throws {
        var directory = TestDirectory()
        directory.addUser("ada")
        var bench = Bench(directory)
        try bench.cycle()
        bench.target.removeUser("u-ada")
        bench.directory.set("ada", "jobTitle", "Engineer")
        try bench.cycle()
        #expect(bench.rowTexts == ["create success Ada Moss"])
        #expect(bench.target.calls.map(\.method) == [.get, .get, .get, .get, .post])
    }

    @Test("with the setting, a stale id is InvalidAnchor")
    func invalidAnchor() throws {
        var directory = TestDirectory()
        directory.addUser("ada")
        var bench = Bench(directory)
        bench.settings.staleAnchor = .invalidAnchor
        try bench.cycle()
        bench.target.removeUser("u-ada")
        bench.directory.set("ada", "jobTitle", "Engineer")
        try bench.cycle()
        #expect(bench.rowTexts == ["other failure Ada Moss (InvalidAnchor)"])
    }

    @Test("a group read that returns members despite the exclusion fails")
    func excludedMembers() throws {
        var directory = TestDirectory()
        directory.addGroup("Builders")
        var bench = Bench(directory)
        try bench.cycle()
        bench.directory.rename("Builders", "Makers")
        bench.target.rule = { request in
            request.target.hasPrefix("/scim/Groups/g-Builders")
                ? .success(
                    HTTPResponse(json: ["id": "g-Builders", "members": [["value": "u-1"]]]))
                : nil
        }
        try bench.cycle()
        #expect(
            bench.rowTexts == [
                "other failure Makers "
                    + "(SystemForCrossDomainIdentityManagementMultipleEntriesInResponse)"
            ])
    }
}
