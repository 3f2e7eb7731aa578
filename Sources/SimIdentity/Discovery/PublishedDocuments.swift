import SimCore

/// Discovery and key documents made in advance, so that the commonest requests copy bytes.
/// Made again when tenants or keys change.
package struct PublishedDocuments: Sendable {
    /// Numbered as long as the simulator runs.
    package private(set) var answers: [PreparedAnswer] = []
    private var numbers: [String: Int] = [:]

    /// None: every document is made when asked for.
    package init() {}

    /// All documents of all tenants, by GUID and by domain, and of the aliases.
    package init(of platform: IdentityPlatform, at now: Timestamp) {
        var scopes: [(segment: String, scope: TenantScope)] = TenantScope.Alias.allCases.map {
            ($0.rawValue, .alias($0))
        }
        for tenant in platform.tenants.all {
            scopes.append((tenant.tenantID.description, .tenant(tenant)))
            scopes += tenant.profile.domains.map { ($0.lowercased(), .tenant(tenant)) }
        }
        for (segment, scope) in scopes {
            for version in [ProtocolVersion.v2, .v1] {
                let part = version == .v2 ? "/v2.0" : ""
                add(
                    "/\(segment)\(part)/.well-known/openid-configuration", isKeyDocument: false,
                    platform.document(version, scope))
                add(
                    "/\(segment)/discovery\(part)/keys", isKeyDocument: true,
                    platform.keyDocument(version, scope, at: now))
            }
        }
    }

    private mutating func add(_ target: String, isKeyDocument: Bool, _ document: JSONObject) {
        guard numbers[target] == nil,
            let answer = PreparedAnswer(
                target: target, isKeyDocument: isKeyDocument, body: document.serialized)
        else { return }
        numbers[target] = answers.count
        answers.append(answer)
    }

    /// The body at a path, exactly as spelled here; nil for every other spelling, with a query, and
    /// for the keys of tenants whose keys may have changed.
    package subscript(
        target: String, keysMayHaveChanged changed: @autoclosure () -> Bool
    ) -> [UInt8]? {
        guard let number = numbers[target] else { return nil }
        if answers[number].isKeyDocument, changed() { return nil }
        return answers[number].body
    }

    /// Every path with a body, sorted.
    package var paths: [String] { numbers.keys.sorted() }
}
