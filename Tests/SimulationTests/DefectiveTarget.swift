import SimCore
import SimHTTP
import SimTarget
import Synchronization

/// A sample app whose calls go wrong at random while it is ill, and which counts who was created.
final class DefectiveTarget {
    /// Defects after which the service can still know, or find out, what is true. Left out are the
    /// lies nobody could see through: a write that is acknowledged and not done, an answer that
    /// names somebody else, a second account where the name is taken.
    static let honest: [AppDefect.Name] = [
        .throttled, .serverErrors, .unavailable, .droppedCalls, .lostAnswers, .garbage,
        .duplicateResults, .notFoundFilters, .blindFilters, .hiddenInactive, .noTotalResults,
        .bareLists, .missingID, .stringBooleans, .wrongContentType, .htmlErrors,
        .refusedStringBooleans, .refusedCapitalOps, .refusedGroupPatch, .loginPage,
    ]
    static let token = "demo-token"
    static let fixture = #"""
        {"displayName":"Demo","scopes":[{"name":"scim"}],"scimScope":"scim",
        "keys":[{"name":"k","value":"demo-token","scopes":["scim"]}],
        "roles":{"ranks":["member"],"default":"member"}}
        """#

    let app: SampleApp
    private let births = Births()
    private let random: SeededRandom
    private var chance: Chance
    private let kinds: [AppDefect.Name]
    private let percent: Int
    private(set) var writes = 0
    var isIll = false

    /// - Parameter defects: those to draw from; each run takes a handful of them.
    init(seed: UInt64, defects: [AppDefect.Name]) throws {
        random = SeededRandom(seed: seed)
        var chance = Chance(seed: seed, 2)
        var kinds: [AppDefect.Name] = []
        for _ in 0...chance.below(4) { kinds.append(chance.pick(defects) ?? .serverErrors) }
        percent = 5 + chance.below(50)
        self.kinds = kinds
        self.chance = chance
        app = SampleApp(
            try SampleAppConfiguration(
                name: "demo", file: "demo.json", bytes: Array(Self.fixture.utf8)),
            random: random, journal: births)
    }

    /// What it does wrong, for the story.
    var illness: String {
        "\(kinds.map(\.rawValue).joined(separator: ", ")) at \(percent) %"
    }

    /// How often a person or team was created, by `externalId`, and how often deleted.
    func created(_ externalID: String) -> Int { births.count(externalID) }
    func deleted(_ externalID: String) -> Int { births.deaths(externalID) }

    private func isAboutPeople(_ request: HTTPRequest) -> Bool {
        request.pathSegments?.contains("Users") ?? false
    }

    /// One call, and what it met.
    func answer(
        _ request: HTTPRequest, at now: Timestamp
    ) -> (answer: Result<HTTPResponse, ConnectionFailure>, defect: AppDefect.Name?) {
        var defect: AppDefect.Name?
        if isIll, chance.happens(percent) { defect = chance.pick(kinds) }
        // A sign-in page instead of a write's answer says 200: nobody could tell.
        if defect == .loginPage, request.method != .get { defect = .serverErrors }
        // Of the lies only those about people can be seen through later.
        if defect == .lostWrites, request.method == HTTPMethod.delete || !isAboutPeople(request) {
            defect = nil
        }
        if request.method != .get { writes += 1 }
        let response = app.answer(
            request, now: now, random: random, defects: defect.map { [AppDefect($0)] } ?? []
        ).response
        return (response.delivery.contains(.reset) ? .failure(.reset) : .success(response), defect)
    }
}

/// The app's journal, read for who came and went.
private final class Births: SampleAppJournal {
    private struct Inner {
        var names: [String: String] = [:]
        var created: [String: Int] = [:]
        var deleted: [String: Int] = [:]
    }

    private let inner = Mutex(Inner())

    func count(_ externalID: String) -> Int { inner.withLock { $0.created[externalID] ?? 0 } }
    func deaths(_ externalID: String) -> Int { inner.withLock { $0.deleted[externalID] ?? 0 } }

    var mark: Int { 0 }

    func rewind(to mark: Int) {}

    func append(_ records: [JSONValue]) throws(SampleAppJournalError) {
        inner.withLock { inner in
            for record in records {
                guard let id = record["id"]?.stringValue else { continue }
                switch record["do"]?.stringValue {
                case "userSaved", "groupSaved":
                    guard inner.names[id] == nil else { continue }
                    let name = record["attributes"]?["externalId"]?.stringValue ?? "nobody"
                    inner.names[id] = name
                    inner.created[name, default: 0] += 1
                case "userDeleted", "groupDeleted":
                    inner.deleted[inner.names[id] ?? "nobody", default: 0] += 1
                case nil, .some: continue
                }
            }
        }
    }
}
