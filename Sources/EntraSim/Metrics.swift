import SimCore
import Synchronization

/// Counters for `/sim/v1/metrics`, in Prometheus' text form.
final class Metrics: Sendable {
    /// 1xx to 5xx, and 0 for what is none of them.
    private static let statusClasses = 6

    /// By surface, then by class of status.
    private let requests = InlineArray<30, Atomic<Int>> { _ in Atomic(0) }
    private let provisioningCalls = Atomic(0)
    private let cycles = Atomic(0)

    func countRequest(_ surface: Surface, status: Int) {
        let statusClass = (100..<600).contains(status) ? status / 100 : 0
        requests[surface.number * Self.statusClasses + statusClass].add(1, ordering: .relaxed)
    }

    func countProvisioningCall() {
        provisioningCalls.add(1, ordering: .relaxed)
    }

    func countCycle() {
        cycles.add(1, ordering: .relaxed)
    }

    /// The exposition text; `gauges` are values read at this moment.
    func exposition(gauges: [(name: String, help: String, value: Int64)]) -> String {
        var out = ""
        func family(_ name: String, _ help: String, _ kind: String) {
            out += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
        }
        family("entra_sim_requests_total", "Requests answered.", "counter")
        for surface in Surface.allCases.sorted(by: { $0.rawValue < $1.rawValue }) {
            for statusClass in 0..<Self.statusClasses {
                let count = requests[surface.number * Self.statusClasses + statusClass]
                    .load(ordering: .relaxed)
                guard count > 0 else { continue }
                out += "entra_sim_requests_total{surface=\"\(surface.rawValue)\","
                out += "status=\"\(statusClass)xx\"} \(count)\n"
            }
        }
        family("entra_sim_provisioning_calls_total", "Requests sent to targets.", "counter")
        out += "entra_sim_provisioning_calls_total \(provisioningCalls.load(ordering: .relaxed))\n"
        family("entra_sim_provisioning_cycles_total", "Provisioning cycles ended.", "counter")
        out += "entra_sim_provisioning_cycles_total \(cycles.load(ordering: .relaxed))\n"
        for gauge in gauges {
            family(gauge.name, gauge.help, "gauge")
            out += "\(gauge.name) \(gauge.value)\n"
        }
        return out
    }
}
