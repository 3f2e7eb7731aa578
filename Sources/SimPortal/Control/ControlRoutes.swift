import SimCore
import SimHTTP

/// The control API as a pure function from requests to commands.
package struct ControlRoutes: Sendable {
    /// Every path of the control API starts with this.
    package static let prefix = "/sim/v1"

    static let commonHeaders: HTTPHeaders = [
        "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
    ]

    /// Every endpoint, by area, in the order the documentation shows them.
    static let endpoints: [ControlEndpoint] =
        simulatorEndpoints + tenantEndpoints + branchEndpoints + userEndpoints + groupEndpoints
        + assignmentEndpoints + accessEndpoints + signInEndpoints + applicationEndpoints
        + provisioningEndpoints + faultEndpoints + defectEndpoints + policyEndpoints
        + journalEndpoints + drillEndpoints

    private let access: ControlAccess

    package init(access: ControlAccess) {
        self.access = access
    }

    /// Whether a request belongs to the control API at all.
    package static func owns(_ request: HTTPRequest) -> Bool {
        let path = request.path
        return path == prefix || path.hasPrefix(prefix + "/")
    }

    /// The command a request asks for. Health and metrics are open to everyone; for all others
    /// the order of checks is host, origin, token, path, method, keys, values.
    package func route(_ request: HTTPRequest) -> Result<ControlCommand, ControlError> {
        do throws(ControlError) {
            return .success(try command(request))
        } catch {
            return .failure(error)
        }
    }

    /// The response to a command's result.
    package static func response(
        _ result: Result<ControlAnswer, ControlError>
    ) -> HTTPResponse {
        switch result {
        case .success(let answer): answer.response
        case .failure(let error): error.response
        }
    }

    /// The list of endpoints, for `GET /sim/v1`.
    package static var directory: JSONValue {
        [
            "value": .array(
                endpoints.map { endpoint in
                    var row: JSONObject = [
                        "method": .string(endpoint.method.rawValue),
                        "path": .string(endpoint.path), "summary": .string(endpoint.summary),
                    ]
                    if let keys = endpoint.bodyKeys { row.append("body", JSONValue(strings: keys)) }
                    if !endpoint.queryKeys.isEmpty {
                        row.append("query", JSONValue(strings: endpoint.queryKeys))
                    }
                    return .object(row)
                })
        ]
    }

    private func command(_ request: HTTPRequest) throws(ControlError) -> ControlCommand {
        let segments = (request.pathSegments ?? []).dropFirst(2)
        if request.method == .get, segments == ["health"] { return .health }
        if request.method == .get, segments == ["metrics"] { return .metrics }
        try access.check(request)
        guard request.pathSegments != nil else {
            throw .badRequest("the path has a broken percent escape")
        }
        if segments.isEmpty || segments == [""], request.method == .get { return .routes }
        var allowed: [HTTPMethod] = []
        for endpoint in Self.endpoints {
            guard let parameters = endpoint.match(segments) else { continue }
            guard endpoint.method == request.method else {
                allowed.append(endpoint.method)
                continue
            }
            return try endpoint.build(
                ControlInput(request, parameters: parameters, endpoint: endpoint))
        }
        guard allowed.isEmpty else { throw .methodNotAllowed(request, allowed: allowed) }
        throw .unknownPath(request, segments: segments)
    }
}

extension ControlError {
    fileprivate static func methodNotAllowed(
        _ request: HTTPRequest, allowed: [HTTPMethod]
    ) -> Self {
        var error = ControlError(
            status: 405, code: .methodNotAllowed,
            message: "\(request.method.rawValue) is not possible on '\(request.path)'",
            hint: "use \(allowed.map(\.rawValue).joined(separator: " or "))")
        error.allowedMethods = allowed
        return error
    }

    /// Names the nearest path, with the parameters the caller already gave.
    fileprivate static func unknownPath(
        _ request: HTTPRequest, segments: ArraySlice<String>
    ) -> Self {
        let candidates = ControlRoutes.endpoints.filter { $0.pattern.count == segments.count }
        let best = candidates.map { $0.literalMatches(segments) }.max() ?? 0
        let paths = candidates.filter { $0.literalMatches(segments) == best }.map { endpoint in
            ControlRoutes.prefix + "/"
                + zip(endpoint.pattern, segments).map { $0.hasPrefix("{") ? $1 : $0 }
                .joined(separator: "/")
        }
        let near = NearestName.of(String(request.path), in: paths)
        return ControlError(
            status: 404, code: .notFound, message: "there is no path '\(request.path)'",
            hint: near.map { "did you mean '\($0)'?" } ?? "GET /sim/v1 lists the paths")
    }
}
