import SimCore
import SimHTTP

extension ControlRoutes {
    private static let policyKeys = [
        "displayName", "state", "conditions", "grantControls", "sessionControls", "id",
        "templateId", "createdDateTime", "modifiedDateTime",
    ]
    private static let locationKeys = [
        "displayName", "isTrusted", "ipRanges", "countriesAndRegions",
        "includeUnknownCountriesAndRegions", "countryLookupMethod", "@odata.type", "id",
        "createdDateTime", "modifiedDateTime",
    ]

    static let accessEndpoints: [ControlEndpoint] = [
        access(.get, "policies", "Conditional Access policies") { _ in .listPolicies },
        access(.post, "policies", body: policyKeys, "make a policy, as Graph writes it") {
            input throws(ControlError) in
            .addPolicy(input.body.members)
        },
        access(.get, "policies/{policy}", "one policy") { input throws(ControlError) in
            .showPolicy(try input.parameter("policy"))
        },
        access(.patch, "policies/{policy}", body: policyKeys, "change parts of a policy") {
            input throws(ControlError) in
            .setPolicy(try input.parameter("policy"), try changes(input))
        },
        access(.delete, "policies/{policy}", "delete a policy") { input throws(ControlError) in
            .deletePolicy(try input.parameter("policy"))
        },
        access(.get, "namedLocations", "places that policies name") { _ in .listLocations },
        access(.post, "namedLocations", body: locationKeys, "make a named location") {
            input throws(ControlError) in
            .addLocation(input.body.members)
        },
        access(.get, "namedLocations/{location}", "one named location") {
            input throws(ControlError) in
            .showLocation(try input.parameter("location"))
        },
        access(.patch, "namedLocations/{location}", body: locationKeys, "change a location") {
            input throws(ControlError) in
            .setLocation(try input.parameter("location"), try changes(input))
        },
        access(.delete, "namedLocations/{location}", "delete a named location") {
            input throws(ControlError) in
            .deleteLocation(try input.parameter("location"))
        },
    ]

    static let signInEndpoints: [ControlEndpoint] = [
        ControlEndpoint(
            .get, "tenants/{tenant}/signIns",
            query: [
                "user", "app", "status", "errorCode", "interactive", "correlationId", "after",
                "limit",
            ], "attempts to sign in, as Graph's signIn"
        ) { input throws(ControlError) in
            .signIns(tenant: try input.parameter("tenant"), try signInQuery(input.query))
        }
    ]

    private static func signInQuery(_ query: StrictObject) throws(ControlError) -> SignInQuery {
        var wanted = SignInQuery()
        wanted.user = try query.string("user")
        wanted.app = try query.string("app")
        wanted.status = try query.choice("status")
        wanted.errorCode = try query.number("errorCode", in: 0...99_999_999)
        wanted.isInteractive = try query.bool("interactive")
        if let text = try query.string("correlationId") {
            guard let id = GUID(text) else {
                throw .badRequest("'correlationId' is not a GUID: '\(text)'")
            }
            wanted.correlationID = id
        }
        wanted.after = try query.number("after", in: 0...Int(Int32.max)).map { UInt64($0) }
        wanted.limit = try query.number("limit", in: SignInQuery.limitBounds) ?? 100
        return wanted
    }

    private static func changes(_ input: ControlInput) throws(ControlError) -> JSONObject {
        guard !input.body.members.isEmpty else { throw .badRequest("the body changes nothing") }
        return input.body.members
    }

    private static func access(
        _ method: HTTPMethod, _ path: String, body: [String]? = nil, _ summary: String,
        build: @escaping @Sendable (ControlInput) throws(ControlError) -> AccessCommand
    ) -> ControlEndpoint {
        ControlEndpoint(
            method, "tenants/{tenant}/conditionalAccess/" + path, body: body, summary
        ) { input throws(ControlError) in
            .access(tenant: try input.parameter("tenant"), try build(input))
        }
    }
}
