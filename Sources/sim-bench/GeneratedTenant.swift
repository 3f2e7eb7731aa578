import Foundation
import SimCore
import SimHTTP

/// A server with a generated tenant whose whole population goes to the embedded sample app.
struct GeneratedTenant {
    static let name = "bench"
    static let app = "Bench"
    let server: BenchServer

    /// - Parameters:
    ///   - seed: as for `BenchServer`.
    ///   - interval: as for `BenchServer`.
    init(
        _ setting: BenchSetting, users: Int, seed: Int? = nil, interval: String = "1000h"
    ) throws {
        let folder = "\(setting.folder)/tenants-\(users)"
        if !FileManager.default.fileExists(atPath: folder) {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            let generate = try ChildProcess(
                [
                    setting.binary, "tenant", "generate", Self.name, "--users", "\(users)",
                    "--groups", "0", "--seed", "1", "--tenants", folder,
                ], log: "\(folder)/generate.log")
            guard generate.wait() == 0 else { throw BenchFailure("see \(folder)/generate.log") }
            try Self.silenceOwnJob("\(folder)/\(Self.name)/tenant.json")
        }
        server = try BenchServer(
            setting, tenants: folder, name: "generated-\(users)", seed: seed, interval: interval)
    }

    /// Keeps the tenant's own provisioning job from running beside the one that is measured.
    private static func silenceOwnJob(_ path: String) throws {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let scope = "\"assignedOnly\""
        guard text.contains(scope) else { throw BenchFailure("\(path) has no provisioning job") }
        try text.replacingOccurrences(of: scope, with: scope + ", \"enabled\": false")
            .write(toFile: path, atomically: true, encoding: .utf8)
    }

    /// The embedded app's SCIM endpoint over TLS, and its token.
    func target() throws -> (url: String, token: String) {
        guard let target = server.ready["targets"]?.arrayValue?.first,
            let base = target["baseURL"]?.stringValue, let token = target["token"]?.stringValue
        else { throw BenchFailure("the ready-file names no sample app") }
        return (base, token)
    }

    /// The same over plain HTTP at `port`.
    func plainTarget(port: UInt16) throws -> (url: String, token: String) {
        let (base, token) = try target()
        guard let path = base.range(of: "/apps/").map({ base[$0.lowerBound...] }) else {
            throw BenchFailure("'\(base)' is no embedded app's")
        }
        return ("http://localhost:\(port)\(path)", token)
    }

    /// - Parameter startsEnabled: whether its cycles run by the clock.
    func connect(to target: (url: String, token: String), startsEnabled: Bool = false) throws {
        try server.control(
            .post, "tenants/\(Self.name)/apps",
            [
                "displayName": .string(Self.app),
                "provisioning": [
                    "tenantUrl": .string(target.url), "secretToken": .string(target.token),
                    "scope": "all", "provisionsGroups": false,
                    "startsEnabled": .bool(startsEnabled),
                ],
            ])
    }

    /// Runs a cycle.
    ///
    /// - Returns: nanoseconds until it has ended, and how many writes it made.
    func cycle() throws -> (nanoseconds: Int64, writes: Int64) {
        let began = Measures.wall
        let report = try server.control(
            .post, "tenants/\(Self.name)/apps/\(Self.app)/provisioning/run", [:])
        let took = Measures.wall - began
        guard report["state"]?.stringValue == "Succeeded" else {
            throw BenchFailure("the cycle: \(report.prettyText.prefix(2_000))")
        }
        let counts = report["counts"]
        let writes = ["created", "updated", "disabled", "deleted"].reduce(Int64(0)) {
            $0 + (counts?[$1]?.intValue ?? 0)
        }
        return (took, writes)
    }

    /// Changes the job titles of ten users.
    func changeTen(_ title: String) throws {
        let list = try server.control(.get, "tenants/\(Self.name)/users?limit=10")
        for user in list["value"]?.arrayValue ?? [] {
            guard let id = user["id"]?.stringValue else { continue }
            try server.control(
                .patch, "tenants/\(Self.name)/users/\(id)", ["jobTitle": .string(title)])
        }
    }
}
