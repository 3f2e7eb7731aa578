import SimCore
import SimCrypto
import SimDirectory
import SimIdentity
import SimPortal
import SimRuntime
import Synchronization

/// A tenant that is up: its log, its keys, and what its fixture made public.
final class TenantHost: Sendable {
    let tenant: Tenant
    let secrets: FixtureSecrets
    let keys: TenantKeys
    /// From when on rollovers by themselves are counted, while there was none.
    let openedAt: Timestamp
    /// Where it is kept; nil in memory.
    let journal: JournalFile?
    private let words: Mutex<JSONObject>
    /// Who tried to sign in; lives as long as the process.
    let signIns = SignInLog()

    /// Kept in a data folder.
    var isStored: Bool { tenant.isStored }

    init(
        tenant: Tenant, secrets: FixtureSecrets, keys: TenantKeys, openedAt: Timestamp,
        journal: JournalFile? = nil, written: JSONObject = JSONObject()
    ) {
        self.tenant = tenant
        self.journal = journal
        self.secrets = secrets
        self.keys = keys
        self.openedAt = openedAt
        words = Mutex(written)
        tenant.observe { [keys] in keys.saw($0) }
    }

    var snapshot: DirectorySnapshot { tenant.snapshot() }

    /// What its fixture says of issuers and the login endpoint, for an export.
    var written: JSONObject {
        get { words.withLock { $0 } }
        set { words.withLock { $0 = newValue } }
    }

    /// `kid` of the key that signs.
    func signingKeyID(at now: Timestamp) -> String {
        keys.key(snapshot.signingKeys.signingKey(at: now).number, app: nil).kid
    }

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

/// All tenants of a simulator, in the order of their names; forks behind them in the order made.
final class TenantHosts: TenantLookup, TokenSigningKeys {
    private struct Table {
        var hosts: [TenantHost] = []
        var byID: [TenantID: TenantHost] = [:]
        var byName: [String: TenantHost] = [:]

        /// Names that lead elsewhere already keep leading there.
        mutating func add(_ host: TenantHost) {
            let profile = host.snapshot.profile
            hosts.append(host)
            byID[profile.id] = host
            for name in profile.references where byName[name] == nil { byName[name] = host }
        }

        mutating func remove(_ host: TenantHost) {
            let profile = host.snapshot.profile
            hosts.removeAll { $0 === host }
            byID[profile.id] = nil
            for name in profile.references where byName[name] === host { byName[name] = nil }
        }
    }

    private let table: Mutex<Table>
    private let rollovers = RolloverFlag()

    init(_ hosts: [TenantHost]) {
        var table = Table()
        for host in hosts { table.add(host) }
        self.table = Mutex(table)
        for host in hosts { host.keys.tell(rollovers) }
    }

    var hosts: [TenantHost] { table.withLock { $0.hosts } }

    func add(_ host: TenantHost) {
        table.withLock { $0.add(host) }
        host.keys.tell(rollovers)
    }

    func remove(_ host: TenantHost) { table.withLock { $0.remove(host) } }

    subscript(id: TenantID) -> TenantHost? { table.withLock { $0.byID[id] } }

    /// The same; nil when there is none.
    func find(named name: String) -> TenantHost? {
        let name = name.lowercased()
        return table.withLock { $0.byName[name] }
    }

    /// By name, verified domain or id, as a person types it.
    func host(named name: String) throws(ControlError) -> TenantHost {
        guard let host = find(named: name) else {
            throw .notFound(
                "tenant", name, known: hosts.map { $0.snapshot.profile.name })
        }
        return host
    }

    // MARK: For the login endpoint

    var all: [any DirectoryQueries] { hosts.map { $0.tenant.queries() } }

    func tenant(_ id: TenantID) -> (any DirectoryQueries)? { self[id]?.tenant.queries() }

    func tenant(domain: String) -> (any DirectoryQueries)? {
        find(named: domain)?.tenant.queries()
    }

    var mayHaveChanged: Bool { rollovers.isRaised }

    func key(_ number: Int, of tenant: TenantID, app: AppID?) -> SigningKey {
        guard let host = self[tenant] ?? hosts.first else {
            preconditionFailure("a simulator has at least one tenant")
        }
        return host.keys.key(number, app: app)
    }
}

extension TenantProfile {
    /// What the tenant is called by, in lower case: its name, its id, its domains.
    fileprivate var references: [String] {
        ([name, id.description] + domains).map { $0.lowercased() }
    }
}
