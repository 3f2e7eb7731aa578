import SimCore
import SimHTTP
import Testing

@testable import EntraSim

@Suite("The switches of an app's defects")
struct DefectSwitchTests {
    private static let users = "/apps/claresia/scim/v2/Users"
    private static let key: HTTPHeaders = ["Authorization": "Bearer claresia-demo-scim-token"]

    private func states(_ running: Running) throws -> [String] {
        let services = running.simulator.services
        let app = try #require(services.sampleApps.app(named: "claresia"))
        return DefectiveApp(app: app, services: services).states(at: services.clock.now).map {
            "\($0.name.rawValue) \($0.rate)\($0.note.isEmpty ? "" : " \($0.note)")"
        }
    }

    @Test("by the control API: on with conditions, listed, off one by one and all")
    func controlAPI() async throws {
        let running = try Running()
        let control: HTTPHeaders = [
            "Authorization":
                "Bearer \(try #require(running.simulator.ready["controlToken"]?.stringValue))"
        ]
        let path = "/sim/v1/targets/Claresia/defects"
        let on = try await running.send(
            .put, "\(path)/lost-writes", control, json: #"{"rate":0.5,"operation":"create"}"#
        ).get()
        #expect(on.status == 200 && on.json?["on"] == true)
        _ = try await running.send(.put, "\(path)/garbage", control, json: "{}").get()
        #expect(try states(running) == ["lost-writes 0.5 create", "garbage 1.0"])
        let list = try await running.get(path, control).json?["value"]?.arrayValue ?? []
        #expect(list.count == AppDefect.Name.allCases.count)
        #expect(list.count { $0["on"] == true } == 2)
        let wrong = try await running.send(.put, "\(path)/garbag", control, json: "{}").get()
        #expect(wrong.status == 400 && wrong.text.contains("did you mean 'garbage'?"))
        let off = try await running.send(.delete, "\(path)/garbage", control).get()
        #expect(off.status == 204)
        let again = try await running.send(.delete, "\(path)/garbage", control).get()
        #expect(again.status == 404)
        let nobody = try await running.get("/sim/v1/targets/clares/defects", control)
        #expect(nobody.status == 404)
        _ = try await running.send(.delete, path, control).get()
        #expect(try states(running).isEmpty)
    }

    @Test("by the page's form, which keeps the conditions of what it does not change")
    func page() async throws {
        let running = try Running()
        try running.simulator.faults.turnOn(
            "throttled", of: "Claresia", #"{"operation":"create","rate":0.5}"#)
        let page = try await running.get("/apps/claresia/").text
        #expect(page.contains(#"value="throttled" checked"#) && page.contains("(create)"))
        let mark = #"name="token" value=""#
        let token = page[try #require(page.firstRange(of: mark)).upperBound...].prefix {
            $0 != "\""
        }
        func save(_ rest: String) async throws -> HTTPResponse {
            try await running.send(
                .post, "/apps/claresia/defects", form: "token=\(token)&\(rest)"
            ).get()
        }
        let saved = try await save("on=throttled&rate-throttled=50&on=garbage&rate-garbage=25")
        #expect(saved.status == 303)
        #expect(try states(running) == ["throttled 0.5 create", "garbage 0.25"])
        #expect(try await save("on=garbage&rate-garbage=0").status == 422)
        #expect(try await save("on=garbag").status == 422)
        #expect(try await save("").status == 303)
        #expect(try states(running).isEmpty)
        let forged = try await running.send(
            .post, "/apps/claresia/defects", form: "token=x&on=garbage"
        ).get()
        #expect(forged.status == 403)
    }

    @Test("hold for any client, for one request by a header, and not for refused keys")
    func anyClient() async throws {
        let running = try Running()
        try running.simulator.faults.turnOn("server-errors", of: "claresia")
        #expect(try await running.get(Self.users, Self.key).status == 500)
        #expect(try await running.get(Self.users).status == 401)
        #expect(try await running.get("/apps/claras/api/scim/v2/Users").status == 401)
        #expect(try await running.get("/apps/claresia/").status == 200)
        try running.simulator.faults.turnOff(nil, of: "claresia")
        var headers = Self.key
        headers.append("x-entra-sim-fault", "defect=unavailable; retryAfter=9s")
        let once = try await running.get(Self.users, headers)
        #expect(once.status == 503 && once.headers["Retry-After"] == "9")
        #expect(try await running.get(Self.users, Self.key).status == 200)
    }

    @Test(
        "an ordinary rule at the app goes first; with a delivery fault the app's defects show too")
    func twoAtOnce() async throws {
        let running = try Running()
        try running.simulator.faults.turnOn("no-total-results", of: "claresia")
        let wrong = #"{"where":"apps","what":{"contentType":"text/css"}}"#
        try running.simulator.faults.add(wrong)
        let list = try await running.get(Self.users, Self.key)
        #expect(list.headers["Content-Type"] == "text/css")
        #expect(list.json?["Resources"] != nil && list.json?["totalResults"] == nil)
        try running.simulator.faults.clear()
        try running.simulator.faults.add(#"{"where":"apps","what":{"status":418}}"#)
        try running.simulator.faults.turnOn("server-errors", of: "claresia")
        #expect(try await running.get(Self.users, Self.key).status == 418)
    }

    @Test("a rule for one person strikes her calls by id too")
    func onePerson() async throws {
        let running = try Running()
        try await running.simulator.provisioning(of: "Claresia").runCycle()
        let name = "adele.vance@contoso.example"
        try running.simulator.faults.turnOn(
            "server-errors", of: "claresia", #"{"user":"\#(name)"}"#)
        let list = try await running.get(Self.users + "?count=100", Self.key)
        #expect(list.status == 200)
        let people = list.json?["Resources"]?.arrayValue ?? []
        var failing: [String?] = []
        for person in people {
            let id = person["id"]?.stringValue ?? ""
            let answer = try await running.get("\(Self.users)/\(id)", Self.key)
            if answer.status == 500 { failing.append(person["userName"]?.stringValue) }
        }
        #expect(failing == [name])
    }
}
