import SimCore

/// What a command works with: the seams, and how results are printed.
struct CommandContext: Sendable {
    let shell: any Shell
    let transport: any ControlTransport
    let launcher: any SimulatorLauncher
    let isJSON: Bool

    /// Prints a result: the value for machines, the text for people.
    func show(_ value: JSONValue, _ text: String) {
        shell.write(isJSON ? value.prettyText + "\n" : text)
    }

    /// Talk: only for people, only on standard error.
    func note(_ text: String) {
        if !isJSON { shell.tell(text + "\n") }
    }

    /// Writes a file, or says why not.
    func save(_ bytes: [UInt8], to path: String) throws(CommandFailure) {
        do throws(ShellFailure) {
            try shell.save(bytes, to: path)
        } catch {
            throw CommandFailure(.failure, "cannot write '\(path)': \(error.reason)")
        }
    }
}
