import SimCore
import SimDirectory

/// Policies about applications that act for themselves; they only block.
/// identity-platform.md §8.2.
struct WorkloadAccess: Sendable {
    let tenant: any DirectoryQueries
    let principal: ServicePrincipalID
    /// App id of what the token is for.
    let resource: AppID
    let facts: AccessFacts

    /// nil while no policy is about applications: the ordinary case, and a hot path.
    func decide() -> AccessDecision? {
        let policies = tenant.accessPolicies
        guard !policies.isEmpty, policies.contains(where: { $0.conditions.workloads != nil })
        else { return nil }
        var decision = AccessDecision()
        for policy in policies {
            guard let workloads = policy.conditions.workloads else { continue }
            let isMeant =
                (workloads.allOwn || workloads.include.contains(principal))
                && !workloads.exclude.contains(principal)
            let targets = policy.conditions.includeTargets
            let isAbout =
                (targets.all || targets.apps.contains(resource))
                && !policy.conditions.excludeTargets.apps.contains(resource)
            let isThere = policy.conditions.locations.map { facts.isIn($0, tenant) } ?? true
            var not: [AppliedPolicy.Condition] = []
            if !isAbout { not.append(.application) }
            if !isMeant { not.append(.users) }
            if !isThere { not.append(.location) }
            if not.isEmpty, policy.state == .enabled { decision.blockedBy.append(policy.id) }
            decision.applied.append(
                AppliedPolicy(
                    id: policy.id, displayName: policy.displayName,
                    outcome: Self.outcome(policy.state, applies: not.isEmpty),
                    grantControls: policy.grant?.logNames ?? [], sessionControls: [],
                    satisfied: not.isEmpty ? [.application, .users] : [], notSatisfied: not))
        }
        return decision
    }

    private static func outcome(
        _ state: ConditionalAccessPolicy.State, applies: Bool
    ) -> AppliedPolicy.Outcome {
        switch state {
        case .disabled: .notEnabled
        case .enabled: applies ? .failure : .notApplied
        case .reportOnly: applies ? .reportOnlyFailure : .reportOnlyNotApplied
        }
    }
}
