import SimCore
import Synchronization

/// Counters for `/sim/v1/metrics`, in Prometheus' text form.
final class Metrics: Sendable {
    private struct Key: Hashable {
        let surface: Surface
        let statusClass: Int
    }

    private struct State {
        var requests: [Key: UInt64] = [:]
        var provisioningCalls: UInt64 = 0
        var cycles: UInt64 = 0
    }

    private let state = Mutex(State())

    func countRequest(_ surface: Surface, status: Int) {
        state.withLock {
            $0.requests[Key(surface: surface, statusClass: status / 100), default: 0] += 1
        }
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
        let rows = state.requests.sorted {
            ($0.key.surface.rawValue, $0.key.statusClass)
                < ($1.key.surface.rawValue, $1.key.statusClass)
        }
        for (key, count) in rows {
            out += "entra_sim_requests_total{surface=\"\(key.surface.rawValue)\","
            out += "status=\"\(key.statusClass)xx\"} \(count)\n"
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
