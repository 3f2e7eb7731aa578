import SimCore
import SimPortal

/// Options of `demo` alone.
private enum DemoOptions {
    static let once = CommandOption<Bool>.flag(
        "--once", "exit after the first cycle, keeping nothing")
    static let reset = CommandOption<Bool>.flag("--reset", "start over from the fixtures")
    static let target = CommandOption<String>.url(
        "--target", "provision into this SCIM endpoint instead of the embedded app")
    static let token = CommandOption<String>.text(
        "--token", "T", "secret token of that endpoint")
    static let app = CommandOption<String>.text(
        "--app", "NAME", "the enterprise app whose job goes to --target (default: the first)")

    static let all: [AnyOption] = [
        once.any, reset.any, target.any, token.any, LaunchArguments.targetCA.any, app.any,
    ]
    static let requirements: [Command.Requirement] = [
        .init(option: "--token", needs: "--target", hint: "--target https://localhost:9000/scim"),
        .init(
            option: "--target-ca", needs: "--target", hint: "--target https://localhost:9000/scim"),
        .init(option: "--app", needs: "--target", hint: "--target https://localhost:9000/scim"),
    ]
}

extension CommandTree {
    static let demo = Command(
        "demo", "start with the sample tenant, run a first cycle, show where to look",
        options: DemoOptions.all + LaunchArguments.shared,
        conflicts: [
            .init(
                first: "--once", second: "--data",
                hint: "--once keeps nothing; drop it, or use 'serve --data DIR'"),
            .init(
                first: "--once", second: "--reset",
                hint: "--once always starts from the fixtures; drop --reset"),
        ],
        requirements: DemoOptions.requirements,
        details: """
            Stays up until interrupted. With --target the people and groups assigned to one
            enterprise app go to your endpoint; plain http://localhost is accepted here, though
            Entra itself refuses it.
            """,
        example: "demo --once"
    ) { invocation, context throws(CommandFailure) in
        let isOnce = invocation.has(DemoOptions.once)
        var options = LaunchArguments.options(invocation, isInMemory: isOnce)
        if isOnce {
            options.port = invocation[LaunchArguments.port] ?? 0
            options.readyFile = invocation[LaunchArguments.readyFile]
        }
        if invocation.has(DemoOptions.reset) { options.fixtureChange = .reseed }
        options.targetCAFile = invocation[LaunchArguments.targetCA]
        let simulator = try context.launcher.launch(options, log: nil, tell: { _ in })
        do throws(CommandFailure) {
            let code = try play(simulator, invocation, context)
            if !isOnce {
                context.note("up until interrupted (Ctrl-C)")
                simulator.waitForInterrupt()
            }
            simulator.stop()
            return isOnce ? code : .success
        } catch {
            simulator.stop()
            throw error
        }
    }

    /// Runs the cycles and prints what happened.
    private static func play(
        _ simulator: any RunningSimulator, _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        guard let ready = ReadyFile(simulator.ready) else {
            throw CommandFailure(.failure, "the simulator did not say where it listens")
        }
        let client = SimulatorClient(
            address: ControlAddress(
                url: ready.baseURL, token: ready.controlToken, caFile: ready.caFile),
            transport: context.transport)
        let tenants = try client.send("GET", ["tenants"]).list
        guard let tenant = tenants.first, let name = tenant["name"]?.stringValue else {
            throw CommandFailure(
                .failure, "there is no tenant to show", hint: "--tenants DIR names their folder")
        }
        var apps = try client.send("GET", ["tenants", name, "provisioning"]).list
            .compactMap { $0["app"]?.stringValue }
        var isAfresh = false
        if let target = invocation[DemoOptions.target] {
            let app = invocation[DemoOptions.app] ?? apps.first
            guard let app else {
                throw CommandFailure(.failure, "no app of '\(name)' has a provisioning job")
            }
            isAfresh = try aim(client, name, app, target, invocation, context)
            apps = [app]
        } else {
            try noteOtherTargets(client, name, context)
        }
        if !context.isJSON { context.shell.write(DemoText.head(tenant, simulator.ready)) }
        var reports: [JSONValue] = []
        for app in apps {
            let report = try client.send(
                "POST", ["tenants", name, "apps", app, "provisioning", "run"],
                body: isAfresh ? ["resetScope": "Full"] : [:])
            reports.append(report)
            if !context.isJSON { context.shell.write(CycleText.summary(report)) }
        }
        context.show(
            ["tenant": tenant, "cycles": .array(reports)],
            DemoText.foot(simulator.ready, hasTarget: invocation[DemoOptions.target] != nil))
        return reports.allSatisfy { $0["state"]?.stringValue == "Succeeded" }
            ? .success : .foundFailing
    }

