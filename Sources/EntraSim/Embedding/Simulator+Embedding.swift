import SimPortal

/// What a Swift program can do with a running simulator. Everything is reached from here:
///
///     let simulator = Simulator()
///     try simulator.start()
///     try simulator.directory.disable(user: "adele.vance@contoso.example")
///     let outcome = try await simulator.provisioning(of: "Claresia").runCycle()
///     print(outcome)
///
/// Names are those people use: user principal names, display names of groups and apps; object ids
/// are fine too. Without a tenant's name the first tenant is meant, `contoso` unless configured
/// otherwise.
extension Simulator {
    /// The simulation's time.
    public var clock: Clock { Clock(simulator: self) }

    /// Users, groups, apps and assignments of the first tenant.
    public var directory: Directory { Directory(simulator: self, tenant: nil) }

    /// The same of another tenant: its name, a domain of it or its id.
    public func directory(of tenant: String) -> Directory {
        Directory(simulator: self, tenant: tenant)
    }

    /// The provisioning job of an enterprise app.
    public func provisioning(of app: String, in tenant: String? = nil) -> Provisioning {
        Provisioning(simulator: self, app: app, tenant: tenant)
    }

    /// Tokens of the first tenant without a sign-in.
    public var tokens: Tokens { Tokens(simulator: self, tenant: nil) }

    /// The same of another tenant.
    public func tokens(of tenant: String) -> Tokens { Tokens(simulator: self, tenant: tenant) }

    /// The requests that came in and went out.
    public var journal: Journal { Journal(simulator: self) }
}

extension Simulator {
    /// The tenant of that name; the first one for nil.
    func host(_ tenant: String?) throws(SimulatorFailure) -> TenantHost {
        let services = try opened()
        guard let tenant else { return services.tenants.hosts[0] }
        do throws(ControlError) {
            return try services.tenants.host(named: tenant)
        } catch {
            throw SimulatorFailure(error)
        }
    }

    /// What is up; a stopped simulator has nothing to work with.
    func opened() throws(SimulatorFailure) -> SimulatorServices {
        guard isRunning else {
            throw SimulatorFailure("the simulator is not running", hint: "call start() first")
        }
        return services
    }
}

extension SimulatorFailure {
    /// A refusal of the control API as an embedder sees it.
    init(_ error: ControlError) {
        self.init(error.message, hint: error.hint)
    }
}
