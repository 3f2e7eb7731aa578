import SimCore
import SimHTTP
import SimSCIM

/// `/Schemas`, `/ResourceTypes`, `/ServiceProviderConfig`. RFC 7644 §4.
struct Discovery {
    private let call: SCIMCall
    private let pageLimit: Int

    private static let schemas = [SCIMSchema.user, .enterpriseUser, .group]
    private static let types = [ResourceType.user, .group]

    init(_ call: SCIMCall, pageLimit: Int) {
        self.call = call
        self.pageLimit = pageLimit
    }

    func response() throws(SCIMError) -> HTTPResponse {
        // A service must not pretend to have filtered these. RFC 7644 §4.
        if call.query["filter"] != nil {
            throw SCIMError(status: 403, nil, "discovery takes no filter")
        }
        let name = call.segments.count > 1 ? call.segments[1] : nil
        guard call.segments.count <= 2 else { throw missing() }
        switch call.segments[0] {
        case "Schemas":
            let all = Self.schemas.map { ($0.id, $0.json(baseURL: call.baseURL)) }
            return try answer(all, name)
        case "ResourceTypes":
            let all = Self.types.map { ($0.name, $0.json(baseURL: call.baseURL)) }
            return try answer(all, name)
        default:
            guard name == nil else { throw missing() }
            let config = ServiceProviderConfig(maxResults: pageLimit, supportsETag: true)
            return HTTPResponse(scim: config.json(baseURL: call.baseURL))
        }
    }

    private func answer(
        _ all: [(name: String, json: JSONValue)], _ name: String?
    ) throws(SCIMError) -> HTTPResponse {
        guard let name else { return HTTPResponse(scim: ListResponse(all.map(\.json)).json) }
        guard let one = all.first(where: { SCIMName.isSame($0.name, name) }) else {
            throw missing()
        }
        return HTTPResponse(scim: one.json)
    }

    private func missing() -> SCIMError {
        SCIMError(
            status: 404, nil, "there is nothing at '/\(call.segments.joined(separator: "/"))'")
    }
}
