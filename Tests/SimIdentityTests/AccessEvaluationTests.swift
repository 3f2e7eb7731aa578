import SimCore
import SimDirectory
import Testing

@testable import SimIdentity

@Suite("Which policies apply — identity-platform.md §8.1, §8.2")
struct AccessEvaluationTests {
    private static let office = NamedLocation(
        id: NamedLocationID(Fixture.id("office")), displayName: "Office",
        kind: .addresses(["203.0.113.0/24"].compactMap(AddressRange.init), isTrusted: true),
        createdAt: Fixture.start)
    private static let lab = NamedLocation(
        id: NamedLocationID(Fixture.id("lab")), displayName: "Lab",
        kind: .addresses(["198.51.100.0/24"].compactMap(AddressRange.init), isTrusted: false),
        createdAt: Fixture.start)
    private static let france = NamedLocation(
        id: NamedLocationID(Fixture.id("france")), displayName: "France",
        kind: .countries(["FR"], includesUnknown: false), createdAt: Fixture.start)
    private static let unknown = NamedLocation(
        id: NamedLocationID(Fixture.id("unknown")), displayName: "Unknown",
        kind: .countries(["DE"], includesUnknown: true), createdAt: Fixture.start)

    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let facts: [SituationField: String]
        var user = "ada"
        var contexts: [String] = []
        var actions: [AccessConditions.UserAction] = []
        var client = AccessConditions.ClientAppType.browser
        let applies: Bool
        let change: @Sendable (inout AccessConditions) -> Void
        var testDescription: String { name }

        init(
            _ name: String, _ applies: Bool, user: String = "ada", contexts: [String] = [],
            actions: [AccessConditions.UserAction] = [],
            client: AccessConditions.ClientAppType = .browser,
            _ change: @escaping @Sendable (inout AccessConditions) -> Void
        ) {
            self.init(
                name, [:], applies, user: user, contexts: contexts, actions: actions,
                client: client, change)
        }

