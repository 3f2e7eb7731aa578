import SimCore

/// The key that says which edit it is.
package enum DrillEditKey: String, CaseIterable, Sendable {
    case disable, enable, delete, restore, purge, addUser, set
    case addGroup, deleteGroup, renameGroup, addMember, removeMember
    case assign, unassign, token, provisioning, newSecret, revokeConsent, grantConsent
    case request

    /// Further keys that go with it.
    var companions: [String] {
        switch self {
        case .disable, .enable, .delete, .restore, .purge, .addGroup, .deleteGroup, .token,
            .provisioning, .revokeConsent:
            []
        case .addUser, .set: ["attributes"]
        case .renameGroup, .addMember, .assign: ["to"]
        case .removeMember, .unassign: ["from"]
        case .newSecret: ["lifetime"]
        case .grantConsent: ["scope"]
        case .request: ["body"]
        }
    }
}

/// An edit of the running directory, by the names people use.
///
/// JSON: `{"disable": "a@b.test"}`, `{"addMember": "a@b.test", "to": "Pilots"}`,
/// `{"unassign": "Pilots", "from": "Claresia"}`, `{"token": "wrong"}`, ….
package enum DrillEdit: Hashable, Sendable {
    /// What happens to a person.
    package enum UserChange: String, CaseIterable, Sendable {
        case disable, enable, delete, restore, purge
    }

    /// The secret token of the drill's app.
    package enum Token: Hashable, Sendable {
        case value(String)
        /// The one the target accepts.
        case right
    }

    case user(UserChange, String)
    case addUser(String, attributes: [JSONObject.Member])
    case setUser(String, attributes: [JSONObject.Member])
    case addGroup(String)
    case deleteGroup(String)
    case renameGroup(String, to: String)
    case addMember(String, group: String)
    case removeMember(String, group: String)
    /// A person or group; the drill's app when nil.
    case assign(String, app: String?)
    case unassign(String, app: String?)
    case token(Token)
    case provisioning(DrillJobSettings)
    /// The drill signs in with it from then on.
    case newSecret(app: String, lifetime: Duration)
    /// Every delegated permission of the app is taken back.
    case revokeConsent(app: String)
    /// Delegated permissions of Microsoft Graph for everybody, separated by spaces.
    case grantConsent(app: String, scope: String)
    /// Whatever else the control API can change about the tenant: `POST keys/rotate`.
    case request(method: String, path: String, body: JSONValue?)

    init(_ json: JSONValue) throws(FaultRuleError) {
        let verbs = DrillEditKey.allCases
        let companions = Set(verbs.flatMap(\.companions)).sorted()
        let reader = try FaultObjectReader(
            json, keys: verbs.map(\.rawValue) + companions, place: "'edit'")
        let found = verbs.filter { reader.value($0.rawValue) != nil }
        guard let key = found.first else {
            throw FaultRuleError(
                "'edit' changes nothing",
                hint: "one of: \(verbs.map(\.rawValue).joined(separator: ", "))")
        }
        guard found.count == 1 else {
            throw FaultRuleError(
                "'edit' names '\(key.rawValue)' and '\(found[1].rawValue)'",
                hint: "two edits are two steps", path: [.key(found[1].rawValue)])
        }
        if let stray = reader.names.first(where: {
            $0 != key.rawValue && !key.companions.contains($0)
        }) {
            throw FaultRuleError(
                "'\(stray)' in 'edit' does not go with '\(key.rawValue)'", path: [.key(stray)])
        }
        self = try Self.read(key, reader)
    }

    private static func read(
        _ key: DrillEditKey, _ reader: FaultObjectReader
    ) throws(FaultRuleError) -> DrillEdit {
        func subject() throws(FaultRuleError) -> String {
            try reader.requiredString(key.rawValue)
        }
        switch key {
        case .disable: return .user(.disable, try subject())
        case .enable: return .user(.enable, try subject())
        case .delete: return .user(.delete, try subject())
        case .restore: return .user(.restore, try subject())
        case .purge: return .user(.purge, try subject())
        case .addUser: return .addUser(try subject(), attributes: try attributes(reader))
        case .set: return .setUser(try subject(), attributes: try attributes(reader))
        case .addGroup: return .addGroup(try subject())
        case .deleteGroup: return .deleteGroup(try subject())
        case .renameGroup:
            return .renameGroup(try subject(), to: try reader.requiredString("to"))
        case .addMember: return .addMember(try subject(), group: try reader.requiredString("to"))
        case .removeMember:
            return .removeMember(try subject(), group: try reader.requiredString("from"))
        case .assign: return .assign(try subject(), app: try reader.string("to"))
        case .unassign: return .unassign(try subject(), app: try reader.string("from"))
        case .token:
            return .token(
                reader.value("token") == .bool(true) ? .right : .value(try subject()))
        case .provisioning:
            let settings = try reader.nested("provisioning") { json throws(FaultRuleError) in
                try DrillJobSettings(json)
            }
            return .provisioning(settings ?? DrillJobSettings())
        case .newSecret:
            return .newSecret(
                app: try subject(), lifetime: try reader.requiredDuration("lifetime"))
        case .revokeConsent: return .revokeConsent(app: try subject())
        case .grantConsent:
            return .grantConsent(app: try subject(), scope: try reader.requiredString("scope"))
        case .request: return try request(try subject(), reader.value("body"))
        }
    }

    private static func request(
        _ text: String, _ body: JSONValue?
    ) throws(FaultRuleError) -> DrillEdit {
        let words = text.split(separator: " ").map { String($0) }
        guard words.count == 2, ["POST", "PATCH", "PUT", "DELETE"].contains(words[0]),
            !words[1].hasPrefix("/"), body == nil || body?.objectValue != nil
        else {
            throw FaultRuleError(
                "'\(text)' is not a change of the tenant",
                hint: "write it as POST keys/rotate, the path below /sim/v1/tenants/NAME/",
                path: [.key("request")])
        }
        return .request(method: words[0], path: words[1], body: body)
    }

    private static func attributes(
        _ reader: FaultObjectReader
    ) throws(FaultRuleError) -> [JSONObject.Member] {
        try reader.members("attributes") { name, value in JSONObject.Member(name, value) }
    }
}

/// Changes of the drill's provisioning job; what is nil stays.
package struct DrillJobSettings: Hashable, Sendable {
    static let keys = ["mailTo", "deleteThreshold", "scope", "groups"]

    /// Notification mails go there.
    package var mailTo: String?
    /// More deletes than this in one cycle are held back.
    package var deleteThreshold: Int?
    package var assignedOnly: Bool?
    package var provisionsGroups: Bool?

    private enum Scope: String, CaseIterable {
        case assignedOnly, all
    }

    init() {
        mailTo = nil
        deleteThreshold = nil
        assignedOnly = nil
        provisionsGroups = nil
    }

    init(_ json: JSONValue) throws(FaultRuleError) {
        let reader = try FaultObjectReader(json, keys: Self.keys, place: "'provisioning'")
        mailTo = try reader.string("mailTo")
        deleteThreshold = try reader.number("deleteThreshold", in: 1...1_000_000)
        assignedOnly = try reader.choice("scope", Scope.self).map { $0 == .assignedOnly }
        provisionsGroups = try reader.bool("groups")
    }
}
