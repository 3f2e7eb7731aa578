import Dispatch
import Foundation
import Synchronization

/// Many connections, each a thread with one request in flight, for a fixed number of requests.
enum Load {
    /// Sends `request` `count` times over `connections` connections.
    ///
    /// - Returns: nanoseconds from the first byte to the last answer.
    static func run(
        port: UInt16, request: [UInt8], count: Int, connections: Int
    ) throws -> Int64 {
        let failure = Mutex<BenchFailure?>(nil)
        let each = count / connections
        let opened = try (0..<connections).map { _ in try BareConnection(port: port) }
        let lines = opened.map { Line(connection: $0) }
        let group = DispatchGroup()
        let began = Measures.wall
        for line in lines {
            group.enter()
            Thread.detachNewThread {
                do {
                    try line.connection.repeatExchange(request, count: each)
                } catch {
                    failure.withLock { $0 = BenchFailure("\(error)") }
                }
                group.leave()
            }
        }
        group.wait()
        let took = Measures.wall - began
        if let failure = failure.withLock({ $0 }) { throw failure }
        return took
    }

    /// Used by one thread alone, so nothing has to protect it.
    private struct Line: @unchecked Sendable {
        let connection: BareConnection
    }
}
