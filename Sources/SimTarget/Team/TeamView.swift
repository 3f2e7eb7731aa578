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
        var matches = state.users.all.filter { isWanted($0) }
        if matches.count <= 2_000 {
            let keyed = matches.map { (key: ($0.displayName ?? $0.userName).lowercased(), $0) }
            matches = keyed.sorted { ($0.key, $0.1.sequence) < ($1.key, $1.1.sequence) }.map(\.1)
        }
        let last = max(1, (matches.count + Self.pageSize - 1) / Self.pageSize)
        let first = (min(page, last) - 1) * Self.pageSize
        return (Array(matches.dropFirst(first).prefix(Self.pageSize)), matches.count)
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
            $0?.lowercased().contains(wanted) ?? false
        }
    }
}

/// What the page says on top.
enum TeamNotice: Hashable {
    /// The fixed texts that a redirect may ask for.
    enum Done: String, CaseIterable {
        case roles, keys, revoked

        var anchor: String {
            switch self {
            case .roles: "roles"
            case .keys, .revoked: "keys"
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
