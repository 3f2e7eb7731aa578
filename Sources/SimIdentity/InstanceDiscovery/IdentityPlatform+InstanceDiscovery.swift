import SimCore
import SimErrors
import SimHTTP

extension IdentityPlatform {
    /// Answers `/common/discovery/instance`. Source: identity-platform.md §11.4.
    func instanceDiscovery(_ exchange: Exchange) -> HTTPResponse {
        publicDocument(exchange) { () throws(AADSTSError) in
            let version = exchange.query?["api-version"] ?? "1.0"
            guard let asked = exchange.query?["authorization_endpoint"],
                let endpoint = AuthorizationAddress(asked)
            else { throw .discoveryRequestMalformed }
            guard answers(to: endpoint.host)
            else { throw .unknownInstance }
            var body: JSONObject = [
                "tenant_discovery_endpoint": .string(
                    "\(origin)/\(endpoint.tenant)/" + (endpoint.isV2 ? "v2.0/" : "")
                        + ".well-known/openid-configuration"),
                "api-version": .string(version),
            ]
            if version != "1.0" { body.append("metadata", metadata) }
            return body.serialized
        }
    }

    /// Hosts that are the same cloud, preferred network name and cache name first.
    private static let clouds: [(network: String, cache: String, aliases: [String])] = [
        (
            "login.microsoftonline.com", "login.windows.net",
            [
                "login.microsoftonline.com", "login.windows.net", "login.microsoft.com",
                "sts.windows.net",
            ]
        ),
        (
            "login.partner.microsoftonline.cn", "login.partner.microsoftonline.cn",
            ["login.partner.microsoftonline.cn", "login.chinacloudapi.cn"]
        ),
        (
            "login.microsoftonline.de", "login.microsoftonline.de", ["login.microsoftonline.de"]
        ),
        (
            "login.microsoftonline.us", "login.microsoftonline.us",
            ["login.microsoftonline.us", "login.usgovcloudapi.net"]
        ),
        (
            "login-us.microsoftonline.com", "login-us.microsoftonline.com",
            ["login-us.microsoftonline.com"]
        ),
    ]

    private var metadata: JSONValue {
        let own = ownHost
        let entries =
            Self.clouds + [(network: own, cache: own, aliases: [own])]
        return .array(
            entries.map { network, cache, aliases in
                [
                    "preferred_network": .string(network), "preferred_cache": .string(cache),
                    "aliases": JSONValue(strings: aliases),
                ]
            })
    }

    /// Whether a host is the service's: that of a cloud or our own. Clients drop the port in this
    /// call, so the name alone is enough.
    func answers(to host: String) -> Bool {
        let own = ownHost
        return host == own || host == String(own.prefix { $0 != ":" })
            || Self.clouds.contains { $0.aliases.contains(host) }
    }

    /// Host and port of the origin.
    private var ownHost: String {
        guard let slashes = origin.firstIndex(of: "/") else { return origin }
        return String(origin[slashes...].drop { $0 == "/" })
    }
}

/// The parts of an `authorization_endpoint` parameter.
private struct AuthorizationAddress {
    let host: String
    let tenant: String
    let isV2: Bool

    /// nil unless it is `https://{host}/{tenant}/…`.
    init?(_ text: String) {
        guard text.lowercased().hasPrefix("https://") else { return nil }
        let parts = text.dropFirst("https://".count).split(
            separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 2, !parts[0].isEmpty, !parts[1].isEmpty,
            parts[1].utf8.allSatisfy(Self.isSegmentByte)
        else { return nil }
        host = parts[0].lowercased()
        tenant = String(parts[1])
        isV2 = parts.dropFirst(2).contains { $0.lowercased() == "v2.0" }
    }

    private static func isSegmentByte(_ byte: UInt8) -> Bool {
        48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: ".")
    }
}
