import SimCore
import SimHTTP

/// (k) Processor time per token and per discovery document when no fault rule is there: of a
/// simulator that had one and cleared it against one that never had any, in turns; beside them one
/// with a rule that fits no request.
enum FaultRow {
    static let goal = 1.05
    private static let tokens = 2_000
    private static let documents = 80_000

    /// Names nobody, so each request is looked at and none is struck.
    private static let rule: JSONValue = [
        "where": "token", "whom": ["tenant": "nobody.example"], "what": ["status": 503],
    ]
    private static let documentRule: JSONValue = [
        "where": "discovery", "whom": ["tenant": "nobody.example"], "what": ["status": 503],
    ]

    static func measure(_ setting: BenchSetting) throws -> [BenchRow] {
        let never = try BenchServer(setting, tenants: setting.tenants, name: "faults-never")
        let cleared = try BenchServer(setting, tenants: setting.tenants, name: "faults-cleared")
        let armed = try BenchServer(setting, tenants: setting.tenants, name: "faults-armed")
        for server in [cleared, armed] {
            for rule in [rule, documentRule] { try server.control(.post, "faults", rule) }
        }
        try cleared.control(.delete, "faults")
        let servers = [never, cleared, armed]
        return [
            row(
                "CPU per token, faults off",
                try processorTime(servers, setting, tokens, connections: 2, TokenRow.tokenRequest)),
            row(
                "CPU per discovery document, faults off",
                try processorTime(servers, setting, documents, connections: 8) { $0.discovery }),
        ]
    }

    /// Medians of nanoseconds per request, server by server; who begins changes from run to run.
    private static func processorTime(
        _ servers: [BenchServer], _ setting: BenchSetting, _ count: Int, connections: Int,
        _ request: (BenchServer) throws -> [UInt8]
    ) throws -> [Double] {
        var times = servers.map { _ in [Double]() }
        let requests = try servers.map(request)
        for (server, request) in zip(servers, requests) {
            _ = try Load.run(
                port: server.port, request: request, count: count / 10, connections: connections)
        }
        for run in 0..<setting.runs {
            for turn in servers.indices {
                let index = (turn + run) % servers.count
                let process = servers[index].process
                let before = try process.processorNanoseconds()
                _ = try Load.run(
                    port: servers[index].port, request: requests[index], count: count,
                    connections: connections)
                times[index].append(
                    Double(try process.processorNanoseconds() - before) / Double(count))
            }
        }
        return times.map(Measures.median)
    }

    private static func row(_ name: String, _ times: [Double]) -> BenchRow {
        let (never, cleared, armed) = (times[0], times[1], times[2])
        return BenchRow(
            letter: .faultsOff, name: name, ours: microseconds(cleared),
            baseline: "never a rule \(microseconds(never)); a rule that fits nobody "
                + microseconds(armed),
            figure: cleared / never, goal: "≤ \(goal)", isMet: cleared / never <= goal)
    }

    private static func microseconds(_ nanoseconds: Double) -> String {
        "\((nanoseconds / 100).rounded() / 10) µs"
    }
}
