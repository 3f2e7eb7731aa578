import SimCore
import SimHTTP
import SimSCIM
import SimTarget
import Testing

@Suite("A sample app with a defect")
struct DefectTests {
    private static let person = #"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"#

    /// One call under these defects.
    private func call(
        _ app: TestApp, _ line: String, _ body: String? = nil, _ defects: AppDefect...
    ) -> Answer {
        Answer(
            app.app.answer(
                app.request(line, body), now: TestApp.start, random: app.random, defects: defects
            ).response)
    }

    private func post(_ app: TestApp, _ name: String, _ defects: AppDefect...) -> Answer {
        Answer(
            app.app.answer(
                app.request("POST /Users", Self.person + #""userName":"\#(name)"}"#),
                now: TestApp.start, random: app.random, defects: defects
            ).response)
    }

    @Test(
        "answers instead of doing, and does nothing",
        arguments: [
            (.throttled, 429), (.serverErrors, 500), (.unavailable, 503), (.droppedCalls, 503),
            (.loginPage, 200),
        ] as [(AppDefect.Name, Int)])
    func instead(name: AppDefect.Name, status: Int) throws {
        let app = try TestApp()
        let answer = post(app, "ada", AppDefect(name))
        #expect(answer.status == status)
        #expect(app.app.summary.users == 0)
        #expect((answer.response.delivery == [.reset]) == (name == .droppedCalls))
        #expect(answer.text.hasPrefix("<!doctype") == (name == .loginPage))
        let marks = app.app.latestTraffic.first?.defects
        #expect(marks == [name])
    }

    @Test("says when to come back, in either form")
    func retryAfter() throws {
        let app = try TestApp()
        func field(_ defect: AppDefect) -> String? {
            call(app, "GET /Users", nil, defect).response.headers["Retry-After"]
        }
        #expect(field(AppDefect(.throttled)) == "30")
        #expect(field(AppDefect(.throttled, retryAfter: .seconds(5))) == "5")
        #expect(field(AppDefect(.unavailable)) == nil)
        #expect(
            field(AppDefect(.unavailable, retryAfter: .date(.seconds(60))))
                == (TestApp.start + .seconds(60)).httpDate)
    }

    @Test("does not show it to a key that may not call")
    func refusedKey() throws {
        let app = try TestApp(token: TestApp.readToken)
        #expect(call(app, "GET /Users", nil, AppDefect(.serverErrors)).status == 403)
        #expect(app.app.latestTraffic.first?.defects == [])
    }

    @Test("finds the wrong people")
    func queries() throws {
        let app = try TestApp()
        let ada = try app.user("Ada@x")
        _ = try app.user("bob@x", #""active":false"#)
        let filter = "GET /Users?filter=userName+eq+%22ada@x%22"
        func total(_ defect: AppDefect.Name, _ line: String = filter) -> Int64? {
            call(app, line, nil, AppDefect(defect)).total
        }
        #expect(total(.ignoredFilter) == 2 && total(.blindFilters) == 0)
        #expect(total(.caseSensitiveNames) == 0)
        #expect(total(.caseSensitiveNames, "GET /Users?filter=userName+eq+%22Ada@x%22") == 1)
        #expect(
            total(.hiddenInactive, "GET /Users") == 1 && total(.blindFilters, "GET /Users") == 2)
        let twice = call(app, filter, nil, AppDefect(.duplicateResults))
        #expect(twice.total == 2 && twice.resources.count == 2)
        #expect(twice.resources.first?["id"] == .string(ada))
        #expect(twice.resources.last?["id"] != .string(ada))
        let nobody = "GET /Users?filter=userName+eq+%22nobody%22"
        #expect(call(app, nobody, nil, AppDefect(.notFoundFilters)).status == 404)
        #expect(call(app, filter, nil, AppDefect(.notFoundFilters)).total == 1)
        #expect(total(.noTotalResults) == nil)
        #expect(call(app, filter, nil, AppDefect(.bareLists)).json.arrayValue?.count == 1)
    }

