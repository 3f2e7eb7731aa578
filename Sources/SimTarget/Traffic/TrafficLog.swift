import SimCore
import SimHTTP

/// The last calls of the SCIM endpoint, for the page. Holds no header, so no bearer value.
package struct TrafficLog: Sendable {
    package struct Entry: Hashable, Sendable {
        /// 1 for the first call since the start.
        package let number: Int
        package let at: Timestamp
        package let method: String
        /// Path and query below the app, cut at `targetLimit`.
        package let target: String
        package let status: Int
        /// The key that was used, even one that may not; nil for an unknown one.
        package let keyID: String?
        /// What was done wrong with it on purpose.
        package let defects: [AppDefect.Name]
    }

    package static let entryLimit = 100
    /// Longest target kept, in characters.
    package static let targetLimit = 300

    /// Newest last.
    private var entries: [Entry] = []
    /// Calls since the start.
    package private(set) var count = 0
    /// When a client with a working key last called.
    package private(set) var lastSync: Timestamp?
    private var lastUse: [String: Timestamp] = [:]

    package init(lastSync: Timestamp? = nil) {
        self.lastSync = lastSync
    }

    /// Newest first.
    package var latest: [Entry] { entries.suffix(Self.entryLimit).reversed() }

    /// When a key was last accepted since the start.
    package func lastUse(of keyID: String) -> Timestamp? { lastUse[keyID] }

    mutating func record(
        _ request: HTTPRequest, target: String, status: Int, access: KeyRing.Access,
        defects: [AppDefect.Name] = [], at time: Timestamp
    ) {
        count += 1
        var keyID: String?
        switch access {
        case .granted(let id):
            keyID = id
            lastUse[id] = time
            lastSync = time
        case .forbidden(let id, _), .expired(let id): keyID = id
        case .unknown: break
        }
        // Twice the limit is kept so that dropping the old ones is rare.
        if entries.count >= 2 * Self.entryLimit { entries.removeFirst(Self.entryLimit) }
        entries.append(
            Entry(
                number: count, at: time, method: String(request.method.rawValue.prefix(16)),
                target: String(target.prefix(Self.targetLimit)), status: status, keyID: keyID,
                defects: defects))
    }
}
