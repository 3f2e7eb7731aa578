import SimCore
import SimDirectory
import SimIdentity
import SimPortal
import Synchronization

/// The last attempts to sign in to one tenant, oldest first. A ring: it never grows past its limit.
final class SignInLog: Sendable {
    static let entryLimit = 10_000

    private struct State {
        /// None of them is nil: so an entry can be moved in.
        var ring: [SignInEntry?] = []
        var next = 0
        var count: UInt64 = 0
    }

    private let state = Mutex(State())

    func record(_ entry: consuming SignInEntry) {
        var entry: SignInEntry? = entry
        state.withLock { state in
            state.count += 1
            if state.ring.count < Self.entryLimit {
                state.ring.append(entry.take())
            } else {
                // The old entry leaves the lock with us: freeing it takes longer than the rest.
                swap(&state.ring[state.next], &entry)
                state.next = (state.next + 1) % Self.entryLimit
            }
        }
    }

    /// How many attempts there ever were: the number of the latest.
    var latest: UInt64 { state.withLock { $0.count } }

    /// Attempts with their numbers, 1 and up, oldest first.
    var numbered: [(number: UInt64, entry: SignInEntry)] {
        let (ordered, count) = state.withLock { state in
            let ring = state.ring[state.next...] + state.ring[..<state.next]
            return (ring.compactMap(\.self), state.count)
        }
        let first = count - UInt64(ordered.count) + 1
        return ordered.enumerated().map { (first + UInt64($0.offset), $0.element) }
    }

    /// The newest attempts that a query asks for, as Graph's `signIn` with their numbers.
    func answer(_ query: SignInQuery) -> JSONValue {
        let all = numbered
        let fitting = all.filter { $0.number > query.after ?? 0 && $0.entry.fits(query) }
        return [
            "latest": .int(Int64(clamping: latest)),
            "value": .array(
                fitting.suffix(query.limit).map { number, entry in
                    var object = entry.json
                    object.append("sequence", .int(Int64(clamping: number)))
                    return .object(object)
                }),
        ]
    }
}

extension SignInEntry {
    fileprivate func fits(_ query: SignInQuery) -> Bool {
        if let user = query.user?.lowercased() {
            let names = [
                person?.userName, person?.displayName, person?.id?.description,
                kind == .servicePrincipal ? app.displayName : nil,
            ]
            guard names.contains(where: { $0?.lowercased().contains(user) == true }) else {
                return false
            }
        }
        if let wanted = query.app?.lowercased() {
            guard
                [app.displayName, app.appID].contains(where: { $0.lowercased().contains(wanted) })
            else { return false }
        }
        return (query.status == nil || query.status == status)
            && (query.errorCode == nil || query.errorCode == errorCode)
            && (query.isInteractive == nil
                || query.isInteractive == (kind == .interactiveUser))
            && (query.correlationID == nil || query.correlationID == correlationID)
    }

    /// Numbers that stand for a page that asked for more.
    private static let interrupts: Set = [
        50_055, 50_072, 50_074, 50_076, 50_079, 50_125, 50_135, 50_140, 50_158, 50_199, 65_001,
        70_044,
    ]

    private var status: SignInQuery.Status {
        if errorCode == 0 { return .success }
        return kind == .interactiveUser && Self.interrupts.contains(errorCode)
            ? .interrupted : .failure
    }
}

extension TenantHosts: SignInSink {
    func record(_ entry: consuming SignInEntry) {
        let host = self[entry.tenant]
        host?.signIns.record(entry)
    }
}
