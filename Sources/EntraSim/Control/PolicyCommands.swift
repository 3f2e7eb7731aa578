import SimCore
import SimDirectory
import SimPortal

/// Carries out the role and policy commands of one tenant.
struct PolicyCommands {
    let host: TenantHost
    let now: Timestamp
    let random: any RandomSource

    func perform(_ command: RoleCommand) throws(ControlError) -> ControlAnswer {
        switch command {
        case .list: break
        case .assign(let role, let principal):
            try host.edit(at: now, random: random) { edits throws(DirectoryEditError) in
                try edits.assignRole(role, to: principal)
            }
        case .unassign(let role, let principal):
            try host.edit(at: now, random: random) { edits throws(DirectoryEditError) in
                try edits.unassignRole(role, from: principal)
            }
        }
        return .json(PolicyAnswer.roles(of: host.snapshot))
    }

    func perform(_ command: PolicyCommand) throws(ControlError) -> ControlAnswer {
        switch command {
        case .show: break
        case .consent(let consent, let requests):
            try host.edit(at: now, random: random) { edits throws(DirectoryEditError) in
                var policies = edits.snapshot.policies
                if let consent { policies.userConsent = consent }
                if let requests { policies.adminConsentRequests = requests }
                return policies == edits.snapshot.policies ? [] : [.policiesChanged(policies)]
            }
        case .tokenLifetime(let lifetime, let app):
            try host.edit(at: now, random: random) { edits throws(DirectoryEditError) in
                try edits.setTokenLifetime(lifetime.value, app: app)
            }
        }
        return .json(PolicyAnswer.json(of: host.snapshot))
    }
}
