import SimCore
import SimProvisioning

extension CommandTree {
    static let report = Command(
        "provision report", "a cycle object by object: sent, skipped, failed, what waits",
        [.required("APP")],
        options: [LogArguments.cycle.explained("which cycle (default last)").any]
            + ClientOptions.all,
        conflicts: ClientOptions.conflicts, example: "provision report Claresia --cycle 3"
    ) { invocation, context throws(CommandFailure) in
        let client = try context.client(invocation)
        let answer = try client.send(
            "GET", try jobPath(invocation, context, client) + ["report"],
            query: [("cycle", invocation[LogArguments.cycle])])
        context.show(answer, answer["text"]?.stringValue ?? "")
        return .success
    }

    static let compare = Command(
        "provision compare", "what changed between two recorded cycles",
        [.required("BEFORE"), .required("AFTER")],
        details: """
            Files of 'provision run --record'.
            Exits 0 when nothing changed, 1 when something did, 2 when a file cannot be read.
            """,
        example: "provision compare release-1.jsonl release-2.jsonl"
    ) { invocation, context throws(CommandFailure) in
        let comparison = CassetteComparison(
            try cassette(try invocation.required(0), context),
            try cassette(try invocation.required(1), context))
        context.show(comparison.json, comparison.text)
        return comparison.isSame ? .success : .failure
    }

    private static func cassette(
        _ path: String, _ context: CommandContext
    ) throws(CommandFailure) -> Cassette {
        let bytes: [UInt8]
        do throws(ShellFailure) {
            bytes = try context.shell.read(path)
        } catch {
            throw CommandFailure(.usage, "cannot read '\(path)': \(error.reason)")
        }
        do throws(CassetteError) {
            return try Cassette(parsing: bytes)
        } catch {
            let place = error.line.map { ", line \($0)," } ?? ""
            throw CommandFailure(
                .usage, "'\(path)'\(place) \(error.problem)", hint: error.hint)
        }
    }
}
