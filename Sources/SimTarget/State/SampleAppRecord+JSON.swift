import SimCore

/// The journal form of a record: `{"at": microseconds, "do": kind, …}`.
extension SampleAppRecord {
    private enum Kind: String {
        case userSaved, userDeleted, groupSaved, groupDeleted, membersEdited, mappingChanged
        case keyIssued, keyRevoked, tokenIssued
    }

    package var json: JSONValue {
        var object: JSONObject = ["at": .int(at.microseconds)]
        func begin(_ kind: Kind, _ id: String? = nil) {
            object.append("do", .string(kind.rawValue))
            object.appendIfPresent("id", id)
        }
        switch change {
        case .userSaved(let id, let attributes):
            begin(.userSaved, id)
            object.append("attributes", .object(attributes))
        case .userDeleted(let id): begin(.userDeleted, id)
        case .groupSaved(let id, let attributes):
            begin(.groupSaved, id)
            object.append("attributes", .object(attributes))
        case .groupDeleted(let id): begin(.groupDeleted, id)
        case .membersEdited(let group, let edits):
            begin(.membersEdited, group)
            object.append("edits", .array(edits.map(\.json)))
        case .mappingChanged(let mappings):
            begin(.mappingChanged)
            object.append("mappings", .array(mappings.map(\.json)))
        case .keyIssued(let key):
            begin(.keyIssued, key.id)
            object.append("name", .string(key.name))
            object.appendIfPresent("client", key.clientID)
            object.append("scopes", JSONValue(strings: key.scopes))
            object.append("digest", .string(Base64.urlEncode(key.digest)))
            object.append("hint", .string(key.hint))
        case .keyRevoked(let id): begin(.keyRevoked, id)
        case .tokenIssued(let token):
            begin(.tokenIssued)
            object.append("client", .string(token.clientID))
            object.append("scopes", JSONValue(strings: token.scopes))
            object.append("digest", .string(Base64.urlEncode(token.digest)))
            object.append("expires", .int(token.expiresAt.microseconds))
        }
        return .object(object)
    }

    /// - Returns: nil for JSON that is no record.
    package init?(_ json: JSONValue) {
        guard case .int(let time)? = json["at"],
            let kind = json["do"]?.stringValue.flatMap(Kind.init(rawValue:)),
            let change = Self.change(kind, json, at: Timestamp(microseconds: time))
        else { return nil }
        self.init(at: Timestamp(microseconds: time), change)
    }

    private static func change(
        _ kind: Kind, _ json: JSONValue, at time: Timestamp
    ) -> SampleAppChange? {
        let id = json["id"]?.stringValue
        let attributes = json["attributes"]?.objectValue
        switch kind {
        case .userSaved:
            guard let id, let attributes else { return nil }
            return .userSaved(id: id, attributes: attributes)
        case .userDeleted: return id.map { .userDeleted(id: $0) }
        case .groupSaved:
            guard let id, let attributes else { return nil }
            return .groupSaved(id: id, attributes: attributes)
        case .groupDeleted: return id.map { .groupDeleted(id: $0) }
        case .membersEdited:
            guard let id, let edits = json["edits"]?.list(MemberEdit.init) else { return nil }
            return .membersEdited(group: id, edits)
        case .mappingChanged:
            return json["mappings"]?.list(RoleMapping.init).map { .mappingChanged($0) }
        case .keyIssued:
            guard let id, let name = json["name"]?.stringValue,
                let scopes = json["scopes"]?.list(\.stringValue),
                let digest = json["digest"]?.stringValue.flatMap({ Base64.urlDecode($0) }),
                let hint = json["hint"]?.stringValue
            else { return nil }
            return .keyIssued(
                APIKey(
                    id: id, name: name, scopes: scopes, clientID: json["client"]?.stringValue,
                    digest: digest, hint: hint, issuedAt: time))
        case .keyRevoked: return id.map { .keyRevoked(id: $0) }
        case .tokenIssued:
            guard let client = json["client"]?.stringValue,
                let scopes = json["scopes"]?.list(\.stringValue),
                let digest = json["digest"]?.stringValue.flatMap({ Base64.urlDecode($0) }),
                case .int(let end)? = json["expires"]
            else { return nil }
            return .tokenIssued(
                IssuedToken(
                    digest: digest, clientID: client, scopes: scopes, issuedAt: time,
                    expiresAt: Timestamp(microseconds: end)))
        }
    }
}

extension MemberEdit {
    private enum Verb: String {
        case add, remove, replace
    }

    fileprivate var json: JSONValue {
        switch self {
        case .add(let ids): ["add": JSONValue(strings: ids)]
        case .remove(let ids): ["remove": JSONValue(strings: ids)]
        case .replace(let ids): ["replace": JSONValue(strings: ids)]
        }
    }

    fileprivate init?(_ json: JSONValue) {
        guard let member = json.objectValue?.members.first, let verb = Verb(rawValue: member.name),
            let ids = member.value.list(\.stringValue)
        else { return nil }
        switch verb {
        case .add: self = .add(ids)
        case .remove: self = .remove(ids)
        case .replace: self = .replace(ids)
        }
    }
}

extension RoleMapping {
    fileprivate var json: JSONValue {
        var object: JSONObject = ["group": .string(group), "role": .string(role)]
        object.appendIfPresent("archetype", archetype)
        return .object(object)
    }

    fileprivate init?(_ json: JSONValue) {
        guard let group = json["group"]?.stringValue, let role = json["role"]?.stringValue else {
            return nil
        }
        self.init(group: group, role: role, archetype: json["archetype"]?.stringValue)
    }
}

extension JSONValue {
    /// Every element read; nil when this is no list or one element cannot be read.
    fileprivate func list<Element>(_ read: (JSONValue) -> Element?) -> [Element]? {
        guard let values = arrayValue else { return nil }
        let elements = values.compactMap(read)
        return elements.count == values.count ? elements : nil
    }
}
