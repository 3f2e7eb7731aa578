import SimCore

/// The journal's text form of a record: one JSON object on one line,
/// `{"s":12,"t":1767600000000000,"e":"userDeleted","d":{…}}`.
///
/// `s` sequence number, `t` microseconds since 1970, `m` how many more records belong to the same
/// append (left out when none), `e` the event's case, `d` its contents.
/// Identifiers are GUID texts; what has its default value is left out.
package enum EventCodec {
    /// Raised when a reader of an older build could misunderstand what is written.
    package static let version = 1

    /// Appends the record's line, line feed included.
    /// - Parameter following: records of the same append that come after this one. A reader that
    ///   misses some of them drops the whole append.
    package static func encode(
        _ record: LogRecord, following: Int = 0, into out: inout [UInt8]
    ) {
        out.append(contentsOf: "{\"s\":".utf8)
        JSONWriter.write(Int64(clamping: record.sequence), into: &out)
        out.append(contentsOf: ",\"t\":".utf8)
        JSONWriter.write(record.at.microseconds, into: &out)
        if following > 0 {
            out.append(contentsOf: ",\"m\":".utf8)
            JSONWriter.write(Int64(following), into: &out)
        }
        out.append(contentsOf: ",\"e\":\"".utf8)
        let (name, contents) = contents(of: record.event)
        out.append(contentsOf: name.rawValue.utf8)
        out.append(contentsOf: "\",\"d\":".utf8)
        JSONWriter.write(contents, into: &out)
        out.append(contentsOf: "}\n".utf8)
    }

    /// Appends the lines of one append.
    package static func encode(_ records: [LogRecord], into out: inout [UInt8]) {
        for (index, record) in records.enumerated() {
            encode(record, following: records.count - 1 - index, into: &out)
        }
    }

    /// A record and how many more of its append follow.
    package struct Line: Hashable, Sendable {
        package let record: LogRecord
        package let following: Int
    }

    /// Reads one line, with or without its line feed.
    package static func decode(_ line: [UInt8]) throws(EventCodecError) -> Line {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: line)
        } catch {
            throw .notJSON(error)
        }
        let record = try JournalFields(value, of: "record")
        let name: EventName = try record.choice("e")
        let sequence = try record.int("s")
        let following = try record.optionalInt("m") ?? 0
        guard sequence >= 0 else { throw .wrongKind(key: "s") }
        guard following >= 0 else { throw .wrongKind(key: "m") }
        return Line(
            record: LogRecord(
                sequence: UInt64(sequence), at: try record.time("t"),
                event: try event(name, try record.fields("d"))),
            following: Int(following))
    }
}

/// Why a line of a journal is not a record.
package enum EventCodecError: Error, Hashable, Sendable {
    case notJSON(JSONError)
    case missing(key: String)
    case wrongKind(key: String)
    case unknown(key: String, value: String)

    package var explanation: String {
        switch self {
        case .notJSON(let error): "not JSON: \(error.explanation)"
        case .missing(let key): "\"\(key)\" is missing"
        case .wrongKind(let key): "\"\(key)\" has a value of the wrong kind"
        case .unknown(let key, let value): "\"\(value)\" is not a known \"\(key)\""
        }
    }
}

/// The cases of `TenantEvent` as the journal spells them.
enum EventName: String, CaseIterable {
    case tenantCreated, userCreated, userChanged, userManagerChanged, userCredentialChanged
    case userSessionsRevoked, userDeleted, userRestored, userPurged
    case groupCreated, groupChanged, groupDeleted, memberAdded, memberRemoved
    case applicationCreated, applicationChanged, applicationDeleted
    case servicePrincipalCreated, servicePrincipalChanged, servicePrincipalDeleted
    case userSituationChanged
    case assigned, unassigned, granted, grantRevoked, redeemed
    case accessPolicyCreated, accessPolicyChanged, accessPolicyDeleted
    case namedLocationCreated, namedLocationChanged, namedLocationDeleted
    case deviceAuthorization, provisioning
    case directoryRoleAssigned, directoryRoleUnassigned, policiesChanged, signingKeysChanged
}

