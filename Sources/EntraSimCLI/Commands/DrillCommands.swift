import SimCore
import SimPortal

private enum DrillArguments {
    static let all = CommandOption<Bool>.flag("--all", "every drill there is")
    static let target = CommandOption<String>.url(
        "--target", "a SCIM service in place of the sample app; it should know nobody yet")
    static let token = CommandOption<String>.text("--token", "T", "secret token of that service")
    static let junit = CommandOption<String>.text(
        "--junit", "FILE", "write the results for a build server")

    static func options(_ invocation: Invocation) -> DrillOptions {
        var options = DrillOptions()
        options.tenantsFolder = invocation[LaunchArguments.tenants]
        return options
    }
}

extension CommandTree {
    static let drillCommands: [Command] = [
        Command(
            "drill list", "the named stories of failure and recovery",
            options: [LaunchArguments.tenants.any], details: "Needs no simulator.",
            example: "drill list"
        ) { invocation, context throws(CommandFailure) in
            let rows = try context.launcher.drills(DrillArguments.options(invocation))
            var table = TextTable(["drill", "steps", "target", "story"], numeric: [1])
            for row in rows {
                table.add([
                    row.cell("name"), row["steps"]?.text ?? "", row.cell("target"),
                    row.cell("description"),
                ])
            }
            context.show(["value": .array(rows)], rows.isEmpty ? "no drills\n" : table.text)
            return .success
        },
        Command(
            "drill run", "play a story in a simulator of its own, on a frozen clock",
            [.optional("NAME")],
            options: [
                DrillArguments.all.any, DrillArguments.target.any, DrillArguments.token.any,
                LaunchArguments.targetCA.any, DrillArguments.junit.any,
                LaunchArguments.tenants.any,
            ],
            requirements: [
                .init(
                    option: "--token", needs: "--target",
                    hint: "--target http://localhost:9000/scim"),
                .init(
                    option: "--target-ca", needs: "--target",
                    hint: "--target https://localhost:9000/scim"),
            ],
            details: """
                NAME is one of 'drill list', or the path of a JSON file. Needs no simulator and
                touches none. Exit code 0 when everything came as expected, 5 when not.
                """,
            example: "drill run token-expired-over-the-weekend --junit drills.xml"
        ) { invocation, context throws(CommandFailure) in
            try runDrills(invocation, context)
        },
    ]

    private static func runDrills(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        var options = DrillArguments.options(invocation)
        options.target = invocation[DrillArguments.target]
        options.token = invocation[DrillArguments.token]
        options.targetCAFile = invocation[LaunchArguments.targetCA]
        switch (invocation.optional(0), invocation.has(DrillArguments.all)) {
        case (let name?, false): options.names = [name]
        case (nil, true): options.names = []
        case (.some, true):
            throw CommandFailure(
                .usage, "a name and --all contradict each other", hint: "drop one of them")
        case (nil, false):
            throw CommandFailure(
                .usage, "'drill run' lacks NAME or --all",
                hint: "entra-sim \(invocation.command.example)")
        }
        let shell = context.shell
        let isJSON = context.isJSON
        let results = try context.launcher.play(options) { if !isJSON { shell.write($0) } }
        if let path = invocation[DrillArguments.junit] {
            try context.save(Array(results.junit.utf8), to: path)
        }
        let summary =
            "\(results.passed) passed, \(results.failed) failed"
            + (results.skipped > 0 ? ", \(results.skipped) skipped" : "")
        context.show(["value": .array(results.reports)], summary + "\n")
        return results.failed == 0 ? .success : .foundFailing
    }
}
