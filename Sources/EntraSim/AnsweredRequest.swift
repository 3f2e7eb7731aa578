import SimErrors

/// A request the simulator answered, for a log line: no body, no secret.
public struct AnsweredRequest: Hashable, Sendable {
    /// ISO 8601, by the simulation's clock.
    public let at: String
    public let method: String
    /// Path and query, values of secret parameters replaced.
    public let target: String
    public let status: Int
    /// The number of the sign-in error, where one was answered.
    public let errorCode: Int?
    /// What to do about it.
    public let hint: String?
}

extension AnsweredRequest {
    /// One line for people; a second one with the hint, where there is one.
    package var line: String {
        let clock = at.dropFirst(11).prefix(8)
        let padding = String(repeating: " ", count: max(1, 7 - method.count))
        var text = "\(clock)  \(status)  \(method)\(padding)\(target)"
        if let errorCode { text += "  \(AADSTSCatalogue.label(errorCode))" }
        if let hint { text += "\n          hint: \(hint)" }
        return text
    }
}
