import SimCore
import SimPortal

private enum ProvisionArguments {
    static let wire = CommandOption<Bool>.flag(
        "--wire", "print each request and answer, secrets redacted")
    static let resetScope = CommandOption<String>(
        name: "--reset-scope", placeholder: "LIST",
        help: "Watermark, Escrows, QuarantineState, ConnectorDataStore, ForceDeletes, Full",
        isRepeatable: false
    ) { text throws(OptionProblem) in
        let known = ResetScope.Part.allCases.map(\.rawValue)
        for piece in text.split(separator: ",") {
            let name = piece.split(separator: " ").joined(separator: " ")
            guard known.contains(name) else {
                throw OptionProblem(
                    "contains '\(name)'",
                    hint: NearestName.of(name, in: known).map { "did you mean '\($0)'?" }
                        ?? "any of \(known.joined(separator: ", "))")
            }
        }
        return text
    }
    static let record = CommandOption<String>.text(
        "--record", "FILE", "keep the exchanges for 'provision compare'")
    static let group = CommandOption<String>.text("--group", "G", "a group instead of a user")
    static let member = CommandOption<String>(
        name: "--member", placeholder: "USER",
        help: "a member to be provisioned with the group, at most 5", isRepeatable: true
    ) { text throws(OptionProblem) in text }
    static let url = CommandOption<String>.url("--tenant-url", "try this endpoint instead")
    static let token = CommandOption<String>.text(
        "--secret-token", "T", "try this token instead")
}

extension CommandTree {
    static let provisionCommands: [Command] = [
        Command(
            "provision status", "state of one or every provisioning job", [.optional("APP")],
            options: ClientOptions.all, conflicts: ClientOptions.conflicts,
            example: "provision status Claresia"
        ) { invocation, context throws(CommandFailure) in
            let client = try context.client(invocation)
            let tenant = try context.tenant(invocation, client)
            if let app = invocation.optional(0) {
                let job = try client.send("GET", ["tenants", tenant, "apps", app, "provisioning"])
                context.show(job, JobText.detail(job, app: app))
            } else {
                let jobs = try client.send("GET", ["tenants", tenant, "provisioning"])
                context.show(jobs, JobText.list(jobs.list))
            }
            return .success
        },
        action("start", "start the job", "started"),
        action("pause", "pause the job", "paused"),
        Command(
            "provision restart", "forget progress; the next cycle is an initial one",
            [.required("APP")],
            options: [ProvisionArguments.resetScope.any] + ClientOptions.all,
            conflicts: ClientOptions.conflicts,
            details:
                "Without --reset-scope: Watermark, Escrows, QuarantineState, as in the portal.",
            example: "provision restart Claresia --reset-scope Full"
        ) { invocation, context throws(CommandFailure) in
            var body = JSONObject()
            body.appendIfPresent("resetScope", invocation[ProvisionArguments.resetScope])
            let client = try context.client(invocation)
            let answer = try client.send(
                "POST", try jobPath(invocation, context, client) + ["restart"],
                body: .object(body))
            context.show(
                answer, "restarted \(try invocation.required(0)); its initial cycle is due now\n")
            return .success
        },
        run, preview, onDemand, logs, report, compare, testConnection, schema, connection, delete,
    ]

    private static let run = Command(
        "provision run", "a cycle now", [.required("APP")],
        options: [
            ProvisionArguments.wire.any, ProvisionArguments.resetScope.any,
            ProvisionArguments.record.any,
        ] + ClientOptions.all,
        conflicts: ClientOptions.conflicts,
        details: "Exits 5 when the cycle failed or an object in it did.",
        example: "provision run Claresia --wire"
    ) { invocation, context throws(CommandFailure) in
        var body: JSONObject = ["wire": .bool(invocation.has(ProvisionArguments.wire))]
        body.appendIfPresent("resetScope", invocation[ProvisionArguments.resetScope])
        let recording = invocation[ProvisionArguments.record]
        if recording != nil { body.append("record", true) }
        let client = try context.client(invocation)
        let path = try jobPath(invocation, context, client)
        let report = try client.send("POST", path + ["run"], body: .object(body))
        if let recording { try save(path, recording, client, context) }
        let wire = CycleText.wire(report)
        context.show(report, (wire.isEmpty ? "" : wire + "\n") + CycleText.report(report))
        return report["state"]?.stringValue == CycleReport.State.succeeded.rawValue
            ? .success : .foundFailing
    }

