import SimCore
import SimErrors
import SimHTTP

extension IdentityPlatform {
    /// Answers `/{t}/…/.well-known/openid-configuration`.
    func discovery(
        _ exchange: Exchange, _ version: ProtocolVersion, tenant segment: String
    ) -> HTTPResponse {
        publicDocument(exchange) { () throws(AADSTSError) in
            let scope = try TenantScope.find(segment, in: tenants)
            return document(version, scope, appID: exchange.query?["appid"]).serialized
        }
    }

    /// The metadata document of a tenant or an alias.
    func document(
        _ version: ProtocolVersion, _ scope: TenantScope, appID: String? = nil
    ) -> JSONObject {
        let issuerTenant =
            switch scope {
            case .tenant(let tenant): tenant.tenantID.description
            case .alias(.consumers): TenantScope.consumersTenant.description
            case .alias(.common), .alias(.organizations): "{tenantid}"
            }
        let document = DiscoveryDocument(
            origin: origin, graphOrigin: graphOrigin, segment: scope.pathSegment,
            issuer: issuer(version, tenant: issuerTenant),
            regionScope: scope.tenant.map {
                ($0.profile.region ?? settings.tenantRegionScope).rawValue
            }, appID: appID)
        return switch version {
        case .v1: document.v1
        case .v2: document.v2
        }
    }

    /// GET with its verb check and the preflight every public document answers.
    func publicDocument(
        _ exchange: Exchange, body: () throws(AADSTSError) -> [UInt8]
    ) -> HTTPResponse {
        switch exchange.request.method {
        case .get, .head:
            do {
                return discoveryAnswer(exchange.marks, body: try body())
            } catch {
                return discoveryRefusal(error, exchange, at: .discovery)
            }
        case .options:
            return HTTPResponse(
                status: 200, headers: ServiceHeaders.discovery(exchange, cookie: cookieBytes()))
        default:
            let error = AADSTSError.methodNotAllowed(
                allowed: ["GET", "OPTIONS"], received: exchange.request.method.rawValue)
            return discoveryRefusal(error, exchange, at: .discovery)
        }
    }
}
