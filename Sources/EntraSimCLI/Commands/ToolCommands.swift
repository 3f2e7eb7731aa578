import SimCore
import SimErrors
import SimPortal

private enum MintArguments {
    static let app = CommandOption<String>.text("--app", "APP", "the client")
    static let user = CommandOption<String>.text(
        "--user", "UPN", "on behalf of a user (default: the app itself)")
    static let scope = CommandOption<String>.text(
        "--scope", "SCOPE", "scopes, space-separated (default: the app's own .default)")
    static let lifetime = CommandOption<Duration>.duration("--lifetime", "how long it is valid")
}

extension CommandTree {
    static let toolCommands: [Command] = [
        Command(
            "token mint", "a signed token without a flow",
            options: [
                MintArguments.app.any, MintArguments.user.any, MintArguments.scope.any,
                MintArguments.lifetime.any,
            ] + ClientOptions.all, conflicts: ClientOptions.conflicts,
            details: "Prints the token alone, for $(…).",
            example: "token mint --app Claresia --user adele@contoso.example --scope openid"
        ) { invocation, context throws(CommandFailure) in
            guard let app = invocation[MintArguments.app] else {
                throw CommandFailure(
                    .usage, "'token mint' needs --app",
                    hint: "entra-sim \(invocation.command.example)")
            }
            var body: JSONObject = ["app": .string(app)]
            body.appendIfPresent("user", invocation[MintArguments.user])
            body.appendIfPresent("scope", invocation[MintArguments.scope])
            body.appendIfPresent(
                "lifetime", invocation[MintArguments.lifetime].map(DurationText.iso8601))
            let client = try context.client(invocation)
            let answer = try client.send(
                "POST", ["tenants", try context.tenant(invocation, client), "tokens"],
                body: .object(body))
            context.show(answer, answer.cell("access_token") + "\n")
            return .success
        },
        expression,
        trust,
        Command(
            "errors", "the catalogue of sign-in errors, or one of them", [.optional("CODE")],
            details: "Needs no simulator.", example: "errors 50076"
        ) { invocation, context throws(CommandFailure) in
            guard let text = invocation.optional(0) else {
                context.show(
                    ["value": .array(AADSTSCatalogue.entries.map(ErrorText.json))],
                    ErrorText.list(AADSTSCatalogue.entries))
                return .success
            }
            guard let code = AADSTSCatalogue.code(in: text) else {
                throw CommandFailure(
                    .usage, "'\(text)' is not an error number", hint: "write it as 50076")
            }
            guard let entry = AADSTSCatalogue.entry(code) else {
                throw CommandFailure(
                    .refused, "there is no error \(code) in the catalogue",
                    hint: AADSTSCatalogue.nearestCode(to: code).map { "did you mean \($0)?" })
            }
            context.show(ErrorText.json(entry), ErrorText.text(entry))
            return .success
        },
        Command("version", "the version", example: "version") { _, context in
            context.show(
                ["version": .string(SimCore.version)], "entra-sim \(SimCore.version)\n")
            return .success
        },
        Command(
            "help", "help on a command, or on exit-codes",
            [.optional("COMMAND"), .optional("SUBCOMMAND")], example: "help provision run"
        ) { invocation, context throws(CommandFailure) in
            if invocation.optional(0) == "exit-codes" {
                context.show(
                    .object(
                        JSONObject(
                            ExitCode.allCases.map {
                                .init(String($0.rawValue), .string($0.meaning))
                            })), HelpPage.exitCodes)
                return .success
            }
            let parser = ArgumentParser(commands: commands)
            switch try parser.parse(invocation.positionals + ["--help"]) {
            case .help(let command): context.shell.write(HelpPage.text(of: command))
            case .overview(let prefix):
                context.shell.write(HelpPage.overview(commands, under: prefix))
            case .run, .version: break
            }
            return .success
        },
    ]
}
