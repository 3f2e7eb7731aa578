import SimCore
import SimCrypto
import SimDirectory
import SimRuntime
import Synchronization

/// The token-signing keys of a tenant and of its applications, by number. When each of them signs
/// is in the tenant's log.
final class TenantKeys: Sendable {
    private struct Slot: Hashable {
        let app: AppID?
        let number: Int
    }

    private let keys: KeySet
    /// The folder of the tenant's keys.
    private let tenant: String
    private let loaded: Mutex<[Slot: SigningKey]>
    /// Stands in for a key that can be neither read nor made; startup has proven it.
    private let first: SigningKey
    private let moved: Atomic<Bool>
    /// Told when keys have rolled over.
    private let watcher = AtomicLazyReference<RolloverFlag>()

    /// Loads or makes every key that `snapshot` publishes.
    init(_ keys: KeySet, tenant: String, snapshot: DirectorySnapshot) throws(KeyFailure) {
        self.keys = keys
        self.tenant = tenant
        first = try keys.signingKey(1, tenant: tenant)
        loaded = Mutex([Slot(app: nil, number: 1): first])
        moved = Atomic(snapshot.signingKeys.keys != SigningKeySchedule().keys)
        try prepare(snapshot.signingKeys)
        for principal in snapshot.servicePrincipals {
            for number in principal.tokenSigningKeys {
                _ = try load(Slot(app: principal.appID, number: number))
            }
        }
    }

    /// Whether other keys may be published than before the first rollover.
    var haveRolledOver: Bool { moved.load(ordering: .sequentiallyConsistent) }

    /// Raises `flag` with the first rollover, or now when that lies behind.
    func tell(_ flag: RolloverFlag) {
        _ = watcher.storeIfNil(flag)
        if haveRolledOver { watcher.load()?.raise() }
    }

    /// Makes what a schedule will need, before it comes into force.
    func prepare(_ schedule: SigningKeySchedule) throws(KeyFailure) {
        for key in schedule.keys { _ = try load(Slot(app: nil, number: key.number)) }
    }

    /// Makes an application's own key, before its enterprise app names it.
    func prepare(_ number: Int, of app: AppID) throws(KeyFailure) {
        _ = try load(Slot(app: app, number: number))
    }

    /// To be told of every append: key documents made in advance end with the first rollover.
    func saw(_ records: [LogRecord]) {
        for record in records {
            guard case .signingKeysChanged = record.event else { continue }
            moved.store(true, ordering: .sequentiallyConsistent)
            watcher.load()?.raise()
        }
    }

    func key(_ number: Int, app: AppID?) -> SigningKey {
        let slot = Slot(app: app, number: number)
        if let key = loaded.withLock({ $0[slot] }) { return key }
        // Keys are prepared before anything names them; a folder that was lost since then must
        // not end the simulator.
        return (try? load(slot)) ?? first
    }

    private func load(_ slot: Slot) throws(KeyFailure) -> SigningKey {
        if let key = loaded.withLock({ $0[slot] }) { return key }
        let key = try keys.signingKey(slot.number, tenant: tenant, app: slot.app?.description)
        loaded.withLock { $0[slot] = key }
        return key
    }
}

/// Whether the keys of some tenant of a simulator have rolled over; it stays raised.
final class RolloverFlag: Sendable {
    private let raised = Atomic<Bool>(false)

    var isRaised: Bool { raised.load(ordering: .acquiring) }

    func raise() { raised.store(true, ordering: .releasing) }
}
