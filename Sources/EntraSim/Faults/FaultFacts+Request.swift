import SimCore
import SimDirectory
import SimFaults
import SimHTTP
import SimIdentity
import SimTarget

extension FaultFacts {
    /// What is known of an inbound request before anybody handles it; nil where no fault strikes.
    init?(
        _ request: HTTPRequest, _ surface: Surface, _ services: SimulatorServices, _ now: Timestamp
    ) {
        guard let site = FaultSite(request, surface) else { return nil }
        self.init(
            site: site, method: request.method.rawValue, path: String(request.path))
        address = request.remoteAddress
        headers = request.headers.fields.map { .init(name: $0.name, value: $0.value) }
        switch surface {
        case .login: name(services.identity.subject(of: request, now: now), services)
        case .apps:
            if let app = services.sampleApp(at: request.path) { name(request, app) }
        case .graph, .portal, .control: break
        }
    }

    /// Every spelling of those a request to the login endpoint names.
    private mutating func name(_ subject: IdentitySubject, _ services: SimulatorServices) {
        grant = subject.grant
        let home =
            subject.tenant.flatMap(services.tenants.find(named:))
            ?? subject.userName?.split(separator: "@").last
            .flatMap { services.tenants.find(named: String($0)) }
        if let name = subject.userName { users.insert(name.lowercased()) }
        if let client = subject.client {
            apps.insert(client.lowercased())
            for host in services.tenants.hosts {
                guard let id = AppID(client),
                    let principal = host.snapshot.servicePrincipal(appID: id)
                else { continue }
                apps.formUnion([
                    principal.displayName.lowercased(), principal.id.description,
                ])
            }
        }
        guard let snapshot = home?.snapshot else {
            if let tenant = subject.tenant { tenants.insert(tenant.lowercased()) }
            return
        }
        add(snapshot.profile)
        let user =
            subject.userID.flatMap { snapshot.user($0) }
            ?? subject.userName.flatMap { snapshot.user(userPrincipalName: $0) }
        if let user { add(user, in: snapshot) }
    }

    /// A call of a sample app's SCIM endpoint says what it does, to what, and whom it names.
    private mutating func name(_ request: HTTPRequest, _ app: SampleApp) {
        apps = [
            app.configuration.name, app.configuration.displayName.lowercased(),
        ]
        guard app.isSCIM(request) else { return }
        let call = SCIMCall(request)
        operation = call.operation
        object = call.object
        users.formUnion(call.names)
        if object == .user, let id = request.pathSegments?.last,
            let user = app.snapshot.users[id]
        {
            users.insert(user.userName.lowercased())
        }
    }

    mutating func add(_ profile: TenantProfile) {
        tenants.formUnion(
            ([profile.name, profile.id.description] + profile.domains).map { $0.lowercased() })
    }

    mutating func add(_ user: User, in snapshot: DirectorySnapshot) {
        users.formUnion([
            user.userPrincipalName.lowercased(), user.id.description,
            user.displayName.lowercased(),
        ])
        for id in snapshot.groups(containing: .user(user.id)) {
            guard let group = snapshot.group(id) else { continue }
            groups.formUnion([group.displayName.lowercased(), id.description])
        }
    }
}

extension FaultSite {
    /// nil for the control API, which no fault touches, and for paths nobody serves.
    init?(_ request: HTTPRequest, _ surface: Surface) {
        switch surface {
        case .control: return nil
        case .apps: self = .apps
        case .portal: self = .portal
        case .graph: self = .graph
        case .login:
            guard let place = IdentityPlace(request) else { return nil }
            switch place {
            case .authorize: self = .authorize
            case .token: self = .token
            case .deviceCode: self = .deviceCode
            case .discovery, .other: self = .discovery
            case .keys: self = .keys
            case .userInfo: self = .userInfo
            case .signIn: self = .signIn
            case .logout: self = .logout
            case .saml: self = .saml
            }
        }
    }
}
