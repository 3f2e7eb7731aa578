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
        let bytes = text.utf8Span.span
        var end = 0
        while true {
            var start = end
            while start < bytes.count, Self.isBlank(bytes[start]) { start += 1 }
            guard start < bytes.count else { break }
            end = start
            var slash: Int?
            while end < bytes.count, !Self.isBlank(bytes[end]) {
                guard Self.isScopeCharacter(bytes[end]) else { throw .invalidScope(text) }
                if bytes[end] == UInt8(ascii: "/") { slash = end }
                end += 1
            }
            try add(bytes, start..<end, slash: slash)
        }
        guard !openID.isEmpty || !resourceScopes.isEmpty else { throw .invalidScope(text) }
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

    /// Adds one scope, whose characters have been checked.
    ///
    /// - Parameter slash: where the last one stands.
    private mutating func add(
        _ bytes: Span<UInt8>, _ piece: Range<Int>, slash: Int?
    ) throws(AADSTSError) {
        var resource: String?
        var value = piece
        if let slash {
            guard slash > piece.lowerBound, slash + 1 < piece.upperBound else {
                throw .invalidScope(text)
            }
            resource = Self.text(bytes, piece.lowerBound..<slash)
            value = slash + 1..<piece.upperBound
        }
        let name = Self.text(bytes, value)
        if resource == nil, let scope = OpenIDScope(rawValue: name) {
            openID.insert(scope)
            return
        }
        let scope = ResourceScope(resource: resource, value: name)
        if !resourceScopes.contains(scope) { resourceScopes.append(scope) }
    }

    private static func text(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
        // Checked to be ASCII.
        unsafe String(copying: UTF8Span(unchecked: bytes.extracting(range), isKnownASCII: true))
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// RFC 6749 §3.3: printable ASCII without quote and backslash.
    private static func isScopeCharacter(_ byte: UInt8) -> Bool {
        0x21...0x7E ~= byte && byte != 0x22 && byte != 0x5C
    }
}
