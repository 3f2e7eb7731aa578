import SimCore
import SimPortal

private enum SignInArguments {
    static let user = CommandOption<String>.text("--user", "TEXT", "part of a name, or an id")
    static let app = CommandOption<String>.text("--app", "TEXT", "part of an app's name, or its id")
    static let status = CommandOption<SignInQuery.Status>.choice(
        "--status", "only attempts that ended so")
    static let code = CommandOption<Int>.number(
        "--code", "only attempts with this error number", in: 0...99_999_999)
    static let limit = CommandOption<Int>.number(
        "--limit", "most attempts shown (default 100)", in: SignInQuery.limitBounds)
    static let after = CommandOption<Int>.number(
        "--after", "only attempts with a higher sequence number", in: 0...Int(Int32.max))

    static let all: [AnyOption] = [
        user.any, app.any, status.any, code.any, after.any, limit.any,
    ]
}

extension CommandTree {
    static let signIns = Command(
        "signins", "who tried to sign in, and what came of it",
        options: SignInArguments.all + ClientOptions.all, conflicts: ClientOptions.conflicts,
        details: """
            The newest last. --json gives Graph's signIn objects with every policy's result, and
            'latest', the number to go on --after.
            """,
        example: "signins --user adele --status failure"
    ) { invocation, context throws(CommandFailure) in
        let client = try context.client(invocation)
        let answer = try client.send(
            "GET", ["tenants", try context.tenant(invocation, client), "signIns"],
            query: [
                ("user", invocation[SignInArguments.user]),
                ("app", invocation[SignInArguments.app]),
                ("status", invocation[SignInArguments.status]?.rawValue),
                ("errorCode", invocation[SignInArguments.code].map(String.init)),
                ("after", invocation[SignInArguments.after].map(String.init)),
                ("limit", invocation[SignInArguments.limit].map(String.init)),
            ])
        var table = TextTable(["time", "who", "app", "result", "policies"])
        for row in answer.list {
            let user = row.cell("userPrincipalName")
            let code = row["status"]?["errorCode"]?.intValue ?? 0
            table.add([
                row.cell("createdDateTime"),
                user.isEmpty ? row.cell("servicePrincipalName") : user,
                row.cell("appDisplayName"), code == 0 ? "ok" : String(code), policies(row),
            ])
        }
        context.show(answer, table.text)
        return .success
    }

    /// `Block abroad: failure`; policies that were not about the attempt are left out.
    private static func policies(_ row: JSONValue) -> String {
        (row["appliedConditionalAccessPolicies"]?.arrayValue ?? [])
            .filter {
                !$0.cell("result").hasSuffix("otApplied") && $0.cell("result") != "notEnabled"
            }
            .map { "\($0.cell("displayName")): \($0.cell("result"))" }
            .joined(separator: ", ")
    }
}