    /// - Returns: whether the endpoint is another than before. It knows nobody then, so what an
    ///   earlier run linked does not count.
    private static func aim(
        _ client: SimulatorClient, _ tenant: String, _ app: String, _ target: String,
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> Bool {
        if target.lowercased().hasPrefix("http://") {
            context.note("note: Entra refuses plain http targets; the simulator accepts them")
        }
        var provisioning: JSONObject = ["tenantUrl": .string(target)]
        provisioning.append(
            "secretToken", invocation[DemoOptions.token].map { .string($0) } ?? .null)
        let path = ["tenants", tenant, "apps", app]
        let before = try client.send("GET", path)["provisioning"]?.cell("tenantUrl")
        try client.send("PATCH", path, body: ["provisioning": .object(provisioning)])
        return before != target
    }

    /// Says which jobs an earlier run has aimed elsewhere.
    private static func noteOtherTargets(
        _ client: SimulatorClient, _ tenant: String, _ context: CommandContext
    ) throws(CommandFailure) {
        for app in try client.send("GET", ["tenants", tenant, "apps"]).list {
            let url = client.tenantURL(of: app)
            guard !url.isEmpty, !url.hasPrefix(client.address.url) else { continue }
            context.note(
                "note: \(app.cell("displayName")) goes to \(url), as an earlier run set it; "
                    + "--reset starts over")
        }
    }
}

/// What `demo` prints around the cycles.
enum DemoText {
    static func head(_ tenant: JSONValue, _ ready: JSONValue) -> String {
        let counts = ["userCount", "groupCount", "appCount"].map { tenant.cell($0) }
        let domain = tenant["domains"]?.arrayValue?.first?.stringValue ?? tenant.cell("name")
        return Fields.text(
            [
                (
                    "tenant",
                    "\(domain)  \(counts[0]) users  \(counts[1]) groups  \(counts[2]) apps"
                ),
                ("authority", "\(ready.cell("baseURL"))/\(domain)/v2.0"),
            ], width: Fields.blockWidth)
    }

    static func foot(_ ready: JSONValue, hasTarget: Bool) -> String {
        let base = ready.cell("baseURL")
        var rows = [("portal", base + "/portal")]
        if !hasTarget {
            rows += (ready["targets"]?.arrayValue ?? []).map {
                ("team page", teamPage($0.cell("baseURL")))
            }
        }
        if let user = ready["tenants"]?.arrayValue?.first?["users"]?.arrayValue?.first {
            let name = user.cell("userPrincipalName")
            rows.append(("sign in as", "\(name)  password \(user.cell("password"))"))
        }
        rows.append(("trust the CA", "entra-sim trust"))
        return Fields.text(rows, width: Fields.blockWidth)
    }

    /// `https://localhost:8443/apps/claras/` from the app's SCIM address below it.
    private static func teamPage(_ url: String) -> String {
        let parts = url.split(separator: "/", omittingEmptySubsequences: false)
        guard let apps = parts.firstIndex(of: "apps"), apps + 1 < parts.count else { return url }
        return parts[...(apps + 1)].joined(separator: "/") + "/"
    }
}
