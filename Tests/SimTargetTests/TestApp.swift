import SimCore
import SimHTTP
import SimSCIM
import SimTarget
import Testing

/// A sample app with a client in front of it that speaks request texts.
struct TestApp {
    static let start = Timestamp(seconds: 1_767_600_000)
    static let fullToken = "full-token"
    static let readToken = "read-token"

    let app: SampleApp
    let random: SeededRandom
    let token: String

    init(
        _ fixture: String = TestApp.fixture, name: String = "demo", token: String = fullToken,
        journal: (any SampleAppJournal)? = nil
    ) throws {
        random = SeededRandom(seed: 7)
        self.token = token
        app = SampleApp(
            try SampleAppConfiguration(name: name, file: "demo.json", bytes: Array(fixture.utf8)),
            random: random, journal: journal)
    }

    /// The rules of Claras, with pages of at most six.
    static let fixture = #"""
        {"displayName":"Demo","scimPath":"/scim/v2","pageLimit":6,
        "scopes":[{"name":"scim.full"},{"name":"read"}],"scimScope":"scim.full",
        "keys":[{"name":"full","value":"full-token","scopes":["scim.full"]},
                {"name":"read","value":"read-token","scopes":["read"]},
                {"name":"none","value":"bare-token"}],
        "roles":{"ranks":["owner","manager","adviser","assistant"],
        "groups":[{"group":"owners","role":"owner"},{"group":"managers","role":"manager"},
                  {"group":"assistants","role":"assistant"}],
        "default":"adviser","withoutGroup":"keeps","neverLowered":["owner"]}}
        """#

    /// Performs `GET /Users?…` or `PATCH /Users/1` with a body, below the SCIM base.
    @discardableResult
    func scim(
        _ line: String, _ body: String? = nil, headers: HTTPHeaders = [:],
        at now: Timestamp = start
    ) -> Answer {
        var request = request(line, body)
        for field in headers.fields { request.headers.set(field.name, field.value) }
        return Answer(app.handle(request, now: now, random: random))
    }

    /// `GET /Users?…` or `PATCH /Users/1` with a body, below the SCIM base, with the token.
    func request(_ line: String, _ body: String? = nil) -> HTTPRequest {
        let parts = line.split(separator: " ", maxSplits: 1)
        var request = HTTPRequest(
            method: HTTPMethod(rawValue: String(parts[0])),
            target: "/apps/demo/scim/v2\(parts[1])",
            headers: ["Host": "localhost:8443", "Authorization": "Bearer \(token)"],
            body: Array((body ?? "").utf8))
        if body != nil { request.headers.append("Content-Type", "application/scim+json") }
        return request
    }

    /// Performs a request on the page.
    func page(
        _ line: String, _ form: String? = nil, headers: HTTPHeaders = [:],
        at now: Timestamp = start
    ) -> Answer {
        let parts = line.split(separator: " ", maxSplits: 1)
        var request = HTTPRequest(
            method: HTTPMethod(rawValue: String(parts[0])), target: "/apps/demo\(parts[1])",
            headers: ["Host": "localhost:8443"], body: Array((form ?? "").utf8))
        if form != nil {
            request.headers.append("Content-Type", "application/x-www-form-urlencoded")
        }
        for field in headers.fields { request.headers.set(field.name, field.value) }
        return Answer(app.handle(request, now: now, random: random))
    }

    /// Creates a user; gives its id.
    func user(_ name: String, _ more: String = "", at now: Timestamp = start) throws -> String {
        let extra = more.isEmpty ? "" : ",\(more)"
        let answer = scim(
            "POST /Users", #"{"schemas":["\#(SCIMURN.user)"],"userName":"\#(name)"\#(extra)}"#,
            at: now)
        try #require(answer.status == 201, "\(answer.text)")
        return try #require(answer.json["id"]?.stringValue)
    }

    /// Creates a group; gives its id.
    func group(_ name: String, members: [String] = []) throws -> String {
        let list = members.map { #"{"value":"\#($0)"}"# }.joined(separator: ",")
        let answer = scim(
            "POST /Groups",
            #"{"schemas":["\#(SCIMURN.group)"],"displayName":"\#(name)","members":[\#(list)]}"#)
        try #require(answer.status == 201, "\(answer.text)")
        return try #require(answer.json["id"]?.stringValue)
    }

    func patch(_ path: String, _ operations: String, at now: Timestamp = start) -> Answer {
        scim(
            "PATCH \(path)",
            #"{"schemas":["\#(SCIMURN.patchOp)"],"Operations":[\#(operations)]}"#, at: now)
    }

    func role(_ id: String) -> String? { app.snapshot.users[id]?.detail.role }

    func members(_ group: String) -> [String] {
        app.snapshot.groups[group].map { Array($0.detail.ids) } ?? []
    }

    /// The form token as the page shows it.
    func formToken() throws -> String {
        let text = page("GET /").text
        let mark = #"name="token" value=""#
        let start = try #require(text.firstRange(of: mark)).upperBound
        return String(text[start...].prefix { $0 != "\"" })
    }
}

/// A response as a test reads it.
struct Answer {
    let response: HTTPResponse
    let json: JSONValue

    init(_ response: HTTPResponse) {
        self.response = response
        json = (try? JSONValue(parsing: response.body)) ?? .null
    }

    var status: Int { response.status }
    var text: String { String(decoding: response.body, as: UTF8.self) }
    var keyword: String? { json["scimType"]?.stringValue }
    var total: Int64? { json["totalResults"]?.intValue }
    var resources: [JSONValue] { json["Resources"]?.arrayValue ?? [] }
}
