import SimCore
import SimPortal

private enum JournalArguments {
    typealias Text = CommandOption<String>

    static let after = CommandOption<Int>.number(
        "--after", "only journal entries with a higher number", in: 0...Int.max)
    static let limit = CommandOption<Int>.number(
        "--limit", "at most so many, the newest (default 100)", in: JournalQuery.limitBounds)
    static let direction = CommandOption<JournalQuery.Direction>.choice(
        "--direction", "calls that came in, or those to targets")
    static let texts: [(key: String, option: Text)] = [
        ("method", .text("--method", "M", "only this HTTP method")),
        ("path", .text("--path", "P", "only this path; * stands for anything")),
        ("status", .text("--status", "S", "404, 4xx, or none where there was no answer")),
        ("code", .text("--code", "N", "answered with this sign-in error")),
        ("contains", .text("--contains", "TEXT", "in address, headers or bodies as shown")),
    ]
    static let instants: [(key: String, option: CommandOption<Timestamp>)] = [
        ("since", .instant("--since", "first moment, simulated")),
        ("until", .instant("--until", "first moment after it, simulated")),
    ]
    static let wire = CommandOption<Bool>.flag("--wire", "with headers and bodies")

    static var search: [AnyOption] {
        [after.any, limit.any, direction.any] + texts.map(\.option.any)
            + instants.map(\.option.any) + [wire.any]
    }

    static let only = Text.text(
        "--path", "P", "look only at calls with this path; * stands for anything")
    static let call = Text.text(
        "--call", "CALL", "'METHOD PATH [STATUS]', * for anything; in this order"
    ).repeatable
    static let inOrder = CommandOption<Bool>.flag("--in-order", "others may come between")
    static let anyOrder = CommandOption<Bool>.flag("--any-order", "others too, in any order")
    static let count = Text.text(
        "--count", "'CALL=N'", "how often a call was made; N, N-M or N-"
    ).repeatable
    static let noWrites = CommandOption<Bool>.flag("--no-writes", "reads only")
    static let inbound = CommandOption<Bool>.flag(
        "--inbound", "calls that came in, not those to targets")
    static let junit = Text.text("--junit", "FILE", "write the result for a build server")
    static let name = Text.text("--name", "NAME", "what the result is called there")
    static let timeout = CommandOption<Duration>.duration(
        "--timeout", "how long at most (default 30s)")
}

extension CommandTree {
    static let journalCommands: [Command] = [journal, expect, waitIdle]

    private static let journal = Command(
        "journal", "search the requests and answers, secrets redacted",
        options: JournalArguments.search + ClientOptions.connection,
        conflicts: ClientOptions.conflicts,
        details: """
            Every call that came in and every call to a target, the last 4,096 of them. A search
            looks at what is shown, so it cannot find a secret.
            """,
        example: "journal --direction outbound --status 4xx --wire"
    ) { invocation, context throws(CommandFailure) in
        var query: [(String, String?)] = [
            ("after", invocation[JournalArguments.after].map { String($0) }),
            ("limit", invocation[JournalArguments.limit].map { String($0) }),
            ("direction", invocation[JournalArguments.direction]?.rawValue),
        ]
        query += JournalArguments.texts.map { ($0.key, invocation[$0.option]) }
        query += JournalArguments.instants.map { ($0.key, invocation[$0.option]?.iso8601) }
        let answer = try context.client(invocation).send("GET", ["journal"], query: query)
        let text =
            invocation.has(JournalArguments.wire)
            ? answer.list.map(wireText).joined(separator: "\n") : table(answer.list)
        context.show(answer, answer.list.isEmpty ? "nothing found\n" : text)
        return .success
    }

    private static func table(_ rows: [JSONValue]) -> String {
        var table = TextTable(["number", "at", "way", "status", "call"], numeric: [0])
        for row in rows {
            table.add([
                row["sequence"]?.text ?? "", String(row.cell("at").prefix(19)),
                row.cell("direction") == "inbound" ? "in" : "out",
                row["status"]?.text ?? row.cell("failure"),
                "\(row.cell("method")) \(row.cell("url"))",
            ])
        }
        return table.text
    }

    private static func wireText(_ row: JSONValue) -> String {
        func block(_ mark: String, _ first: String, _ headers: String, _ body: String) -> [String] {
            let fields = (row[headers]?.arrayValue ?? []).map {
                "\(mark) \($0.cell("name")): \(TextTable.oneLine($0.cell("value")))"
            }
            let lines = row.cell(body).split(separator: "\n").map {
                "\(mark) \(TextTable.oneLine(String($0)))"
            }
            return ["\(mark) \(TextTable.oneLine(first))"] + fields + lines
        }
        var lines = [
            "# \(row["sequence"]?.text ?? "")  \(row.cell("at"))  \(row.cell("direction"))"
        ]
        lines += block(
            ">", "\(row.cell("method")) \(row.cell("url"))", "requestHeaders", "requestBody")
        let status = row["status"]?.text ?? "no answer: \(row.cell("failure"))"
        lines += block("<", status, "responseHeaders", "responseBody")
        return lines.map { $0 + "\n" }.joined()
    }

