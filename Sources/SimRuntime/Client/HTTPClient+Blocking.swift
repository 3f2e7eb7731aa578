import Glibc
import SimCrypto
import SimHTTP
import Synchronization

extension HTTPClient {
    /// Sends a request and waits for the answer on the calling thread: for command lines. Never
    /// call it on a loop's thread.
    package func performAndWait(
        _ request: HTTPRequest, to origin: Origin, trust: TrustStore,
        timeouts: ClientTimeouts = .init()
    ) throws(ConnectionFailure) -> HTTPResponse {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .unreachable }
        defer { for end in ends { close(end) } }
        let (readEnd, writeEnd) = (ends[0], ends[1])
        let box = ResultBox()
        perform(request, to: origin, trust: trust, timeouts: timeouts) { result in
            box.result.withLock { $0 = result }
            var byte: UInt8 = 1
            _ = write(writeEnd, &byte, 1)
        }
        var byte: UInt8 = 0
        while read(readEnd, &byte, 1) < 0, errno == EINTR {}
        guard let result = box.result.withLock({ $0 }) else { throw .cancelled }
        return try result.get()
    }
}

private final class ResultBox: Sendable {
    let result = Mutex<Result<HTTPResponse, ConnectionFailure>?>(nil)
}
