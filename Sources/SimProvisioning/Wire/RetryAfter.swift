import SimCore

/// When a target wants to be asked again: `Retry-After` in either form. RFC 9110 §10.2.3.
enum RetryAfter: Hashable, Sendable {
    case seconds(Int64)
    case date(Timestamp)

    /// Longest wait a target can ask for: a day.
    private static let longestWait: Duration = .seconds(86_400)

    /// - Returns: nil for a text that is neither a number of seconds nor an HTTP date.
    init?(_ text: String) {
        if let seconds = Int64(text) {
            guard seconds >= 0 else { return nil }
            self = .seconds(seconds)
        } else if let date = Timestamp(httpDate: text) {
            self = .date(date)
        } else {
            return nil
        }
    }

    /// The instant meant by an answer that came at `now`; never in the past.
    func instant(after now: Timestamp) -> Timestamp {
        switch self {
        case .seconds(let seconds):
            now + .seconds(min(seconds, Self.longestWait.components.seconds))
        case .date(let date): min(max(date, now), now + Self.longestWait)
        }
    }
}
