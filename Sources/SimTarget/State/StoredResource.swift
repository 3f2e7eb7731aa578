import SimCore

/// One user or group as the app keeps it.
package struct StoredResource<Detail: Sendable & Hashable>: Sendable, Hashable {
    package let id: String
    /// Place in the order of creation, 1 and up; never reused.
    package let sequence: Int
    /// Counts the changes, 1 at creation.
    package internal(set) var version: Int
    package let created: Timestamp
    package internal(set) var lastModified: Timestamp
    /// What the client set, without `id`, `schemas`, `meta`, `members` and `groups`.
    package internal(set) var attributes: JSONObject
    package internal(set) var detail: Detail

    /// The entity tag. RFC 7644 §3.14.
    package var tag: String { "W/\"\(version)\"" }
}

/// A user; the detail is what the user is in the app.
package typealias UserRecord = StoredResource<Standing>
/// A group; the detail is its list of members.
package typealias GroupRecord = StoredResource<MemberList>

extension StoredResource<Standing> {
    package var userName: String { attributes["userName"]?.stringValue ?? "" }
    package var displayName: String? { attributes["displayName"]?.stringValue }
    /// Deactivated by the client: shown, but may not sign in.
    package var isArchived: Bool { attributes["active"]?.boolValue == false }

    /// The work address, else the primary one, else the first.
    package var email: String? {
        let list = attributes["emails"]?.arrayValue ?? []
        let best =
            list.first { $0["type"] == "work" } ?? list.first { $0["primary"] == true }
            ?? list.first
        return best?["value"]?.stringValue
    }
}

extension StoredResource<MemberList> {
    package var displayName: String { attributes["displayName"]?.stringValue ?? "" }
}

/// The resources of one type, found by id and listed in the order of creation.
package struct ResourceTable<Detail: Sendable & Hashable>: Sendable, Hashable {
    private struct Place: Hashable {
        let sequence: Int
        let id: String
    }

    private var records: [String: StoredResource<Detail>] = [:]
    private var order: [Place] = []
    private var lastSequence = 0

    package var count: Int { records.count }

    /// Assigning through this changes a record in place; it neither adds nor removes one.
    package subscript(id: String) -> StoredResource<Detail>? {
        records[id]
    }

    mutating func update(_ id: String, _ change: (inout StoredResource<Detail>) -> Void) {
        guard let index = records.index(forKey: id) else { return }
        change(&records.values[index])
    }

    mutating func insert(
        id: String, attributes: JSONObject, detail: Detail, at time: Timestamp
    ) {
        lastSequence += 1
        order.append(Place(sequence: lastSequence, id: id))
        records[id] = StoredResource(
            id: id, sequence: lastSequence, version: 1, created: time, lastModified: time,
            attributes: attributes, detail: detail)
    }

    mutating func remove(_ id: String) {
        guard let record = records.removeValue(forKey: id) else { return }
        var low = 0
        var high = order.count
        while low < high {
            let middle = (low + high) / 2
            if order[middle].sequence < record.sequence { low = middle + 1 } else { high = middle }
        }
        order.remove(at: low)
    }

    /// Every id in the order of creation.
    package var ids: some RandomAccessCollection<String> {
        order.lazy.map(\.id)
    }

    /// Every record in the order of creation.
    package var all: some Sequence<StoredResource<Detail>> {
        order.lazy.compactMap { records[$0.id] }
    }
}
