import EntraSim
import SimCore
import SimCrypto
import SimHTTP
import Testing

/// A running simulator of one test with a browser in front of it.
final class Scene {
    static let start = "2026-01-05T08:00:00Z"
    static let password = "Fixture-Only-2026!"

    let simulator: Simulator
    let browser: Browser

    var directory: Simulator.Directory { simulator.directory }
    var clock: Simulator.Clock { simulator.clock }
    var journal: Simulator.Journal { simulator.journal }

    /// - Parameter earlier: a scene whose browser is used on.
    init(
        after earlier: Browser? = nil, _ change: (inout SimulatorConfiguration) -> Void = { _ in }
    ) throws {
        var configuration = SimulatorConfiguration()
        configuration.seed = 11
        configuration.clock = .frozen(at: Self.start)
        change(&configuration)
        simulator = Simulator(configuration)
        try simulator.start()
        browser = try Browser(simulator, after: earlier)
    }

    deinit { simulator.stop() }

    func provisioning(_ app: String) -> Simulator.Provisioning { simulator.provisioning(of: app) }

    // MARK: Sample apps

    /// The page of a sample app as people see it.
    func team(_ app: String, _ query: String = "") async throws -> TeamView {
        let page = try await browser.get("/apps/\(app)/\(query)")
        #expect(page.status == 200)
        return TeamView(page: page)
    }

    /// Everything a SCIM list has, by the sample app's own key.
    func resources(_ app: String, _ kind: String, token: String) async throws -> [JSONObject] {
        let base = app == "claras" ? "/apps/claras/api/scim/v2" : "/apps/\(app)/scim/v2"
        let answer = try await browser.get(
            "\(base)/\(kind)?count=200", ["Authorization": "Bearer \(token)"])
        #expect(answer.status == 200)
        return try answer.json["Resources"]?.arrayValue?.compactMap(\.objectValue) ?? []
    }

    /// What went to targets after a journal number.
    func sent(after number: Int, _ methods: String...) -> [Exchange] {
        journal.exchanges(after: number).filter {
            $0.direction == .outbound && (methods.isEmpty || methods.contains($0.method))
        }
    }
}

/// A sample app's page, read from its markup.
struct TeamView {
    struct Person: Hashable {
        let name: String
        let email: String
        let role: String
        let groups: [String]
        let isArchived: Bool
    }

    let page: HTTPResponse
    let people: [Person]
    /// Members by group.
    let groups: [String: Int]

    init(page: HTTPResponse) {
        self.page = page
        people = page.text.section("people").pieces(after: "<tr").compactMap { row in
            guard let who = row.pieces(after: "class=\"who\">").first else { return nil }
            func cell(_ label: String) -> String {
                row.pieces(after: "data-label=\"\(label)\">").first?.before("</td>") ?? ""
            }
            return Person(
                name: who.before("<"), email: cell("E-mail").plain, role: cell("Role").plain,
                groups: cell("Groups").pieces(after: "<li>").map { $0.before("</li>") },
                isArchived: cell("State").plain == "Archived")
        }
        var groups: [String: Int] = [:]
        for row in page.text.section("groups").pieces(after: "<tr>") {
            guard let name = row.pieces(after: "<th scope=\"row\">").first?.before("</th>"),
                let count = row.pieces(after: "data-label=\"Members\">").first?.before("</td>")
            else { continue }
            groups[name] = Int(count)
        }
        self.groups = groups
    }

    func person(_ email: String) throws -> Person {
        try #require(people.first { $0.email == email }, "no \(email) on the page")
    }
}

extension String {
    fileprivate func section(_ id: String) -> String {
        pieces(after: "<section id=\"\(id)\"").first?.before("</section>") ?? ""
    }
}