    /// A check of the journal, for test suites.
    private static let expect = Command(
        "expect", "whether the calls to targets are those expected",
        options: [
            JournalArguments.only.any, JournalArguments.call.any, JournalArguments.inOrder.any,
            JournalArguments.anyOrder.any,
            JournalArguments.count.any, JournalArguments.noWrites.any,
            JournalArguments.inbound.any, JournalArguments.after.any, JournalArguments.junit.any,
            JournalArguments.name.any,
        ] + ClientOptions.connection,
        conflicts: ClientOptions.conflicts + [
            .init(
                first: "--in-order", second: "--any-order",
                hint: "--in-order lets others come between; --any-order forgets the order")
        ],
        requirements: [
            .init(option: "--in-order", needs: "--call", hint: "--call 'POST */Users 201'"),
            .init(option: "--any-order", needs: "--call", hint: "--call 'POST */Users 201'"),
            .init(option: "--name", needs: "--junit", hint: "--junit expect.xml"),
        ],
        details: """
            Exactly the calls named, in their order, unless --in-order or --any-order is given.
            Exit code 0 when they are, 5 when not; the differences are printed like a diff.
            """,
        example: "expect --path '/apps/claresia/*' --call 'POST */Users 201' --in-order"
    ) { invocation, context throws(CommandFailure) in
        let body = try expectation(invocation)
        let answer = try context.client(invocation).send("POST", ["expect"], body: .object(body))
        if let path = invocation[JournalArguments.junit] {
            try context.save(Array(answer.cell("junit").utf8), to: path)
        }
        let problems = answer["problems"]?.arrayValue ?? []
        context.show(
            answer,
            problems.isEmpty
                ? "as expected\n"
                : problems.map { TextTable.oneLine($0.stringValue ?? "") + "\n" }.joined())
        return problems.isEmpty ? .success : .foundFailing
    }

    private static func expectation(
        _ invocation: Invocation
    ) throws(CommandFailure) -> JSONObject {
        let calls = invocation.all(JournalArguments.call)
        let counts = invocation.all(JournalArguments.count)
        let forbidsWrites = invocation.has(JournalArguments.noWrites)
        guard !calls.isEmpty || !counts.isEmpty || forbidsWrites else {
            throw CommandFailure(
                .usage, "'expect' needs --call, --count or --no-writes",
                hint: "entra-sim \(invocation.command.example)")
        }
        var body = JSONObject()
        body.appendIfPresent("after", invocation[JournalArguments.after].map { .int(Int64($0)) })
        if invocation.has(JournalArguments.inbound) { body.append("direction", "inbound") }
        body.appendIfPresent("path", invocation[JournalArguments.only])
        if !calls.isEmpty { body.append("calls", JSONValue(strings: calls)) }
        if invocation.has(JournalArguments.inOrder) { body.append("order", "inOrder") }
        if invocation.has(JournalArguments.anyOrder) { body.append("order", "contains") }
        if forbidsWrites { body.append("writes", false) }
        if !counts.isEmpty {
            var object = JSONObject()
            for text in counts {
                let (call, bounds) = try count(text)
                object.append(call, bounds)
            }
            body.append("counts", .object(object))
        }
        if invocation[JournalArguments.junit] != nil {
            body.append("junit", .string(invocation[JournalArguments.name] ?? "expect"))
        }
        return body
    }

    /// `POST */Users=3`, `=1-3`, `=1-`
    private static func count(
        _ text: String
    ) throws(CommandFailure) -> (String, JSONValue) {
        let failure = CommandFailure(
            .usage, "'\(text)' for --count is not a call with its number",
            hint: "write it as 'POST */Users=3', '…=1-3' or '…=1-'")
        guard let mark = text.lastIndex(of: "=") else { throw failure }
        let call = String(text[..<mark])
        let ends = text[text.index(after: mark)...]
            .split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let least = ends.first.flatMap({ Int64($0) }) else { throw failure }
        guard ends.count == 2 else { return (call, .int(least)) }
        if ends[1].isEmpty { return (call, ["min": .int(least)]) }
        guard let most = Int64(ends[1]) else { throw failure }
        return (call, ["min": .int(least), "max": .int(most)])
    }

    private static let waitIdle = Command(
        "wait", "wait until no cycle and no advance is under way",
        options: [JournalArguments.timeout.any] + ClientOptions.connection,
        conflicts: ClientOptions.conflicts,
        details: """
            Prints the number of the latest journal entry, for 'expect --after'. Exit code 0 when
            nothing is under way, 5 when something still is after --timeout.
            """,
        example: "wait --timeout 1m"
    ) { invocation, context throws(CommandFailure) in
        let answer = try context.client(invocation).send(
            "GET", ["idle"],
            query: [("timeout", invocation[JournalArguments.timeout].map(DurationText.short))])
        let isIdle = answer["idle"]?.boolValue ?? false
        context.show(
            answer, isIdle ? "\(answer["latest"]?.text ?? "")\n" : "\(answer.cell("busy"))\n")
        return isIdle ? .success : .foundFailing
    }
}
