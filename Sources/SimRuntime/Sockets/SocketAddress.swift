import CLinux
import Glibc

/// An IPv4 or IPv6 address with a port.
///
/// Unchecked: the imported C structure is plain memory without pointers, never changed here.
struct SocketAddress: @unchecked Sendable {
    let storage: sockaddr_storage
    let length: socklen_t

    /// nil when `host` is no address literal.
    init?(literal host: String, port: Int) {
        var storage = sockaddr_storage()
        let length = sim_address(host, Int32(port), &storage)
        guard length > 0 else { return nil }
        self.storage = storage
        self.length = length
    }

    init(_ storage: sockaddr_storage) {
        self.storage = storage
        self.length = socklen_t(
            Int32(storage.ss_family) == AF_INET6
                ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size)
    }

    var family: Int32 { Int32(storage.ss_family) }

    /// The address without the port: `127.0.0.1`, `::1`.
    var text: String {
        var storage = storage
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            guard let start = buffer.baseAddress else { return "" }
            sim_address_text(&storage, start)
            return String(cString: start)
        }
    }
}
