import SimCore
import SimDirectory

// Records as events of the tenant's log, and back. Names are short because a first cycle writes
// two of them an object.
extension ProvisioningRecord {
    /// The event to append to the tenant's log.
    package func event(job: String) -> TenantEvent {
        .provisioning(
            job: job, kind: kind.rawValue, payload: Deferred(making: { payload }))
    }

    /// nil for an event of another kind, and for a kind or payload this build does not know.
    package init?(_ event: TenantEvent) {
        guard case .provisioning(_, let kind, let payload) = event,
            let kind = Kind(rawValue: kind),
            let record = Self.decoded(kind, payload.value)
        else { return nil }
        self = record
    }

    private enum Kind: String {
        case started, paused, restarted, deleted, configured
        case cycleBegan = "began"
        case linked, unlinked
        case membersExported = "members"
        case escrowed
        case escrowCleared = "cleared"
        case deferred
        case deferralEnded = "resolved"
        case logged = "log"
        case staged, unstaged, quarantined
        case escrowsPruned = "pruned"
        case disabled, notified
        case cycleEnded = "ended"
    }

    private var kind: Kind {
        switch self {
        case .started: .started
        case .paused: .paused
        case .restarted: .restarted
        case .deleted: .deleted
        case .configured: .configured
        case .cycleBegan: .cycleBegan
        case .linked: .linked
        case .unlinked: .unlinked
        case .membersExported: .membersExported
        case .escrowed: .escrowed
        case .escrowCleared: .escrowCleared
        case .deferred: .deferred
        case .deferralEnded: .deferralEnded
        case .logged: .logged
        case .staged: .staged
        case .unstaged: .unstaged
        case .quarantined: .quarantined
        case .escrowsPruned: .escrowsPruned
        case .disabled: .disabled
        case .notified: .notified
        case .cycleEnded: .cycleEnded
        }
    }

    private var payload: JSONValue {
        switch self {
        case .started, .paused, .deleted, .escrowsPruned: return [:]
        case .configured(let what): return ["what": .string(what.rawValue)]
        case .disabled(let status): return ["status": .string(status.rawValue)]
        case .notified(let notice): return notice.payload
        case .restarted(let scope): return ["scope": .int(Int64(scope.rawValue))]
        case .cycleBegan(let start):
            var object: JSONObject = [
                "c": .string(start.id.description), "k": .string(start.kind.rawValue),
                "t": .int(start.at.microseconds),
            ]
            object.appendIfPresent(
                "m", start.mappings.map { .int(Int64(bitPattern: $0)) })
            object.appendIfPresent(
                "d", start.directory.map { .int(Int64(bitPattern: $0)) })
            object.appendIfPresent("s", start.scope?.rawValue)
            return .object(object)
        case .linked(let key, let link):
            var object = key.payload
            object.append("t", .string(link.target))
            if link.standing != .active { object.append("s", .string(link.standing.rawValue)) }
            object.appendIfPresent("m", link.manager)
            return .object(object)
        case .unlinked(let key), .escrowCleared(let key), .staged(let key), .unstaged(let key):
            return .object(key.payload)
        case .membersExported(let group, let added, let removed):
            return [
                "g": .string(group.description),
                "a": JSONValue(strings: added.map(\.description)),
                "r": JSONValue(strings: removed.map(\.description)),
            ]
        case .escrowed(let key, let escrow):
            return .object(JSONObject(key.payload.members + escrow.payload.members))
        case .deferred(let held):
            var object = held.reference.payload
            object.appendIfPresent("e", held.escrow.map { .object($0.payload) })
            return .object(object)
        case .deferralEnded(let reference): return .object(reference.payload)
        case .logged(let entry): return entry.payload
        case .quarantined(let quarantine): return quarantine.payload
        case .cycleEnded(let summary): return summary.payload
        }
    }

    private static func decoded(_ kind: Kind, _ json: JSONValue) -> ProvisioningRecord? {
        switch kind {
        case .started: return .started
        case .paused: return .paused
        case .deleted: return .deleted
        case .escrowsPruned: return .escrowsPruned
        case .configured: return json.choice("what").map { .configured($0) }
        case .disabled: return json.choice("status").map { .disabled($0) }
        case .notified: return ProvisioningNotice(payload: json).map { .notified($0) }
        case .staged: return ObjectKey(payload: json).map { .staged($0) }
        case .unstaged: return ObjectKey(payload: json).map { .unstaged($0) }
        case .restarted:
            return json["scope"]?.intValue.map { .restarted(ResetScope(rawValue: Int($0))) }
        case .cycleBegan:
            guard let id = json.guid("c"), let kind: CycleKind = json.choice("k"),
                let time = json.time("t")
            else { return nil }
            return .cycleBegan(
                CycleStart(
                    id: id, kind: kind, at: time,
                    mappings: json["m"]?.intValue.map { UInt64(bitPattern: $0) },
                    directory: json["d"]?.intValue.map { UInt64(bitPattern: $0) },
                    scope: json.choice("s")))
        case .linked:
            guard let key = ObjectKey(payload: json), let target = json["t"]?.stringValue else {
                return nil
            }
            return .linked(
                key,
                Link(
                    target: target, standing: json.choice("s") ?? .active,
                    manager: json["m"]?.stringValue))
        case .unlinked: return ObjectKey(payload: json).map { .unlinked($0) }
        case .membersExported:
            guard let group = json.guid("g") else { return nil }
            return .membersExported(
                GroupID(group), added: users(json["a"]), removed: users(json["r"]))
        case .escrowed:
            guard let key = ObjectKey(payload: json), let escrow = Escrow(payload: json) else {
                return nil
            }
            return .escrowed(key, escrow)
        case .escrowCleared: return ObjectKey(payload: json).map { .escrowCleared($0) }
        case .deferred:
            return DeferredReference(payload: json).map { reference in
                .deferred(
                    ReferenceEscrow(
                        reference, escrow: json["e"].flatMap { Escrow(payload: $0) }))
            }
        case .deferralEnded: return DeferredReference(payload: json).map { .deferralEnded($0) }
        case .logged: return ProvisioningLogEntry(payload: json).map { .logged($0) }
        case .quarantined: return Quarantine(payload: json).map { .quarantined($0) }
        case .cycleEnded: return CycleSummary(payload: json).map { .cycleEnded($0) }
        }
    }

    private static func users(_ json: JSONValue?) -> [UserID] {
        (json?.arrayValue ?? []).compactMap { $0.stringValue.flatMap { UserID($0) } }
    }
}

extension ObjectKey {
    fileprivate var payload: JSONObject {
        [kind == .user ? "u" : "g": .string(guid.description)]
    }

    fileprivate init?(payload: JSONValue) {
        if let guid = payload.guid("u") {
            self = .user(UserID(guid))
        } else if let guid = payload.guid("g") {
            self = .group(GroupID(guid))
        } else {
            return nil
        }
    }
}

extension DeferredReference {
    fileprivate var payload: JSONObject {
        switch self {
        case .manager(let user): return ["u": .string(user.description)]
        case .member(let group, let user):
            return ["g": .string(group.description), "u": .string(user.description)]
        }
    }

    fileprivate init?(payload: JSONValue) {
        guard let user = payload.guid("u") else { return nil }
        if let group = payload.guid("g") {
            self = .member(GroupID(group), UserID(user))
        } else {
            self = .manager(of: UserID(user))
        }
    }
}
