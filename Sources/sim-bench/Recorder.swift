import Foundation
import Glibc
import SimHTTP
import Synchronization

/// Stands between the provisioning client and a target, and keeps the requests in their order, so
/// that a bare client can send the very same ones.
final class Recorder: Sendable {
    let port: UInt16
    private let upstream: UInt16
    private let listener: Int32
    private let requests = Mutex<[HTTPRequest]>([])

    init(upstream: UInt16) throws {
        self.upstream = upstream
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 128) == 0
                    ? getsockname(descriptor, $0, &length) : -1
            }
        }
        guard status == 0 else { throw BenchFailure("the recorder cannot listen: \(errno)") }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [self] in accepting() }
    }

    /// What has been sent so far.
    var recorded: [HTTPRequest] { requests.withLock { $0 } }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private func accepting() {
        while true {
            let client = accept(listener, nil, nil)
            guard client >= 0 else { return }
            Thread.detachNewThread { [self] in
                relay(client)
                close(client)
            }
        }
    }

    /// One request, one answer, until the client closes.
    private func relay(_ client: Int32) {
        var parser = HTTPRequestParser()
        var buffer = [UInt8](repeating: 0, count: 65_536)
        guard let target = try? BareConnection(port: upstream) else { return }
        while true {
            let count = recv(client, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            parser.append(buffer[..<count])
            while case .request(let received) = try? parser.next() {
                let request = Self.bare(received.request)
                requests.withLock { $0.append(request) }
                guard
                    let answer = try? target.exchange(
                        Self.bytes(request), method: request.method)
                else { return }
                let bytes = Self.bytes(answer)
                var sent = 0
                while sent < bytes.count {
                    let part = bytes[sent...].withUnsafeBytes {
                        send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                    }
                    guard part > 0 else { return }
                    sent += part
                }
            }
        }
    }

    /// Without what a client writes by itself.
    private static func bare(_ request: HTTPRequest) -> HTTPRequest {
        let own = ["host", "content-length", "connection"]
        var bare = request
        bare.headers = HTTPHeaders()
        for field in request.headers.fields where !own.contains(field.name.lowercased()) {
            bare.headers.append(field.name, field.value)
        }
        return bare
    }

    private static func bytes(_ request: HTTPRequest) -> [UInt8] {
        RequestBytes.make(
            request.method, request.target,
            headers: request.headers.fields.map { ($0.name, $0.value) }, body: request.body)
    }

    private static func bytes(_ answer: HTTPResponse) -> [UInt8] {
        let kept = answer.headers.fields.filter { $0.name.lowercased() == "content-type" }
        var text = "HTTP/1.1 \(answer.status) Answer\r\n"
        for field in kept { text += "\(field.name): \(field.value)\r\n" }
        if answer.status != 204 { text += "Content-Length: \(answer.body.count)\r\n" }
        return Array((text + "\r\n").utf8) + answer.body
    }
}