extension EventCodec {
    static func contents(of event: TenantEvent) -> (EventName, JSONObject) {
        switch event {
        case .tenantCreated(let profile): (.tenantCreated, profile.journalObject)
        case .userCreated(let user): (.userCreated, user.journalObject)
        case .userChanged(let id, let changes):
            (.userChanged, ["id": .id(id), "set": .array(changes.map(\.journalValue))])
        case .userManagerChanged(let id, let manager):
            (.userManagerChanged, ["id": .id(id), "manager": manager.map { .id($0) } ?? .null])
        case .userCredentialChanged(let id, let credential):
            (
                .userCredentialChanged,
                ["id": .id(id), "credential": .object(credential.journalObject)]
            )
        case .userSessionsRevoked(let id): (.userSessionsRevoked, ["id": .id(id)])
        case .userSituationChanged(let id, let situation):
            (.userSituationChanged, ["id": .id(id), "situation": .object(situation.json)])
        case .userDeleted(let id): (.userDeleted, ["id": .id(id)])
        case .userRestored(let id): (.userRestored, ["id": .id(id)])
        case .userPurged(let id): (.userPurged, ["id": .id(id)])
        case .groupCreated(let group): (.groupCreated, group.journalObject)
        case .groupChanged(let group): (.groupChanged, group.journalObject)
        case .groupDeleted(let id): (.groupDeleted, ["id": .id(id)])
        case .memberAdded(let group, let member):
            (.memberAdded, ["group": .id(group), "member": member.journalValue])
        case .memberRemoved(let group, let member):
            (.memberRemoved, ["group": .id(group), "member": member.journalValue])
        case .applicationCreated(let application): (.applicationCreated, application.journalObject)
        case .applicationChanged(let application): (.applicationChanged, application.journalObject)
        case .applicationDeleted(let id): (.applicationDeleted, ["id": .id(id)])
        case .servicePrincipalCreated(let principal):
            (.servicePrincipalCreated, principal.journalObject)
        case .servicePrincipalChanged(let principal):
            (.servicePrincipalChanged, principal.journalObject)
        case .servicePrincipalDeleted(let id): (.servicePrincipalDeleted, ["id": .id(id)])
        case .assigned(let assignment): (.assigned, assignment.journalObject)
        case .unassigned(let id): (.unassigned, ["id": .id(id)])
        case .granted(let grant): (.granted, grant.journalObject)
        case .grantRevoked(let id): (.grantRevoked, ["id": .id(id)])
        case .directoryRoleAssigned(let assignment):
            (.directoryRoleAssigned, assignment.journalObject)
        case .directoryRoleUnassigned(let assignment):
            (.directoryRoleUnassigned, assignment.journalObject)
        case .policiesChanged(let policies): (.policiesChanged, policies.journalObject)
        case .signingKeysChanged(let schedule): (.signingKeysChanged, schedule.journalObject)
        case .accessPolicyCreated(let policy): (.accessPolicyCreated, policy.json())
        case .accessPolicyChanged(let policy): (.accessPolicyChanged, policy.json())
        case .accessPolicyDeleted(let id): (.accessPolicyDeleted, ["id": .id(id)])
        case .namedLocationCreated(let location): (.namedLocationCreated, location.json)
        case .namedLocationChanged(let location): (.namedLocationChanged, location.json)
        case .namedLocationDeleted(let id): (.namedLocationDeleted, ["id": .id(id)])
        case .redeemed(let digest, let until):
            (.redeemed, ["digest": .string(digest), "until": .int(until.microseconds)])
        case .deviceAuthorization(let authorization):
            (.deviceAuthorization, authorization.journalObject)
        case .provisioning(let job, let kind, let payload):
            (.provisioning, ["job": .string(job), "kind": .string(kind), "payload": payload.value])
        }
    }

