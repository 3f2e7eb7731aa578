import Foundation
import SimCore
import SimHTTP

/// `entra-sim serve` with a plain HTTP port, in a folder of its own.
final class BenchServer {
    let process: ChildProcess
    let ready: JSONValue
    let port: UInt16
    /// From the start of the program to the first answer from discovery.
    let nanosecondsToFirstAnswer: Int64
    private let control: BareConnection

    /// - Parameter seed: makes identifiers come out alike in every run, at the price of calls that
    ///   go to targets one at a time.
    /// - Parameter interval: between the cycles of a job; the default keeps it from running.
    init(
        _ setting: BenchSetting, tenants: String, name: String, seed: Int? = nil,
        interval: String = "1000h"
    ) throws {
        let folder = "\(setting.folder)/\(name)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        let readyFile = "\(folder)/ready.json"
        try? FileManager.default.removeItem(atPath: readyFile)
        let began = Measures.wall
        process = try ChildProcess(
            [
                setting.binary, "serve", "--port", "0", "--http-port", "0", "--in-memory",
                "--quiet", "--sync-interval", interval, "--tenants", tenants,
                "--keys", "\(setting.folder)/keys", "--ready-file", readyFile,
            ] + (seed.map { ["--seed", "\($0)"] } ?? []), log: "\(folder)/serve.log")
        ready = try Self.wait(for: readyFile, process, since: began)
        port = try Self.plainPort(of: ready)
        control = try BareConnection(port: port)
        tenant = ready["tenants"]?.arrayValue?.first?["id"]?.stringValue ?? "common"
        let path = "/\(tenant)/v2.0/.well-known/openid-configuration"
        discovery = RequestBytes.make(.get, path)
        let answer = try control.exchange(discovery)
        nanosecondsToFirstAnswer = Measures.wall - began
        guard answer.status == 200 else { throw BenchFailure("discovery: \(answer.status)") }
        discoveryAnswer = answer
    }

    /// The first tenant's id.
    let tenant: String
    /// A request for the first tenant's discovery document, and its answer.
    let discovery: [UInt8]
    let discoveryAnswer: HTTPResponse

    /// Calls the control API; an answer other than 2xx is an error.
    @discardableResult
    func control(
        _ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil
    ) throws -> JSONValue {
        let token = ready["controlToken"]?.stringValue ?? ""
        let request = RequestBytes.make(
            method, "/sim/v1/\(path)",
            headers: [("Authorization", "Bearer \(token)"), ("Content-Type", "application/json")],
            body: body?.serialized ?? [])
        let answer = try control.exchange(request, method: method)
        guard (200..<300).contains(answer.status) else {
            let text = String(decoding: answer.body, as: UTF8.self)
            throw BenchFailure("\(method.rawValue) \(path): \(answer.status) \(text)")
        }
        return answer.body.isEmpty ? .null : try JSONValue(parsing: answer.body)
    }

    private static func wait(
        for path: String, _ process: ChildProcess, since began: Int64
    ) throws -> JSONValue {
        while Measures.wall - began < 120_000_000_000 {
            if let data = FileManager.default.contents(atPath: path) {
                return try JSONValue(parsing: Array(data))
            }
            guard !process.hasEnded else { throw BenchFailure("serve ended; see its log") }
            Measures.pause(milliseconds: 1)
        }
        throw BenchFailure("serve is not ready")
    }

    private static func plainPort(of ready: JSONValue) throws -> UInt16 {
        let digits = ready["httpBaseURL"]?.stringValue?.split(separator: ":").last?
            .prefix { $0.isNumber }
        guard let digits, let port = UInt16(digits) else {
            throw BenchFailure("the ready-file names no plain HTTP port")
        }
        return port
    }
}
