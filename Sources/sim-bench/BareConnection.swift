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
        try write(request)
        parser.expect(method)
        while true {
            if let received = try parser.next() { return received.response }
            parser.append(buffer[..<(try read())])
        }
    }

    /// Sends the same request again and again, each time after the answer; answers are 200.
    ///
    /// They are alike in all but their date or the like, so after the first they are only counted:
    /// a client on the server's own cores should cost as little as can be.
    func repeatExchange(_ request: [UInt8], count: Int) throws {
        guard count > 0 else { return }
        var length = 0
        try write(request)
        parser.expect(.get)
        while true {
            if let received = try parser.next() {
                guard received.response.status == 200 else {
                    throw BenchFailure("answered \(received.response.status)")
                }
                break
            }
            let part = try read()
            length += part
            parser.append(buffer[..<part])
        }
        for _ in 1..<max(count, 2) where count > 1 {
            try write(request)
            var left = length
            while left > 0 { left -= try read() }
            guard left == 0, buffer[9] == UInt8(ascii: "2") else {
                throw BenchFailure("an answer unlike the first")
            }
        }
    }

    private func write(_ request: [UInt8]) throws {
        var sent = 0
        while sent < request.count {
            let count = request[sent...].withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw BenchFailure("sending failed: \(errno)") }
            sent += count
        }
    }

    /// Reads what is there into the buffer; its count.
    private func read() throws -> Int {
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { throw BenchFailure("the server closed: \(errno)") }
        return count
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
