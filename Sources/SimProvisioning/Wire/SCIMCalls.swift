import SimCore
import SimHTTP

/// Builds the requests of one cycle, byte for byte as the service sends them.
/// provisioning.md §7.1, §7.2.
struct SCIMCalls: Sendable {
    private let users: String
    private let groups: String
    private let echoedFlags: String
    /// Header fields of a call without a body, and of one with it.
    private let headers: HTTPHeaders
    private let bodyHeaders: HTTPHeaders
    let activity: GUID
    let startedAt: Timestamp

    init(job: ProvisioningJob, activity: GUID, at time: Timestamp) {
        self.activity = activity
        startedAt = time
        users = job.address.basePath + "/Users"
        groups = job.address.basePath + "/Groups"
        headers = Self.headers(job, activity, time, hasBody: false)
        bodyHeaders = Self.headers(job, activity, time, hasBody: true)
        echoedFlags = job.settings.echoesTenantFlags ? job.address.flags.joined(separator: "&") : ""
    }

    /// Query by one attribute; groups are asked for without their members. Escapes have lower-case
    /// digits, as .NET writes them (unverified). provisioning.md §7.2.
    func match(_ kind: ObjectKey.Kind, attribute: String, value: String) -> HTTPRequest {
        let condition = "\(attribute) eq \(MappingExpression.quoted(value))"
        let query = kind == .group ? "excludedAttributes=members&filter=" : "filter="
        return request(
            .get, resource(kind), query: query + PercentCoding.encode(condition, .redirect))
    }

    func read(_ kind: ObjectKey.Kind, id: String) -> HTTPRequest {
        request(
            .get, resource(kind, id), query: kind == .group ? "excludedAttributes=members" : nil)
    }

    func create(_ kind: ObjectKey.Kind, _ body: [UInt8]) -> HTTPRequest {
        request(.post, resource(kind), body: body)
    }

    func patch(_ kind: ObjectKey.Kind, id: String, _ body: JSONObject) -> HTTPRequest {
        request(.patch, resource(kind, id), body: body.serialized)
    }

    func delete(_ kind: ObjectKey.Kind, id: String) -> HTTPRequest {
        request(.delete, resource(kind, id))
    }

    private func resource(_ kind: ObjectKey.Kind, _ id: String? = nil) -> String {
        let collection = kind == .user ? users : groups
        return id.map { collection + "/" + PercentCoding.encode($0) } ?? collection
    }

    private func request(
        _ method: HTTPMethod, _ path: String, query: String? = nil, body: [UInt8]? = nil
    ) -> HTTPRequest {
        var target = path
        if let query { target += "?" + query }
        if !echoedFlags.isEmpty { target += (query == nil ? "?" : "&") + echoedFlags }
        return HTTPRequest(
            method: method, target: target, headers: body == nil ? headers : bodyHeaders,
            body: body ?? [])
    }

    private static func headers(
        _ job: ProvisioningJob, _ activity: GUID, _ time: Timestamp, hasBody: Bool
    ) -> HTTPHeaders {
        var headers = HTTPHeaders()
        if let bearer = job.bearer { headers.append("Authorization", "Bearer " + bearer) }
        headers.append("Accept", "application/scim+json")
        if hasBody { headers.append("Content-Type", "application/scim+json; charset=utf-8") }
        if job.settings.sendsEngineHeader {
            headers.append("ADSCIMVersion", "Date:\(time.iso8601), ActivityId:\(activity)")
        }
        return headers
    }
}
