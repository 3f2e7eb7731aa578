import SimCore
import SimPortal

extension CommandTree {
    static let logs = Command(
        "provision logs", "what happened to whom, and why", [.required("APP")],
        options: LogArguments.all + ClientOptions.all,
        conflicts: ClientOptions.conflicts + LogArguments.conflicts,
        requirements: LogArguments.requirements,
        details: "Newest first; with --format or --follow in the order logged.",
        example: "provision logs Claresia --status failure --details"
    ) { invocation, context throws(CommandFailure) in
        let client = try context.client(invocation)
        let reader = LogReader(
            client: client, path: try jobPath(invocation, context, client) + ["logs"],
            query: LogArguments.query(invocation))
        let format = invocation[LogArguments.format]
        if invocation[LogArguments.table] != nil, format != .csv {
            throw CommandFailure(.usage, "--table means nothing without --format csv")
        }
        if invocation.has(LogArguments.follow) {
            return try follow(reader, format, invocation, context)
        }
        if let format, format != .text {
            return try export(reader, format, invocation, context)
        }
        let answer = try reader.newest(invocation[LogArguments.limit])
        let rows = answer.list
        if rows.isEmpty { context.note("no rows; 'entra-sim provision status' shows the job") }
        context.show(
            answer,
            rows.isEmpty
                ? ""
                : invocation.has(LogArguments.details)
                    ? ProvisioningLogText.details(rows) : ProvisioningLogText.list(rows))
        return .success
    }

    // MARK: Following

    private static func follow(
        _ reader: LogReader, _ format: LogArguments.Format?, _ invocation: Invocation,
        _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        guard format != .json else {
            throw CommandFailure(
                .usage, "--format json has an end, --follow has none",
                hint: "use --format jsonl: one row a line")
        }
        var printer = RowPrinter(
            format: context.isJSON ? .jsonl : format ?? .text,
            table: invocation[LogArguments.table] ?? .logs,
            hasDetails: invocation.has(LogArguments.details), shell: context.shell)
        let cycles = invocation[LogArguments.cycles].map { Int64($0) }
        // A condition on time says where to begin; else a few rows show that it works.
        var answer: JSONValue
        if invocation[LogArguments.since] == nil {
            answer = try reader.newest(invocation[LogArguments.limit] ?? 10)
            printer.print(answer.list.reversed())
        } else {
            answer = try reader.page(from: 0)
            printer.print(answer.list)
        }
        let start = answer["endedCycles"]?.intValue ?? 0
        while context.shell.isRead {
            let ended = answer["endedCycles"]?.intValue ?? start
            if answer["isEnd"] == true {
                if let cycles, ended - start >= cycles { return .success }
                if invocation.has(LogArguments.untilIdle), answer["isIdle"] == true {
                    return .success
                }
            }
            answer = try reader.page(
                from: answer["next"]?.intValue ?? 0, isWaiting: true, seenCycles: ended)
            printer.print(answer.list)
        }
        return .success
    }

    // MARK: Files

    private static func export(
        _ reader: LogReader, _ format: LogArguments.Format, _ invocation: Invocation,
        _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        if let path = invocation[LogArguments.out] {
            let rows = try reader.all(invocation[LogArguments.limit])
            for file in LogFiles.files(rows, format, path) {
                try context.save(Array(file.text.utf8), to: file.path)
                context.note("\(file.path): \(file.rows) rows")
            }
            return .success
        }
        if format == .json {
            let rows = try reader.all(invocation[LogArguments.limit])
            let value: JSONValue = ["value": .array(rows)]
            context.shell.write(value.prettyText + "\n")
            return .success
        }
        var printer = RowPrinter(
            format: format, table: invocation[LogArguments.table] ?? .logs, hasDetails: false,
            shell: context.shell)
        if let limit = invocation[LogArguments.limit] {
            printer.print(try reader.newest(limit).list.reversed())
        } else {
            try reader.forEachPage { printer.print($0) }
        }
        printer.finish()
        return .success
    }
}
