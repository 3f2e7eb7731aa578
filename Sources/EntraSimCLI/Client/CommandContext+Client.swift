import SimCore

/// Options of every command that talks to a running simulator.
enum ClientOptions {
    static let url = CommandOption<String>.url(
        "--url", "the simulator's address (also ENTRA_SIM_URL)")
    static let data = CommandOption<String>.text(
        "--data", "DIR", "data folder with its ready-file (default .entra-sim)")
    static let readyFile = CommandOption<String>.text(
        "--ready-file", "FILE", "the ready-file itself")
    static let token = CommandOption<String>.text(
        "--control-token", "T", "control token (also ENTRA_SIM_TOKEN)")
    static let caFile = CommandOption<String>.text(
        "--ca-file", "FILE", "authority of the simulator's certificate (also ENTRA_SIM_CA)")
    static let tenant = CommandOption<String>.text(
        "--tenant", "T", "tenant by name, domain or id (also ENTRA_SIM_TENANT)")

    static let connection: [AnyOption] = [
        url.any, data.any, readyFile.any, token.any, caFile.any,
    ]
    static let all: [AnyOption] = [tenant.any] + connection
    static let conflicts: [Command.Conflict] = [
        .init(
            first: "--data", second: "--ready-file",
            hint: "--data DIR means DIR/ready.json; name one of them")
    ]

    /// Name of the ready-file inside a data folder.
    static let readyFileName = "ready.json"
    static let defaultDataFolder = ".entra-sim"
}

extension CommandContext {
    /// The running simulator: `--url`, else `ENTRA_SIM_URL`, else the ready-file. Token and
    /// authority come from the options, the environment, or the ready-file of that same address.
    func client(_ invocation: Invocation) throws(CommandFailure) -> SimulatorClient {
        let environment = shell.environment
        let url = invocation[ClientOptions.url] ?? environment["ENTRA_SIM_URL"]
        let path = readyPath(invocation)
        let file = try ready(path, isNeeded: url == nil)
        let base = url.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        let known = base == nil || base == file?.baseURL ? file : nil
        guard let chosen = base ?? file?.baseURL else { throw noSimulator(path) }
        let address = ControlAddress(
            url: chosen,
            token: invocation[ClientOptions.token] ?? environment["ENTRA_SIM_TOKEN"]
                ?? known?.controlToken,
            caFile: invocation[ClientOptions.caFile] ?? environment["ENTRA_SIM_CA"]
                ?? known?.caFile)
        return SimulatorClient(address: address, transport: transport)
    }

    /// The tenant a command is about: named, or the only one there is.
    func tenant(
        _ invocation: Invocation, _ client: SimulatorClient
    ) throws(CommandFailure) -> String {
        if let name = invocation[ClientOptions.tenant] ?? shell.environment["ENTRA_SIM_TENANT"] {
            return name
        }
        let names = try client.send("GET", ["tenants"]).list.compactMap { $0["name"]?.stringValue }
        guard names.count == 1, let name = names.first else {
            throw CommandFailure(
                .usage,
                names.isEmpty
                    ? "the simulator has no tenant"
                    : "there are \(names.count) tenants: \(names.sorted().joined(separator: ", "))",
                hint: names.sorted().first.map { "--tenant \($0)" })
        }
        return name
    }

    private func readyPath(_ invocation: Invocation) -> String {
        invocation[ClientOptions.readyFile]
            ?? (invocation[ClientOptions.data] ?? ClientOptions.defaultDataFolder) + "/"
            + ClientOptions.readyFileName
    }

    private func ready(_ path: String, isNeeded: Bool) throws(CommandFailure) -> ReadyFile? {
        let bytes: [UInt8]
        do throws(ShellFailure) {
            bytes = try shell.read(path)
        } catch {
            if !isNeeded { return nil }
            guard !error.isMissing else { throw noSimulator(path) }
            throw CommandFailure(.unreachable, "cannot read '\(path)': \(error.reason)")
        }
        guard let file = ReadyFile(bytes) else {
            if !isNeeded { return nil }
            throw CommandFailure(
                .unreachable, "'\(path)' is not a ready-file", hint: "start the simulator again")
        }
        return file
    }

    private func noSimulator(_ path: String) -> CommandFailure {
        CommandFailure(
            .unreachable, "no simulator is running here: there is no '\(path)'",
            hint: "start one with 'entra-sim serve', or name it with --url")
    }
}

extension SimulatorClient {
    /// Where an app is provisioned to, with the simulator's own address in place of `{origin}`;
    /// empty without provisioning.
    func tenantURL(of app: JSONValue) -> String {
        let url = app["provisioning"]?.cell("tenantUrl") ?? ""
        let mark = "{origin}"
        return url.hasPrefix(mark) ? address.url + url.dropFirst(mark.count) : url
    }
}

extension JSONValue {
    /// The rows of a list answer, `{"value":[…]}`.
    var list: [JSONValue] { self["value"]?.arrayValue ?? [] }

    /// A member as text for a table: strings as they are, other values as JSON, nothing for null.
    func cell(_ key: String) -> String {
        guard let value = self[key] else { return "" }
        switch value {
        case .null: return ""
        case .string(let text): return text
        case .bool(let flag): return flag ? "yes" : "no"
        case .int, .double, .number, .object: return value.text
        case .array(let items):
            return items.map { $0.stringValue ?? $0.text }.joined(separator: ", ")
        }
    }
}
