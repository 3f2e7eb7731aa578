import SimCore

/// Where an outbound request goes: scheme, host and port. RFC 6454 §4.
package struct Origin: Hashable, Sendable, CustomStringConvertible {
    package enum Scheme: String, CaseIterable, Sendable {
        case http
        case https

        package var defaultPort: Int {
            switch self {
            case .http: 80
            case .https: 443
            }
        }
    }

    package let scheme: Scheme
    /// A name in lower case, an IPv4 address, or an IPv6 address without its brackets.
    package let host: String
    package let port: Int
    /// The `Host` field: the port only when it is not the scheme's own. RFC 9110 §7.2.
    package let hostHeader: String
    /// `https://localhost:8443`
    package let description: String

    package init(scheme: Scheme, host: String, port: Int) {
        self.scheme = scheme
        self.host = host.lowercased()
        self.port = port
        let name = self.host.contains(":") ? "[\(self.host)]" : self.host
        hostHeader = port == scheme.defaultPort ? name : "\(name):\(port)"
        description = "\(scheme.rawValue)://\(hostHeader)"
    }

    /// Splits an absolute URL into the origin and the request target (`/` when the path is empty);
    /// nil when it is no http(s) URL, has user information, or a port outside 1…65535.
    /// A fragment is dropped.
    package static func parse(_ url: String) -> (origin: Origin, target: String)? {
        guard let mark = url.firstRange(ofText: "://"),
            let scheme = Scheme(rawValue: url[..<mark.lowerBound].lowercased())
        else { return nil }
        let rest = url[mark.upperBound...].prefix { $0 != "#" }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let authority = rest[..<end]
        guard !authority.contains("@") else { return nil }
        var host = authority
        var port = scheme.defaultPort
        // A colon after the bracket, or without any bracket, begins the port.
        if let colon = authority.lastIndex(of: ":"),
            authority.lastIndex(of: "]").map({ $0 < colon }) ?? true
        {
            host = authority[..<colon]
            let digits = authority[authority.index(after: colon)...]
            guard let number = HTTPGrammar.contentLength(String(digits)),
                (1...65_535).contains(number)
            else { return nil }
            port = number
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        let name = String(host)
        let isValid = name.contains(":") ? "[\(name)]" : name
        guard !name.isEmpty, HTTPGrammar.isHost(isValid) else { return nil }
        var target = String(rest[end...])
        if !target.hasPrefix("/") { target = "/" + target }
        return (Origin(scheme: scheme, host: name, port: port), target)
    }
}
