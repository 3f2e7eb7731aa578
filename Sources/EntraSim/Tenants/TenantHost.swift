import SimCore
import SimCrypto
import SimDirectory
import SimIdentity
import SimPortal

/// A tenant that is up: its log, its keys, and what its fixture made public.
final class TenantHost: Sendable {
    let tenant: Tenant
    let secrets: FixtureSecrets
    let keys: TenantKeys
    /// From when on rollovers by themselves are counted, while there was none.
    let openedAt: Timestamp

    init(tenant: Tenant, secrets: FixtureSecrets, keys: TenantKeys, openedAt: Timestamp) {
        self.tenant = tenant
        self.secrets = secrets
        self.keys = keys
        self.openedAt = openedAt
        tenant.observe { [keys] in keys.saw($0) }
    }

    var snapshot: DirectorySnapshot { tenant.snapshot() }

    /// Makes an edit and returns the snapshot after it.
    @discardableResult
    func edit(
        at now: Timestamp, random: any RandomSource,
        _ body: (DirectoryEdits) throws(DirectoryEditError) -> [TenantEvent]
    ) throws(ControlError) -> DirectorySnapshot {
        do {
            try tenant.append(at: now) { snapshot throws(DirectoryEditError) in
                try body(DirectoryEdits(snapshot, now: now, random: random))
            }
        } catch {
            throw ControlError(error)
        }
        return tenant.snapshot()
    }
}

/// All tenants of a simulator, in the order of their names.
struct TenantHosts: TenantLookup, TokenSigningKeys {
    let hosts: [TenantHost]
    private let byID: [TenantID: TenantHost]
    private let byName: [String: TenantHost]

    init(_ hosts: [TenantHost]) {
        self.hosts = hosts
        var byID: [TenantID: TenantHost] = [:]
        var byName: [String: TenantHost] = [:]
        for host in hosts {
            let profile = host.snapshot.profile
            byID[profile.id] = host
            for name in [profile.name, profile.id.description] + profile.domains {
                byName[name.lowercased()] = host
            }
        }
        self.byID = byID
        self.byName = byName
    }

    subscript(id: TenantID) -> TenantHost? { byID[id] }

    /// The same; nil when there is none.
    func find(named name: String) -> TenantHost? { byName[name.lowercased()] }

    /// By name, verified domain or id, as a person types it.
    func host(named name: String) throws(ControlError) -> TenantHost {
        guard let host = byName[name.lowercased()] else {
            throw .notFound(
                "tenant", name, known: hosts.map { $0.snapshot.profile.name })
        }
        return host
    }

    // MARK: For the login endpoint

    var all: [any DirectoryQueries] { hosts.map(\.snapshot) }

    func tenant(_ id: TenantID) -> (any DirectoryQueries)? { byID[id]?.snapshot }

    func tenant(domain: String) -> (any DirectoryQueries)? {
        byName[domain.lowercased()]?.snapshot
    }

    var mayHaveChanged: Bool { hosts.contains { $0.keys.haveRolledOver } }

    func key(_ number: Int, of tenant: TenantID, app: AppID?) -> SigningKey {
        guard let host = byID[tenant] ?? hosts.first else {
            preconditionFailure("a simulator has at least one tenant")
        }
        return host.keys.key(number, app: app)
    }
}
