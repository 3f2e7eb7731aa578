import SimErrors

/// A `scope` parameter taken apart. identity-platform.md §3.3, rules 1 to 3 and 5.
struct ScopeRequest: Hashable, Sendable {
    /// The scopes that concern the sign-in, not a resource. OpenID Connect Core §5.4, §11.
    enum OpenIDScope: String, CaseIterable, Sendable {
        case email
        case offlineAccess = "offline_access"
        case openid
        case profile
    }

    /// One scope of a resource.
    struct ResourceScope: Hashable, Sendable {
        /// The resource as written before the last slash; nil for a bare name, which is Graph's.
        let resource: String?
        let value: String

        var isDefault: Bool { value == ScopeRequest.defaultScope }
    }

    /// Everything that was granted: `{resource}/.default`.
    static let defaultScope = ".default"

    /// As sent, for messages.
    let text: String
    private(set) var openID: Set<OpenIDScope> = []
    private(set) var resourceScopes: [ResourceScope] = []

    /// Refuses malformed scopes, blanks alone, and `.default` beside a named scope of the same
    /// resource (70011).
    init(_ text: String) throws(AADSTSError) {
        self.text = text
        let pieces = text.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 })
        guard !pieces.isEmpty else { throw .invalidScope(text) }
        for bytes in pieces {
            let piece = Substring(bytes)
            guard Self.isScopeToken(piece) else { throw .invalidScope(text) }
            if let scope = OpenIDScope(rawValue: String(piece)) {
                openID.insert(scope)
            } else {
                let scope = try Self.resourceScope(piece, in: text)
                if !resourceScopes.contains(scope) { resourceScopes.append(scope) }
            }
        }
        for scope in resourceScopes where scope.isDefault {
            guard
                resourceScopes.allSatisfy({ $0.resource != scope.resource || $0.isDefault })
            else { throw .invalidScope(text) }
        }
    }

    /// v1's `resource`: all that is granted on it, and a sign-in with everything.
    init(v1Resource resource: String) {
        text = resource
        openID = Set(OpenIDScope.allCases)
        resourceScopes = [ResourceScope(resource: resource, value: Self.defaultScope)]
    }

    /// What a code remembers: a text that parses to the same request.
    var grantText: String {
        let named = resourceScopes.map { ($0.resource.map { $0 + "/" } ?? "") + $0.value }
        let openID = OpenIDScope.allCases.filter(openID.contains).map(\.rawValue)
        return (named + openID).joined(separator: " ")
    }

    mutating func addOpenID(_ scopes: Set<OpenIDScope>) { openID.formUnion(scopes) }

    mutating func addResourceScopes(_ scopes: [ResourceScope]) { resourceScopes += scopes }

    /// The resources named, in order of appearance, each once; nil stands for Graph.
    var resources: [String?] {
        var found: [String?] = []
        for scope in resourceScopes where !found.contains(scope.resource) {
            found.append(scope.resource)
        }
        return found
    }

    /// The OpenID scopes asked for that answers repeat, alphabetically; never `offline_access`.
    var echoedOpenID: [String] {
        OpenIDScope.allCases.filter { $0 != .offlineAccess && openID.contains($0) }
            .map(\.rawValue)
    }

    private static func resourceScope(
        _ piece: Substring, in text: String
    ) throws(AADSTSError) -> ResourceScope {
        guard let slash = piece.utf8.lastIndex(of: UInt8(ascii: "/")) else {
            return ResourceScope(resource: nil, value: String(piece))
        }
        let value = piece[piece.utf8.index(after: slash)...]
        guard !value.isEmpty, slash > piece.startIndex else { throw .invalidScope(text) }
        return ResourceScope(resource: String(piece[..<slash]), value: String(value))
    }

    /// RFC 6749 §3.3: printable ASCII without quote and backslash.
    private static func isScopeToken(_ piece: Substring) -> Bool {
        piece.utf8.allSatisfy { 0x21...0x7E ~= $0 && $0 != 0x22 && $0 != 0x5C }
    }
}
