import SimCore
import SimDirectory
import SimErrors

/// The tenant a path names: one tenant, or an alias that leaves it open.
enum TenantScope: Sendable {
    /// Source: identity-platform.md §1.
    enum Alias: String, CaseIterable, Sendable {
        case common, organizations, consumers
    }

    case alias(Alias)
    case tenant(any DirectoryQueries)

    /// The personal accounts' tenant, another spelling of `consumers`.
    static let consumersTenant = GUID(
        high: 0x9188_040D_6C67_4C5B, low: 0xB112_36A3_04B6_6DAD)

    /// Finds what a path segment names. Order of refusals: aadsts.md §5.1, row 3.
    static func find(
        _ segment: String, in tenants: any TenantLookup
    ) throws(AADSTSError) -> TenantScope {
        guard !segment.isEmpty else { throw .tenantMissing }
        let name = segment.lowercased()
        if let alias = Alias(rawValue: name) { return .alias(alias) }
        if let guid = GUID(name) {
            if guid == .zero { throw .tenantEmpty(segment) }
            if guid == consumersTenant { return .alias(.consumers) }
            guard let tenant = tenants.tenant(TenantID(guid)) else {
                throw .tenantNotFound(segment)
            }
            return .tenant(tenant)
        }
        guard isDomainName(name) else { throw .tenantMalformed(segment) }
        guard let tenant = tenants.tenant(domain: name) else { throw .tenantNotFound(segment) }
        return .tenant(tenant)
    }

    /// At least two labels of letters, digits and inner hyphens. RFC 1035 §2.3.1.
    private static func isDomainName(_ name: String) -> Bool {
        let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return name.utf8.count <= 253 && labels.count >= 2
            && labels.allSatisfy { label in
                (1...63).contains(label.count) && label.first != UInt8(ascii: "-")
                    && label.last != UInt8(ascii: "-")
                    && label.allSatisfy {
                        48...57 ~= $0 || 97...122 ~= $0 || $0 == UInt8(ascii: "-")
                    }
            }
    }

    /// How issued addresses spell it: the GUID of a tenant, the alias otherwise.
    var pathSegment: String {
        switch self {
        case .alias(let alias): alias.rawValue
        case .tenant(let tenant): tenant.tenantID.description
        }
    }

    var alias: Alias? {
        switch self {
        case .alias(let alias): alias
        case .tenant: nil
        }
    }

    var tenant: (any DirectoryQueries)? {
        switch self {
        case .alias: nil
        case .tenant(let tenant): tenant
        }
    }
}
