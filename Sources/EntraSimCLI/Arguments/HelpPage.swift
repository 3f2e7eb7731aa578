/// Help texts: one page per command, and the overview.
enum HelpPage {
    static func text(of command: Command) -> String {
        var lines = ["\(command.summary)", "", "usage: \(command.usage)"]
        if let details = command.details { lines += ["", details] }
        let options = command.options + ArgumentParser.globalOptions
        let width = options.map(\.usage.count).filter { $0 <= 28 }.max() ?? 0
        lines += ["", "options:"]
        for option in options {
            if option.usage.count > 28 {
                lines.append("  \(option.usage)")
                lines.append("  \(pad("", width))  \(option.help)")
            } else {
                lines.append("  \(pad(option.usage, width))  \(option.help)")
            }
        }
        lines += ["", "example:", "  entra-sim \(command.example)", ""]
        return lines.joined(separator: "\n")
    }

    /// Every command whose words begin with `prefix`, in the order of the tree.
    static func overview(_ commands: [Command], under prefix: [String]) -> String {
        let shown = commands.filter { $0.words.starts(with: prefix) }
        let width = shown.map(\.path.count).max() ?? 0
        var lines: [String] = []
        if prefix.isEmpty {
            lines = [
                "entra-sim plays Microsoft Entra: directory, sign-in, provisioning. A test double.",
                "", "usage: entra-sim COMMAND [options]", "",
            ]
        } else {
            lines = ["usage: entra-sim \(prefix.joined(separator: " ")) COMMAND [options]", ""]
        }
        lines += shown.map { "  \(pad($0.path, width))  \($0.summary)" }
        lines += [
            "", "entra-sim COMMAND --help explains one, with an example.",
            "entra-sim help exit-codes lists what commands return.", "",
        ]
        return lines.joined(separator: "\n")
    }

    static var exitCodes: String {
        ExitCode.allCases.map { "  \($0.rawValue)  \($0.meaning)\n" }.joined()
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
