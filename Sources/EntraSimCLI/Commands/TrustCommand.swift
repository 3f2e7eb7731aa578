import SimCore

private enum TrustOptions {
    static let install = CommandOption<Bool>.flag(
        "--install", "perform the step for Debian's system store (needs root)")
    static let uninstall = CommandOption<Bool>.flag("--uninstall", "revert it")
    static let keys = CommandOption<String>.text(
        "--keys", "DIR", "folder of the local CA (default keys)")
}

/// Where Debian keeps authorities that an administrator added.
private enum SystemStore {
    static let path = "/usr/local/share/ca-certificates/entra-sim-local-ca.crt"
    static let program = "update-ca-certificates"
}

extension CommandTree {
    static let trust = Command(
        "trust", "how to trust the simulator's certificate",
        options: [TrustOptions.install.any, TrustOptions.uninstall.any, TrustOptions.keys.any],
        conflicts: [
            .init(
                first: "--install", second: "--uninstall", hint: "name what you want, not both")
        ],
        details: "Prints the steps; changes nothing without --install or --uninstall.",
        example: "trust"
    ) { invocation, context throws(CommandFailure) in
        let file = (invocation[TrustOptions.keys] ?? "keys") + "/ca.pem"
        if invocation.has(TrustOptions.uninstall) {
            try change(context, "remove '\(SystemStore.path)'") { shell throws(ShellFailure) in
                do throws(ShellFailure) {
                    try shell.remove(SystemStore.path)
                } catch  where error.isMissing {
                    // Removing what is not there is what was asked for.
                }
                return try shell.run(SystemStore.program, ["--fresh"])
            }
            context.show(["removed": .string(SystemStore.path)], "removed \(SystemStore.path)\n")
            return .success
        }
        let certificate: [UInt8]
        do throws(ShellFailure) {
            certificate = try context.shell.read(file)
        } catch {
            throw CommandFailure(
                .failure, "cannot read '\(file)': \(error.reason)",
                hint: "the first 'entra-sim serve' makes it; --keys names its folder")
        }
        guard invocation.has(TrustOptions.install) else {
            let steps = TrustSteps.rows(file)
            context.show(
                [
                    "caFile": .string(file),
                    "steps": .object(JSONObject(steps.map { .init($0.0, .string($0.1)) })),
                ], Fields.text(steps))
            return .success
        }
        try change(context, "write '\(SystemStore.path)'") { shell throws(ShellFailure) in
            try shell.save(certificate, to: SystemStore.path)
            return try shell.run(SystemStore.program, [])
        }
        context.show(["installed": .string(SystemStore.path)], "installed \(SystemStore.path)\n")
        return .success
    }

    private static func change(
        _ context: CommandContext, _ what: String,
        _ work: (any Shell) throws(ShellFailure) -> Int32
    ) throws(CommandFailure) {
        let status: Int32
        do throws(ShellFailure) {
            status = try work(context.shell)
        } catch {
            throw CommandFailure(
                .failure, "cannot \(what): \(error.path): \(error.reason)",
                hint: "run it as root: sudo entra-sim trust …")
        }
        guard status == 0 else {
            throw CommandFailure(.failure, "\(SystemStore.program) ended with status \(status)")
        }
    }
}

/// The step for each place that keeps its own list of authorities.
enum TrustSteps {
    static func rows(_ file: String) -> [(String, String)] {
        [
            ("debian", "sudo entra-sim trust --install"),
            ("curl", "curl --cacert \(file) …"),
            ("python", "export REQUESTS_CA_BUNDLE=\(file)"),
            ("node", "export NODE_EXTRA_CA_CERTS=\(file)"),
            (
                "java",
                "keytool -importcert -noprompt -cacerts -alias entra-sim -file \(file)"
            ),
            ("dotnet", "export SSL_CERT_FILE=\(file)"),
            (
                "firefox",
                "certutil -A -d sql:$HOME/.mozilla/firefox/PROFILE -n entra-sim -t C,, -i \(file)"
            ),
            (
                "chrome",
                "certutil -A -d sql:$HOME/.pki/nssdb -n entra-sim -t C,, -i \(file)"
            ),
        ]
    }
}
