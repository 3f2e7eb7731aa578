import SimCore

/// Turns words into an invocation, a help page or a refusal; starts nothing.
struct ArgumentParser: Sendable {
    enum Outcome: Sendable {
        case run(Invocation)
        case help(Command)
        /// The commands that begin with these words; none is the whole list.
        case overview([String])
        case version
    }

    let commands: [Command]

    /// Options every command takes.
    static let globalOptions: [AnyOption] = [
        CommandOption.flag("--json", "print the result as JSON").any,
        CommandOption.flag("--help", "show this help").any,
    ]

    func parse(_ words: [String]) throws(CommandFailure) -> Outcome {
        let beforeEnd = words.prefix { $0 != "--" }
        let wantsHelp = beforeEnd.contains { $0 == "--help" || $0 == "-h" }
        var rest = words
        var early: [String] = []
        // `--json` may stand before the command.
        while rest.first == "--json" { early.append(rest.removeFirst()) }
        if rest.first == "--version" { return .version }
        rest.removeAll { wantsHelp && ($0 == "--help" || $0 == "-h") }
        let names = rest.prefix { !$0.hasPrefix("-") }
        guard let first = names.first else {
            guard let option = rest.first else { return .overview([]) }
            throw CommandFailure(
                .usage, "unknown option '\(option)'", hint: "entra-sim --help lists the commands")
        }
        guard let command = longestMatch(Array(names)) else {
            let group = commands.filter { $0.words.first == first }
            if !group.isEmpty, names.count == 1 {
                if wantsHelp { return .overview([first]) }
                throw CommandFailure(
                    .usage, "'\(first)' needs a command",
                    hint: group.map(\.path).joined(separator: ", "))
            }
            throw unknown(Array(names), group: group)
        }
        if wantsHelp { return .help(command) }
        return .run(try invocation(command, early + rest.dropFirst(command.words.count)))
    }

    private func longestMatch(_ names: [String]) -> Command? {
        commands.filter { names.starts(with: $0.words) }.max { $0.words.count < $1.words.count }
    }

    private func unknown(_ names: [String], group: [Command]) -> CommandFailure {
        if group.isEmpty {
            let known = Set(commands.compactMap(\.words.first)).sorted()
            let near = NearestName.of(names[0], in: known)
            return CommandFailure(
                .usage, "unknown command '\(names[0])'",
                hint: near.map { "did you mean 'entra-sim \($0)'?" }
                    ?? "entra-sim --help lists the commands")
        }
        let typed = names.prefix(2).joined(separator: " ")
        let near = NearestName.of(names[1], in: group.compactMap { $0.words.last })
        return CommandFailure(
            .usage, "unknown command '\(typed)'",
            hint: near.map { "did you mean 'entra-sim \(names[0]) \($0)'?" }
                ?? group.map(\.path).joined(separator: ", "))
    }

    private func invocation(
        _ command: Command, _ words: [String]
    ) throws(CommandFailure) -> Invocation {
        let options = command.options + Self.globalOptions
        var positionals: [String] = []
        var values: [String: [String]] = [:]
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                positionals += rest
                break
            }
            guard word.hasPrefix("-"), word != "-" else {
                positionals.append(word)
                continue
            }
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            guard let option = options.first(where: { $0.name == name }) else {
                throw unknownOption(name, command, options)
            }
            let value = try value(
                of: option, attached: parts.count > 1 ? String(parts[1]) : nil, &rest)
            do throws(OptionProblem) {
                try option.check(value)
            } catch {
                throw CommandFailure(
                    .usage, "'\(value)' for \(name) \(error.problem)", hint: error.hint)
            }
            if values[name] != nil, !option.isRepeatable, option.placeholder != nil {
                throw CommandFailure(.usage, "\(name) is given twice")
            }
            values[name, default: []].append(value)
        }
        try check(command, positionals, Set(values.keys))
        return Invocation(command: command, positionals: positionals, values: values)
    }

    private func value(
        of option: AnyOption, attached: String?, _ rest: inout ArraySlice<String>
    ) throws(CommandFailure) -> String {
        guard let placeholder = option.placeholder else {
            guard attached == nil else {
                throw CommandFailure(.usage, "\(option.name) takes no value")
            }
            return ""
        }
        if let attached { return attached }
        guard let next = rest.first, !next.hasPrefix("--") else {
            throw CommandFailure(
                .usage, "\(option.name) needs a value", hint: "\(option.name) \(placeholder)")
        }
        rest.removeFirst()
        return next
    }

    private func unknownOption(
        _ name: String, _ command: Command, _ options: [AnyOption]
    ) -> CommandFailure {
        let near = NearestName.of(name, in: options.map(\.name))
        return CommandFailure(
            .usage, "unknown option '\(name)' for '\(command.path)'",
            hint: near.map { "did you mean '\($0)'?" } ?? "entra-sim \(command.path) --help")
    }

    private func check(
        _ command: Command, _ positionals: [String], _ given: Set<String>
    ) throws(CommandFailure) {
        let needed = command.positionals.filter { !$0.isOptional }
        guard positionals.count >= needed.count else {
            throw CommandFailure(
                .usage, "'\(command.path)' lacks \(needed[positionals.count].name)",
                hint: "entra-sim \(command.example)")
        }
        if positionals.count > command.positionals.count {
            throw CommandFailure(
                .usage,
                "'\(command.path)' does not expect '\(positionals[command.positionals.count])'",
                hint: command.usage)
        }
        for conflict in command.conflicts
        where given.contains(conflict.first) && given.contains(conflict.second) {
            throw CommandFailure(
                .usage, "\(conflict.first) and \(conflict.second) contradict each other",
                hint: conflict.hint)
        }
        for requirement in command.requirements
        where given.contains(requirement.option) && !given.contains(requirement.needs) {
            throw CommandFailure(
                .usage, "\(requirement.option) means nothing without \(requirement.needs)",
                hint: requirement.hint)
        }
    }
}
