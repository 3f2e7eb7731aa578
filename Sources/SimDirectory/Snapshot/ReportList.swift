import SimCore

/// The people who report to one manager, in no order: a plain list while they are few, as nearly
/// all are. A table for each manager takes several times the memory.
enum ReportList: Sendable {
    private static let fewLimit = 64

    case few([UserID])
    case many(ShardedTable<UserID, Void>)

    var ids: [UserID] {
        switch self {
        case .few(let ids): ids
        case .many(let table): Array(table.keys)
        }
    }

    var isEmpty: Bool {
        switch self {
        case .few(let ids): ids.isEmpty
        case .many(let table): table.isEmpty
        }
    }

    mutating func insert(_ id: UserID) {
        switch self {
        case .few(var ids):
            guard !ids.contains(id) else { return }
            self = .few([])
            ids.append(id)
            self = ids.count <= Self.fewLimit ? .few(ids) : .many(Self.table(ids))
        case .many(var table):
            self = .few([])
            table.insert((), for: id)
            self = .many(table)
        }
    }

    mutating func remove(_ id: UserID) {
        switch self {
        case .few(var ids):
            self = .few([])
            ids.removeAll { $0 == id }
            self = .few(ids)
        case .many(var table):
            self = .few([])
            table.remove(id)
            self = .many(table)
        }
    }

    private static func table(_ ids: [UserID]) -> ShardedTable<UserID, Void> {
        var table = ShardedTable<UserID, Void>()
        for id in ids { table.insert((), for: id) }
        return table
    }
}