        init(
            _ name: String, _ facts: [SituationField: String], _ applies: Bool,
            user: String = "ada", contexts: [String] = [],
            actions: [AccessConditions.UserAction] = [],
            client: AccessConditions.ClientAppType = .browser,
            _ change: @escaping @Sendable (inout AccessConditions) -> Void
        ) {
            self.name = name
            self.facts = facts
            self.applies = applies
            self.user = user
            self.contexts = contexts
            self.actions = actions
            self.client = client
            self.change = change
        }
    }

    private static func people(_ change: (inout AccessConditions.People) -> Void)
        -> AccessConditions.People
    {
        var people = AccessConditions.People()
        change(&people)
        return people
    }

    private static let staff = GroupID(Fixture.id("group staff"))
    private static let everyone = GroupID(Fixture.id("group everyone"))

    /// The template of the User Administrator, which Ben is.
    private static let administrator =
        GUID(DirectoryRole.userAdministrator.rawValue) ?? .zero

    static let peopleRows: [Row] = [
        Row("a person named", true) {
            $0.includePeople = people { $0.users = [Fixture.user("ada")] }
        },
        Row("another person named", false) {
            $0.includePeople = people { $0.users = [Fixture.user("ben")] }
        },
        Row("a group the person is in", true) {
            $0.includePeople = people { $0.groups = [staff] }
        },
        Row("a group around that group", true) {
            $0.includePeople = people { $0.groups = [everyone] }
        },
        Row("a group the person is not in", false, user: "ben") {
            $0.includePeople = people { $0.groups = [everyone] }
        },
        Row("everybody but the person", false) {
            $0.excludePeople.users = [Fixture.user("ada")]
        },
        Row("everybody but somebody else", true) {
            $0.excludePeople.users = [Fixture.user("ben")]
        },
        Row("named, and excluded by group: exclusion wins", false) {
            $0.includePeople = people { $0.users = [Fixture.user("ada")] }
            $0.excludePeople.groups = [everyone]
        },
        Row("a role the person holds", true, user: "ben") {
            $0.includePeople = people { $0.roles = [administrator] }
        },
        Row("a role the person does not hold", false) {
            $0.includePeople = people { $0.roles = [administrator] }
        },
        Row("everybody but a role, for who holds it", false, user: "ben") {
            $0.excludePeople.roles = [administrator]
        },
        Row("everybody but a role, for who does not", true) {
            $0.excludePeople.roles = [administrator]
        },
        Row("guests, for a guest", true, user: "gus") {
            $0.includePeople = people { $0.guests = true }
        },
        Row("guests, for a member", false) { $0.includePeople = people { $0.guests = true } },
        Row("everybody but guests, for a guest", false, user: "gus") {
            $0.excludePeople.guests = true
        },
        Row("nobody", false) { $0.includePeople = people { _ in } },
        Row("applications instead of people", false) { $0.workloads = .init() },
    ]

    static let targetRows: [Row] = [
        Row("the app itself", true) {
            $0.includeTargets = .init()
            $0.includeTargets.apps = [Fixture.app("web")]
        },
        Row("another app", false) {
            $0.includeTargets = .init()
            $0.includeTargets.apps = [Fixture.app("spa")]
        },
        Row("all but the app", false) { $0.excludeTargets.apps = [Fixture.app("web")] },
        Row("all but another app", true) { $0.excludeTargets.apps = [Fixture.app("spa")] },
        Row("a suite nobody simulates", false) {
            $0.includeTargets = .init()
            $0.includeTargets.suites = [.office365]
        },
        Row("a context that is asked for", true, contexts: ["c2", "c1"]) {
            $0.includeTargets = .init()
            $0.authenticationContexts = ["c1"]
        },
        Row("a context that is not asked for", false, contexts: ["c2"]) {
            $0.includeTargets = .init()
            $0.authenticationContexts = ["c1"]
        },
        Row("registration, when something is registered", true, actions: [.registerSecurityInfo]) {
            $0.includeTargets = .init()
            $0.userActions = [.registerSecurityInfo]
        },
        Row("registration, at a sign-in", false) {
            $0.includeTargets = .init()
            $0.userActions = [.registerSecurityInfo]
        },
    ]

    private static func at(
        _ include: [AccessConditions.Place], but exclude: [AccessConditions.Place] = []
    ) -> @Sendable (inout AccessConditions) -> Void {
        { $0.locations = .init(include: include, exclude: exclude) }
    }

    static let placeRows: [Row] = [
        Row("anywhere", [:], true, at([.all])),
        Row("the office, there", [.address: "203.0.113.9"], true, at([.named(office.id)])),
        Row("the office, elsewhere", [.address: "198.51.100.9"], false, at([.named(office.id)])),
        Row("the office, no address known", [:], false, at([.named(office.id)])),
        Row(
            "outside the office, there", [.address: "203.0.113.9"], false,
            at([.all], but: [.named(office.id)])),
        Row(
            "outside the office, elsewhere", [.address: "198.51.100.9"], true,
            at([.all], but: [.named(office.id)])),
        Row("trusted places, at one", [.address: "203.0.113.9"], true, at([.allTrusted])),
        Row("trusted places, at another", [.address: "198.51.100.9"], false, at([.allTrusted])),
        Row(
            "outside trusted places, at one", [.address: "203.0.113.9"], false,
            at([.all], but: [.allTrusted])),
        Row("trusted by factor settings", [:], false, at([.trustedByFactorSettings])),
        Row("a country, there", [.country: "fr"], true, at([.named(france.id)])),
        Row("a country, elsewhere", [.country: "DE"], false, at([.named(france.id)])),
        Row("a country, nobody knows where", [:], false, at([.named(france.id)])),
        Row("a country or nobody knows where", [:], true, at([.named(unknown.id)])),
    ]

    static let factRows: [Row] = [
        Row("a platform, on it", [.platform: "iOS"], true) {
            $0.platforms = .init(include: [.iOS])
        },
        Row("a platform, on another", [.platform: "macOS"], false) {
            $0.platforms = .init(include: [.iOS])
        },
        Row("a platform, none known", [:], false) { $0.platforms = .init(include: [.iOS]) },
        Row("all platforms but one, on it", [.platform: "iOS"], false) {
            $0.platforms = .init(include: [], exclude: [.iOS])
        },
        Row("all platforms but one, none known", [:], true) {
            $0.platforms = .init(include: [], exclude: [.iOS])
        },
        Row("browsers, in one", true) { $0.clientAppTypes = [.browser] },
        Row("browsers, in an app", false, client: .mobileAppsAndDesktopClients) {
            $0.clientAppTypes = [.browser]
        },
        Row("risk, at that level", [.risk: "high"], true) { $0.signInRiskLevels = [.high] },
        Row("risk, below", [.risk: "medium"], false) { $0.signInRiskLevels = [.high] },
        Row("risk, none", false) { $0.signInRiskLevels = [.high] },
        Row("no risk, none", true) { $0.signInRiskLevels = [.none] },
        Row("user risk, at that level", [.userRisk: "high"], true) { $0.userRiskLevels = [.high] },
        Row("user risk, other risk", [.risk: "high"], false) { $0.userRiskLevels = [.high] },
        Row("two conditions, one not met", [.risk: "high"], false) {
            $0.signInRiskLevels = [.high]
            $0.clientAppTypes = [.exchangeActiveSync]
        },
    ]

    @Test(
        "a condition matches on its side and not on the other",
        arguments: peopleRows + targetRows + placeRows + factRows)
    func condition(_ row: Row) throws {
        let decision = try decide(row, [policy("p", .enabled, demand(.block), change: row.change)])
        #expect(decision.blockedBy.isEmpty == !row.applies)
        let applied = try #require(decision.applied.first)
        #expect(applied.outcome == (row.applies ? .failure : .notApplied))
        #expect(applied.notSatisfied.isEmpty == row.applies)
    }

    @Test("what failed is told in Graph's words")
    func reasons() throws {
        let row = Row("", [.risk: "low"], false) { _ in }
        let decision = try decide(
            row,
            [
                policy("p", .enabled, demand(.mfa)) {
                    $0.signInRiskLevels = [.high]
                    $0.locations = .init(include: [.all])
                }
            ])
        let json = try #require(decision.applied.first).json
        #expect(json["result"] == "notApplied")
        #expect(json["conditionsSatisfied"] == "application,users,location")
        #expect(json["conditionsNotSatisfied"] == "signInRisk")
        #expect(json["enforcedGrantControls"] == ["Mfa"])
        #expect(decision.status == "notApplied")
    }

    @Test("of several policies a block wins, else everything is asked, in the order of prompts")
    func union() throws {
        let row = Row("", true) { _ in }
        let device = policy("device", .enabled, demand(.compliantDevice))
        let factor = policy("factor", .enabled, demand(.mfa))
        let both = try decide(row, [device, factor])
        #expect(both.demands.map(\.need) == [.secondFactor(.multifactor), .compliantDevice])
        #expect(both.blockedBy.isEmpty)
        let blocked = try decide(row, [device, factor, policy("no", .enabled, demand(.block))])
        #expect(blocked.blockedBy.count == 1)
        #expect(blocked.applied.map(\.outcome) == [.failure, .failure, .failure])
    }

    @Test("report-only tells what would have happened")
    func reportOnly() throws {
        let row = Row("", [.device: "compliant"], true) { _ in }
        let policies = [
            policy("a", .reportOnly, demand(.block)), policy("b", .reportOnly, demand(.mfa)),
            policy("c", .reportOnly, demand(.compliantDevice)),
            policy("d", .reportOnly, demand(.domainJoinedDevice)),
            policy("e", .reportOnly, demand(.mfa)) { $0.userRiskLevels = [.high] },
            policy("f", .disabled, demand(.block)),
        ]
        let decision = try decide(row, policies)
        #expect(
            decision.applied.map(\.outcome) == [
                .reportOnlyFailure, .reportOnlyInterrupted, .reportOnlySuccess,
                .reportOnlyFailure, .reportOnlyNotApplied, .notEnabled,
            ])
        #expect(decision.isGranted)
        #expect(decision.status == "notApplied")
    }

    @Test("the shortest frequency and the stricter persistence win")
    func session() throws {
        let row = Row("", true) { _ in }
        func kept(
            _ name: String, _ hours: Int,
            _ mode: ConditionalAccessPolicy.SessionControls.Persistence
        ) -> ConditionalAccessPolicy {
            policy(
                name, session: .init(frequency: .init(.every(hours, .hours)), persistence: mode))
        }
        let decision = try decide(row, [kept("a", 8, .never), kept("b", 4, .always)])
        #expect(decision.frequency == .hours(4))
        #expect(decision.persistence == .never)
    }

    private func decide(
        _ row: Row, _ policies: [ConditionalAccessPolicy]
    ) throws -> AccessDecision {
        let tenant = Fixture.makeTenant()
        try tenant.append(
            [
                .directoryRoleAssigned(
                    .init(role: .userAdministrator, principal: .user(Fixture.user("ben"))))
            ]
                + [Self.office, Self.lab, Self.france, Self.unknown].map {
                    .namedLocationCreated($0)
                }
                + policies.map { .accessPolicyCreated($0) }, at: Fixture.start)
        let snapshot = tenant.snapshot()
        let user = try #require(snapshot.user(Fixture.user(row.user)))
        return AccessEvaluation(
            AccessQuestion(
                tenant: snapshot, user: user,
                targets: row.actions.isEmpty ? [Fixture.app("web")] : [], actions: row.actions,
                contexts: row.contexts,
                facts: AccessFacts(
                    headers: .having(row.facts), chosen: SignInSituation(), user: nil,
                    connection: SignInSituation(), clientApp: row.client),
                signIn: SignIn(
                    user: user.id, authenticatedAt: Fixture.start, methods: ["pwd"],
                    sessionID: .zero),
                now: Fixture.start)
        ).decide()
    }
}
