import Synchronization

/// Calls that an embedder awaits. All of them end when the simulator stops: nobody waits for a
/// loop that is gone.
final class PendingCalls: Sendable {
    private struct State {
        var isClosed = false
        var next = 0
        /// What tells each caller that nothing will come.
        var waiting: [Int: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())

    /// Begins something and waits for its completion or for the end of the simulator, whichever
    /// is first.
    func value<Value: Sendable>(
        _ begin: (_ completion: @escaping @Sendable (Value) -> Void) -> Void
    ) async throws(SimulatorFailure) -> Value {
        let value: Value? = await withCheckedContinuation { continuation in
            let ticket = enter { continuation.resume(returning: nil) }
            guard let ticket else { return continuation.resume(returning: nil) }
            begin { value in
                if self.leave(ticket) { continuation.resume(returning: value) }
            }
        }
        guard let value else { throw SimulatorFailure("the simulator was stopped meanwhile") }
        return value
    }

    /// Ends every call under way and refuses later ones.
    func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [:] }
            return state.waiting.sorted { $0.key < $1.key }.map(\.value)
        }
        for end in waiting { end() }
    }

    private func enter(_ end: @escaping @Sendable () -> Void) -> Int? {
        state.withLock { state in
            guard !state.isClosed else { return nil }
            state.next += 1
            state.waiting[state.next] = end
            return state.next
        }
    }

    /// Whether the caller was still waiting; only one of completion and close gets to answer.
    private func leave(_ ticket: Int) -> Bool {
        state.withLock { $0.waiting.removeValue(forKey: ticket) != nil }
    }
}
