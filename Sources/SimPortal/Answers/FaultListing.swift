import SimCore
import SimFaults

/// Fault rules and their strikes as the control API shows them.
package enum FaultListing {
    /// `{"id","rule","addedAt","matches","hits","state"}`
    package static func json(_ entry: FaultBook.Entry, at now: Timestamp) -> JSONValue {
        var object: JSONObject = [
            "id": .string(entry.id), "rule": .object(entry.rule.json),
            "addedAt": .string(entry.addedAt.iso8601), "matches": .int(Int64(entry.matches)),
            "hits": .int(Int64(entry.hits)), "state": entry.isSpent(at: now) ? "spent" : "active",
        ]
        object.appendIfPresent("expiresAt", entry.expiresAt?.iso8601)
        return .object(object)
    }

    /// The whole book: `{"value":[…],"hits":[…]}`
    package static func json(_ book: FaultBook, at now: Timestamp) -> JSONValue {
        [
            "value": .array(book.entries.map { json($0, at: now) }),
            "hits": .array(book.hits.map(json)),
        ]
    }

    private static func json(_ hit: FaultBook.Hit) -> JSONValue {
        [
            "sequence": .int(Int64(hit.number)), "at": .string(hit.at.iso8601(fractionDigits: 3)),
            "rule": .string(hit.rule), "site": .string(hit.site.rawValue),
            "method": .string(hit.method), "path": .string(hit.path),
            "count": .int(Int64(hit.count)),
        ]
    }
}
