import SimCore
import SimHTTP

/// Which people the page shows.
struct TeamView: Hashable {
    enum State: String, CaseIterable {
        case all, active, archived
    }

    /// Part of a name, user name or address; compared without case.
    var search = ""
    var state = State.all
    /// 1-based.
    var page = 1

    /// People on one page.
    static let pageSize = 50
    /// Most people that are sorted for one page; more are shown in the order they came.
    static let sortLimit = 2_000

    init() {}

    /// From the query; what cannot be read is as if it were not there.
    init(_ request: HTTPRequest) {
        let query: FormFields
        do {
            query = try FormFields(parsing: request.query ?? "")
        } catch {
            return
        }
        search = String(TeamText.trimmed(query["q"] ?? "").prefix(100))
        state = query["state"].flatMap(State.init(rawValue:)) ?? .all
        page = max(1, query["page"].flatMap { Int($0) } ?? 1)
    }

    /// The page's people, by name while the team is small enough to sort, else in the order they
    /// came; and how many there are on all pages.
    func people(in state: SampleAppState) -> (shown: [UserRecord], total: Int) {
        let isEverybody = search.isEmpty && self.state == .all
        guard !isEverybody || state.users.count <= Self.sortLimit else {
            let first = firstIndex(of: state.users.count)
            let ids = state.users.ids.dropFirst(first).prefix(Self.pageSize)
            return (ids.compactMap { state.users[$0] }, state.users.count)
        }
        var matches = state.users.all.filter { isWanted($0) }
        if matches.count <= Self.sortLimit {
            let keyed = matches.map { (key: ($0.displayName ?? $0.userName).lowercased(), $0) }
            matches = keyed.sorted { ($0.key, $0.1.sequence) < ($1.key, $1.1.sequence) }.map(\.1)
        }
        let first = firstIndex(of: matches.count)
        return (Array(matches.dropFirst(first).prefix(Self.pageSize)), matches.count)
    }

    /// Where the page begins; one past the end shows the last.
    private func firstIndex(of total: Int) -> Int {
        let last = max(1, (total + Self.pageSize - 1) / Self.pageSize)
        return (min(page, last) - 1) * Self.pageSize
    }

    private func isWanted(_ user: UserRecord) -> Bool {
        switch state {
        case .all: break
        case .active: if user.isArchived { return false }
        case .archived: if !user.isArchived { return false }
        }
        if search.isEmpty { return true }
        let wanted = search.lowercased()
        return [user.displayName, user.userName, user.email].contains {
            $0?.lowercased().contains(text: wanted) ?? false
        }
    }
}

/// What the page says on top.
enum TeamNotice: Hashable {
    /// The fixed texts that a redirect may ask for.
    enum Done: String, CaseIterable {
        case roles, keys, revoked, defects

        var anchor: String {
            switch self {
            case .roles: "roles"
            case .keys, .revoked: "keys"
            case .defects: "defects"
            }
        }
    }

    case done(Done)
    case problem(String)
    /// The only time the value is shown.
    case keyIssued(name: String, value: String)

    init?(_ request: HTTPRequest) {
        let query: FormFields
        do {
            query = try FormFields(parsing: request.query ?? "")
        } catch {
            return nil
        }
        guard let done = query["done"].flatMap(Done.init(rawValue:)) else { return nil }
        self = .done(done)
    }
}
