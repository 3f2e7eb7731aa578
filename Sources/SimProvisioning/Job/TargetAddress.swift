import SimCore

/// Where the target's SCIM endpoint is, taken from the tenant URL. provisioning.md §7.2.
package struct TargetAddress: Hashable, Sendable {
    package enum Scheme: String, CaseIterable, Sendable {
        case http, https
    }

    /// How PATCH bodies are written. provisioning.md §7.4.
    package enum PatchDialect: String, CaseIterable, Sendable {
        /// What the service sends by default: capitalised operations, text Booleans.
        case standard
        /// `aadOptscim062020`: lower case, typed values, merged replacements.
        case compliant

        /// The tenant URL's flags that choose a dialect, in lower case. The third is an older
        /// spelling of the second, seen in a screenshot. provisioning.md §7.2.
        private static let flags: [(name: String, dialect: PatchDialect)] = [
            ("azureadscimpatch2017", .standard), ("aadoptscim062020", .compliant),
            ("azureadscimpatch062020", .compliant),
        ]

        /// What `flags` ask for; of two that disagree the last (unverified).
        init(flags: [String]) {
            let chosen = flags.compactMap { flag in
                Self.flags.first { flag.lowercased().hasPrefix($0.name) }?.dialect
            }
            self = chosen.last ?? .standard
        }
    }

    package enum ParseError: Error, Hashable, Sendable {
        case missing
        case unknownScheme(String)
        case missingHost
        case invalidPort(String)
        case userInformation

        package var explanation: String {
            switch self {
            case .missing: "the tenant URL is empty"
            case .unknownScheme(let scheme):
                "the tenant URL starts with '\(scheme)', not with https:// or http://"
            case .missingHost: "the tenant URL names no host"
            case .invalidPort(let port): "'\(port)' is no port"
            case .userInformation: "the tenant URL carries a user name or password"
            }
        }
    }

    package let scheme: Scheme
    /// Lower case, without brackets for IPv6.
    package let host: String
    package let port: Int
    /// Without a slash at its end; empty for the root.
    package let basePath: String
    /// The query's pieces, consumed by the service unless a setting echoes them.
    package let flags: [String]
    package private(set) var dialect: PatchDialect

    /// - Parameter origin: replaces `{origin}` at the start: the simulator's own address.
    package init(parsing tenantURL: String, origin: String) throws(ParseError) {
        let placeholder = "{origin}"
        let text =
            tenantURL.hasPrefix(placeholder)
            ? origin + tenantURL.dropFirst(placeholder.count) : tenantURL
        guard !text.isEmpty else { throw .missing }
        let withoutFragment = text.prefix { $0 != "#" }
        let parts = withoutFragment.split(
            separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let location = parts.first ?? ""
        let pieces = location.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = pieces.first, pieces.count == 2, pieces[1].hasPrefix("//"),
            let scheme = Scheme(rawValue: name.lowercased())
        else { throw .unknownScheme(String(pieces.first ?? "")) }
        let rest = pieces[1].dropFirst(2)
        let authority = rest.prefix { $0 != "/" }
        guard !authority.contains("@") else { throw .userInformation }
        (host, port) = try Self.hostAndPort(authority, scheme: scheme)
        self.scheme = scheme
        var path = rest.dropFirst(authority.count)
        while path.last == "/" { path.removeLast() }
        basePath = String(path)
        flags = parts.count > 1 ? parts[1].split(separator: "&").map(String.init) : []
        dialect = PatchDialect(flags: flags)
    }

    private static func hostAndPort(
        _ authority: Substring, scheme: Scheme
    ) throws(ParseError) -> (String, Int) {
        let standardPort = scheme == .https ? 443 : 80
        var host = authority
        var port: Substring?
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { throw .missingHost }
            host = authority[authority.index(after: authority.startIndex)..<end]
            let rest = authority[authority.index(after: end)...]
            if rest.hasPrefix(":") { port = rest.dropFirst() }
        } else if let colon = authority.firstIndex(of: ":") {
            host = authority[..<colon]
            port = authority[authority.index(after: colon)...]
        }
        guard !host.isEmpty else { throw .missingHost }
        guard let port, !port.isEmpty else { return (host.lowercased(), standardPort) }
        guard let number = Int(port), (1...65_535).contains(number) else {
            throw .invalidPort(String(port))
        }
        return (host.lowercased(), number)
    }

    /// `https://host[:port]`, the port only when it is not the scheme's own.
    package var origin: String {
        let isStandard = port == (scheme == .https ? 443 : 80)
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(scheme.rawValue)://\(name)" + (isStandard ? "" : ":\(port)")
    }
}

extension TargetAddress {
    /// The same endpoint without the dialect flag: provisioning on demand does not honour it.
    /// provisioning.md §4 [D].
    var ignoringDialectFlag: TargetAddress {
        var address = self
        address.dialect = .standard
        return address
    }
}
