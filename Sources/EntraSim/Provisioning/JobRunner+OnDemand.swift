import SimCore
import SimDirectory
import SimPortal
import SimProvisioning

extension JobRunner {
    /// Provisions one object now; waits for the cycle under way. provisioning.md §4.
    ///
    /// Five requests in ten seconds of the simulation's time; one more is refused with 429.
    func provision(
        _ request: OnDemandRequest,
        completion: @escaping @Sendable (Result<OnDemandAnswer, ControlError>) -> Void
    ) throws(ControlError) {
        let job = try configured()
        if let refusal = request.refusal(by: job, in: host.snapshot) {
            throw .badRequest(refusal.explanation)
        }
        guard admitsOnDemand() else {
            throw ControlError(
                status: 429, code: .tooManyRequests,
                message: "more than \(OnDemandRate.limit) on-demand requests in 10 seconds",
                hint: "wait, or 'entra-sim clock advance 10s'")
        }
        let connection = try connection(for: job)
        // Stands for no cycle: one that is due stays due.
        hold {
            let machine = OnDemandProvisioning(
                request, job: job, state: self.jobState, snapshot: self.host.snapshot,
                random: self.environment.random)
            OnDemandRun(machine, runner: self, connection: connection) { outcome in
                self.release()
                completion(outcome)
            }.start()
        }
    }

    func provision(
        _ target: OnDemandTarget,
        _ completion: @escaping @Sendable (Result<ControlAnswer, ControlError>) -> Void
    ) throws(ControlError) {
        try provision(try request(target)) { result in
            completion(result.map { .json(["key": $0.key, "value": $0.value]) })
        }
    }

    private func request(_ target: OnDemandTarget) throws(ControlError) -> OnDemandRequest {
        let edits = DirectoryEdits(
            host.snapshot, now: environment.clock.now, random: environment.random)
        do throws(DirectoryEditError) {
            switch target {
            case .user(let name): return OnDemandRequest(user: try edits.user(name).id)
            case .group(let name, let members):
                var users: [UserID] = []
                for member in members { users.append(try edits.user(member).id) }
                return OnDemandRequest(group: try edits.group(name).id, members: users)
            }
        } catch {
            throw ControlError(error)
        }
    }
}

extension OnDemandRequest.Refusal {
    fileprivate var explanation: String {
        switch self {
        case .tooManyMembers(let count):
            "\(count) members; at most \(OnDemandRequest.memberLimit) can be provisioned at once"
        case .membersOfUser: "a user has no members"
        case .groupsNotProvisioned: "this job does not provision groups"
        case .notMembers(let users):
            "not a direct member of the group: "
                + users.map(\.description).joined(separator: ", ")
        }
    }
}
