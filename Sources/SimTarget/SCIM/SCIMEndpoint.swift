import SimCore
import SimHTTP
import SimSCIM

/// The SCIM endpoint: routes an authorised call and answers it. RFC 7644 §3.
extension SampleAppState {
    /// Decides the answer and the changes it stands for; changes nothing itself.
    func decide(_ call: SCIMCall, pageLimit: Int) -> SampleAppDecision {
        do throws(SCIMError) {
            return try route(call, pageLimit: pageLimit)
        } catch {
            return SampleAppDecision(HTTPResponse(error))
        }
    }

    private func route(
        _ call: SCIMCall, pageLimit: Int
    ) throws(SCIMError) -> SampleAppDecision {
        let rest = Array(call.segments.dropFirst())
        switch call.segments.first {
        case "Users": return try resources(call, .user, rest, pageLimit)
        case "Groups": return try resources(call, .group, rest, pageLimit)
        case "Schemas", "ResourceTypes", "ServiceProviderConfig":
            if let refusal = Self.refusal(call, unless: [.get]) { return refusal }
            return SampleAppDecision(try Discovery(call, pageLimit: pageLimit).response())
        case "Me", "Bulk", ".search":
            throw SCIMError(
                status: 501, nil, "'\(call.segments[0])' is not offered by this service")
        default: throw Self.noResource(call)
        }
    }

    private func resources(
        _ call: SCIMCall, _ type: ResourceType, _ rest: [String], _ pageLimit: Int
    ) throws(SCIMError) -> SampleAppDecision {
        switch (rest.count, rest.first) {
        case (0, _):
            if let refusal = Self.refusal(call, unless: [.get, .post]) { return refusal }
            if call.method == .post {
                return type == .user ? try createUser(call) : try createGroup(call)
            }
            return try list(SCIMQuery(call), call, type, pageLimit)
        case (1, ".search"):
            if let refusal = Self.refusal(call, unless: [.post]) { return refusal }
            return try list(SCIMQuery(search: call.json()), call, type, pageLimit)
        case (1, let id?):
            let methods: [HTTPMethod] = [.get, .put, .patch, .delete]
            if let refusal = Self.refusal(call, unless: methods) { return refusal }
            return type == .user ? try oneUser(call, id) : try oneGroup(call, id)
        case (_, _): throw Self.noResource(call)
        }
    }

    private func list(
        _ query: SCIMQuery, _ call: SCIMCall, _ type: ResourceType, _ pageLimit: Int
    ) throws(SCIMError) -> SampleAppDecision {
        let list = try search(query, type, call, pageLimit: pageLimit)
        return SampleAppDecision(HTTPResponse(scim: list.json))
    }

    /// The refusal of every other method. RFC 9110 §15.5.6.
    private static func refusal(
        _ call: SCIMCall, unless methods: [HTTPMethod]
    ) -> SampleAppDecision? {
        guard !methods.contains(call.method) else { return nil }
        let names = methods.map(\.rawValue).joined(separator: ", ")
        let error = SCIMError(
            status: 405, nil, "use \(names), not \(call.method.rawValue.prefix(16))")
        return SampleAppDecision(HTTPResponse(error, headers: ["Allow": names]))
    }

    private static func noResource(_ call: SCIMCall) -> SCIMError {
        SCIMError(
            status: 404, nil, "there is nothing at '/\(call.segments.joined(separator: "/"))'")
    }
}

extension SampleAppState {
    /// The response of a decision whose changes are applied.
    func response(to decision: SampleAppDecision, baseURL: String) -> HTTPResponse {
        switch decision.answer {
        case .ready(let response): response
        case .resource(let type, let id, let status, let projection):
            showing(type, id, status, ResourceView(baseURL: baseURL, projection: projection))
        }
    }

    private func showing(
        _ type: ResourceType, _ id: String, _ status: Int, _ view: ResourceView
    ) -> HTTPResponse {
        guard let object = resource(id, type, view), let tag = users[id]?.tag ?? groups[id]?.tag
        else { return HTTPResponse(Self.notFound(type, id)) }
        var headers: HTTPHeaders = ["ETag": tag]
        headers.append(
            status == 201 ? "Location" : "Content-Location", view.location(type, id))
        return HTTPResponse(status: status, scim: .object(object), headers: headers)
    }

    /// One resource's JSON; nil when there is none of that id.
    func resource(_ id: String, _ type: ResourceType, _ view: ResourceView) -> JSONObject? {
        type == .user
            ? users[id].map { view.user($0, in: self) }
            : groups[id].map { view.group($0, in: self) }
    }

    static func notFound(_ type: ResourceType, _ id: String) -> SCIMError {
        SCIMError(status: 404, nil, "there is no \(type.name) '\(id.prefix(64))'")
    }

    static func taken(_ name: String, _ value: String) -> SCIMError {
        SCIMError(status: 409, .uniqueness, "'\(name)' \"\(value)\" is taken")
    }
}
