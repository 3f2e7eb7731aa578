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
            .post, "/test-connection", body: ["baseAddress", "secretToken", "authentication"],
            "try the saved or the given credentials"
        ) { input throws(ControlError) in
            .testConnection(
                TestCredentials(
                    baseAddress: try input.body.string("baseAddress"),
                    secretToken: try input.body.string("secretToken"),
                    authentication: try AuthenticationSettings(in: input.body)))
        },
        job(
            .post, "/on-demand", body: ["user", "group", "members"],
            "provision one user, or one group with at most five members, now"
        ) { input throws(ControlError) in .onDemand(try onDemandTarget(input)) },
        job(.get, "/schema", "the mappings, as a synchronization schema") { _ in .schema },
        job(
            .put, "/schema", body: schemaKeys,
            "replace the mappings; the next cycle is an initial one"
        ) { input throws(ControlError) in .replaceSchema(try schema(input)) },
        job(.delete, "/schema", "back to the default mappings") { _ in .replaceSchema(nil) },
        job(.get, "/object-connections", "refused: name the object") {
            _ throws(ControlError) in
            throw .badRequest(
                "object connections cannot be listed",
                hint: "append the object's id in the directory or in the target")
        },
        job(.get, "/object-connections/{id}", "which target object belongs to an object") {
            input throws(ControlError) in .connection(try input.parameter("id"))
        },
        job(.delete, "/object-connections/{id}", "forget that; only while the job is off") {
            input throws(ControlError) in .disconnect(try input.parameter("id"))
        },
    ]

    /// What a schema as exported has; only the mappings are taken over.
    private static let schemaKeys = [
        "@odata.context", "id", "version", "provisioningTaskIdentifier", "directories",
        "synchronizationRules", "objectMappings",
    ]

    private static func schema(_ input: ControlInput) throws(ControlError) -> JSONValue {
        for key in ["synchronizationRules", "objectMappings"] {
            if let value = input.body.value(key) { return .object([key: value]) }
        }
        throw .badRequest("the body lacks the key 'synchronizationRules'")
    }

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
