import SimCore

/// What a command asks of one tenant: a call behind `/sim/v1/tenants/{tenant}`.
struct TenantCall {
    let method: String
    let path: [String]
    let query: [(String, String?)]
    let body: JSONObject?

    private init(
        _ method: String, _ path: [String], query: [(String, String?)] = [],
        body: JSONObject? = nil
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.body = body
    }

    static func get(_ path: String...) -> TenantCall { TenantCall("GET", path) }

    static func post(_ path: String..., body: JSONObject? = nil) -> TenantCall {
        TenantCall("POST", path, body: body)
    }

    static func patch(_ path: String..., body: JSONObject) -> TenantCall {
        TenantCall("PATCH", path, body: body)
    }

    /// - Parameter query: pairs with a value are sent in this order.
    static func delete(_ path: String..., query: [(String, String?)] = []) -> TenantCall {
        TenantCall("DELETE", path, query: query)
    }
}

extension Command {
    /// A command that asks the running simulator one thing about a tenant, and shows the answer.
    ///
    /// - Parameters:
    ///   - options: its own; behind them come those of every command about a tenant.
    ///   - conflicts: the same.
    ///   - text: the answer for people.
    ///   - call: made, or refused, before anybody is called.
    static func ofTenant(
        _ path: String, _ summary: String, _ positionals: [Positional] = [],
        options: [AnyOption] = [], conflicts: [Conflict] = [], details: String? = nil,
        example: String, text: @escaping @Sendable (JSONValue) -> String,
        call: @escaping @Sendable (Invocation) throws(CommandFailure) -> TenantCall
    ) -> Command {
        Command(
            path, summary, positionals, options: options + ClientOptions.all,
            conflicts: ClientOptions.conflicts + conflicts, details: details, example: example
        ) { invocation, context throws(CommandFailure) in
            let call = try call(invocation)
            let client = try context.client(invocation)
            let tenant = try context.tenant(invocation, client)
            let answer = try client.send(
                call.method, ["tenants", tenant] + call.path, query: call.query,
                body: call.body.map { .object($0) })
            context.show(answer, text(answer))
            return .success
        }
    }
}

extension CommandFailure {
    /// The command was given nothing to do.
    static func nothingToChange(_ command: String) -> CommandFailure {
        CommandFailure(.usage, "nothing to change", hint: "entra-sim \(command) --help")
    }
}
