import SimCore
import SimHTTP

@testable import SimProvisioning

/// The smallest SCIM endpoint that behaves: enough for cycles, with scripted refusals.
struct TinyTarget {
    typealias Rule = (HTTPRequest) -> Result<HTTPResponse, ConnectionFailure>?

    private(set) var users: [String: JSONObject] = [:]
    private(set) var groups: [String: JSONObject] = [:]
    /// Asked first; nil lets the target answer itself.
    var rule: Rule?
    /// Calls as `METHOD target`, then the body, in the order received.
    private(set) var calls: [HTTPRequest] = []
    private var nextID = 1

    /// Calls other than GET.
    var writes: [HTTPRequest] { calls.filter { $0.method != .get } }

    mutating func forgetCalls() { calls = [] }

    mutating func put(user: JSONObject, id: String) { users[id] = Self.with(id, user) }
    mutating func put(group: JSONObject, id: String) { groups[id] = Self.with(id, group) }
    mutating func removeUser(_ id: String) { users[id] = nil }
    mutating func removeGroup(_ id: String) { groups[id] = nil }

    func user(named name: String) -> JSONObject? {
        users.values.first { $0["userName"]?.stringValue == name }
    }

    func group(named name: String) -> JSONObject? {
        groups.values.first { $0["displayName"]?.stringValue == name }
    }

    func members(of name: String) -> [String] {
        (group(named: name)?["members"]?.arrayValue ?? []).compactMap { $0["value"]?.stringValue }
            .compactMap { users[$0]?["userName"]?.stringValue }.sorted()
    }

    mutating func answer(_ request: HTTPRequest) -> Result<HTTPResponse, ConnectionFailure> {
        calls.append(request)
        if let scripted = rule?(request) { return scripted }
        return .success(respond(request))
    }

    private mutating func respond(_ request: HTTPRequest) -> HTTPResponse {
        guard request.headers["Authorization"] == "Bearer s3cret-Token" else {
            return HTTPResponse(status: 401, body: Array("no".utf8))
        }
        let segments = request.pathSegments ?? []
        guard segments.count >= 2, segments[0] == "scim" else { return HTTPResponse(status: 404) }
        let isUser = segments[1] == "Users"
        let id = segments.count > 2 ? segments[2] : nil
        switch (request.method, id) {
        case (.get, nil): return list(request, isUser: isUser)
        case (.post, nil): return create(request, isUser: isUser)
        case (.get, let id?):
            guard var found = isUser ? users[id] : groups[id] else { return Self.notFound }
            if !isUser { found["members"] = nil }
            return HTTPResponse(json: .object(found))
        case (.patch, let id?):
            guard let found = isUser ? users[id] : groups[id] else { return Self.notFound }
            let patched = Self.patched(found, request.body)
            if isUser { users[id] = patched } else { groups[id] = patched }
            return HTTPResponse(status: 204)
        case (HTTPMethod.delete, let id?):
            if isUser { users[id] = nil } else { groups[id] = nil }
            return HTTPResponse(status: 204)
        default: return HTTPResponse(status: 405)
        }
    }

    static let notFound = HTTPResponse(
        status: 404,
        json: ["schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "404"])

    static func listResponse(_ resources: [JSONObject]) -> HTTPResponse {
        HTTPResponse(json: [
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
            "totalResults": .int(Int64(resources.count)),
            "Resources": .array(resources.map { .object($0) }),
        ])
    }

    /// The attribute and value of the one filter the service sends.
    static func filter(_ request: HTTPRequest) -> (attribute: String, value: String)? {
        guard let query = request.query, let fields = try? FormFields(parsing: query),
            let filter = fields["filter"]
        else { return nil }
        let parts = filter.split(separator: " ", maxSplits: 2)
        guard parts.count == 3 else { return nil }
        return (String(parts[0]), String(parts[2].dropFirst().dropLast()))
    }

    private func list(_ request: HTTPRequest, isUser: Bool) -> HTTPResponse {
        guard let filter = Self.filter(request) else { return HTTPResponse(status: 400) }
        let all = isUser ? users : groups
        let found = all.sorted { $0.key < $1.key }.map(\.value).filter {
            $0[filter.attribute]?.stringValue?.lowercased() == filter.value.lowercased()
        }
        return Self.listResponse(found)
    }

    private mutating func create(_ request: HTTPRequest, isUser: Bool) -> HTTPResponse {
        guard let body = (try? JSONValue(parsing: request.body))?.objectValue else {
            return HTTPResponse(status: 400)
        }
        let name = isUser ? "userName" : "displayName"
        let id =
            (isUser ? "u-" : "g-") + (body[name]?.stringValue?.prefix { $0 != "@" } ?? "\(nextID)")
        nextID += 1
        let resource = Self.with(id, body)
        if isUser { users[id] = resource } else { groups[id] = resource }
        return HTTPResponse(status: 201, json: .object(resource))
    }

    private static func with(_ id: String, _ object: JSONObject) -> JSONObject {
        var resource = object
        resource["id"] = .string(id)
        return resource
    }

    private static func patched(_ resource: JSONObject, _ body: [UInt8]) -> JSONObject {
        var resource = resource
        let operations = (try? JSONValue(parsing: body))?["Operations"]?.arrayValue ?? []
        for operation in operations {
            let isRemoval = operation["op"]?.stringValue?.lowercased() == "remove"
            let value = operation["value"] ?? .null
            guard let path = operation["path"]?.stringValue else {
                for member in value.objectValue?.members ?? [] {
                    set(member.value, member.name, in: &resource)
                }
                continue
            }
            if path.hasPrefix("members") {
                patchMembers(&resource, isRemoval: isRemoval, path: path, value: value)
            } else {
                set(isRemoval ? .null : value, path, in: &resource)
            }
        }
        return resource
    }

    private static func patchMembers(
        _ group: inout JSONObject, isRemoval: Bool, path: String, value: JSONValue
    ) {
        var ids = (group["members"]?.arrayValue ?? []).compactMap { $0["value"]?.stringValue }
        var given = (value.arrayValue ?? []).compactMap { $0["value"]?.stringValue }
        if isRemoval, given.isEmpty {
            given = path.split(separator: "\"").dropFirst().prefix(1).map(String.init)
        }
        ids.removeAll { given.contains($0) }
        if !isRemoval { ids += given }
        group["members"] = .array(ids.map { ["value": .string($0)] })
    }

    private static func set(_ value: JSONValue, _ path: String, in resource: inout JSONObject) {
        guard let target = try? TargetPath(parsing: path) else { return }
        if let urn = target.extensionURN {
            var inner = resource[urn]?.objectValue ?? JSONObject()
            inner[target.attribute] = value
            resource[urn] = .object(inner)
        } else if let selector = target.selector, let sub = target.subAttribute {
            var items = resource[target.attribute]?.arrayValue ?? []
            items.removeAll { selector.selects($0) }
            items.append([selector.attribute: .string(selector.value), sub: value])
            resource[target.attribute] = .array(items)
        } else if let sub = target.subAttribute {
            var inner = resource[target.attribute]?.objectValue ?? JSONObject()
            inner[sub] = value
            resource[target.attribute] = .object(inner)
        } else {
            let text = value.stringValue
            resource[path] =
                text == "True" ? true : text == "False" ? false : value
        }
    }
}
