import Glibc
import SimHTTP

/// One blocking connection that sends prepared bytes and reads answers: the least a client can do.
final class BareConnection {
    private let descriptor: Int32
    private var parser = HTTPResponseParser(limits: .standard)
    private var buffer = [UInt8](repeating: 0, count: 65_536)

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var on: Int32 = 1
        setsockopt(
            descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else {
            close(descriptor)
            throw BenchFailure("cannot connect to port \(port): \(errno)")
        }
    }

    deinit { close(descriptor) }

    /// Sends one request and waits for its answer.
    func exchange(_ request: [UInt8], method: HTTPMethod = .get) throws -> HTTPResponse {
        var sent = 0
        while sent < request.count {
            let count = request[sent...].withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw BenchFailure("sending failed: \(errno)") }
            sent += count
        }
        parser.expect(method)
        while true {
            if let received = try parser.next() { return received.response }
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { throw BenchFailure("the server closed: \(errno)") }
            parser.append(buffer[..<count])
        }
    }
}

/// A request as bytes, made once and sent often.
enum RequestBytes {
    static func make(
        _ method: HTTPMethod, _ target: String, headers: [(String, String)] = [],
        body: [UInt8] = []
    ) -> [UInt8] {
        var text = "\(method.rawValue) \(target) HTTP/1.1\r\nHost: localhost\r\n"
        for (name, value) in headers { text += "\(name): \(value)\r\n" }
        if !body.isEmpty || method != .get { text += "Content-Length: \(body.count)\r\n" }
        return Array((text + "\r\n").utf8) + body
    }
}
