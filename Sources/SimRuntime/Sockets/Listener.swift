import CLinux
import Glibc

/// Why a server did not start.
package enum ListenFailure: Error, Hashable, Sendable {
    case portInUse(Int)
    /// A port below 1024 without the right to it.
    case notPermitted(Int)
    /// No IPv4 or IPv6 literal, nor `localhost`, or an address this machine does not have.
    case unknownAddress(String)
    case system(SocketFailure)
}

/// Listening sockets, one per loop, on one port.
enum Listener {
    private static let backlog: Int32 = 1_024

    /// Binds and listens; the kernel spreads new connections over the sockets.
    ///
    /// The first socket is bound before it allows sharing, so that a port in use by another server
    /// of ours, which would share it, is found.
    static func open(
        host: String, port: Int, count: Int
    ) throws(ListenFailure) -> (descriptors: [Int32], port: Int) {
        let name = host == "localhost" ? "127.0.0.1" : host
        guard let wanted = SocketAddress(literal: name, port: port) else {
            throw .unknownAddress(host)
        }
        var descriptors: [Int32] = []
        do throws(ListenFailure) {
            let first = try bind(wanted, host: host, port: port, shares: false)
            descriptors.append(first)
            let bound = Int(sim_local_port(first))
            if count > 1 {
                sim_reuse_port(first)
                guard let address = SocketAddress(literal: name, port: bound) else {
                    throw .unknownAddress(host)
                }
                for _ in 1..<count {
                    descriptors.append(try bind(address, host: host, port: bound, shares: true))
                }
            }
            for descriptor in descriptors where listen(descriptor, backlog) != 0 {
                throw failure("listen", host: host, port: bound)
            }
            return (descriptors, bound)
        } catch {
            for descriptor in descriptors { close(descriptor) }
            throw error
        }
    }

    private static func bind(
        _ address: SocketAddress, host: String, port: Int, shares: Bool
    ) throws(ListenFailure) -> Int32 {
        let descriptor = sim_socket(address.family)
        guard descriptor >= 0 else { throw failure("socket", host: host, port: port) }
        sim_reuse_address(descriptor)
        if shares { sim_reuse_port(descriptor) }
        var storage = address.storage
        guard sim_bind(descriptor, &storage, address.length) == 0 else {
            let failure = failure("bind", host: host, port: port)
            close(descriptor)
            throw failure
        }
        return descriptor
    }

    private static func failure(_ call: String, host: String, port: Int) -> ListenFailure {
        let code = sim_errno()
        switch code {
        case EADDRINUSE: return .portInUse(port)
        case EACCES: return .notPermitted(port)
        case EADDRNOTAVAIL: return .unknownAddress(host)
        default: return .system(SocketFailure(call: call, code: code))
        }
    }
}
