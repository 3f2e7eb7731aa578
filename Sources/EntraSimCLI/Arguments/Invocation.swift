/// A command line that has been understood: every value was checked against its option.
struct Invocation: Sendable {
    let command: Command
    let positionals: [String]
    private let values: [String: [String]]

    init(command: Command, positionals: [String], values: [String: [String]]) {
        self.command = command
        self.positionals = positionals
        self.values = values
    }

    /// The option's value; the last one when given more than once; nil when absent.
    subscript<Value>(_ option: CommandOption<Value>) -> Value? {
        all(option).last
    }

    /// Every value of a repeatable option in the order given.
    func all<Value>(_ option: CommandOption<Value>) -> [Value] {
        // A value that does not parse was refused before an invocation existed.
        (values[option.name] ?? []).compactMap { try? option.parse($0) }
    }

    func has(_ option: CommandOption<Bool>) -> Bool { self[option] ?? false }

    /// The positional at `index`; nil when it was optional and not given.
    func optional(_ index: Int) -> String? {
        index < positionals.count ? positionals[index] : nil
    }

    /// The positional at `index`, which the parser guarantees.
    func required(_ index: Int) throws(CommandFailure) -> String {
        guard let value = optional(index) else {
            throw CommandFailure(.usage, "an argument is missing", hint: command.usage)
        }
        return value
    }
}
