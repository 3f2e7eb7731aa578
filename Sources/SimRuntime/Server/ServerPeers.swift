import SimCrypto
import SimHTTP
import Synchronization

/// What a loop of a server is for.
enum LoopRole: Sendable {
    /// Accepts connections and answers what costs little.
    case quick
    /// Answers costly requests; its thread lets others go first where they compete.
    case work
}

/// The loops of one server, for connections that move between them.
final class ServerPeers: Sendable {
    let quick: [LoopMailbox<ServerMessage>]
    let work: [LoopMailbox<ServerMessage>]
    /// Of the quick loops.
    let seats: [LoopSeat]
    /// Connections of each work loop.
    private let load: Mutex<[Int]>

    init(quick: [LoopMailbox<ServerMessage>], work: [LoopMailbox<ServerMessage>]) {
        self.quick = quick
        self.work = work
        seats = quick.map { _ in LoopSeat() }
        load = Mutex([Int](repeating: 0, count: work.count))
    }

    /// The work loop with the fewest connections, which has one more from now on.
    func takeWorkLoop() -> Int {
        load.withLock { load in
            var least = 0
            for index in load.indices where load[index] < load[least] { least = index }
            load[least] += 1
            return least
        }
    }

    /// One connection fewer.
    func leaveWorkLoop(_ number: Int) {
        load.withLock { $0[number] -= 1 }
    }
}

/// A connection on its way to another loop, between two requests of its own.
///
/// Unchecked: the loop that gives it away has forgotten descriptor and TLS session before it posts
/// this. That there is one owner at a time protects them.
struct ConnectionHandover: @unchecked Sendable {
    let descriptor: Int32
    let remoteAddress: String
    let tls: TLSConnection?
    /// Number of the quick loop it belongs to.
    let home: Int
    /// The request that moves it; nil for one that goes on elsewhere with the next.
    let request: HTTPRequestParser.ReceivedRequest?
    /// What was received behind that request.
    let input: [UInt8]
}
