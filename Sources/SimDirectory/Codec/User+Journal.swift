import SimCore

extension User {
    var journalObject: JSONObject {
        var object: JSONObject = [
            "id": .id(id), "upn": .string(userPrincipalName), "name": .string(displayName),
            "created": .time(createdAt),
        ]
        object.append("enabled", accountEnabled, unless: true)
        if userType != .member { object.append("type", .string(userType.rawValue)) }
        if !attributes.isEmpty {
            let members = attributes.entries.map { JSONObject.Member($0.name, $0.value) }
            object.append("attributes", .object(JSONObject(members)))
        }
        object.appendIfPresent("manager", manager.map { .id($0) })
        if credential != UserCredential() {
            object.append("credential", .object(credential.journalObject))
        }
        object.appendIfPresent("deleted", deletedAt.map { .time($0) })
        if !situation.isEmpty { object.append("situation", .object(situation.json)) }
        if sessionsValidFrom != createdAt { object.append("sessions", .time(sessionsValidFrom)) }
        return object
    }

    init(journal fields: JournalFields) throws(EventCodecError) {
        var attributes = AttributeBag()
        for member in try fields.object("attributes")?.members ?? [] {
            attributes[member.name] = member.value
        }
        let type: UserType =
            try fields.optionalString("type") == nil ? .member : try fields.choice("type")
        self.init(
            id: try fields.id("id"), userPrincipalName: try fields.string("upn"),
            displayName: try fields.string("name"),
            accountEnabled: try fields.bool("enabled", default: true), userType: type,
            attributes: attributes, manager: try fields.optionalID("manager"),
            createdAt: try fields.time("created"), deletedAt: try fields.optionalTime("deleted"))
        if let stored = try fields.optionalFields("credential") {
            credential = try UserCredential(journal: stored)
        }
        sessionsValidFrom = try fields.optionalTime("sessions") ?? createdAt
        if let said = try fields.object("situation") { situation = SignInSituation(json: said) }
    }
}

extension UserCredential {
    var journalObject: JSONObject {
        var object = JSONObject()
        object.appendIfPresent("password", password)
        object.append("expired", isExpired, unless: false)
        object.append("mustChange", mustChange, unless: false)
        object.appendIfPresent("lockedUntil", lockedUntil.map { .time($0) })
        if failedAttempts != 0 { object.append("failed", .int(Int64(failedAttempts))) }
        object.append("mfa", requiresMFA, unless: false)
        object.appendIfPresent("changed", changedAt.map { .time($0) })
        if secondFactor != .simulatedCode {
            object.append("factor", .string(secondFactor.name.rawValue))
        }
        if case .authenticator(let secret) = secondFactor {
            object.append("factorSecret", .string(Base32.encode(secret)))
        }
        return object
    }

    init(journal fields: JournalFields) throws(EventCodecError) {
        self.init(
            password: try fields.optionalString("password"),
            isExpired: try fields.bool("expired", default: false),
            mustChange: try fields.bool("mustChange", default: false),
            lockedUntil: try fields.optionalTime("lockedUntil"),
            failedAttempts: Int(clamping: try fields.optionalInt("failed") ?? 0),
            requiresMFA: try fields.bool("mfa", default: false),
            secondFactor: try Self.secondFactor(fields))
        changedAt = try fields.optionalTime("changed")
    }

    private static func secondFactor(
        _ fields: JournalFields
    ) throws(EventCodecError) -> SecondFactorMethod {
        guard try fields.optionalString("factor") != nil else { return .simulatedCode }
        let name: SecondFactorMethod.Name = try fields.choice("factor")
        let secret = try fields.optionalString("factorSecret").flatMap(Base32.decode)
        guard let method = SecondFactorMethod(name, secret: secret) else {
            throw .missing(key: "factorSecret")
        }
        return method
    }
}

extension AttributeChange {
    /// `["jobTitle","Engineer"]`
    var journalValue: JSONValue { .array([.string(name), value]) }

    static func list(
        journal fields: JournalFields, _ key: String
    ) throws(EventCodecError) -> [AttributeChange] {
        try fields.array(key).map { value throws(EventCodecError) in
            guard case .array(let pair) = value, pair.count == 2, case .string(let name) = pair[0]
            else { throw .wrongKind(key: key) }
            return AttributeChange(name, pair[1])
        }
    }
}

extension Group {
    var journalObject: JSONObject {
        var object: JSONObject = [
            "id": .id(id), "name": .string(displayName), "nickname": .string(mailNickname),
            "created": .time(createdAt),
        ]
        object.appendIfPresent("description", description)
        object.appendIfPresent("mail", mail)
        object.append("mailEnabled", mailEnabled, unless: false)
        object.append("securityEnabled", securityEnabled, unless: true)
        if let onPremises {
            object.append("sam", .string(onPremises.samAccountName))
            object.appendIfPresent("samDomain", onPremises.domainName)
            object.appendIfPresent("samNetBIOS", onPremises.netBIOSName)
        }
        return object
    }

    init(journal fields: JournalFields) throws(EventCodecError) {
        self.init(
            id: try fields.id("id"), displayName: try fields.string("name"),
            description: try fields.optionalString("description"),
            mailNickname: try fields.string("nickname"), mail: try fields.optionalString("mail"),
            mailEnabled: try fields.bool("mailEnabled", default: false),
            securityEnabled: try fields.bool("securityEnabled", default: true),
            createdAt: try fields.time("created"))
        if let name = try fields.optionalString("sam") {
            onPremises = OnPremisesNames(
                samAccountName: name, domainName: try fields.optionalString("samDomain"),
                netBIOSName: try fields.optionalString("samNetBIOS"))
        }
    }
}
