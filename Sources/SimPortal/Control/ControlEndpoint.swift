import SimCore
import SimHTTP

/// One row of the control API: method, path below `/sim/v1`, the keys it takes, and how they
/// become a command.
struct ControlEndpoint: Sendable {
    typealias Build = @Sendable (ControlInput) throws(ControlError) -> ControlCommand

    let method: HTTPMethod
    /// Literal segments and `{parameters}`.
    let pattern: [String]
    /// Keys of the JSON body; nil when the endpoint takes no body.
    let bodyKeys: [String]?
    let queryKeys: [String]
    let summary: String
    let build: Build

    init(
        _ method: HTTPMethod, _ path: String, body: [String]? = nil, query: [String] = [],
        _ summary: String, build: @escaping Build
    ) {
        self.method = method
        pattern = path.split(separator: "/").map(String.init)
        bodyKeys = body
        queryKeys = query
        self.summary = summary
        self.build = build
    }

    var path: String { "/sim/v1/" + pattern.joined(separator: "/") }

    /// The values of the parameters when `segments` has this shape; nil when it has not.
    func match(_ segments: ArraySlice<String>) -> [String: String]? {
        guard segments.count == pattern.count else { return nil }
        var parameters: [String: String] = [:]
        for (expected, segment) in zip(pattern, segments) {
            if expected.hasPrefix("{") {
                guard !segment.isEmpty else { return nil }
                parameters[String(expected.dropFirst().dropLast())] = segment
            } else if expected != segment {
                return nil
            }
        }
        return parameters
    }

    /// How many leading segments agree: the measure of nearness for a hint.
    func literalMatches(_ segments: ArraySlice<String>) -> Int {
        zip(pattern, segments).reduce(0) { $0 + ($1.0 == $1.1 ? 2 : $1.0.hasPrefix("{") ? 1 : 0) }
    }
}
