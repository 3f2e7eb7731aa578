import SimCore
import SimHTTP
import SimIdentity
import SimPortal
import SimProvisioning
import SimRuntime
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

/// The last exchanges, oldest first. It never grows past its limit.
///
/// Kept in lanes, a ring each, so that loops do not wait for each other; numbers run through all.
final class RequestJournal: Sendable {
    static let entryLimit = 4_096
    /// Bodies are kept up to this size; an exchange with a longer one keeps its beginning.
    static let bodyByteLimit = WireExchange.bodyByteLimit
    /// Lanes of quick answers; loops above so many share.
    static let quickLaneCount = 8
    /// Lanes of everything else, for as many threads.
    private static let threadLaneCount = 8
    /// Every so many exchanges lanes that are not written any more let go of what is too old.
    private static let sweepInterval: UInt64 = 512

    private let lanes = (0..<quickLaneCount + threadLaneCount).map { _ in JournalLane() }
    /// The latest number. Drawn while a lane is held, so that whoever holds all lanes sees every
    /// exchange up to it.
    private let count = Atomic<UInt64>(0)
    private let documents: PublishedDocuments

    /// - Parameter documents: what published exchanges are answered with.
    init(documents: PublishedDocuments = PublishedDocuments()) {
        self.documents = documents
    }

    func record(_ direction: JournalEntry.Direction, _ exchange: consuming WireExchange) {
        keep(.whole(direction, Self.shortened(exchange), nil), in: threadLane)
    }

    /// A call of the provisioning service.
    func record(_ call: SentCall) {
        switch call.purpose {
        // Its answer is looked through for credentials when it is shown, which is seldom; but
        // before it is cut, which might leave a part of one.
        case .scim(let secrets) where call.response?.body.count ?? 0 <= Self.bodyByteLimit:
            let exchange = WireExchange(
                at: call.at, request: call.request, origin: call.origin.description,
                response: call.response, failure: call.failure?.explanation)
            keep(.whole(.outbound, Self.shortened(exchange), secrets), in: threadLane)
        case .scim, .token: record(.outbound, call.wire)
        }
    }

    /// - Parameter lane: of the loop that answered.
    func record(_ exchange: PublishedExchange, lane: Int) {
        keep(.published(exchange), in: lanes[lane])
    }

    private var threadLane: JournalLane {
        lanes[Self.quickLaneCount + ThreadStripe.current % Self.threadLaneCount]
    }

    private func keep(_ kept: consuming JournalLane.Kept, in lane: JournalLane) {
        let limit = UInt64(Self.entryLimit)
        let number = lane.keep(kept, counting: count, limit: limit)
        guard number % Self.sweepInterval == 0, number > limit else { return }
        for lane in lanes { lane.forget(through: number - limit) }
    }

    /// The number of the latest entry; 0 when there is none.
    var latest: UInt64 { count.load(ordering: .relaxed) }

    /// How many entries with a number above `number` are no longer kept.
    func forgotten(after number: UInt64) -> Int {
        let count = latest
        let gone = count - min(count, UInt64(Self.entryLimit))
        return gone > number ? Int(clamping: gone - number) : 0
    }

    /// Entries with a number above `number`, oldest first.
    func entries(after number: UInt64 = 0) -> [JournalEntry] {
        slots().filter { $0.number > number }.compactMap { slot in
            switch slot.kept {
            case .whole(let direction, let exchange, let secrets):
                JournalEntry(
                    number: slot.number, direction: direction,
                    exchange: secrets.map { exchange.hiding($0) } ?? exchange)
            case .published(let published):
                published.exchange(documents).map {
                    JournalEntry(number: slot.number, direction: .inbound, exchange: $0)
                }
            }
        }
    }

    /// The last slots of all lanes, at one moment.
    private func slots() -> [JournalLane.Slot] {
        let all = holding(lanes[...], [])
        return Array(all.sorted { $0.number < $1.number }.suffix(Self.entryLimit))
    }

    /// Holds the lanes one after the other until all are held.
    private func holding(
        _ lanes: ArraySlice<JournalLane>, _ found: [JournalLane.Slot]
    ) -> [JournalLane.Slot] {
        guard let lane = lanes.first else { return found }
        return lane.holding { holding(lanes.dropFirst(), found + $0) }
    }

    private static func shortened(_ exchange: consuming WireExchange) -> WireExchange {
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

extension WireExchange {
    /// The same without what an answer must not show.
    fileprivate func hiding(_ secrets: SecretTexts) -> WireExchange {
        WireExchange(
            at: at, request: request, origin: origin,
            response: response.map { secrets.hidden(in: $0) }, failure: failure)
    }
}
