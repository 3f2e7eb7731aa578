import SimCore
import SimPortal

extension CommandTree {
    static let clockCommands: [Command] = [
        clock("show", "the simulation's time", example: "clock show"),
        Command(
            "clock freeze", "stop the clock", [.optional("INSTANT")],
            options: ClientOptions.connection, conflicts: ClientOptions.conflicts,
            example: "clock freeze 2026-01-05T08:00:00Z"
        ) { invocation, context throws(CommandFailure) in
            var body = JSONObject()
            body.appendIfPresent("at", try invocation.optional(0).map(instant))
            let answer = try context.client(invocation).send(
                "POST", ["clock", "freeze"], body: .object(body))
            show(answer, context)
            return .success
        },
        Command(
            "clock advance", "move forward and run what falls due, in order",
            [.required("DURATION|INSTANT")], options: ClientOptions.connection,
            conflicts: ClientOptions.conflicts, example: "clock advance 40m"
        ) { invocation, context throws(CommandFailure) in
            let text = try invocation.required(0)
            let body: JSONValue
            if let duration = DurationText.parse(text), duration > .zero {
                body = ["by": .string(DurationText.iso8601(duration))]
            } else if let time = Timestamp(iso8601: text) {
                body = ["to": .string(time.iso8601)]
            } else {
                throw CommandFailure(
                    .usage, "'\(text)' is neither a duration nor an instant",
                    hint: "write it as 40m, 6h, 2d or 2026-01-05T08:00:00Z")
            }
            let answer = try context.client(invocation).send(
                "POST", ["clock", "advance"], body: body)
            show(answer, context)
            return .success
        },
        Command(
            "clock set", "jump to an instant", [.required("INSTANT")],
            options: ClientOptions.connection, conflicts: ClientOptions.conflicts,
            example: "clock set 2026-01-05T08:00:00Z"
        ) { invocation, context throws(CommandFailure) in
            let answer = try context.client(invocation).send(
                "POST", ["clock", "set"],
                body: ["at": .string(try instant(try invocation.required(0)))])
            show(answer, context)
            return .success
        },
        clock("resume", "let a frozen clock run", example: "clock resume"),
    ]

    private static func clock(_ verb: String, _ summary: String, example: String) -> Command {
        Command(
            "clock \(verb)", summary, options: ClientOptions.connection,
            conflicts: ClientOptions.conflicts, example: example
        ) { invocation, context throws(CommandFailure) in
            let client = try context.client(invocation)
            let answer =
                verb == "show"
                ? try client.send("GET", ["clock"]) : try client.send("POST", ["clock", verb])
            show(answer, context)
            return .success
        }
    }

    /// The warning goes to standard error: the output stays what it was.
    private static func show(_ answer: JSONValue, _ context: CommandContext) {
        context.show(answer, clockText(answer))
        if let warning = answer["warning"]?.stringValue {
            context.shell.tell("warning: \(warning)\n")
        }
    }

    private static func instant(_ text: String) throws(CommandFailure) -> String {
        guard let time = Timestamp(iso8601: text) else {
            throw CommandFailure(
                .usage, "'\(text)' is not an instant", hint: "write it as 2026-01-05T08:00:00Z")
        }
        return time.iso8601
    }

    /// `{"now","state","ran":[{"at","what"}]}`; a stretch of idle cycles becomes one line a job.
    private static func clockText(_ answer: JSONValue) -> String {
        var text = ""
        var rows = (answer["ran"]?.arrayValue ?? [])[...]
        while let first = rows.first {
            let idle = rows.prefix { $0.cell("what").hasSuffix(idleEnding) }
            text += idle.isEmpty ? line(first) : stretch(Array(idle))
            rows = rows.dropFirst(max(1, idle.count))
        }
        return text + "\(answer.cell("now"))  \(answer.cell("state"))\n"
    }

    private static let idleEnding = "nothing to send"

    private static func line(_ row: JSONValue) -> String {
        "\(row.cell("at"))  \(TextTable.oneLine(row.cell("what")))\n"
    }

    private static func stretch(_ rows: [JSONValue]) -> String {
        var text = ""
        var told: Set<String> = []
        for row in rows where told.insert(row.cell("what")).inserted {
            let same = rows.filter { $0.cell("what") == row.cell("what") }
            guard let last = same.last, same.count > 1 else {
                text += line(row)
                continue
            }
            text += "\(row.cell("at")) … \(last.cell("at"))  "
            text += "\(TextTable.oneLine(row.cell("what")))  (\(same.count) times)\n"
        }
        return text
    }
}
