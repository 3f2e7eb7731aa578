import SimCore
import SimHTTP

/// What a target's answer to a query or a read means. provisioning.md §1.7.
enum MatchAnswer: Sendable {
    case none
    case one(id: String, JSONObject)
    case many
    /// A 2xx answer that is no SCIM message.
    case malformed

    /// A ListResponse.
    init(list body: [UInt8]) {
        guard let object = Self.object(body),
            Self.names(object, "urn:ietf:params:scim:api:messages:2.0:ListResponse")
        else {
            self = .malformed
            return
        }
        let resources = object.member("Resources")?.arrayValue
        let total = object.member("totalResults")?.intValue
        guard let resources, !resources.isEmpty else {
            self = total == nil || total == 0 ? .none : .malformed
            return
        }
        guard resources.count == 1, total ?? 1 <= 1 else {
            self = .many
            return
        }
        guard let resource = resources[0].objectValue, let id = Self.id(resource) else {
            self = .malformed
            return
        }
        self = .one(id: id, resource)
    }

    /// A single resource; a list of several where one was asked for is `many`.
    init(resource body: [UInt8]) {
        self = Self.resource(Self.object(body))
    }

    /// The same of an answer of which only some members are looked at; without case.
    init(resource body: [UInt8], keeping names: [String]) {
        let object = try? JSONObject(parsing: body) { name in
            names.contains { HTTPHeaders.isSame($0, name) }
        }
        self = Self.resource(object ?? nil)
    }

    private static func resource(_ object: JSONObject?) -> MatchAnswer {
        guard let object else { return .malformed }
        if let resources = object.member("Resources")?.arrayValue {
            return resources.count > 1 ? .many : .malformed
        }
        guard let id = id(object) else { return .malformed }
        return .one(id: id, object)
    }

    /// Whether a refusal carries a SCIM error document. RFC 7644 §3.12.
    static func isErrorDocument(_ body: [UInt8]) -> Bool {
        object(body).map { names($0, "urn:ietf:params:scim:api:messages:2.0:Error") } ?? false
    }

    /// Whether a 2xx answer to a PATCH is one: nothing, or a JSON object. provisioning.md §5.5.
    static func isWriteAnswer(_ body: [UInt8]) -> Bool {
        guard !body.isEmpty else { return true }
        let object = try? JSONObject(parsing: body) { _ in false }
        return (object ?? nil) != nil
    }

    private static func object(_ body: [UInt8]) -> JSONObject? {
        // Any text that is no JSON object is "malformed" to the caller, whatever the reason.
        (try? JSONValue(parsing: body))?.objectValue
    }

    private static func names(_ object: JSONObject, _ schema: String) -> Bool {
        object.member("schemas")?.arrayValue?.contains {
            $0.stringValue.map { HTTPHeaders.isSame($0, schema) } ?? false
        } ?? false
    }

    private static func id(_ resource: JSONObject) -> String? {
        guard let id = resource.member("id")?.scalarText, !id.isEmpty else { return nil }
        return id
    }
}
