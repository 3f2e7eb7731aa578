import SimCore
import SimPortal

/// Options that `serve` and `demo` share, and how they become launch options.
enum LaunchArguments {
    static let tenants = CommandOption<String>.text(
        "--tenants", "DIR", "folder of fixtures (default tenants, else the built-in one)")
    static let keys = CommandOption<String>.text(
        "--keys", "DIR", "folder of keys and the local CA, made on first start (default keys)")
    static let data = CommandOption<String>.text(
        "--data", "DIR", "data folder (default .entra-sim)")
    static let host = CommandOption<String>.text(
        "--host", "ADDRESS", "address to listen on (default 127.0.0.1)")
    static let port = CommandOption<Int>.number(
        "--port", "HTTPS port, 0 for any free one (default 8443)", in: 0...65_535)
    static let seed = CommandOption<UInt64>.seed("same seed, same identifiers and keys' order")
    static let clock = CommandOption<LaunchOptions.Clock>(
        name: "--clock", placeholder: "C", help: "system, or frozen@2026-01-05T08:00:00Z",
        isRepeatable: false
    ) { text throws(OptionProblem) in
        if text == "system" { return .system }
        if text.hasPrefix("frozen@"), let time = Timestamp(iso8601: String(text.dropFirst(7))) {
            return .frozen(at: time)
        }
        throw OptionProblem(
            "is not a clock", hint: "write it as system or frozen@2026-01-05T08:00:00Z")
    }
    static let readyFile = CommandOption<String>.text(
        "--ready-file", "FILE", "written once it listens (default ready.json in the data folder)")

    static let targetCA = CommandOption<String>.text(
        "--target-ca", "FILE", "authority of provisioning endpoints' certificates, PEM")

    static let shared: [AnyOption] = [
        tenants.any, keys.any, data.any, host.any, port.any, seed.any, clock.any, readyFile.any,
    ]

    /// The shared part of the launch options; in the data folder unless `isInMemory`.
    static func options(_ invocation: Invocation, isInMemory: Bool) -> LaunchOptions {
        var options = LaunchOptions()
        let folder = invocation[data] ?? ClientOptions.defaultDataFolder
        options.tenantsFolder = invocation[tenants]
        options.keysFolder = invocation[keys] ?? options.keysFolder
        options.dataFolder = isInMemory ? nil : folder
        options.host = invocation[host] ?? options.host
        options.port = invocation[port] ?? options.port
        options.seed = invocation[seed]
        options.clock = invocation[clock] ?? options.clock
        options.readyFile = invocation[readyFile] ?? folder + "/" + ClientOptions.readyFileName
        return options
    }
}
