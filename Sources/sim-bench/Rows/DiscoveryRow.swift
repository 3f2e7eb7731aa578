import Foundation
import SimHTTP

/// (b) Discovery and key documents per second against nginx serving the same bytes, same client,
/// in turns.
enum DiscoveryRow {
    static let goal = 1.1
    private static let requests = 80_000
    private static let connections = 16

    /// Empty where there is no nginx.
    static func measure(_ setting: BenchSetting) throws -> [BenchRow] {
        let server = try BenchServer(setting, tenants: setting.tenants, name: "discovery")
        let discovery = try measure(
            "discovery requests/s", server, server.discovery, server.discoveryAnswer, setting)
        guard let discovery else { return [] }
        let keys = RequestBytes.make(.get, "/\(server.tenant)/discovery/v2.0/keys")
        let answer = try BareConnection(port: server.port).exchange(keys)
        return [discovery]
            + [try measure("key set requests/s", server, keys, answer, setting)]
            .compactMap { $0 }
    }

    private static func measure(
        _ name: String, _ server: BenchServer, _ request: [UInt8], _ answer: HTTPResponse,
        _ setting: BenchSetting
    ) throws -> BenchRow? {
        let folder = "\(setting.folder)/nginx"
        guard let nginx = try Nginx(answer, folder: folder) else { return nil }
        var ours: [Double] = []
        var theirs: [Double] = []
        for _ in 0..<setting.runs {
            ours.append(try rate(server.port, request))
            theirs.append(try rate(nginx.port, RequestBytes.make(.get, "/")))
        }
        let (own, base) = (Measures.median(ours), Measures.median(theirs))
        return BenchRow(
            letter: .discovery, name: name, ours: "\(Int(own))",
            baseline: "nginx \(Int(base))", figure: own / base, goal: "≥ \(goal)",
            isMet: own / base >= goal)
    }

    private static func rate(_ port: UInt16, _ request: [UInt8]) throws -> Double {
        let took = try Load.run(
            port: port, request: request, count: requests, connections: connections)
        return Double(requests) / (Double(took) / 1_000_000_000)
    }
}

/// nginx with one worker per core, answering the same header and body bytes from memory.
private final class Nginx {
    let port: UInt16
    private let process: ChildProcess

    init?(_ answer: HTTPResponse, folder: String) throws {
        let binaries = ["/usr/sbin/nginx", "/usr/local/sbin/nginx"]
        guard
            let binary = binaries.first(where: {
                FileManager.default.isExecutableFile(atPath: $0)
            })
        else { return nil }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let port = try FreePort.any()
        try Self.configuration(folder, port, answer).write(
            toFile: "\(folder)/nginx.conf", atomically: true, encoding: .utf8)
        process = try ChildProcess(
            [binary, "-p", folder, "-c", "\(folder)/nginx.conf", "-g", "daemon off;"],
            log: "\(folder)/nginx.log")
        self.port = port
        for _ in 0..<500 {
            if (try? BareConnection(port: port)) != nil { return }
            Measures.pause(milliseconds: 10)
        }
        throw BenchFailure("nginx does not answer; see \(folder)/nginx.log")
    }

    private static func configuration(
        _ folder: String, _ port: UInt16, _ answer: HTTPResponse
    ) -> String {
        // What nginx writes by itself, or is told another way.
        let own = ["date", "content-length", "content-type", "connection"]
        let fields = answer.headers.fields.filter { !own.contains($0.name.lowercased()) }
            .map { "add_header \($0.name) '\($0.value)';" }.joined(separator: " ")
        let body = String(decoding: answer.body, as: UTF8.self)
        return """
            worker_processes auto;
            pid \(folder)/nginx.pid;
            error_log \(folder)/error.log;
            events { worker_connections 512; }
            http {
              access_log off; tcp_nodelay on; keepalive_requests 10000000;
              default_type 'application/json; charset=utf-8';
              client_body_temp_path \(folder)/body; proxy_temp_path \(folder)/proxy;
              fastcgi_temp_path \(folder)/fcgi; uwsgi_temp_path \(folder)/uwsgi;
              scgi_temp_path \(folder)/scgi;
              server {
                listen 127.0.0.1:\(port) reuseport;
                location / { \(fields) return 200 '\(body)'; }
              }
            }
            """
    }
}
