import Dispatch
import SimHTTP
import Synchronization

/// Recorded conversations sent again by bare connections, one each.
enum Replay {
    /// - Returns: nanoseconds, and how many answers were errors: identifiers that the target has
    ///   given anew make references of the recording void.
    static func run(
        _ conversations: [Recorder.Conversation], port: UInt16
    ) throws -> (nanoseconds: Int64, errors: Int) {
        let prepared = conversations.map { conversation in
            conversation.map { ($0.method, Recorder.bytes($0)) }
        }
        let errors = Mutex(0)
        let failure = Mutex<BenchFailure?>(nil)
        let began = Measures.wall
        DispatchQueue.concurrentPerform(iterations: prepared.count) { index in
            do {
                let connection = try BareConnection(port: port)
                for (method, bytes) in prepared[index] {
                    let answer = try connection.exchange(bytes, method: method)
                    if answer.status >= 400 { errors.withLock { $0 += 1 } }
                }
            } catch {
                failure.withLock { $0 = BenchFailure("\(error)") }
            }
        }
        let took = Measures.wall - began
        if let failure = failure.withLock({ $0 }) { throw failure }
        return (took, errors.withLock { $0 })
    }
}
