import SimCore

/// The whole program but for the process around it.
package struct CommandLineTool: Sendable {
    private let shell: any Shell
    private let transport: any ControlTransport
    private let launcher: any SimulatorLauncher

    package init(
        shell: any Shell, transport: any ControlTransport, launcher: any SimulatorLauncher
    ) {
        self.shell = shell
        self.transport = transport
        self.launcher = launcher
    }

    /// Runs one command line.
    ///
    /// - Parameter arguments: the words after the program's name.
    /// - Returns: the exit code; what went wrong has been told on standard error.
    package func run(_ arguments: [String]) -> ExitCode {
        let parser = ArgumentParser(commands: CommandTree.commands)
        let isJSON = arguments.prefix { $0 != "--" }.contains("--json")
        do throws(CommandFailure) {
            switch try parser.parse(arguments) {
            case .help(let command): shell.write(HelpPage.text(of: command))
            case .overview(let prefix):
                shell.write(HelpPage.overview(CommandTree.commands, under: prefix))
            case .version: shell.write("entra-sim \(SimCore.version)\n")
            case .run(let invocation):
                let context = CommandContext(
                    shell: shell, transport: transport, launcher: launcher, isJSON: isJSON)
                return try invocation.command.body(invocation, context)
            }
            return .success
        } catch {
            report(error, isJSON: isJSON)
            return error.exitCode
        }
    }

    private func report(_ failure: CommandFailure, isJSON: Bool) {
        if isJSON {
            var error: JSONObject = [
                "exitCode": .int(Int64(failure.exitCode.rawValue)),
                "message": .string(failure.message),
            ]
            error.appendIfPresent("hint", failure.hint)
            shell.tell(JSONValue.object(["error": .object(error)]).text + "\n")
            return
        }
        shell.tell("error: \(failure.message)\n")
        if let hint = failure.hint { shell.tell("hint: \(hint)\n") }
    }
}
