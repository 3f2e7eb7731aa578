import SimRuntime

/// Waiting for Control-C or a terminate request, for a program around a simulator.
package struct EndOfProcess: Sendable {
    private let signals: EndSignals

    /// Make it before the simulator: threads inherit how signals are treated.
    package init() throws(SimulatorFailure) {
        do throws(SocketFailure) {
            signals = try EndSignals()
        } catch {
            throw SimulatorFailure("the machine refused a thread: \(error)")
        }
    }

    /// Returns after the first signal; a second one ends the process.
    package func wait() {
        signals.wait()
    }
}
