import SimCore

extension AppRegistration.FederatedCredential {
    var journalObject: JSONObject {
        var object: JSONObject = [
            "name": .string(name), "issuer": .string(issuer), "subject": .string(subject),
            "audiences": JSONValue(strings: audiences),
        ]
        object.appendIfPresent("description", description)
        return object
    }

    init(journal fields: JournalFields) throws(EventCodecError) {
        self.init(
            name: try fields.string("name"), issuer: try fields.string("issuer"),
            subject: try fields.string("subject"), audiences: try fields.strings("audiences"),
            description: try fields.optionalString("description"))
    }
}
