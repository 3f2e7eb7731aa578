import SimDirectory

/// Everything a provisioning job remembers at one moment. Costs a few pointers.
struct JobMemory: Sendable {
    let principal: ServicePrincipalID
    private let state: JobRunner.State

    init(principal: ServicePrincipalID, state: JobRunner.State) {
        self.principal = principal
        self.state = state
    }

    /// Puts it back; who works on the job and who waits for it is no memory.
    func restore(to other: inout JobRunner.State) {
        let (isRunning, waiting) = (other.isRunning, other.waiting)
        other = state
        other.isRunning = isRunning
        other.waiting = waiting
    }
}
