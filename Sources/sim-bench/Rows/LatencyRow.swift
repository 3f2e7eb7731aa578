import Dispatch
import Foundation
import Synchronization

/// (j) The 99th percentile of discovery while clients saturate the token endpoint, against the
/// median of discovery alone.
enum LatencyRow {
    static let goal = 10.0
    private static let samples = 4_000
    private static let connections = 4

    static func measure(_ setting: BenchSetting) throws -> BenchRow {
        let server = try BenchServer(setting, tenants: setting.tenants, name: "latency")
        let token = try TokenRow.tokenRequest(server)
        var alone: [Double] = []
        var beside: [Double] = []
        for _ in 0..<setting.runs {
            alone.append(Measures.median(try times(server)))
            let load = try Pressure(port: server.port, request: token, connections: connections)
            Measures.pause(milliseconds: 100)
            let sorted = try times(server).sorted()
            try load.stop()
            beside.append(sorted[sorted.count * 99 / 100])
        }
        let (own, base) = (Measures.median(beside), Measures.median(alone))
        return BenchRow(
            letter: .latency, name: "p99 of discovery, token endpoint saturated",
            ours: BenchSetting.milliseconds(own),
            baseline: "unloaded median \(BenchSetting.milliseconds(base))", figure: own / base,
            goal: "≤ \(goal)", isMet: own / base <= goal)
    }

    /// How long each of many requests took, one after the other on a connection of their own.
    private static func times(_ server: BenchServer) throws -> [Double] {
        let connection = try BareConnection(port: server.port)
        return try (0..<samples).map { _ in
            let began = Measures.wall
            _ = try connection.exchange(server.discovery)
            return Double(Measures.wall - began)
        }
    }
}

/// The same request sent over several connections until told to stop.
private final class Pressure: Sendable {
    private struct State {
        var isOver = false
        var failure: BenchFailure?
    }

    private let state = Mutex(State())
    private let group = DispatchGroup()

    init(port: UInt16, request: [UInt8], connections: Int) throws {
        for _ in 0..<connections {
            group.enter()
            Thread.detachNewThread { [self] in
                do {
                    let connection = try BareConnection(port: port)
                    while !state.withLock({ $0.isOver }) {
                        _ = try connection.exchange(request, method: .post)
                    }
                } catch {
                    state.withLock { $0.failure = BenchFailure("\(error)") }
                }
                group.leave()
            }
        }
    }

    func stop() throws {
        state.withLock { $0.isOver = true }
        group.wait()
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }
}
