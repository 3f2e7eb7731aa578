import SimCore
import SimHTTP

extension ControlRoutes {
    /// Named stories of failure, each played in a simulator of its own.
    static let drillEndpoints: [ControlEndpoint] = [
        ControlEndpoint(.get, "drills", "the drills that can be played") { _ in .drills(.list) },
        ControlEndpoint(
            .post, "drills/{drill}/run", body: ["target", "token"],
            "play a drill beside this simulator, which it does not touch"
        ) { input throws(ControlError) in
            let token = try input.body.string("token")
            let target = try input.body.string("target").map { DrillTarget(url: $0, token: token) }
            guard token == nil || target != nil else {
                throw .badRequest("'token' in the body means nothing without 'target'")
            }
            return .drills(.run(try input.parameter("drill"), target))
        },
    ]
}
