import SimCore
import SimDirectory
import SimHTTP

extension IdentityPlatform {
    /// Where tokens send clients for the groups they could not hold; no slash at the end.
    /// The service still names its former Graph host. identity-platform.md §4.5.
    func groupSource(of tenant: TenantID) -> String {
        switch settings.issuers {
        case .ownOrigin: "\(graphOrigin)/\(tenant)"
        case .microsoft: "https://graph.windows.net/\(tenant)"
        }
    }

    /// Answers `getMemberObjects` of a user: every group, with those that contain them.
    ///
    /// - Parameters:
    ///   - segment: the tenant of the former Graph's path; nil on `/v1.0`.
    ///   - user: object id or user principal name.
    func memberObjects(_ exchange: Exchange, segment: String?, user: String) -> HTTPResponse {
        let headers: HTTPHeaders = [
            "Cache-Control": "no-cache", "request-id": exchange.traceID.description,
            "client-request-id": exchange.correlationID.description,
        ]
        let failure = GraphFailure(exchange: exchange, headers: headers)
        guard exchange.request.method == .post else {
            return failure.response(405, "Request_BadRequest", "Use POST for this action.")
        }
        guard let bearer = bearer(exchange.request),
            let (claims, tenant) = accepted(bearer, at: exchange.now)
        else {
            return unauthorized(exchange, headers, "Access token validation failure.")
        }
        if let event = criticalEvent(claims, in: tenant, at: exchange.now) {
            return challenged(exchange, headers, event)
        }
        // A path that names no tenant, or another one, has nothing to tell.
        let named = segment.map { try? TenantScope.find($0, in: tenants).tenant?.tenantID }
        if let named, named != tenant.tenantID {
            return failure.response(404, "Request_ResourceNotFound", Self.absent(user))
        }
        guard
            let found = UserID(user).flatMap({ tenant.user($0) })
                ?? tenant.user(userPrincipalName: user), found.deletedAt == nil
        else { return failure.response(404, "Request_ResourceNotFound", Self.absent(user)) }
        guard mayRead(claims, user: found.id) else {
            return failure.response(
                403, "Authorization_RequestDenied",
                "Insufficient privileges to complete the operation.")
        }
        guard let body = try? JSONValue(parsing: exchange.request.body),
            let securityOnly = body["securityEnabledOnly"]?.boolValue
        else {
            return failure.response(
                400, "Request_BadRequest",
                "The parameter 'securityEnabledOnly' is missing or is not a boolean.")
        }
        let groups = Assignments(tenant: tenant).transitiveGroups(of: found.id).filter {
            !securityOnly || tenant.group($0)?.securityEnabled == true
        }
        let context =
            segment == nil
            ? ("@odata.context", "https://graph.microsoft.com/v1.0/")
            : ("odata.metadata", "https://graph.windows.net/\(tenant.tenantID)/")
        return HTTPResponse(
            status: 200,
            json: .object([
                context.0: .string(context.1 + "$metadata#Collection(Edm.String)"),
                "value": JSONValue(strings: groups.map(\.description)),
            ]), headers: headers)
    }

    private static func absent(_ user: String) -> String {
        "Resource '\(user)' does not exist or one of its queried reference-property objects are "
            + "not present."
    }

    /// Everybody may read their own groups; others need a permission on the directory.
    private func mayRead(_ claims: JSONObject, user: UserID) -> Bool {
        let roles = claims["roles"]?.arrayValue?.compactMap(\.stringValue) ?? []
        let scopes = claims["scp"]?.stringValue?.split(separator: " ").map(String.init) ?? []
        let readers = [
            "Directory.Read.All", "Directory.ReadWrite.All", "Group.Read.All",
            "Group.ReadWrite.All", "GroupMember.Read.All", "User.Read.All",
        ]
        if readers.contains(where: { roles.contains($0) || scopes.contains($0) }) { return true }
        return !scopes.isEmpty && claims["oid"]?.stringValue == user.description
    }
}

/// A failure in Graph's envelope.
private struct GraphFailure {
    let exchange: Exchange
    let headers: HTTPHeaders

    func response(_ status: Int, _ code: String, _ message: String) -> HTTPResponse {
        let inner: JSONObject = [
            "date": .string(String(exchange.now.iso8601.dropLast())),
            "request-id": .string(exchange.traceID.description),
            "client-request-id": .string(exchange.correlationID.description),
        ]
        return HTTPResponse(
            status: status,
            json: [
                "error": [
                    "code": .string(code), "message": .string(message),
                    "innerError": .object(inner),
                ]
            ], headers: headers)
    }
}
