import SimCore

/// Options of `serve` alone.
private enum ServeOptions {
    /// `NAME=VALUE`
    struct Setting: Sendable {
        let name: String
        let value: String
    }

    /// `URL` or `URL=KEYS`
    struct Issuer: Sendable {
        let name: String
        let keys: LaunchOptions.IssuerKeys
    }

    static let inMemory = CommandOption<Bool>.flag(
        "--in-memory", "keep nothing; start from the fixtures every time")
    static let httpPort = CommandOption<Int>.number(
        "--http-port", "plain HTTP too, 0 for any free port (off by default)", in: 0...65_535)
    static let alsoPort = CommandOption<Int>.number(
        "--also-port", "a further HTTPS port, such as 443; may be repeated", in: 1...65_535
    ).repeatable
    static let publicOrigin = CommandOption<String>.url(
        "--public-origin", "the origin clients see, for the issuer (default: the listener's)")
    static let durable = CommandOption<Bool>.flag(
        "--durable", "survive power loss too, not only a killed process")
    static let reseed = CommandOption<Bool>.flag(
        "--reseed", "start over from the fixtures, forgetting what happened")
    static let merge = CommandOption<Bool>.flag(
        "--merge", "apply what changed in a fixture as edits")
    static let watch = CommandOption<Bool>.flag(
        "--watch", "take in what changes in the fixtures while it runs")
    static let syncInterval = CommandOption<Duration>.duration(
        "--sync-interval", "time between provisioning cycles (default 40m)")
    static let targetTimeout = CommandOption<Duration>.duration(
        "--target-timeout", "how long a provisioning endpoint may take (default 30s)")
    static let setting = settingOption(
        "--provisioning-setting", "a setting of the provisioning service; may be repeated",
        example: "quarantineMinimumFailures=5")
    static let identitySetting = settingOption(
        "--identity-setting", "a setting of the login endpoint; may be repeated",
        example: "sealsGraphTokens=true")
    static let issuer = CommandOption<Issuer>(
        name: "--trust-issuer", placeholder: "URL[=KEYS]",
        help: "an issuer that federated credentials may name; may be repeated",
        isRepeatable: true
    ) { text throws(OptionProblem) in
        guard text.hasPrefix("https://"), text.count > "https://".count else {
            throw OptionProblem(
                "is no issuer", hint: "write it as https://token.actions.githubusercontent.com")
        }
        let parts = text.split(separator: "=", maxSplits: 1).map { String($0) }
        guard parts.count == 2 else { return Issuer(name: parts[0], keys: .discovery) }
        return Issuer(
            name: parts[0],
            keys: parts[1].contains(text: "://") ? .address(parts[1]) : .file(parts[1]))
    }

    private static func settingOption(
        _ name: String, _ help: String, example: String
    ) -> CommandOption<Setting> {
        CommandOption<Setting>(
            name: name, placeholder: "NAME=VALUE", help: help, isRepeatable: true
        ) { text throws(OptionProblem) in
            guard let mark = text.firstIndex(of: "="), mark != text.startIndex else {
                throw OptionProblem("is not a setting", hint: "write it as \(example)")
            }
            return Setting(
                name: String(text[..<mark]), value: String(text[text.index(after: mark)...]))
        }
    }
    static let quiet = CommandOption<Bool>.flag("--quiet", "no line per request")

    static let all: [AnyOption] = [
        inMemory.any, httpPort.any, alsoPort.any, publicOrigin.any, durable.any, reseed.any,
        merge.any, watch.any, syncInterval.any, LaunchArguments.targetCA.any, targetTimeout.any,
        setting.any, identitySetting.any, issuer.any, quiet.any,
    ]

    static let conflicts: [Command.Conflict] = [
        .init(
            first: "--in-memory", second: "--data",
            hint: "drop --in-memory to keep what happens in that folder"),
        .init(
            first: "--in-memory", second: "--durable",
            hint: "in memory nothing is written; drop one of them"),
        .init(
            first: "--in-memory", second: "--reseed",
            hint: "in memory it always starts from the fixtures; drop --reseed"),
        .init(
            first: "--in-memory", second: "--merge",
            hint: "in memory it always starts from the fixtures; drop --merge"),
        .init(
            first: "--reseed", second: "--merge",
            hint: "--reseed forgets all edits, --merge keeps them"),
    ]
}

extension CommandTree {
    static let serve = Command(
        "serve", "start the simulator", options: LaunchArguments.shared + ServeOptions.all,
        conflicts: ServeOptions.conflicts,
        details: """
            Stays up until interrupted. Prints one line per request on standard error. KEYS of an
            issuer is a file or address of its key set; without it the issuer's discovery says.
            """,
        example:
            "serve --in-memory --port 0 --ready-file ready.json --clock frozen@2026-01-05T08:00:00Z"
    ) { invocation, context throws(CommandFailure) in
        var options = LaunchArguments.options(
            invocation, isInMemory: invocation.has(ServeOptions.inMemory))
        options.httpPort = invocation[ServeOptions.httpPort]
        options.alsoPorts = invocation.all(ServeOptions.alsoPort)
        options.publicOrigin = invocation[ServeOptions.publicOrigin]
        options.targetCAFile = invocation[LaunchArguments.targetCA]
        options.targetTimeout = invocation[ServeOptions.targetTimeout]
        for setting in invocation.all(ServeOptions.setting) {
            options.provisioningSettings[setting.name] = setting.value
        }
        for setting in invocation.all(ServeOptions.identitySetting) {
            options.identitySettings[setting.name] = setting.value
        }
        for issuer in invocation.all(ServeOptions.issuer) {
            options.trustedIssuers[issuer.name] = issuer.keys
        }
        options.isDurable = invocation.has(ServeOptions.durable)
        options.syncInterval = invocation[ServeOptions.syncInterval] ?? options.syncInterval
        if invocation.has(ServeOptions.reseed) { options.fixtureChange = .reseed }
        if invocation.has(ServeOptions.merge) { options.fixtureChange = .merge }
        options.watchesFixtures = invocation.has(ServeOptions.watch)
        if options.alsoPorts.contains(options.port), options.port != 0 {
            throw CommandFailure(
                .usage, "--also-port \(options.port) is the port of --port already")
        }
        let shell = context.shell
        let isQuiet = invocation.has(ServeOptions.quiet)
        let log: @Sendable (String) -> Void = { shell.tell($0 + "\n") }
        let simulator = try context.launcher.launch(
            options, log: isQuiet ? nil : log, tell: { shell.tell($0) })
        context.show(redacted(simulator.ready), startText(simulator.ready))
        simulator.waitForInterrupt()
        simulator.stop()
        return .success
    }

    /// The ready-file without its token.
    private static func redacted(_ ready: JSONValue) -> JSONValue {
        guard var object = ready.objectValue else { return ready }
        object["controlToken"] = nil
        return .object(object)
    }

    static func startText(_ ready: JSONValue) -> String {
        let base = ready.cell("baseURL")
        let listener = ready["listenerURL"]?.stringValue ?? base
        var rows: [(String, String)] = [("listening", listener)]
        if listener != base { rows.append(("public", base)) }
        if let http = ready["httpBaseURL"]?.stringValue { rows.append(("plain", http)) }
        for tenant in ready["tenants"]?.arrayValue ?? [] {
            rows.append(("authority", "\(base)/\(tenant.cell("domain"))/v2.0"))
        }
        for target in ready["targets"]?.arrayValue ?? [] {
            rows.append(("app", target.cell("baseURL")))
        }
        rows.append(("portal", base + "/portal"))
        return Fields.text(rows)
    }
}