    static func event(
        _ name: EventName, _ fields: JournalFields
    ) throws(EventCodecError) -> TenantEvent {
        switch name {
        case .tenantCreated: .tenantCreated(try TenantProfile(journal: fields))
        case .userCreated: .userCreated(try User(journal: fields))
        case .userChanged:
            .userChanged(try fields.id("id"), try AttributeChange.list(journal: fields, "set"))
        case .userManagerChanged:
            .userManagerChanged(try fields.id("id"), try fields.optionalID("manager"))
        case .userCredentialChanged:
            .userCredentialChanged(
                try fields.id("id"), try UserCredential(journal: try fields.fields("credential")))
        case .userSessionsRevoked: .userSessionsRevoked(try fields.id("id"))
        case .userSituationChanged:
            .userSituationChanged(
                try fields.id("id"),
                SignInSituation(json: try fields.object("situation") ?? JSONObject()))
        case .userDeleted: .userDeleted(try fields.id("id"))
        case .userRestored: .userRestored(try fields.id("id"))
        case .userPurged: .userPurged(try fields.id("id"))
        case .groupCreated: .groupCreated(try Group(journal: fields))
        case .groupChanged: .groupChanged(try Group(journal: fields))
        case .groupDeleted: .groupDeleted(try fields.id("id"))
        case .memberAdded: .memberAdded(try fields.id("group"), try fields.principal("member"))
        case .memberRemoved: .memberRemoved(try fields.id("group"), try fields.principal("member"))
        case .applicationCreated: .applicationCreated(try AppRegistration(journal: fields))
        case .applicationChanged: .applicationChanged(try AppRegistration(journal: fields))
        case .applicationDeleted: .applicationDeleted(try fields.id("id"))
        case .servicePrincipalCreated:
            .servicePrincipalCreated(try ServicePrincipal(journal: fields))
        case .servicePrincipalChanged:
            .servicePrincipalChanged(try ServicePrincipal(journal: fields))
        case .servicePrincipalDeleted: .servicePrincipalDeleted(try fields.id("id"))
        case .assigned: .assigned(try AppRoleAssignment(journal: fields))
        case .unassigned: .unassigned(try fields.id("id"))
        case .granted: .granted(try PermissionGrant(journal: fields))
        case .grantRevoked: .grantRevoked(try fields.id("id"))
        case .directoryRoleAssigned: .directoryRoleAssigned(try role(fields))
        case .directoryRoleUnassigned: .directoryRoleUnassigned(try role(fields))
        case .policiesChanged: .policiesChanged(try TenantPolicies(journal: fields))
        case .signingKeysChanged: .signingKeysChanged(try SigningKeySchedule(journal: fields))
        case .accessPolicyCreated:
            .accessPolicyCreated(try ConditionalAccessPolicy(journal: fields))
        case .accessPolicyChanged:
            .accessPolicyChanged(try ConditionalAccessPolicy(journal: fields))
        case .accessPolicyDeleted: .accessPolicyDeleted(try fields.id("id"))
        case .namedLocationCreated: .namedLocationCreated(try NamedLocation(journal: fields))
        case .namedLocationChanged: .namedLocationChanged(try NamedLocation(journal: fields))
        case .namedLocationDeleted: .namedLocationDeleted(try fields.id("id"))
        case .redeemed:
            .redeemed(digest: try fields.string("digest"), until: try fields.time("until"))
        case .deviceAuthorization:
            .deviceAuthorization(try DeviceAuthorization(journal: fields))
        case .provisioning:
            .provisioning(
                job: try fields.string("job"), kind: try fields.string("kind"),
                payload: Deferred(fields.value("payload") ?? .null))
        }
    }

    private static func role(
        _ fields: JournalFields
    ) throws(EventCodecError) -> DirectoryRoleAssignment {
        try DirectoryRoleAssignment(journal: fields)
    }
}
