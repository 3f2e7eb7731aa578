import SimCore
import SimDirectory
import SimHTTP

extension ControlRoutes {
    /// Keys, roles and policies of a tenant.
    static let policyEndpoints: [ControlEndpoint] = [
        key(.post, "/rotate", body: ["mode", "in", "keep"], "roll over the signing keys") {
            input throws(ControlError) in
            .rotate(
                KeyRotation(
                    mode: try input.body.choice("mode") ?? .planned,
                    delay: try input.body.duration("in") ?? .zero,
                    keptAfter: try input.body.duration("keep")))
        },
        key(.post, "/publish", "publish a key that signs unpublished") { _ in .publish },
        key(
            .patch, "", body: ["rolloverInterval", "publishedAhead", "keptAfter"],
            "how keys roll over by themselves"
        ) { input throws(ControlError) in
            let isCleared = input.body.value("rolloverInterval") == .null
            let interval = isCleared ? nil : try span("rolloverInterval", input.body)
            let ahead = try span("publishedAhead", input.body)
            let kept = try span("keptAfter", input.body)
            guard isCleared || interval != nil || ahead != nil || kept != nil else {
                throw .badRequest("the body changes nothing")
            }
            return .schedule(
                interval: isCleared ? .clear : interval.map { .set($0) }, publishedAhead: ahead,
                keptAfter: kept)
        },
        ControlEndpoint(
            .post, "tenants/{tenant}/apps/{app}/keys/rotate",
            "sign the app's tokens with a new key of its own"
        ) { input throws(ControlError) in
            .keys(
                tenant: try input.parameter("tenant"),
                .rotateApplication(try input.parameter("app")))
        },
        ControlEndpoint(
            .delete, "tenants/{tenant}/apps/{app}/keys", "sign with the tenant's keys again"
        ) { input throws(ControlError) in
            .keys(
                tenant: try input.parameter("tenant"),
                .dropApplication(try input.parameter("app")))
        },
        role(.get, "who administers the tenant") { _ in .list },
        role(.post, body: ["role", "principal"], "give a directory role") {
            input throws(ControlError) in
            .assign(
                role: try input.body.requiredString("role"),
                principal: try input.body.requiredString("principal"))
        },
        role(.delete, query: ["role", "principal"], "take a directory role away") {
            input throws(ControlError) in
            .unassign(
                role: try input.query.requiredString("role"),
                principal: try input.query.requiredString("principal"))
        },
        policy(.get, "", "consent and token lifetime policies") { _ in .show },
        policy(
            .patch, "", body: ["userConsent", "adminConsentRequests"],
            "what people may consent to"
        ) { input throws(ControlError) in
            let consent: TenantPolicies.UserConsent? = try input.body.choice("userConsent")
            let requests = try input.body.bool("adminConsentRequests")
            guard consent != nil || requests != nil else {
                throw .badRequest("the body changes nothing")
            }
            return .consent(consent, adminConsentRequests: requests)
        },
        policy(
            .post, "/token-lifetime", body: ["accessTokenLifetime", "app"],
            "the lifetime of tokens, of an app or of all"
        ) { input throws(ControlError) in
            .tokenLifetime(
                try lifetime(input.body), app: try input.body.string("app"))
        },
    ]

    private static func lifetime(_ body: StrictObject) throws(ControlError) -> Change<Duration> {
        let key = "accessTokenLifetime"
        if body.value(key) == .null { return .clear }
        guard let lifetime = try body.duration(key) else {
            throw .badRequest("the body lacks the key '\(key)'", hint: "{\"\(key)\": \"30m\"}")
        }
        guard TokenLifetimePolicy.lifetimes.contains(lifetime) else {
            throw .badRequest(
                "tokens cannot live \(DurationText.short(lifetime))",
                hint: "the service takes 10m to 1d")
        }
        return .set(lifetime)
    }

    /// Ten minutes and more: shorter spans would roll over faster than a clock is advanced.
    private static func span(
        _ key: String, _ body: StrictObject
    ) throws(ControlError) -> Duration? {
        guard let span = try body.duration(key) else { return nil }
        guard span >= .minutes(10) else {
            throw .badRequest("'\(key)' is too short", hint: "write 10m or more")
        }
        return span
    }

    private static func key(
        _ method: HTTPMethod, _ path: String, body: [String]? = nil, _ summary: String,
        build: @escaping @Sendable (ControlInput) throws(ControlError) -> KeyCommand
    ) -> ControlEndpoint {
        ControlEndpoint(method, "tenants/{tenant}/keys" + path, body: body, summary) {
            input throws(ControlError) in
            .keys(tenant: try input.parameter("tenant"), try build(input))
        }
    }

    private static func role(
        _ method: HTTPMethod, body: [String]? = nil, query: [String] = [], _ summary: String,
        build: @escaping @Sendable (ControlInput) throws(ControlError) -> RoleCommand
    ) -> ControlEndpoint {
        ControlEndpoint(method, "tenants/{tenant}/roles", body: body, query: query, summary) {
            input throws(ControlError) in
            .roles(tenant: try input.parameter("tenant"), try build(input))
        }
    }

    private static func policy(
        _ method: HTTPMethod, _ path: String, body: [String]? = nil, _ summary: String,
        build: @escaping @Sendable (ControlInput) throws(ControlError) -> PolicyCommand
    ) -> ControlEndpoint {
        ControlEndpoint(method, "tenants/{tenant}/policies" + path, body: body, summary) {
            input throws(ControlError) in
            .policies(tenant: try input.parameter("tenant"), try build(input))
        }
    }
}
