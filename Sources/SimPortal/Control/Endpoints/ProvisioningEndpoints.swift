import SimCore
import SimHTTP

extension ControlRoutes {
    static let provisioningEndpoints: [ControlEndpoint] = [
        ControlEndpoint(.get, "tenants/{tenant}/provisioning", "every provisioning job") {
            input throws(ControlError) in
            .listProvisioning(tenant: try input.parameter("tenant"))
        },
        job(.get, "", "the job's status") { _ in .status },
        job(.post, "/start", "start the job") { _ in .start },
        job(.post, "/pause", "pause the job") { _ in .pause },
        job(.post, "/restart", body: ["resetScope"], "restart the job") {
            input throws(ControlError) in
            .restart(try resetScope(try input.body.stringOrEmpty("resetScope")))
        },
        job(
            .post, "/run", body: ["wire", "resetScope", "record"],
            "a cycle now, after a reset if asked, answered when it has ended"
        ) { input throws(ControlError) in
            let scope = try input.body.string("resetScope")
            return .run(
                recordsWire: try input.body.bool("wire") ?? false,
                reset: try scope.map { name throws(ControlError) in try resetScope(name) },
                recordsCassette: try input.body.bool("record") ?? false)
        },
        job(.post, "/preview", "what a cycle would send") { _ in .preview },
        job(
            .get, "/logs", query: ProvisioningLogQuery.keys,
            "provisioning log: the newest rows, or page by page with 'from' and 'wait'"
        ) { input throws(ControlError) in .logs(try ProvisioningLogQuery(input.query)) },
        job(.get, "/report", query: ["cycle"], "a cycle object by object, and what waits") {
            input throws(ControlError) in .report(try input.query.cycle("cycle") ?? .last)
        },
        job(.get, "/cassette", query: ["from"], "the last recording, page by page") {
            input throws(ControlError) in
            .cassette(from: try input.query.number("from", in: 0...Int.max) ?? 0)
        },
        job(.delete, "", "remove the job with everything it remembers") { _ in .delete },
        job(
            .post, "/test-connection", body: ["baseAddress", "secretToken"],
            "try the saved or the given credentials"
        ) { input throws(ControlError) in
            .testConnection(
                TestCredentials(
                    baseAddress: try input.body.string("baseAddress"),
                    secretToken: try input.body.string("secretToken")))
        },
        job(
            .post, "/on-demand", body: ["user", "group", "members"],
            "provision one user, or one group with at most five members, now"
        ) { input throws(ControlError) in .onDemand(try onDemandTarget(input)) },
    ]

    private static func onDemandTarget(
        _ input: ControlInput
    ) throws(ControlError) -> OnDemandTarget {
        let members = try input.body.strings("members")
        switch (try input.body.string("user"), try input.body.string("group")) {
        case (let user?, nil):
            guard members == nil else { throw .badRequest("'members' belongs to 'group'") }
            return .user(user)
        case (nil, let group?): return .group(group, members: members ?? [])
        case (nil, nil), (.some, .some):
            throw .badRequest("either 'user' or 'group' is needed", hint: "name exactly one")
        }
    }

    /// `resetScope` as Graph takes it; nil or empty is the portal's restart.
    static func resetScope(_ text: String?) throws(ControlError) -> ResetScope {
        var parts: Set<ResetScope.Part> = []
        for piece in (text ?? "").split(separator: ",") {
            let name = String(piece.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            guard let part = ResetScope.Part(rawValue: name) else {
                let known = ResetScope.Part.allCases.map(\.rawValue)
                throw .badRequest(
                    "'resetScope' cannot contain '\(name)'",
                    hint: NearestName.of(name, in: known).map { "did you mean '\($0)'?" }
                        ?? "any of: \(known.joined(separator: ", "))")
            }
            parts.insert(part)
        }
        guard !parts.isEmpty else { return .portalRestart }
        guard !parts.contains(.none) || parts.count == 1 else {
            throw .badRequest("'None' stands alone in 'resetScope'")
        }
        return ResetScope(parts)
    }

    private static func job(
        _ method: HTTPMethod, _ path: String, body: [String]? = nil, query: [String] = [],
        _ summary: String,
        build: @escaping @Sendable (ControlInput) throws(ControlError) -> ProvisioningCommand
    ) -> ControlEndpoint {
        ControlEndpoint(
            method, "tenants/{tenant}/apps/{app}/provisioning" + path, body: body, query: query,
            summary
        ) { input throws(ControlError) in
            .provisioning(
                tenant: try input.parameter("tenant"), app: try input.parameter("app"),
                try build(input))
        }
    }
}
