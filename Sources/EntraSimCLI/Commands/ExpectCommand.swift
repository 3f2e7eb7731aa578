import SimCore
import SimPortal

extension CommandTree {
    private static let after = CommandOption<Int>.number(
        "--after", "only journal entries with a higher number", in: 0...Int.max)
    private static let call = CommandOption<String>.text(
        "--call", "CALL", "'METHOD PATH [STATUS]', * for anything; in this order"
    ).repeatable
    private static let inOrder = CommandOption<Bool>.flag(
        "--in-order", "others may come between")
    private static let noWrites = CommandOption<Bool>.flag("--no-writes", "reads only")
    private static let inbound = CommandOption<Bool>.flag(
        "--inbound", "calls that came in, not those to targets")

    /// A check of the journal, for test suites.
    static let expect = Command(
        "expect", "whether the calls to targets are those expected",
        options: [call.any, inOrder.any, noWrites.any, inbound.any, after.any]
            + ClientOptions.connection,
        conflicts: ClientOptions.conflicts,
        details: "Exit code 0 when they are, 5 when not.",
        example: "expect --call 'POST */Users 201' --in-order"
    ) { invocation, context throws(CommandFailure) in
        let calls = invocation.all(call)
        guard !calls.isEmpty || invocation.has(noWrites) else {
            throw CommandFailure(
                .usage, "'expect' needs --call or --no-writes",
                hint: "entra-sim \(invocation.command.example)")
        }
        var body = JSONObject()
        body.appendIfPresent("after", invocation[after].map { .int(Int64($0)) })
        if invocation.has(inbound) { body.append("direction", "inbound") }
        if !calls.isEmpty { body.append("calls", JSONValue(strings: calls)) }
        if invocation.has(inOrder) { body.append("order", "inOrder") }
        if invocation.has(noWrites) { body.append("writes", false) }
        let answer = try context.client(invocation).send("POST", ["expect"], body: .object(body))
        let problems = answer["problems"]?.arrayValue ?? []
        context.show(
            answer,
            problems.isEmpty
                ? "as expected\n"
                : problems.map { TextTable.oneLine($0.stringValue ?? "") + "\n" }.joined())
        return problems.isEmpty ? .success : .foundFailing
    }
}
