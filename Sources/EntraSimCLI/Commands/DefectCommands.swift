import SimCore
import SimPortal

/// Options of `defect on`: the conditions of the switch.
private enum DefectArguments {
    typealias Text = CommandOption<String>

    static let rate = Text.text("--rate", "R", "share of the calls it strikes, above 0 to 1")
    private static let counts = 1...1_000_000_000
    static let texts: [(key: String, option: Text)] = [
        ("operation", .text("--operation", "OP", "only query, read, create, replace, …")),
        ("object", .text("--object", "KIND", "only user, group or schema")),
        ("user", .text("--user", "U", "only calls that name this person")),
        ("delay", .text("--delay", "D", "of slow-writes: 500ms, 5s")),
        ("retryAfter", .text("--retry-after", "D", "of throttled and unavailable: 30s")),
    ]
    static let numbers: [(key: String, option: CommandOption<Int>)] = [
        ("times", .number("--times", "strike so often at most", in: counts)),
        ("after", .number("--after", "let so many pass first", in: counts)),
        ("every", .number("--every", "strike every n-th", in: counts)),
        ("call", .number("--nth", "strike only the n-th", in: counts)),
        ("seed", .number("--draw-seed", "start of the draw of a rate", in: 0...Int.max)),
    ]
    static let durations: [(key: String, option: CommandOption<Duration>)] = [
        ("expiresIn", .duration("--for", "gone after so long, simulated"))
    ]
    static let asDate = CommandOption<Bool>.flag("--as-date", "Retry-After as a date")

    static var all: [AnyOption] {
        [rate.any] + texts.map(\.option.any) + numbers.map(\.option.any)
            + durations.map(\.option.any) + [asDate.any]
    }
}

extension CommandTree {
    static let defectCommands: [Command] = [
        Command(
            "defect list", "what a sample app does wrong on purpose, and what it could",
            [.required("APP")], options: ClientOptions.connection,
            conflicts: ClientOptions.conflicts, example: "defect list claresia"
        ) { invocation, context throws(CommandFailure) in
            let answer = try context.client(invocation).send(
                "GET", ["targets", try invocation.required(0), "defects"])
            var table = TextTable(["defect", "state", "hits", "the app"], numeric: [2])
            for row in answer.list {
                table.add([
                    row.cell("name"), state(row), row["rule"]?["hits"]?.text ?? "",
                    row.cell("does"),
                ])
            }
            context.show(answer, table.text)
            return .success
        },
        Command(
            "defect on", "make a sample app do something wrong, to every client",
            [.required("APP"), .required("DEFECT")],
            options: DefectArguments.all + ClientOptions.connection,
            conflicts: ClientOptions.conflicts,
            details:
                "A defect that is on already gets the new conditions. 'defect list' names them.",
            example: "defect on claresia lost-writes --rate 0.3"
        ) { invocation, context throws(CommandFailure) in
            let answer = try context.client(invocation).send(
                "PUT",
                ["targets", try invocation.required(0), "defects", try invocation.required(1)],
                body: try settings(invocation))
            context.show(answer, "\(answer.cell("name")) \(state(answer))\n")
            return .success
        },
        Command(
            "defect off", "heal a sample app of one defect, or of all of them",
            [.required("APP"), .optional("DEFECT")],
            options: ClientOptions.connection, conflicts: ClientOptions.conflicts,
            example: "defect off claresia"
        ) { invocation, context throws(CommandFailure) in
            let path =
                ["targets", try invocation.required(0), "defects"]
                + (invocation.optional(1).map { [$0] } ?? [])
            let answer = try context.client(invocation).send("DELETE", path)
            context.show(answer, "\(answer["cleared"]?.intValue ?? 1) off\n")
            return .success
        },
    ]

    /// `off`, `on`, or `on` with the conditions.
    private static func state(_ row: JSONValue) -> String {
        guard row["on"] == true else { return row["rule"] == nil ? "off" : "spent" }
        let rule = row["rule"]?["rule"] ?? .null
        var parts: [String] = []
        for key in ["where", "whom", "when", "what"] {
            for member in rule[key]?.objectValue?.members ?? []
            where !["site", "app", "defect"].contains(member.name) {
                let name = member.name == "probability" ? "rate" : member.name
                parts.append("\(name) \(member.value.stringValue ?? member.value.text)")
            }
        }
        return (["on"] + parts).joined(separator: ", ")
    }

    private static func settings(_ invocation: Invocation) throws(CommandFailure) -> JSONValue {
        var settings = JSONObject()
        if let text = invocation[DefectArguments.rate] {
            guard let rate = Double(text), rate > 0, rate <= 1 else {
                throw CommandFailure(.usage, "'\(text)' is not a rate above 0 and up to 1")
            }
            settings.append("rate", .double(rate))
        }
        for (key, option) in DefectArguments.texts {
            settings.appendIfPresent(key, invocation[option])
        }
        for (key, option) in DefectArguments.numbers {
            settings.appendIfPresent(key, invocation[option].map { .int(Int64($0)) })
        }
        for (key, option) in DefectArguments.durations {
            settings.appendIfPresent(key, invocation[option].map(DurationText.short))
        }
        if invocation.has(DefectArguments.asDate) { settings.append("retryAfterForm", "date") }
        return .object(settings)
    }
}
