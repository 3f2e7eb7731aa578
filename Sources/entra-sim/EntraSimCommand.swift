import EntraSimCLI
import Glibc

/// The program: the command line over the real process.
@main
struct EntraSimCommand {
    static func main() {
        // Output into a closed pipe (`| head`) ends the writing, not the process.
        signal(SIGPIPE, SIG_IGN)
        let tool = CommandLineTool(
            shell: SystemShell(), transport: NetworkTransport(), launcher: ProcessLauncher())
        exit(tool.run(Array(CommandLine.arguments.dropFirst())).rawValue)
    }
}
