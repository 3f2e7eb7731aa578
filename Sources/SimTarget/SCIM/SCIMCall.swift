import SimCore
import SimHTTP
import SimSCIM

/// One authorised call of the SCIM endpoint, taken apart.
struct SCIMCall {
    let method: HTTPMethod
    /// The segments below the base, empty ones left out: `["Users", "1"]`.
    let segments: [String]
    let query: FormFields
    let headers: HTTPHeaders
    let body: [UInt8]
    /// `https://host/apps/claresia/scim/v2`, without trailing slash.
    let baseURL: String
    let now: Timestamp
    let random: any RandomSource
    /// What is done wrong with this call on purpose.
    var defects: Set<AppDefect.Name> = []

    /// The app's data may change. RFC 7644 §3.2.
    var writes: Bool { method != .get && segments.last != ".search" }

    /// The projection asked for. RFC 7644 §3.9.
    func projection() throws(SCIMError) -> AttributeProjection {
        try AttributeProjection(
            attributes: query["attributes"], excludedAttributes: query["excludedAttributes"])
    }

    /// The body as JSON. RFC 7644 §8.1 names the media type; plain JSON is accepted too.
    func json() throws(SCIMError) -> JSONValue {
        if let type = headers["Content-Type"] {
            let name = type.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
            guard name == SCIMMediaType.scim || name == "application/json" else {
                throw SCIMError(
                    status: 415, nil,
                    "send \(SCIMMediaType.scim) or application/json, not '\(name.prefix(64))'")
            }
        }
        do {
            return try JSONValue(parsing: body)
        } catch {
            throw .badRequest(
                .invalidSyntax, "the body is not JSON: \(error.explanation) at byte \(error.offset)"
            )
        }
    }

    /// Refuses a change of another version than the client saw. RFC 7644 §3.14.
    func checkPrecondition(_ tag: String) throws(SCIMError) {
        guard let wanted = headers["If-Match"], !Self.lists(wanted, tag) else { return }
        throw SCIMError(status: 412, .invalidVers, "the resource is at version \(tag)")
    }

    /// Whether the client has this version already.
    func hasCurrent(_ tag: String) -> Bool {
        headers["If-None-Match"].map { Self.lists($0, tag) } ?? false
    }

    private static func lists(_ field: String, _ tag: String) -> Bool {
        field.split(separator: ",").contains { piece in
            let name = piece.filter { $0 != " " }
            return name == "*" || name == tag
        }
    }
}

/// What a call is answered, and what it changes.
struct SampleAppDecision {
    /// What is answered once the changes are applied.
    enum Answer {
        case ready(HTTPResponse)
        /// The resource as it is then.
        case resource(ResourceType, id: String, status: Int, AttributeProjection)
    }

    let answer: Answer
    let changes: [SampleAppChange]

    init(_ response: HTTPResponse, changes: [SampleAppChange] = []) {
        answer = .ready(response)
        self.changes = changes
    }

    /// Shows a resource after the changes.
    init(
        _ type: ResourceType, _ id: String, status: Int = 200, _ call: SCIMCall,
        changes: [SampleAppChange] = []
    ) throws(SCIMError) {
        answer = .resource(type, id: id, status: status, try call.projection())
        self.changes = changes
    }
}

extension HTTPResponse {
    /// A SCIM answer. RFC 7644 §8.1.
    init(status: Int = 200, scim value: JSONValue, headers: HTTPHeaders = [:]) {
        self.init(status: status, headers: headers, body: value.serialized)
        self.headers.append("Content-Type", SCIMMediaType.scimUTF8)
        self.headers.append("Cache-Control", "no-store")
    }

    init(_ error: SCIMError, headers: HTTPHeaders = [:]) {
        self.init(status: error.status, scim: error.json, headers: headers)
    }
}
