import SimCore
import SimCrypto
import SimFaults
import SimRuntime
import Synchronization

/// Lets fault rules of site `tls` meet new connections. Without rules a connection costs one look
/// at a flag.
final class HandshakeFaults: ConnectionGreeter {
    private struct Means {
        let faults: FaultDesk
        let clock: VirtualClock
        let keys: KeySet
    }

    private let means = Mutex<Means?>(nil)
    private let contexts = Mutex<[FaultyCertificate: TLSContext]>([:])

    func open(_ faults: FaultDesk, _ clock: VirtualClock, _ keys: KeySet) {
        means.withLock { $0 = Means(faults: faults, clock: clock, keys: keys) }
    }

    func greeting(for address: String) -> ConnectionGreeting {
        guard let means = means.withLock({ $0 }), means.faults.isArmed else { return .ordinary }
        var facts = FaultFacts(site: .tls, method: "CONNECT", path: "")
        facts.address = address
        guard let strike = means.faults.decide(facts, at: means.clock.now) else {
            return .ordinary
        }
        switch strike.effect {
        case .certificate(let defect):
            return context(defect, means.keys).map { .showing($0) } ?? .reset
        case .delivery(.hang): return .silence
        case .delivery(.reset): return .reset
        case .delivery(.latency(let latency)):
            return .late(latency.delay(hit: strike.hit, chance: strike.chance))
        case .delivery, .refusal, .answer, .tamper, .keys, .target, .defect: return .ordinary
        }
    }

    /// The settings of a server with that certificate, made on first use.
    private func context(_ defect: FaultyCertificate, _ keys: KeySet) -> TLSContext? {
        if let context = contexts.withLock({ $0[defect] }) { return context }
        guard let identity = try? keys.serverIdentity(with: CertificateDefect(defect)),
            let context = try? TLSContext.server(identity: identity)
        else { return nil }
        contexts.withLock { $0[defect] = context }
        return context
    }
}

extension CertificateDefect {
    fileprivate init(_ defect: FaultyCertificate) {
        self =
            switch defect {
            case .expired: .expired
            case .notYetValid: .notYetValid
            case .wrongName: .wrongName
            case .untrusted: .untrusted
            }
    }
}
