import SimDirectory
import SimPortal

extension SimulatorServices {
    /// What the landing page shows at this moment.
    func portalView() -> PortalView {
        let now = clock.now
        return PortalView(
            origin: origin, now: now,
            tenants: tenants.hosts.map { host in
                let runners = jobs.runners(in: host, at: now)
                return PortalView.Tenant(host.snapshot, origin: origin) { principal in
                    runners.first { $0.servicePrincipal?.id == principal.id }?.portalJob
                }
            },
            targets: sampleApps.all.map {
                PortalView.Target(
                    name: $0.app.configuration.displayName,
                    teamPageURL: origin + $0.app.configuration.basePath + "/")
            })
    }
}

extension JobRunner {
    fileprivate var portalJob: PortalView.Job {
        let state = jobState
        return PortalView.Job(
            status: state.statusCode.rawValue,
            lastCycle: state.lastExecution.map {
                "\($0.result.rawValue) \($0.endedAt.iso8601)"
            }, tenantURL: servicePrincipal?.provisioning?.tenantURL ?? "")
    }
}
