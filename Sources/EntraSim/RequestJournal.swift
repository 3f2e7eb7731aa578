import SimCore
import SimHTTP
import SimPortal
import Synchronization

/// One request and its answer, numbered in the order they ended.
struct JournalEntry: Hashable, Sendable {
    /// Inbound: a client called the simulator. Outbound: the provisioning service called a target.
    typealias Direction = JournalQuery.Direction

    let number: UInt64
    let direction: Direction
    let exchange: WireExchange

    /// For people and machines; secrets are redacted here, at the only way out.
    var json: JSONValue {
        var object: JSONObject = [
            "sequence": .int(Int64(number)), "direction": .string(direction.rawValue),
        ]
        for member in exchange.json.objectValue?.members ?? [] {
            object.append(member.name, member.value)
        }
        return .object(object)
    }
}

/// The last exchanges, oldest first. A ring: it never grows past its limit.
final class RequestJournal: Sendable {
    static let entryLimit = 4_096
    /// Bodies are kept up to this size; an exchange with a longer one keeps its beginning.
    static let bodyByteLimit = WireExchange.bodyByteLimit

    private struct Slot {
        var number: UInt64
        let direction: JournalEntry.Direction
        let exchange: WireExchange
    }

    private struct State {
        var ring: [Slot] = []
        var next = 0
        var count: UInt64 = 0
    }

    private let state = Mutex(State())

    func record(_ direction: JournalEntry.Direction, _ exchange: WireExchange) {
        var slot = Slot(
            number: 0, direction: direction, exchange: Self.shortened(exchange))
        state.withLock { state in
            state.count += 1
            slot.number = state.count
            if state.ring.count < Self.entryLimit {
                state.ring.append(slot)
            } else {
                // The old one leaves the lock with us: freeing it takes longer than the rest.
                swap(&state.ring[state.next], &slot)
                state.next = (state.next + 1) % Self.entryLimit
            }
        }
    }

    /// The number of the latest entry; 0 when there is none.
    var latest: UInt64 { state.withLock { $0.count } }

    /// How many entries with a number above `number` are no longer kept.
    func forgotten(after number: UInt64) -> Int {
        state.withLock { state in
            let kept = state.count - UInt64(state.ring.count)
            return kept > number ? Int(clamping: kept - number) : 0
        }
    }

    /// Entries with a number above `number`, oldest first.
    func entries(after number: UInt64 = 0) -> [JournalEntry] {
        let ordered = state.withLock { state in
            Array(state.ring[state.next...]) + Array(state.ring[..<state.next])
        }
        return ordered.filter { $0.number > number }.map {
            JournalEntry(number: $0.number, direction: $0.direction, exchange: $0.exchange)
        }
    }

    private static func shortened(_ exchange: WireExchange) -> WireExchange {
        let isLong =
            exchange.request.body.count > bodyByteLimit
            || exchange.response?.body.count ?? 0 > bodyByteLimit
        guard isLong else { return exchange }
        var request = exchange.request
        request.body = Array(request.body.prefix(bodyByteLimit))
        var response = exchange.response
        if let body = exchange.response?.body {
            response?.body = Array(body.prefix(bodyByteLimit))
        }
        return WireExchange(
            at: exchange.at, request: request, origin: exchange.origin, response: response,
            failure: exchange.failure)
    }
}
