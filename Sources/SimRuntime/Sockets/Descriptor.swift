import CLinux
import Glibc

/// Reading and writing of non-blocking descriptors.
enum Descriptor {
    enum ReadResult {
        case bytes(Int)
        case wouldBlock
        case end
        case failed(Int32)
    }

    /// The peer will see a reset when the socket is closed, and nothing that is still unsent.
    static func resetOnClose(_ descriptor: Int32) {
        var lingering = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &lingering, socklen_t(MemoryLayout<linger>.size))
    }

    /// Closes with a reset.
    static func reset(_ descriptor: Int32) {
        resetOnClose(descriptor)
        close(descriptor)
    }

    /// Receives into `buffer`, which keeps its size.
    static func receive(_ descriptor: Int32, into buffer: inout [UInt8]) -> ReadResult {
        while true {
            let count = buffer.withUnsafeMutableBytes {
                recv(descriptor, $0.baseAddress, $0.count, 0)
            }
            if count > 0 { return .bytes(count) }
            if count == 0 { return .end }
            let code = sim_errno()
            if code == EINTR { continue }
            return code == EAGAIN || code == EWOULDBLOCK ? .wouldBlock : .failed(code)
        }
    }

    /// Sends `bytes[offset...]` as far as the kernel takes it.
    ///
    /// - Returns: bytes taken, 0 when it would block; nil when the connection is gone.
    static func send(_ descriptor: Int32, _ bytes: [UInt8], from offset: Int) -> Int? {
        bytes.withUnsafeBytes { buffer in
            var sent = offset
            while sent < buffer.count {
                let count = sim_send(
                    descriptor, buffer.baseAddress.map { $0 + sent }, buffer.count - sent)
                if count >= 0 {
                    sent += count
                } else {
                    let code = sim_errno()
                    if code == EINTR { continue }
                    if code == EAGAIN || code == EWOULDBLOCK { break }
                    return nil
                }
            }
            return sent - offset
        }
    }
}
