import SimCore
import SimHTTP

/// Who may use the control API: the holder of the token, through a name that is ours, from a page
/// that is ours. The checks of `Host` and `Origin` keep a web page the developer happens to visit
/// (DNS rebinding, cross-site requests) away from the directory.
package struct ControlAccess: Sendable {
    private let token: [UInt8]
    private let origins: Set<String>
    private let hosts: Set<String>

    /// - Parameters:
    ///   - token: the ready-file's `controlToken`.
    ///   - origins: every origin we answer as, `https://localhost:8443` or the public one.
    package init(token: String, origins: [String]) {
        self.token = Array(token.utf8)
        let lowered = origins.map { $0.lowercased() }
        self.origins = Set(lowered.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 })
        let named = lowered.compactMap { origin -> String? in
            let parts = origin.split(separator: "/", omittingEmptySubsequences: true)
            return parts.count > 1 ? Self.host(of: String(parts[1])) : nil
        }
        hosts = Set(named).union(["localhost", "127.0.0.1", "[::1]"])
    }

    /// Refuses a request that may not command. A foreign host or origin is refused before the
    /// token is looked at.
    package func check(_ request: HTTPRequest) throws(ControlError) {
        guard request.headers.values("Host").count == 1, let host = request.headers["Host"],
            let name = Self.host(of: host.lowercased()), hosts.contains(name)
        else {
            throw ControlError(
                status: 403, code: .forbidden,
                message:
                    "the control API does not answer for host '\(request.headers["Host"] ?? "")'",
                hint: "use localhost, or start with --public-origin")
        }
        for origin in request.headers.values("Origin") where !origins.contains(origin.lowercased())
        {
            throw ControlError(
                status: 403, code: .forbidden,
                message: "pages from '\(origin)' may not use the control API",
                hint: "call it from the command line or from a test")
        }
        let fields = request.headers.values("Authorization")
        guard fields.count == 1, let sent = Self.bearer(fields[0]), isToken(sent) else {
            throw ControlError(
                status: 401, code: .unauthorized,
                message: fields.isEmpty
                    ? "the control API needs a bearer token" : "this is not the control token",
                hint: "send 'Authorization: Bearer' with the controlToken of the ready-file")
        }
    }

    /// Takes the same time wherever the first difference is.
    private func isToken(_ sent: [UInt8]) -> Bool {
        guard sent.count == token.count, !token.isEmpty else { return false }
        return zip(sent, token).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func bearer(_ field: String) -> [UInt8]? {
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return Array(parts[1].utf8)
    }

    /// `name`, `name:port`, `[::1]`, `[::1]:port`; nil when it is none of these.
    private static func host(of field: String) -> String? {
        if field.hasPrefix("[") {
            guard let end = field.firstIndex(of: "]") else { return nil }
            let rest = field[field.index(after: end)...]
            return isPort(rest) ? String(field[...end]) : nil
        }
        guard let colon = field.firstIndex(of: ":") else { return field.isEmpty ? nil : field }
        return isPort(field[colon...]) && colon != field.startIndex ? String(field[..<colon]) : nil
    }

    private static func isPort(_ rest: Substring) -> Bool {
        rest.isEmpty
            || rest.first == ":" && rest.dropFirst().utf8.allSatisfy { (48...57).contains($0) }
    }
}
