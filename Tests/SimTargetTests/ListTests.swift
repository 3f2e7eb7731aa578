import SimCore
import SimSCIM
import SimTarget
import Testing

@Suite("Lists and pages — RFC 7644 §3.4.2; gallery tests 23, 24")
struct ListTests {
    private func team(of count: Int) throws -> TestApp {
        let app = try TestApp()
        for number in 1...count {
            _ = try app.user(
                "u\(number)@x",
                #""title":"\#(number % 2 == 0 ? "even" : "Odd")","active":\#(number != 3)"#)
        }
        return app
    }

    private func numbers(_ answer: Answer) -> String {
        answer.resources.map {
            ($0["userName"]?.stringValue ?? "").filter(\.isNumber)
        }.joined(separator: " ")
    }

    /// The app's page limit is six; a page nobody sized holds three.
    @Test(
        "of eleven people",
        arguments: [
            ("startIndex=1&count=5", "1 2 3 4 5", 1), ("startIndex=6&count=5", "6 7 8 9 10", 6),
            ("startIndex=11&count=5", "11", 11), ("startIndex=12&count=5", "", 12),
            ("count=5", "1 2 3 4 5", 1), ("", "1 2 3", 1), ("startIndex=0&count=2", "1 2", 1),
            ("startIndex=-4&count=2", "1 2", 1), ("count=0", "", 1), ("count=-1", "", 1),
            ("count=6", "1 2 3 4 5 6", 1), ("count=7", "1 2 3 4 5 6", 1),
            ("startIndex=9223372036854775807&count=9223372036854775807", "", Int64.max),
            ("filter=title+eq+%22EVEN%22&count=2&startIndex=2", "4 6", 2),
            ("filter=active+eq+%22False%22", "3", 1),
            ("filter=userName+sw+%22U1%22&count=6", "1 10 11", 1),
            ("filter=userName+eq+%22u2@x%22+and+title+eq+%22odd%22", "", 1),
            ("filter=userName+eq+%22u2@x%22+or+userName+eq+%22u4@x%22", "2 4", 1),
            ("sortBy=userName&count=4", "10 11 1 2", 1),
            ("sortBy=userName&sortOrder=descending&count=3", "9 8 7", 1),
            ("sortBy=title&count=6", "2 4 6 8 10 1", 1),
            ("sortBy=nickName&count=2", "1 2", 1),
        ])
    func pages(_ query: String, _ expected: String, _ startIndex: Int64) throws {
        let answer = try team(of: 11).scim("GET /Users?\(query)")
        #expect(answer.status == 200)
        #expect(numbers(answer) == expected)
        #expect(answer.json["startIndex"]?.intValue == startIndex)
        #expect(answer.json["itemsPerPage"]?.intValue == Int64(answer.resources.count))
        if !query.contains("filter") { #expect(answer.total == 11) }
    }

    @Test("stay in the order of creation when people leave")
    func order() throws {
        let app = try team(of: 5)
        for name in ["u2@x", "u4@x"] {
            let id = app.app.snapshot.userID(named: name) ?? ""
            #expect(app.scim("DELETE /Users/\(id)").status == 204)
        }
        _ = try app.user("u6@x")
        #expect(numbers(app.scim("GET /Users?count=6")) == "1 3 5 6")
    }

    @Test("can be asked for by POST")
    func search() throws {
        let answer = try team(of: 4).scim(
            "POST /Users/.search",
            #"""
            {"schemas":["\#(SCIMURN.searchRequest)"],"filter":"title eq \"even\"",
            "startIndex":2,"count":1,"attributes":["userName"]}
            """#)
        #expect(answer.total == 2)
        #expect(numbers(answer) == "4")
        #expect(answer.resources.first?.objectValue?.names == ["schemas", "id", "userName"])
    }

    @Test("of groups and of nothing")
    func groups() throws {
        let app = try TestApp()
        #expect(app.scim("GET /Groups").total == 0)
        for number in 1...4 { _ = try app.group("g\(number)") }
        let answer = app.scim("GET /Groups?startIndex=2&count=2")
        #expect(answer.resources.map { $0["displayName"] } == ["g2", "g3"])
        #expect(answer.total == 4)
    }

    @Test("the same seed gives the same ids")
    func ids() throws {
        #expect(try TestApp().user("a") == (try TestApp().user("a")))
    }

    @Test("discovery names what the endpoint has")
    func discovery() throws {
        let app = try TestApp()
        let schemas = app.scim("GET /Schemas")
        #expect(schemas.total == 3)
        #expect(schemas.resources.first?["id"]?.stringValue == SCIMURN.user)
        let one = app.scim("GET /Schemas/\(SCIMURN.enterpriseUser)")
        #expect(one.json["name"] == "EnterpriseUser")
        let types = app.scim("GET /ResourceTypes")
        #expect(types.resources.map { $0["endpoint"] } == ["/Users", "/Groups"])
        #expect(app.scim("GET /ResourceTypes/user").json["schema"]?.stringValue == SCIMURN.user)
        let config = app.scim("GET /ServiceProviderConfig").json
        #expect(config["patch"]?["supported"] == true)
        #expect(config["bulk"]?["supported"] == false)
        #expect(config["filter"]?["maxResults"] == 6)
    }
}
