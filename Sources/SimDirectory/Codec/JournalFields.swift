import SimCore

/// The members of one object of a journal line, read with typed errors.
struct JournalFields {
    let object: JSONObject

    /// - Parameter key: what the object is, for the error.
    init(_ value: JSONValue, of key: String) throws(EventCodecError) {
        guard case .object(let object) = value else { throw .wrongKind(key: key) }
        self.object = object
    }

    /// The value of a key; nil when absent or null.
    func value(_ key: String) -> JSONValue? {
        guard let value = object[key], value != .null else { return nil }
        return value
    }

    func fields(_ key: String) throws(EventCodecError) -> JournalFields {
        guard let value = value(key) else { throw .missing(key: key) }
        return try JournalFields(value, of: key)
    }

    func optionalFields(_ key: String) throws(EventCodecError) -> JournalFields? {
        guard let value = value(key) else { return nil }
        return try JournalFields(value, of: key)
    }

    func optionalString(_ key: String) throws(EventCodecError) -> String? {
        guard let value = value(key) else { return nil }
        guard case .string(let text) = value else { throw .wrongKind(key: key) }
        return text
    }

    func string(_ key: String) throws(EventCodecError) -> String {
        guard let text = try optionalString(key) else { throw .missing(key: key) }
        return text
    }

    func optionalInt(_ key: String) throws(EventCodecError) -> Int64? {
        guard let value = value(key) else { return nil }
        guard case .int(let number) = value else { throw .wrongKind(key: key) }
        return number
    }

    func int(_ key: String) throws(EventCodecError) -> Int64 {
        guard let number = try optionalInt(key) else { throw .missing(key: key) }
        return number
    }

    /// A flag that is left out when it has its default value.
    func bool(_ key: String, default standard: Bool) throws(EventCodecError) -> Bool {
        guard let value = value(key) else { return standard }
        guard case .bool(let flag) = value else { throw .wrongKind(key: key) }
        return flag
    }

    func optionalTime(_ key: String) throws(EventCodecError) -> Timestamp? {
        try optionalInt(key).map { Timestamp(microseconds: $0) }
    }

    func time(_ key: String) throws(EventCodecError) -> Timestamp {
        Timestamp(microseconds: try int(key))
    }

    func optionalID<Kind>(_ key: String) throws(EventCodecError) -> Identifier<Kind>? {
        guard let text = try optionalString(key) else { return nil }
        guard let id = Identifier<Kind>(text) else { throw .wrongKind(key: key) }
        return id
    }

    func id<Kind>(_ key: String) throws(EventCodecError) -> Identifier<Kind> {
        guard let id: Identifier<Kind> = try optionalID(key) else { throw .missing(key: key) }
        return id
    }

    func bytes(_ key: String) throws(EventCodecError) -> [UInt8] {
        guard let bytes = Base64.decode(try string(key)) else { throw .wrongKind(key: key) }
        return bytes
    }

    /// A list that is left out when it is empty.
    func array(_ key: String) throws(EventCodecError) -> [JSONValue] {
        guard let value = value(key) else { return [] }
        guard case .array(let values) = value else { throw .wrongKind(key: key) }
        return values
    }

    func strings(_ key: String) throws(EventCodecError) -> [String] {
        try array(key).map { value throws(EventCodecError) in
            guard case .string(let text) = value else { throw .wrongKind(key: key) }
            return text
        }
    }

    func objects(_ key: String) throws(EventCodecError) -> [JournalFields] {
        try array(key).map { value throws(EventCodecError) in
            try JournalFields(value, of: key)
        }
    }

    func object(_ key: String) throws(EventCodecError) -> JSONObject? {
        guard let value = value(key) else { return nil }
        guard case .object(let object) = value else { throw .wrongKind(key: key) }
        return object
    }

    func choice<Choice: RawRepresentable>(
        _ key: String
    ) throws(EventCodecError) -> Choice where Choice.RawValue == String {
        let text = try string(key)
        guard let choice = Choice(rawValue: text) else { throw .unknown(key: key, value: text) }
        return choice
    }

    /// `user:<id>`, `group:<id>`, `app:<id>`
    func principal(_ key: String) throws(EventCodecError) -> Principal {
        let text = try string(key)
        guard let colon = text.firstIndex(of: ":"),
            let guid = GUID(text[text.index(after: colon)...])
        else { throw .wrongKind(key: key) }
        switch text[..<colon] {
        case "user": return .user(UserID(guid))
        case "group": return .group(GroupID(guid))
        case "app": return .servicePrincipal(ServicePrincipalID(guid))
        default: throw .unknown(key: key, value: text)
        }
    }
}

extension JSONValue {
    static func id<Kind>(_ id: Identifier<Kind>) -> JSONValue { .string(id.description) }

    static func time(_ time: Timestamp) -> JSONValue { .int(time.microseconds) }
}

extension JSONObject {
    /// Appends a list unless it is empty.
    mutating func appendUnlessEmpty(_ name: String, _ values: [JSONValue]) {
        if !values.isEmpty { append(name, .array(values)) }
    }

    /// Appends a flag unless it has its default value.
    mutating func append(_ name: String, _ flag: Bool, unless standard: Bool) {
        if flag != standard { append(name, .bool(flag)) }
    }
}

extension Principal {
    var journalValue: JSONValue {
        switch self {
        case .user(let id): .string("user:\(id)")
        case .group(let id): .string("group:\(id)")
        case .servicePrincipal(let id): .string("app:\(id)")
        }
    }
}
