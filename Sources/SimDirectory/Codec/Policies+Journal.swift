import SimCore

extension TenantPolicies {
    var journalObject: JSONObject {
        var object = JSONObject()
        if userConsent != .allowed { object.append("consent", .string(userConsent.rawValue)) }
        object.append("requests", adminConsentRequests, unless: false)
        object.appendUnlessEmpty("lifetimes", tokenLifetimes.map { .object($0.journalObject) })
        if let passwordExpiry {
            object.append("passwordDays", .int(Int64(passwordExpiry.validityDays)))
            object.append("passwordNotice", .int(Int64(passwordExpiry.notificationDays)))
        }
        object.append("securityDefaults", securityDefaults, unless: false)
        if crossTenantAccess != CrossTenantAccess() {
            object.append("crossTenant", .object(crossTenantAccess.journalObject))
        }
        return object
    }

    init(journal fields: JournalFields) throws(EventCodecError) {
        self.init()
        if try fields.optionalString("consent") != nil {
            userConsent = try fields.choice("consent")
        }
        adminConsentRequests = try fields.bool("requests", default: false)
        tokenLifetimes = try fields.objects("lifetimes").map { policy throws(EventCodecError) in
            try TokenLifetimePolicy(journal: policy)
        }
        if let days = try fields.optionalInt("passwordDays") {
            passwordExpiry = PasswordExpiry(
                validityDays: Int(clamping: days),
                notificationDays: Int(clamping: try fields.int("passwordNotice")))
        }
        securityDefaults = try fields.bool("securityDefaults", default: false)
        if let access = try fields.optionalFields("crossTenant") {
            crossTenantAccess = try CrossTenantAccess(journal: access)
        }
    }
}

extension CrossTenantAccess {
    var journalObject: JSONObject {
        var object: JSONObject = [
            "in": .string(inbound.rawValue), "out": .string(outbound.rawValue),
        ]
        object.appendUnlessEmpty(
            "partners",
            partners.map { partner in
                var object: JSONObject = ["tenant": .id(partner.tenant)]
                object.appendIfPresent("in", partner.inbound?.rawValue)
                object.appendIfPresent("out", partner.outbound?.rawValue)
                return .object(object)
            })
        return object
    }

    init(journal fields: JournalFields) throws(EventCodecError) {
        self.init()
        inbound = try fields.choice("in")
        outbound = try fields.choice("out")
        partners = try fields.objects("partners").map { partner throws(EventCodecError) in
            func type(_ key: String) throws(EventCodecError) -> AccessType? {
                try partner.optionalString(key) == nil ? nil : try partner.choice(key)
            }
            return Partner(
                tenant: try partner.id("tenant"), inbound: try type("in"),
                outbound: try type("out"))
        }
    }
}

extension TokenLifetimePolicy {
    var journalObject: JSONObject {
        var object: JSONObject = [
            "id": .id(id), "name": .string(displayName),
            "seconds": .int(accessTokenLifetime.components.seconds),
        ]
        object.append("default", isOrganizationDefault, unless: false)
        return object
    }

    init(journal fields: JournalFields) throws(EventCodecError) {
        self.init(
            id: try fields.id("id"), displayName: try fields.string("name"),
            accessTokenLifetime: .seconds(try fields.int("seconds")),
            isOrganizationDefault: try fields.bool("default", default: false))
    }
}

extension DirectoryRoleAssignment {
    var journalObject: JSONObject {
        ["role": .string(role.rawValue), "principal": principal.journalValue]
    }

    init(journal fields: JournalFields) throws(EventCodecError) {
        self.init(role: try fields.choice("role"), principal: try fields.principal("principal"))
    }
}

extension SigningKeySchedule {
    var journalObject: JSONObject {
        var object: JSONObject = [
            "ahead": .int(rollover.publishedAhead.components.seconds),
            "kept": .int(rollover.keptAfter.components.seconds),
            "keys": .array(keys.map { .object($0.journalObject) }),
        ]
        object.appendIfPresent(
            "interval", rollover.interval.map { .int($0.components.seconds) })
        return object
    }

    init(journal fields: JournalFields) throws(EventCodecError) {
        let interval = try fields.optionalInt("interval")
        self.init(
            rollover: Rollover(
                interval: interval.map { .seconds($0) },
                publishedAhead: .seconds(try fields.int("ahead")),
                keptAfter: .seconds(try fields.int("kept"))),
            keys: try fields.objects("keys").map { key throws(EventCodecError) in
                try Key(journal: key)
            })
    }
}

extension SigningKeySchedule.Key {
    var journalObject: JSONObject {
        var object: JSONObject = ["n": .int(Int64(number)), "published": .time(publishedAt)]
        object.appendIfPresent("signs", signsAt.map { .time($0) })
        object.appendIfPresent("removed", removedAt.map { .time($0) })
        return object
    }

    init(journal fields: JournalFields) throws(EventCodecError) {
        self.init(
            number: Int(clamping: try fields.int("n")), publishedAt: try fields.time("published"),
            signsAt: try fields.optionalTime("signs"),
            removedAt: try fields.optionalTime("removed"))
    }
}

extension RequiredResourceAccess {
    /// `["<resource>","Scope:<id>",…]`
    var journalValue: JSONValue {
        .array(
            [.id(resource)]
                + permissions.map { .string("\($0.kind.rawValue):\($0.id)") })
    }

    static func list(
        journal fields: JournalFields, _ key: String
    ) throws(EventCodecError) -> [RequiredResourceAccess] {
        try fields.array(key).map { value throws(EventCodecError) in
            let texts = value.arrayValue?.compactMap(\.stringValue) ?? []
            guard let resource = texts.first.flatMap({ AppID($0) }) else {
                throw .wrongKind(key: key)
            }
            return RequiredResourceAccess(
                resource: resource,
                permissions: try texts.dropFirst().map { text throws(EventCodecError) in
                    let parts = text.split(separator: ":")
                    guard parts.count == 2, let kind = Permission.Kind(rawValue: String(parts[0])),
                        let id = GUID(parts[1])
                    else { throw .wrongKind(key: key) }
                    return Permission(id: id, kind: kind)
                })
        }
    }
}
