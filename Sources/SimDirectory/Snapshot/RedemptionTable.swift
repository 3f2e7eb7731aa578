import SimCore

/// Digests of single-use artifacts, forgotten some time after they would have expired anyway.
///
/// Forgetting is driven by the log's own times, so the fold stays deterministic, and spread: a
/// few digests an event, never a long pause.
struct RedemptionTable: Sendable {
    /// Digests forgotten at most with each new one.
    private static let pruneLimit = 16

    /// The digests that expire within one minute; those before `next` are forgotten.
    private struct Bucket: Sendable {
        var digests = ChunkedArray<String>()
        var next = 0
    }

    private var untilByDigest = ShardedMap<String, Timestamp>()
    private var buckets = ShardedMap<Int64, Bucket>()
    /// Minutes that hold digests, ascending.
    private var minutes: [Int64] = []

    var count: Int { untilByDigest.count }

    func contains(_ digest: String) -> Bool { untilByDigest[digest] != nil }

    /// Every remembered digest with its expiry, by minute of expiry, then in the order redeemed.
    func forEach<E: Error>(_ body: (String, Timestamp) throws(E) -> Void) throws(E) {
        for minute in minutes {
            guard let bucket = buckets[minute] else { continue }
            for index in bucket.next..<bucket.digests.count {
                let digest = bucket.digests[index]
                if let until = untilByDigest[digest] { try body(digest, until) }
            }
        }
    }

    mutating func insert(_ digest: String, until: Timestamp, at now: Timestamp) {
        prune(at: now)
        guard untilByDigest[digest] == nil else { return }
        let minute = until.seconds / 60
        untilByDigest[digest] = until
        buckets.update(minute, default: Bucket()) { $0.digests.append(digest) }
        let place = lowerBound(minute)
        if place == minutes.count || minutes[place] != minute {
            minutes.insert(minute, at: place)
        }
    }

    private mutating func prune(at now: Timestamp) {
        for _ in 0..<Self.pruneLimit {
            guard let minute = minutes.first, minute < now.seconds / 60 else { return }
            let forgotten = buckets.update(minute, default: Bucket()) { bucket -> String? in
                guard bucket.next < bucket.digests.count else { return nil }
                bucket.next += 1
                return bucket.digests[bucket.next - 1]
            }
            if let forgotten {
                untilByDigest[forgotten] = nil
            } else {
                buckets[minute] = nil
                minutes.removeFirst()
            }
        }
    }

    private func lowerBound(_ minute: Int64) -> Int {
        var low = 0
        var high = minutes.count
        while low < high {
            let middle = (low + high) / 2
            if minutes[middle] < minute { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
