import SimCore
import SimHTTP

extension ControlRoutes {
    /// Health, metrics, clock, keys and the error catalogue.
    static let simulatorEndpoints: [ControlEndpoint] = [
        ControlEndpoint(.get, "health", "whether it runs; open, needs no token") { _ in .health },
        ControlEndpoint(.get, "metrics", "Prometheus text; open, needs no token") { _ in .metrics },
        ControlEndpoint(.get, "clock", "the simulation's time") { _ in .clock(.show) },
        ControlEndpoint(.post, "clock/freeze", body: ["at"], "stop the clock") {
            input throws(ControlError) in
            .clock(.freeze(at: try input.body.timestamp("at")))
        },
        ControlEndpoint(
            .post, "clock/advance", body: ["by", "to"], "move forward and run what falls due"
        ) { input throws(ControlError) in
            if let time = try input.body.timestamp("to") {
                guard try input.body.duration("by") == nil else {
                    throw .badRequest("'by' and 'to' exclude each other", hint: "give one")
                }
                return .clock(.advanceTo(time))
            }
            guard let duration = try input.body.duration("by") else {
                throw .badRequest("the body lacks the key 'by'", hint: "{\"by\": \"40m\"}")
            }
            return .clock(.advance(by: duration))
        },
        ControlEndpoint(.post, "clock/set", body: ["at"], "jump to an instant") {
            input throws(ControlError) in
            guard let time = try input.body.timestamp("at") else {
                throw .badRequest(
                    "the body lacks the key 'at'", hint: "{\"at\": \"2026-01-05T08:00:00Z\"}")
            }
            return .clock(.set(time))
        },
        ControlEndpoint(.post, "clock/resume", "let a frozen clock run") { _ in .clock(.resume) },
        ControlEndpoint(.get, "keys", "token-signing keys and their certificates") { _ in
            .listKeys
        },
        ControlEndpoint(.get, "errors", "the catalogue of sign-in errors") { _ in .listErrors },
        ControlEndpoint(.get, "errors/{code}", "one error by its number") {
            input throws(ControlError) in
            let text = try input.parameter("code")
            guard let code = errorNumber(text) else {
                throw .badRequest(
                    "'\(text)' is not an error number", hint: "write it as 50076")
            }
            return .showError(code)
        },
    ]

    /// The digits at the end of an error name, `50076` or with the letters clients print before
    /// it; nil when something else is written.
    package static func errorNumber(_ text: String) -> Int? {
        let digits = text.drop { $0.isASCII && $0.isLetter }
        guard !digits.isEmpty, digits.utf8.count <= 10,
            digits.utf8.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        return Int(digits)
    }
}
