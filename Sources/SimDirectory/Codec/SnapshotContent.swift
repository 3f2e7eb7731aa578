import SimCore

/// What a snapshot file holds: the state as events, and the latest changes.
///
/// Folding the events into a new snapshot gives the same answers as the original, in the same
/// order, without its whole history.
package enum SnapshotContent {
    /// Calls `body` with events that recreate `snapshot`, each after what it refers to, but for
    /// managers, who may come later.
    package static func forEachEvent<E: Error>(
        of snapshot: DirectorySnapshot, _ body: (TenantEvent) throws(E) -> Void
    ) throws(E) {
        try snapshot.forEachStateEvent(body)
    }

    /// A change as one line of a snapshot file: `{"c":12,"user":"…"}`.
    package static func encode(_ change: DirectoryChange, into out: inout [UInt8]) {
        var object: JSONObject = ["c": .int(Int64(clamping: change.sequence))]
        switch change.subject {
        case .user(let id): object.append("user", .id(id))
        case .group(let id): object.append("group", .id(id))
        case .membership(let group, let member, let isAdded):
            object.append("in", .id(group))
            object.append("member", member.journalValue)
            object.append("added", isAdded, unless: true)
        case .manager(let id): object.append("managerOf", .id(id))
        case .assignment(let resource, let principal, let isAdded):
            object.append("resource", .id(resource))
            object.append("principal", principal.journalValue)
            object.append("added", isAdded, unless: true)
        case .application(let id): object.append("application", .id(id))
        case .servicePrincipal(let id): object.append("servicePrincipal", .id(id))
        }
        JSONWriter.write(object, into: &out)
        out.append(10)
    }

    /// Reads a line written by `encode`.
    package static func decodeChange(
        _ line: [UInt8]
    ) throws(EventCodecError) -> DirectoryChange {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: line)
        } catch {
            throw .notJSON(error)
        }
        let fields = try JournalFields(value, of: "change")
        return DirectoryChange(
            sequence: UInt64(clamping: try fields.int("c")), subject: try subject(fields))
    }

    private static func subject(
        _ fields: JournalFields
    ) throws(EventCodecError) -> DirectoryChange.Subject {
        if let id: UserID = try fields.optionalID("user") { return .user(id) }
        if let id: GroupID = try fields.optionalID("group") { return .group(id) }
        if let id: UserID = try fields.optionalID("managerOf") { return .manager(id) }
        if let id: ApplicationID = try fields.optionalID("application") { return .application(id) }
        if let id: ServicePrincipalID = try fields.optionalID("servicePrincipal") {
            return .servicePrincipal(id)
        }
        let isAdded = try fields.bool("added", default: true)
        if let group: GroupID = try fields.optionalID("in") {
            return .membership(group, try fields.principal("member"), isAdded: isAdded)
        }
        return .assignment(
            try fields.id("resource"), try fields.principal("principal"), isAdded: isAdded)
    }
}
