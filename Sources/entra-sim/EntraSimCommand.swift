import EntraSimCLI
import Glibc

@main
struct EntraSimCommand {
    static func main() {
        let tool = CommandLineTool(
            shell: SystemShell(), transport: SystemTransport(), launcher: SystemLauncher())
        exit(tool.run(Array(CommandLine.arguments.dropFirst())).rawValue)
    }
}
