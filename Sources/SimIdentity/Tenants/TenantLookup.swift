import SimCore
import SimDirectory

/// Where the platform finds tenants. A snapshot taken for a request stays the same to its end.
package protocol TenantLookup: Sendable {
    /// Every tenant, in a stable order.
    var all: [any DirectoryQueries] { get }
    func tenant(_ id: TenantID) -> (any DirectoryQueries)?
    /// By verified domain, compared without case.
    func tenant(domain: String) -> (any DirectoryQueries)?
}

/// A fixed set of snapshots: one request's view, or a test's.
package struct TenantList: TenantLookup {
    package let all: [any DirectoryQueries]

    package init(_ tenants: [any DirectoryQueries]) {
        all = tenants
    }

    package func tenant(_ id: TenantID) -> (any DirectoryQueries)? {
        all.first { $0.tenantID == id }
    }

    package func tenant(domain: String) -> (any DirectoryQueries)? {
        let wanted = domain.lowercased()
        return all.first { tenant in
            tenant.profile.domains.contains { $0.lowercased() == wanted }
        }
    }
}

extension TenantLookup {
    /// The tenant that owns the domain of `userName`; nil when it has none or nobody owns it.
    func home(ofUserName userName: String) -> (any DirectoryQueries)? {
        guard let at = userName.lastIndex(of: "@") else { return nil }
        return tenant(domain: String(userName[userName.index(after: at)...]))
    }

    /// The registration of an app, wherever it was made.
    func registration(_ app: AppID) -> AppRegistration? {
        for tenant in all {
            if let found = tenant.application(appID: app) { return found }
        }
        return nil
    }
}
