import SimCore
import SimDirectory
import SimFaults
import SimHTTP

/// Whose job calls a target.
struct OutboundCaller: Sendable {
    let host: TenantHost
    let principal: ServicePrincipalID
}

extension FaultFacts {
    /// What is known of a call to a target before it is made.
    init(_ request: HTTPRequest, to origin: Origin, by caller: OutboundCaller?) {
        self.init(site: .scim, method: request.method.rawValue, path: String(request.path))
        address = origin.host
        headers = request.headers.fields.map { .init(name: $0.name, value: $0.value) }
        let resource = SCIMCall(request)
        operation = resource.operation
        object = resource.object
        users = resource.names
        guard let caller else { return }
        let snapshot = caller.host.snapshot
        add(snapshot.profile)
        if let principal = snapshot.servicePrincipal(caller.principal) {
            apps = [
                principal.displayName.lowercased(), principal.id.description,
                principal.appID.description,
            ]
        }
        for name in resource.names {
            if let user = snapshot.user(userPrincipalName: name) { add(user, in: snapshot) }
        }
    }
}

/// A call to a SCIM target, as far as a rule may ask. RFC 7644 §3.2.
struct SCIMCall: Sendable {
    let operation: FaultOperation?
    let object: FaultObject?
    /// `userName` and `externalId` of the body, and the values a filter compares with; lower case.
    let names: Set<String>

    init(_ request: HTTPRequest) {
        let segments = (request.pathSegments ?? []).map { $0.lowercased() }
        var object: FaultObject?
        var hasID = false
        for (distance, segment) in segments.reversed().prefix(2).enumerated() where object == nil {
            object = Self.objects[segment]
            hasID = object != nil && distance == 1
        }
        self.object = object
        operation =
            switch request.method {
            case .get: hasID || object == .schema ? .read : .query
            case .post: .create
            case .put: .replace
            case .patch: .update
            case .delete: .delete
            default: nil
            }
        var names: Set<String> = []
        // A body that is not JSON names nobody.
        if let body = try? JSONValue(parsing: request.body) {
            for key in ["userName", "externalId"] {
                if let name = body[key]?.stringValue { names.insert(name.lowercased()) }
            }
        }
        if let query = request.query, let fields = try? FormFields(parsing: query),
            let filter = fields["filter"]
        {
            let pieces = filter.split(separator: "\"", omittingEmptySubsequences: false)
            for index in stride(from: 1, to: pieces.count, by: 2) {
                names.insert(pieces[index].lowercased())
            }
        }
        self.names = names
    }

    private static let objects: [String: FaultObject] = [
        "users": .user, "groups": .group, "schemas": .schema, "resourcetypes": .schema,
        "serviceproviderconfig": .schema,
    ]
}
