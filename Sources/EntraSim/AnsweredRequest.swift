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
