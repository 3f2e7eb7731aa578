import Glibc

/// A blocking socket that writes literal bytes and reads with a bound of ten seconds: what a test
/// sends below HTTP. Shared by the test targets that start a listener.
package final class WireClient {
    /// The listener did not take the connection.
    package struct NotConnected: Error {
        package let port: Int
        /// `errno` of the attempt.
        package let number: Int32
    }

    private let descriptor: Int32

    /// Connects to a listener of this machine.
    package init(port: Int) throws(NotConnected) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var bound = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &bound, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw NotConnected(port: port, number: errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Sends text as UTF-8.
    package func send(_ text: String) {
        send(Array(text.utf8))
    }

    /// Sends bytes; what a closed connection no longer takes is dropped.
    package func send(_ bytes: [UInt8]) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    descriptor, $0.baseAddress.map { $0 + offset }, bytes.count - offset,
                    Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            offset += count
        }
    }

    /// Whether a tenth of a second passes without a byte.
    package func hasNothingYet() -> Bool {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&waiting, 1, 100) == 0
    }

    /// Says that nothing more comes, and goes on reading.
    package func endSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// What arrives until the peer closes; nil when it does not within the bound.
    package func readToEnd() -> String? {
        var all: [UInt8] = []
        while true {
            guard let part = readSome() else { return nil }
            if part.isEmpty { return String(decoding: all, as: UTF8.self) }
            all += part
        }
    }

    /// What arrives until `mark` has been seen `count` times; nil when it does not.
    package func read(until mark: String, count: Int = 1) -> String? {
        var all = ""
        while true {
            if all.ranges(of: mark).count >= count { return all }
            guard let part = readSome(), !part.isEmpty else { return nil }
            all += String(decoding: part, as: UTF8.self)
        }
    }

    /// The next bytes; empty at the end, nil after ten seconds or a reset.
    private func readSome() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count < 0 ? nil : Array(buffer[..<count])
    }
}
