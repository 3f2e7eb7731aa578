import SimCore
import SimHTTP

extension ControlRoutes {
    static let groupEndpoints: [ControlEndpoint] = [
        group(.get, "", query: ["text", "limit"], "groups") { input throws(ControlError) in
            .list(
                GroupListing(
                    text: try input.query.string("text"),
                    limit: try input.query.number("limit", in: UserListing.limitBounds) ?? 1_000))
        },
        group(
            .post, "", body: ["displayName", "description", "mailNickname", "users", "groups"],
            "make a group, with members"
        ) { input throws(ControlError) in
            let users = try input.body.strings("users") ?? []
            let groups = try input.body.strings("groups") ?? []
            return .add(
                NewGroup(
                    displayName: try input.body.requiredString("displayName"),
                    description: try input.body.string("description"),
                    mailNickname: try input.body.string("mailNickname"),
                    members: users.map { .user($0) } + groups.map { .group($0) }))
        },
        group(.get, "/{group}", "one group with its members") { input throws(ControlError) in
            .show(try input.parameter("group"))
        },
        group(.patch, "/{group}", body: ["displayName"], "rename a group") {
            input throws(ControlError) in
            .rename(
                try input.parameter("group"),
                displayName: try input.body.requiredString("displayName"))
        },
        group(.delete, "/{group}", "delete a group") { input throws(ControlError) in
            .delete(try input.parameter("group"))
        },
        group(.post, "/{group}/members", body: ["user", "group"], "add a member") {
            input throws(ControlError) in
            .addMember(try input.parameter("group"), try principal(input.body))
        },
        group(.delete, "/{group}/members", query: ["user", "group"], "remove a member") {
            input throws(ControlError) in
            .removeMember(try input.parameter("group"), try principal(input.query))
        },
    ]

    static let assignmentEndpoints: [ControlEndpoint] = [
        assignment(.get, "who may use an app") { input throws(ControlError) in
            .list(app: try input.parameter("app"))
        },
        assignment(.post, body: ["user", "group", "appRole"], "assign a user or group") {
            input throws(ControlError) in
            .assign(
                app: try input.parameter("app"), try principal(input.body),
                appRole: try input.body.string("appRole"))
        },
        assignment(.delete, query: ["user", "group"], "remove an assignment") {
            input throws(ControlError) in
            .unassign(app: try input.parameter("app"), try principal(input.query))
        },
    ]

    /// Exactly one of `user` and `group`.
    private static func principal(
        _ object: StrictObject
    ) throws(ControlError) -> PrincipalReference {
        switch (try object.string("user"), try object.string("group")) {
        case (let user?, nil): return .user(user)
        case (nil, let group?): return .group(group)
        case (nil, nil), (.some, .some):
            throw .badRequest("name either a 'user' or a 'group'")
        }
    }

    private static func group(
        _ method: HTTPMethod, _ path: String, body: [String]? = nil, query: [String] = [],
        _ summary: String,
        build: @escaping @Sendable (ControlInput) throws(ControlError) -> GroupCommand
    ) -> ControlEndpoint {
        ControlEndpoint(
            method, "tenants/{tenant}/groups" + path, body: body, query: query, summary
        ) { input throws(ControlError) in
            .group(tenant: try input.parameter("tenant"), try build(input))
        }
    }

    private static func assignment(
        _ method: HTTPMethod, body: [String]? = nil, query: [String] = [], _ summary: String,
        build: @escaping @Sendable (ControlInput) throws(ControlError) -> AssignmentCommand
    ) -> ControlEndpoint {
        ControlEndpoint(
            method, "tenants/{tenant}/apps/{app}/assignments", body: body, query: query, summary
        ) { input throws(ControlError) in
            .assignment(tenant: try input.parameter("tenant"), try build(input))
        }
    }
}
