import SimCore
import SimHTTP

/// Builds the requests of one cycle, byte for byte as the service sends them.
/// provisioning.md §7.1, §7.2.
struct SCIMCalls: Sendable {
    private let address: TargetAddress
    private let authorization: String?
    private let engineHeader: String?
    private let echoedFlags: String
    let activity: GUID
    let startedAt: Timestamp

    init(job: ProvisioningJob, activity: GUID, at time: Timestamp) {
        self.activity = activity
        startedAt = time
        address = job.address
        authorization = job.bearer.map { "Bearer " + $0 }
        engineHeader =
            job.settings.sendsEngineHeader
            ? "Date:\(time.iso8601), ActivityId:\(activity)" : nil
        echoedFlags = job.settings.echoesTenantFlags ? job.address.flags.joined(separator: "&") : ""
    }

    /// Query by one attribute; groups are asked for without their members. Escapes have lower-case
    /// digits, as .NET writes them (unverified). provisioning.md §7.2.
    func match(_ kind: ObjectKey.Kind, attribute: String, value: String) -> HTTPRequest {
        let filter =
            "filter="
            + PercentCoding.encode(
                "\(attribute) eq \(MappingExpression.quoted(value))", .redirect)
        let query = kind == .group ? "excludedAttributes=members&" + filter : filter
        return request(.get, resource(kind), query: query)
    }

    func read(_ kind: ObjectKey.Kind, id: String) -> HTTPRequest {
        request(
            .get, resource(kind, id), query: kind == .group ? "excludedAttributes=members" : nil)
    }

    func create(_ kind: ObjectKey.Kind, _ body: JSONObject) -> HTTPRequest {
        request(.post, resource(kind), body: body)
    }

    func patch(_ kind: ObjectKey.Kind, id: String, _ body: JSONObject) -> HTTPRequest {
        request(.patch, resource(kind, id), body: body)
    }

    func delete(_ kind: ObjectKey.Kind, id: String) -> HTTPRequest {
        request(.delete, resource(kind, id))
    }

    private func resource(_ kind: ObjectKey.Kind, _ id: String? = nil) -> String {
        let collection = address.basePath + (kind == .user ? "/Users" : "/Groups")
        return id.map { collection + "/" + PercentCoding.encode($0) } ?? collection
    }

    private func request(
        _ method: HTTPMethod, _ path: String, query: String? = nil, body: JSONObject? = nil
    ) -> HTTPRequest {
        var target = path
        let pieces = [query ?? "", echoedFlags].filter { !$0.isEmpty }
        if !pieces.isEmpty { target += "?" + pieces.joined(separator: "&") }
        var headers = HTTPHeaders()
        if let authorization { headers.append("Authorization", authorization) }
        headers.append("Accept", "application/scim+json")
        if body != nil { headers.append("Content-Type", "application/scim+json; charset=utf-8") }
        if let engineHeader { headers.append("ADSCIMVersion", engineHeader) }
        return HTTPRequest(
            method: method, target: target, headers: headers, body: body?.serialized ?? [])
    }
}
