import SimCore

extension DeviceAuthorization {
    var journalObject: JSONObject {
        var object: JSONObject = ["code": .string(userCode), "client": .id(client)]
        if let tenant { object.append("tenant", .id(tenant)) }
        object.append("scope", .string(scope))
        object.append("expires", .time(expiresAt))
        switch answer {
        case nil: break
        case .declined: object.append("declined", .bool(true))
        case .approved(let approval): object.append("approved", .object(approval.journalObject))
        }
        return object
    }

    init(journal fields: JournalFields) throws(EventCodecError) {
        let answer: Answer? =
            if let approval = try fields.optionalFields("approved") {
                .approved(try Approval(journal: approval))
            } else if try fields.bool("declined", default: false) {
                .declined
            } else {
                nil
            }
        self.init(
            userCode: try fields.string("code"), client: try fields.id("client"),
            tenant: try fields.optionalID("tenant"), scope: try fields.string("scope"),
            expiresAt: try fields.time("expires"), answer: answer)
    }
}

extension DeviceAuthorization.Approval {
    fileprivate var journalObject: JSONObject {
        [
            "tenant": .id(tenant), "user": .id(user), "at": .time(authenticatedAt),
            "methods": JSONValue(strings: methods), "session": .string(sessionID.description),
        ]
    }

    fileprivate init(journal fields: JournalFields) throws(EventCodecError) {
        guard let session = GUID(try fields.string("session")) else {
            throw .wrongKind(key: "session")
        }
        self.init(
            tenant: try fields.id("tenant"), user: try fields.id("user"),
            authenticatedAt: try fields.time("at"), methods: try fields.strings("methods"),
            sessionID: session)
    }
}
