/// One command: how it is called, what it takes, what it does.
struct Command: Sendable {
    typealias Body =
        @Sendable (Invocation, CommandContext) throws(CommandFailure) -> ExitCode

    /// A value without a name.
    struct Positional: Hashable, Sendable {
        let name: String
        let isOptional: Bool

        var usage: String { isOptional ? "[\(name)]" : name }
    }

    /// Two options that contradict each other, and what was probably meant.
    struct Conflict: Hashable, Sendable {
        let first: String
        let second: String
        let hint: String
    }

    /// An option that means nothing without another.
    struct Requirement: Hashable, Sendable {
        let option: String
        let needs: String
        let hint: String
    }

    /// `user add`
    let path: String
    let summary: String
    let positionals: [Positional]
    /// What it takes is made when somebody asks: of all commands a process runs one.
    private let makeOptions: @Sendable () -> [AnyOption]
    private let makeConflicts: @Sendable () -> [Conflict]
    private let makeRequirements: @Sendable () -> [Requirement]
    /// Further lines of the help.
    let details: String?
    /// One line to copy, without the program's name.
    let example: String
    let body: Body

    init(
        _ path: String, _ summary: String, _ positionals: [Positional] = [],
        options: @autoclosure @escaping @Sendable () -> [AnyOption] = [],
        conflicts: @autoclosure @escaping @Sendable () -> [Conflict] = [],
        requirements: @autoclosure @escaping @Sendable () -> [Requirement] = [],
        details: String? = nil, example: String, body: @escaping Body
    ) {
        self.path = path
        self.summary = summary
        self.positionals = positionals
        makeOptions = options
        makeConflicts = conflicts
        makeRequirements = requirements
        self.details = details
        self.example = example
        self.body = body
    }

    var options: [AnyOption] { makeOptions() }
    var conflicts: [Conflict] { makeConflicts() }
    var requirements: [Requirement] { makeRequirements() }

    var words: [String] { path.split(separator: " ").map(String.init) }

    /// `entra-sim user add UPN [options]`
    var usage: String {
        (["entra-sim", path] + positionals.map(\.usage) + ["[options]"]).joined(separator: " ")
    }
}

extension Command.Positional {
    static func required(_ name: String) -> Self { Self(name: name, isOptional: false) }
    static func optional(_ name: String) -> Self { Self(name: name, isOptional: true) }
}
