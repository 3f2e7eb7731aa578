import SimCore
import Synchronization

/// Counters for `/sim/v1/metrics`, in Prometheus' text form.
final class Metrics: Sendable {
    /// 1xx to 5xx, and 0 for what is none of them.
    private static let statusClasses = 6

    private struct State {
        /// By surface, then by class of status.
        var requests = [UInt64](
            repeating: 0, count: Surface.allCases.count * Metrics.statusClasses)
        var provisioningCalls: UInt64 = 0
        var cycles: UInt64 = 0
    }

    private let state = Mutex(State())

    func countRequest(_ surface: Surface, status: Int) {
        let statusClass = (100..<600).contains(status) ? status / 100 : 0
        state.withLock { $0.requests[surface.number * Self.statusClasses + statusClass] += 1 }
    }

    func countProvisioningCall() {
        state.withLock { $0.provisioningCalls += 1 }
    }

    func countCycle() {
        state.withLock { $0.cycles += 1 }
    }

    /// The exposition text; `gauges` are values read at this moment.
    func exposition(gauges: [(name: String, help: String, value: Int64)]) -> String {
        let state = state.withLock { $0 }
        var out = ""
        func family(_ name: String, _ help: String, _ kind: String) {
            out += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
        }
        family("entra_sim_requests_total", "Requests answered.", "counter")
        for surface in Surface.allCases.sorted(by: { $0.rawValue < $1.rawValue }) {
            for statusClass in 0..<Self.statusClasses {
                let count = state.requests[surface.number * Self.statusClasses + statusClass]
                guard count > 0 else { continue }
                out += "entra_sim_requests_total{surface=\"\(surface.rawValue)\","
                out += "status=\"\(statusClass)xx\"} \(count)\n"
            }
        }
        family("entra_sim_provisioning_calls_total", "Requests sent to targets.", "counter")
        out += "entra_sim_provisioning_calls_total \(state.provisioningCalls)\n"
        family("entra_sim_provisioning_cycles_total", "Provisioning cycles ended.", "counter")
        out += "entra_sim_provisioning_cycles_total \(state.cycles)\n"
        for gauge in gauges {
            family(gauge.name, gauge.help, "gauge")
            out += "\(gauge.name) \(gauge.value)\n"
        }
        return out
    }
}
