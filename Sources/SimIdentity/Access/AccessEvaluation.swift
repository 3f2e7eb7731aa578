import SimCore
import SimDirectory

/// Weighs every policy of a tenant for one question. Pure. identity-platform.md §8.2.
struct AccessEvaluation: Sendable {
    let question: AccessQuestion
    private let policies: [ConditionalAccessPolicy]

    init(_ question: AccessQuestion) {
        self.question = question
        policies = question.tenant.accessPolicies
    }

    /// A policy and whether it is about this sign-in.
    private struct Candidate {
        let policy: ConditionalAccessPolicy
        let satisfied: [AppliedPolicy.Condition]
        let notSatisfied: [AppliedPolicy.Condition]

        var applies: Bool { notSatisfied.isEmpty }
        var binds: Bool { applies && policy.state == .enabled }
    }

    func decide() -> AccessDecision {
        guard !policies.isEmpty else { return withPersonalRule(AccessDecision()) }
        let groups = Set(
            Assignments(tenant: question.tenant).transitiveGroups(of: question.user.id))
        let roles = question.roles
        let candidates = policies.map { policy in
            let match = question.match(policy.conditions, groups: groups, roles: roles)
            return Candidate(
                policy: policy, satisfied: match.satisfied, notSatisfied: match.not)
        }
        var decision = AccessDecision()
        for candidate in candidates where candidate.binds {
            decision.add(candidate.policy.session, of: candidate.policy.id)
        }
        for candidate in candidates where candidate.binds {
            weigh(candidate.policy, into: &decision)
        }
        decision.applied = candidates.map { applied($0, in: decision) }
        return withPersonalRule(decision)
    }

    /// What does not come of a policy: the older switch that demands a second factor of one
    /// person, and security defaults, which demand it of administrators and want everybody to have
    /// one registered.
    private func withPersonalRule(_ decision: AccessDecision) -> AccessDecision {
        var decision = decision
        let need = AccessNeed.secondFactor(.multifactor)
        if demandsFactor, !isMet(need, decision) {
            decision.demand(
                need, by: AccessPolicyID(SecondFactor.policy(of: question.tenant)))
        }
        decision.judgeAge(of: question.signIn, at: question.now)
        return decision
    }

    private var demandsFactor: Bool {
        let credential = question.user.credential
        if credential.requiresMFA { return true }
        guard question.tenant.policies.securityDefaults else { return false }
        return credential.secondFactor == .none || !question.roles.isEmpty
    }

    private func weigh(_ policy: ConditionalAccessPolicy, into decision: inout AccessDecision) {
        guard let grant = policy.grant else { return }
        if grant.controls.contains(.block) { decision.blockedBy.append(policy.id) }
        for need in unmet(grant, decision) { decision.demand(need, by: policy.id) }
    }

    /// What is missing: all of it for AND; for OR one thing, if nothing is there.
    private func unmet(
        _ grant: ConditionalAccessPolicy.GrantControls, _ decision: AccessDecision
    ) -> [AccessNeed] {
        let needs = grant.needs
        let missing = needs.filter { !isMet($0, decision) }
        switch grant.operator {
        case .all: return missing
        case .any:
            guard missing.count == needs.count else { return [] }
            if let easiest = missing.first(where: \.canBeAsked) { return [easiest] }
            let isManaged =
                missing.contains(.compliantDevice) && missing.contains(.joinedDevice)
            return isManaged ? [.managedDevice] : Array(missing.prefix(1))
        }
    }

    private func isMet(_ need: AccessNeed, _ decision: AccessDecision) -> Bool {
        let device = question.facts.device
        switch need {
        case .secondFactor(let strength):
            guard question.signIn.hasSecondFactor(strength) else { return false }
            return !decision.isSecondFactorTooOld(question.signIn, at: question.now)
        case .compliantDevice: return device.contains(.compliant) && !device.contains(.disabled)
        case .joinedDevice: return device.contains(.domainJoined) && !device.contains(.disabled)
        case .managedDevice:
            return isMet(.compliantDevice, decision) || isMet(.joinedDevice, decision)
        case .approvedApplication, .protectedApplication: return false
        case .passwordChange, .termsOfUse:
            return need.mark.map(question.signIn.satisfied.contains) ?? false
        }
    }

    private func applied(_ candidate: Candidate, in decision: AccessDecision) -> AppliedPolicy {
        let policy = candidate.policy
        return AppliedPolicy(
            id: policy.id, displayName: policy.displayName,
            outcome: outcome(candidate, in: decision),
            grantControls: policy.grant?.logNames ?? [],
            sessionControls: policy.session?.logNames ?? [], satisfied: candidate.satisfied,
            notSatisfied: candidate.notSatisfied)
    }

    private func outcome(
        _ candidate: Candidate, in decision: AccessDecision
    ) -> AppliedPolicy.Outcome {
        let policy = candidate.policy
        let missing = policy.grant.map { unmet($0, decision) } ?? []
        let isBlocked = policy.grant?.controls.contains(.block) == true
        let isTooOld =
            policy.session?.frequency.map { frequency in
                question.now - question.signIn.authenticatedAt > frequency.limit
            } ?? false
        switch policy.state {
        case .disabled: return .notEnabled
        case .enabled:
            guard candidate.applies else { return .notApplied }
            return isBlocked || !missing.isEmpty || isTooOld ? .failure : .success
        case .reportOnly:
            guard candidate.applies else { return .reportOnlyNotApplied }
            if isBlocked || missing.contains(where: { !$0.canBeAsked }) {
                return .reportOnlyFailure
            }
            return missing.isEmpty && !isTooOld ? .reportOnlySuccess : .reportOnlyInterrupted
        }
    }
}

extension AccessQuestion {
    /// Template ids of the directory roles the person holds.
    var roles: Set<GUID> {
        Set(tenant.directoryRoles(of: user.id).compactMap { GUID($0.rawValue) })
    }
}
