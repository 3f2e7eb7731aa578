import CLinux
import Glibc

/// Addresses of names, and who waits for them.
struct NameCache {
    typealias Continuation = ([SocketAddress]) -> Void

    private struct Entry {
        let addresses: [SocketAddress]
        let expiresAt: MonotonicTime
    }

    /// Addresses tried for one name.
    private static let addressLimit = 8
    /// Names remembered; the whole cache is dropped above.
    private static let entryLimit = 1_024

    private let lifetime: Duration
    private var entries: [String: Entry] = [:]
    private var waiting: [String: [Continuation]] = [:]

    init(lifetime: Duration) {
        self.lifetime = lifetime
    }

    /// Literals, and `localhost` with the names below it, need no resolver. RFC 6761 §6.3.
    static func literal(_ host: String) -> [SocketAddress]? {
        if host == "localhost" || host.hasSuffix(".localhost") {
            return ["127.0.0.1", "::1"].compactMap { SocketAddress(literal: $0, port: 0) }
        }
        return SocketAddress(literal: host, port: 0).map { [$0] }
    }

    /// Asks the system; blocks. Empty when the name does not resolve.
    static func lookUp(_ host: String) -> [SocketAddress] {
        var found = [sockaddr_storage](repeating: sockaddr_storage(), count: addressLimit)
        let count = sim_resolve(host, &found, Int32(addressLimit))
        return count > 0 ? found.prefix(Int(count)).map(SocketAddress.init) : []
    }

    func known(_ host: String, at now: MonotonicTime) -> [SocketAddress]? {
        guard let entry = entries[host], entry.expiresAt > now else { return nil }
        return entry.addresses
    }

    /// True for the first who waits: it has to start the lookup.
    mutating func wait(for host: String, _ continuation: @escaping Continuation) -> Bool {
        waiting[host, default: []].append(continuation)
        return waiting[host]?.count == 1
    }

    /// Remembers a successful answer and returns those who waited for it.
    mutating func resolved(
        _ host: String, _ addresses: [SocketAddress], at now: MonotonicTime
    ) -> [Continuation] {
        if !addresses.isEmpty {
            if entries.count >= Self.entryLimit { entries = [:] }
            entries[host] = Entry(addresses: addresses, expiresAt: now + lifetime)
        }
        return waiting.removeValue(forKey: host) ?? []
    }
}
