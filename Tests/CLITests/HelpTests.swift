import Testing

@testable import EntraSimCLI

@Suite("Help")
struct HelpTests {
    @Test(
        "every command explains itself, with an example that parses",
        arguments: CommandTree.commands)
    func pages(_ command: Command) throws {
        let result = run("\(command.path) --help")
        #expect(result.exitCode == .success)
        #expect(result.talk.isEmpty)
        #expect(result.output.contains("usage: entra-sim \(command.path)"))
        #expect(result.output.contains("example:\n  entra-sim \(command.example)\n"))
        let example = command.example.split(separator: " > ")[0]
        switch try ArgumentParser(commands: CommandTree.commands).parse(words(String(example))) {
        case .run(let invocation): #expect(invocation.command.path == command.path)
        case .help, .overview, .version: Issue.record("the example is not a call")
        }
    }

    @Test("the pages fit a terminal of 100 columns", arguments: CommandTree.commands)
    func width(_ command: Command) {
        for line in HelpPage.text(of: command).split(separator: "\n") where line.count > 100 {
            Issue.record("\(line.count) columns: \(line)")
        }
    }

    @Test("command paths and the options of a command are unique")
    func unique() {
        let paths = CommandTree.commands.map(\.path)
        #expect(Set(paths).count == paths.count)
        for command in CommandTree.commands {
            let names = (command.options + ArgumentParser.globalOptions).map(\.name)
            #expect(Set(names).count == names.count, "\(command.path)")
        }
    }

    @Test(
        "without a command, or asked for it, the overview",
        arguments: ["", "--help", "-h", "help", "--json"])
    func overview(_ line: String) {
        let result = run(line)
        #expect(result.exitCode == .success)
        #expect(result.output.contains("\n  demo "))
        #expect(result.output.contains("\n  provision test-connection "))
    }

    @Test("a group shows its own commands", arguments: ["clock --help", "help clock"])
    func group(_ line: String) {
        let expected = """
            usage: entra-sim clock COMMAND [options]

              clock show     the simulation's time
              clock freeze   stop the clock
              clock advance  move forward and run what falls due, in order
              clock set      jump to an instant
              clock resume   let a frozen clock run

            entra-sim COMMAND --help explains one, with an example.
            entra-sim help exit-codes lists what commands return.

            """
        #expect(run(line).output == expected)
    }

    @Test("the page of a small command", arguments: ["tenant check --help", "help tenant check"])
    func page(_ line: String) {
        let expected = """
            validate fixture files

            usage: entra-sim tenant check [PATH] [options]

            Names file, line, key and the nearest known key. Needs no simulator.

            options:
              --json  print the result as JSON
              --help  show this help

            example:
              entra-sim tenant check tenants/contoso

            """
        #expect(run(line).output == expected)
    }

    @Test("the exit codes are listed")
    func exitCodes() {
        let lines = run("help exit-codes").output.split(separator: "\n")
        #expect(lines.map { $0.prefix(3) } == ["  0", "  1", "  2", "  3", "  4", "  5"])
    }

    @Test("the version", arguments: ["--version", "version"])
    func version(_ line: String) {
        #expect(run(line).output.hasPrefix("entra-sim 0."))
    }
}
