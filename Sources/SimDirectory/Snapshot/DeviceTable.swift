import SimCore

/// Device authorizations by user code, forgotten an hour after they expired.
///
/// Forgetting is driven by the log's own times, so the fold stays deterministic.
struct DeviceTable: Sendable {
    /// How long an expired code is still told from one that never was.
    private static let retention: Duration = .hours(1)

    private var byCode = ShardedMap<String, DeviceAuthorization>()
    /// User codes by the minute they are forgotten in, in the order issued.
    private var codes: [Int64: [String]] = [:]

    subscript(userCode: String) -> DeviceAuthorization? { byCode[userCode] }

    /// By minute of expiry, then in the order issued.
    var all: [DeviceAuthorization] {
        codes.sorted { $0.key < $1.key }.flatMap { $0.value.compactMap { byCode[$0] } }
    }

    /// Adds an authorization, or replaces it by its answered form.
    mutating func put(_ authorization: DeviceAuthorization, at now: Timestamp) {
        forget(at: now)
        let code = authorization.userCode
        if byCode[code] == nil {
            codes[(authorization.expiresAt + Self.retention).seconds / 60, default: []].append(code)
        }
        byCode[code] = authorization
    }

    private mutating func forget(at now: Timestamp) {
        let minute = now.seconds / 60
        for (end, expired) in codes where end < minute {
            for code in expired { byCode[code] = nil }
            codes[end] = nil
        }
    }
}