    @Test("hides whom it has archived, but changes them")
    func hidden() throws {
        let app = try TestApp()
        let id = try app.user("ada", #""active":false"#)
        #expect(call(app, "GET /Users/\(id)", nil, AppDefect(.hiddenInactive)).status == 404)
        let patch = #"{"Operations":[{"op":"replace","path":"active","value":true}]}"#
        let answer = call(app, "PATCH /Users/\(id)", patch, AppDefect(.hiddenInactive))
        #expect(answer.status == 200 && app.app.summary.active == 1)
    }

    @Test("creates a second one where the name is taken; a query then finds both")
    func doubleCreates() throws {
        let app = try TestApp()
        let first = try app.user("ada")
        #expect(post(app, "ADA").status == 409)
        let second = post(app, "ADA", AppDefect(.doubleCreates))
        #expect(second.status == 201 && app.app.summary.users == 2)
        let query = "GET /Users?filter=userName+eq+%22ada%22"
        #expect(app.scim(query).total == 2)
        // Healed, and one of them removed: the other is found, and its name is still taken.
        #expect(app.scim("DELETE /Users/\(first)").status == 204)
        #expect(app.scim(query).total == 1 && post(app, "ada").status == 409)
    }

    @Test("loses a write, and answers as if it were done")
    func lostWrites() throws {
        let app = try TestApp()
        let created = post(app, "ada", AppDefect(.lostWrites))
        #expect(created.status == 201 && created.json["userName"] == "ada")
        #expect(app.app.summary.users == 0)
        let id = try app.user("ada")
        let gone = call(app, "DELETE /Users/\(id)", nil, AppDefect(.lostWrites))
        #expect(gone.status == 204 && app.app.summary.users == 1)
        #expect(call(app, "GET /Users/\(id)", nil, AppDefect(.lostWrites)).status == 200)
    }

    @Test("does a write and does not say so, or says it late")
    func answers() throws {
        let app = try TestApp()
        #expect(post(app, "ada", AppDefect(.lostAnswers)).response.delivery == [.reset])
        let slow = AppDefect(.slowWrites, delay: .seconds(3))
        #expect(post(app, "bob", slow).response.delivery == [.wait(.seconds(3)), .rest])
        #expect(app.app.summary.users == 2)
        // A refusal is no write that was done.
        #expect(post(app, "bob", AppDefect(.lostAnswers)).response.delivery == [])
        #expect(call(app, "GET /Users", nil, slow).response.delivery == [])
    }

    @Test("refuses what Entra sends by default, and takes what it sends with its flag")
    func picky() throws {
        let app = try TestApp()
        let id = try app.user("ada")
        func patch(_ operation: String, _ defect: AppDefect.Name) -> Int {
            call(
                app, "PATCH /Users/\(id)", #"{"Operations":[\#(operation)]}"#, AppDefect(defect)
            ).status
        }
        let text = #"{"op":"replace","path":"active","value":"False"}"#
        #expect(patch(text, .refusedStringBooleans) == 400)
        #expect(
            patch(#"{"op":"replace","value":{"active":"false"}}"#, .refusedStringBooleans) == 400)
        #expect(patch(#"{"op":"replace","value":{"active":false}}"#, .refusedStringBooleans) == 200)
        #expect(patch(#"{"op":"Replace","path":"title","value":"x"}"#, .refusedCapitalOps) == 400)
        #expect(patch(text, .refusedCapitalOps) == 200)
        #expect(patch(text, .refusedGroupPatch) == 200)
        let group = try app.group("g")
        let answer = call(app, "PATCH /Groups/\(group)", "{}", AppDefect(.refusedGroupPatch))
        #expect(answer.status == 405 && answer.response.headers["Allow"] == "GET, PUT, DELETE")
    }

    @Test("removes everybody when asked to remove one")
    func wiped() throws {
        let app = try TestApp()
        let (ada, bob) = (try app.user("ada"), try app.user("bob"))
        let group = try app.group("g", members: [ada, bob])
        let remove = #"{"Operations":[{"op":"remove","path":"members[value eq \"\#(ada)\"]"}]}"#
        #expect(
            call(app, "PATCH /Groups/\(group)", remove, AppDefect(.wipedMembers)).status == 204)
        #expect(app.members(group).isEmpty)
    }

    @Test("answers in a form nobody asked for")
    func looks() throws {
        let app = try TestApp()
        let id = try app.user("ada")
        func read(_ defect: AppDefect.Name, _ path: String? = nil) -> Answer {
            call(app, "GET \(path ?? "/Users/\(id)")", nil, AppDefect(defect))
        }
        #expect(read(.missingID).json["id"] == nil && read(.missingID).json["userName"] == "ada")
        #expect(read(.missingID, "/Users").resources.first?["id"] == nil)
        #expect(read(.changedID).json["id"] != .string(id))
        #expect(read(.stringBooleans).json["active"] == "True")
        #expect(
            read(.wrongContentType).response.headers["Content-Type"]?.hasPrefix("text/") == true)
        #expect(read(.garbage).json == .null && !read(.garbage).text.isEmpty)
        let page = read(.htmlErrors, "/Users/nobody")
        #expect(page.status == 404 && page.text.hasPrefix("<!doctype"))
        #expect(read(.htmlErrors).json["userName"] == "ada")
    }

    @Test("keeps several at once")
    func several() throws {
        let app = try TestApp()
        _ = try app.user("ada")
        let answer = call(
            app, "GET /Users?filter=userName+eq+%22ada%22", nil, AppDefect(.duplicateResults),
            AppDefect(.noTotalResults), AppDefect(.missingID), AppDefect(.wrongContentType))
        #expect(answer.total == nil && answer.resources.count == 2)
        #expect(answer.resources.allSatisfy { $0["id"] == nil })
    }
}
