import Dispatch
import Foundation
import Synchronization

/// (i) Whole authorization code flows per second: account page, password page, stay-signed-in
/// page, code, tokens; two signatures each.
enum CodeFlowRow {
    private static let connections = 4
    private static let flows = 400

    static func measure(_ setting: BenchSetting) throws -> BenchRow {
        let server = try BenchServer(setting, tenants: setting.tenants, name: "code")
        var rates: [Double] = []
        for _ in 0..<setting.runs {
            let took = try run(server)
            rates.append(Double(flows) / (Double(took) / 1_000_000_000))
        }
        let rate = Measures.median(rates)
        return BenchRow(
            letter: .codeFlow, name: "whole code flows/s, two signatures each",
            ours: "\(Int(rate))", baseline: BenchSetting.noGoal, figure: rate,
            goal: BenchSetting.noGoal, isMet: true)
    }

    /// Nanoseconds for all flows.
    private static func run(_ server: BenchServer) throws -> Int64 {
        let failure = Mutex<BenchFailure?>(nil)
        let lines = try (0..<connections).map { _ in Line(client: try SignInPageClient(server)) }
        let group = DispatchGroup()
        let began = Measures.wall
        for line in lines {
            group.enter()
            Thread.detachNewThread {
                do {
                    var client = line.client
                    for _ in 0..<(flows / connections) { try client.run() }
                } catch {
                    failure.withLock { $0 = BenchFailure("\(error)") }
                }
                group.leave()
            }
        }
        group.wait()
        let took = Measures.wall - began
        if let failure = failure.withLock({ $0 }) { throw failure }
        return took
    }

    /// Used by one thread alone, so nothing has to protect it.
    private struct Line: @unchecked Sendable {
        let client: SignInPageClient
    }
}
