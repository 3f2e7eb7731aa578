import SimCore

extension TenantProfile {
    var journalObject: JSONObject {
        let usual = TenantProfile(
            id: id, name: name, displayName: displayName, domains: domains,
            pairwiseSalt: pairwiseSalt)
        var object: JSONObject = [
            "id": .id(id), "name": .string(name), "displayName": .string(displayName),
            "domains": JSONValue(strings: domains), "salt": .string(Base64.encode(pairwiseSalt)),
        ]
        if country != usual.country { object.append("country", .string(country)) }
        if preferredLanguage != usual.preferredLanguage {
            object.append("language", .string(preferredLanguage))
        }
        object.appendIfPresent("region", region?.rawValue)
        if createdAt != usual.createdAt { object.append("created", .time(createdAt)) }
        return object
    }

    init(journal fields: JournalFields) throws(EventCodecError) {
        self.init(
            id: try fields.id("id"), name: try fields.string("name"),
            displayName: try fields.string("displayName"), domains: try fields.strings("domains"),
            pairwiseSalt: try fields.bytes("salt"))
        country = try fields.optionalString("country") ?? country
        preferredLanguage = try fields.optionalString("language") ?? preferredLanguage
        if try fields.optionalString("region") != nil { region = try fields.choice("region") }
        createdAt = try fields.optionalTime("created") ?? createdAt
    }
}
