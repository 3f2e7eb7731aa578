import SimCore
import SimPortal
import SimProvisioning

/// Options of `provision logs`: which rows, in which form, and whether to wait for more.
enum LogArguments {
    enum Format: String, CaseIterable, Sendable {
        case text, json, jsonl, csv
    }

    static let status = CommandOption<ProvisioningLogEntry.Status>.choice(
        "--status", "only rows that ended so")
    static let action = CommandOption<ProvisioningLogEntry.Action>.choice(
        "--action", "only rows of this action")
    static let code = CommandOption<LogCode>.choice(
        "--error-code", "only rows with this error code or skip reason", placeholder: "CODE")
    static let identity = CommandOption<String>.text(
        "--identity", "TEXT", "only objects whose name or id contains this")
    static let user = CommandOption<String>.text("--user", "U", "only this user")
    static let group = CommandOption<String>.text("--group", "G", "only this group")
    static let cycle = CommandOption<String>(
        name: "--cycle", placeholder: "N", help: "only this cycle: its number, its id, or last",
        isRepeatable: false
    ) { text throws(OptionProblem) in
        guard CycleReference(text) != nil else {
            throw OptionProblem(
                "is no cycle",
                hint: NearestName.of(text, in: ["last"]).map { "did you mean '\($0)'?" }
                    ?? "a number, an id or 'last'; 'provision status APP' lists them")
        }
        return text
    }
    static let since = CommandOption<Timestamp>.instant("--since", "first instant wanted")
    static let until = CommandOption<Timestamp>.instant("--until", "last instant wanted")
    static let limit = CommandOption<Int>.number(
        "--limit", "newest rows (default 50; all in a file)",
        in: ProvisioningLogQuery.limitBounds)
    static let details = CommandOption<Bool>.flag(
        "--details", "every step and changed property")
    static let follow = CommandOption<Bool>.flag(
        "--follow", "print rows as they come, until interrupted")
    static let untilIdle = CommandOption<Bool>.flag(
        "--until-idle", "with --follow: end when no cycle is under way or due")
    static let cycles = CommandOption<Int>.number(
        "--cycles", "with --follow: end after this many cycles", in: 1...1_000_000)
    static let format = CommandOption<Format>.choice("--format", "form (default text)")
    static let table = CommandOption<ProvisioningLogCSV.Table>.choice(
        "--table", "with --format csv: which of the download's three tables")
    static let out = CommandOption<String>.text("--out", "FILE", "write a file instead")

    static let all: [AnyOption] = [
        status.any, action.any, code.any, identity.any, user.any, group.any, cycle.any,
        since.any, until.any, limit.any, details.any, follow.any, untilIdle.any, cycles.any,
        format.any, table.any, out.any,
    ]

    static let conflicts: [Command.Conflict] = [
        .init(first: "--user", second: "--group", hint: "a row is about one of them"),
        .init(first: "--follow", second: "--out", hint: "redirect the output: > FILE"),
        .init(first: "--follow", second: "--until", hint: "--cycles or --until-idle ends it"),
        .init(first: "--details", second: "--format", hint: "files hold every detail anyway"),
        .init(
            first: "--table", second: "--out", hint: "a file is written for each of the tables"),
    ]

    static let requirements: [Command.Requirement] = [
        .init(option: "--until-idle", needs: "--follow", hint: "add --follow"),
        .init(option: "--cycles", needs: "--follow", hint: "add --follow"),
        .init(option: "--table", needs: "--format", hint: "add --format csv"),
        .init(option: "--out", needs: "--format", hint: "add --format csv, json or jsonl"),
    ]

    /// The conditions as the control API takes them.
    static func query(_ invocation: Invocation) -> [(String, String?)] {
        [
            ("status", invocation[status]?.rawValue), ("action", invocation[action]?.rawValue),
            ("errorCode", invocation[code]?.rawValue), ("identity", invocation[identity]),
            ("user", invocation[user]), ("group", invocation[group]),
            ("cycleId", invocation[cycle]), ("since", invocation[since]?.iso8601),
            ("until", invocation[until]?.iso8601),
        ]
    }
}