    private static let preview = Command(
        "provision preview", "what a cycle would send; sends no write", [.required("APP")],
        options: ClientOptions.all, conflicts: ClientOptions.conflicts,
        example: "provision preview Claresia"
    ) { invocation, context throws(CommandFailure) in
        let client = try context.client(invocation)
        let answer = try client.send("POST", try jobPath(invocation, context, client) + ["preview"])
        context.show(answer, JobText.preview(answer))
        return answer["error"].map(\.isNull) ?? true ? .success : .foundFailing
    }

    private static let onDemand = Command(
        "provision on-demand", "one user or group now, step by step",
        [.required("APP"), .optional("USER")],
        options: [ProvisionArguments.group.any, ProvisionArguments.member.any]
            + ClientOptions.all, conflicts: ClientOptions.conflicts,
        details: "Exits 5 when it failed. The job's own cycles are not disturbed.",
        example: "provision on-demand Claresia adele@contoso.example"
    ) { invocation, context throws(CommandFailure) in
        var body = JSONObject()
        body.appendIfPresent("user", invocation.optional(1))
        body.appendIfPresent("group", invocation[ProvisionArguments.group])
        let members = invocation.all(ProvisionArguments.member)
        if !members.isEmpty { body.append("members", JSONValue(strings: members)) }
        let client = try context.client(invocation)
        let answer = try client.send(
            "POST", try jobPath(invocation, context, client) + ["on-demand"], body: .object(body))
        context.show(answer, OnDemandText.steps(answer))
        return answer["key"]?["result"] == "Failure" ? .foundFailing : .success
    }

    private static let testConnection = Command(
        "provision test-connection", "try the endpoint's address and token", [.required("APP")],
        options: [ProvisionArguments.url.any, ProvisionArguments.token.any]
            + AuthenticationArguments.all + ClientOptions.all,
        conflicts: ClientOptions.conflicts,
        details: "Reads once, as Entra's Test Connection does; stores and starts nothing.",
        example: "provision test-connection Claresia"
    ) { invocation, context throws(CommandFailure) in
        var body = JSONObject()
        body.appendIfPresent("baseAddress", invocation[ProvisionArguments.url])
        body.appendIfPresent("secretToken", invocation[ProvisionArguments.token])
        body.appendIfPresent("authentication", AuthenticationArguments.body(invocation))
        let client = try context.client(invocation)
        let answer = try client.send(
            "POST", try jobPath(invocation, context, client) + ["test-connection"],
            body: .object(body))
        context.show(answer, JobText.connection(answer))
        return answer["success"] == true ? .success : .foundFailing
    }

    private static func action(_ verb: String, _ summary: String, _ done: String) -> Command {
        Command(
            "provision \(verb)", summary, [.required("APP")], options: ClientOptions.all,
            conflicts: ClientOptions.conflicts, example: "provision \(verb) Claresia"
        ) { invocation, context throws(CommandFailure) in
            let client = try context.client(invocation)
            let answer = try client.send("POST", try jobPath(invocation, context, client) + [verb])
            context.show(answer, "\(done) \(try invocation.required(0))\n")
            return .success
        }
    }

    private static let delete = Command(
        "provision delete", "remove the job with everything it remembers", [.required("APP")],
        options: ClientOptions.all, conflicts: ClientOptions.conflicts,
        details: "The app stays; what was provisioned stays in the target.",
        example: "provision delete Claresia"
    ) { invocation, context throws(CommandFailure) in
        let client = try context.client(invocation)
        try client.send("DELETE", try jobPath(invocation, context, client))
        context.show(["deleted": true], "deleted the job of \(try invocation.required(0))\n")
        return .success
    }

    /// Fetches the recording of the cycle that has just ended.
    private static func save(
        _ path: [String], _ file: String, _ client: SimulatorClient, _ context: CommandContext
    ) throws(CommandFailure) {
        var text: [UInt8] = []
        var next: Int64 = 0
        var isEnd = false
        while !isEnd {
            let page = try client.send(
                "GET", path + ["cassette"], query: [("from", String(next))])
            for line in page.list { text += line.serialized + [UInt8(ascii: "\n")] }
            isEnd = page.list.isEmpty || page["isEnd"] == true
            next = page["next"]?.intValue ?? next
        }
        try context.save(text, to: file)
        context.note("recorded in \(file); 'entra-sim provision compare A B' compares two")
    }

    static func jobPath(
        _ invocation: Invocation, _ context: CommandContext, _ client: SimulatorClient
    ) throws(CommandFailure) -> [String] {
        try appPath(invocation, context, client) + ["provisioning"]
    }
}
