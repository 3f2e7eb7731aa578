import SimCore
import SimDirectory
import SimFaults
import SimHTTP
import SimPortal

extension DrillStage {
    /// Makes an edit as an administrator would.
    func edit(_ edit: DrillEdit) async throws(SimulatorFailure) {
        let directory = simulator.directory
        switch edit {
        case .user(.disable, let name): try directory.disable(user: name)
        case .user(.enable, let name): try directory.enable(user: name)
        case .user(.delete, let name): try directory.delete(user: name)
        case .user(.restore, let name): try directory.restore(user: name)
        case .user(.purge, let name): try directory.purge(user: name)
        case .addUser(let name, let attributes):
            try directory.addUser(name, Self.texts(attributes))
        case .setUser(let name, let attributes):
            try directory.set(Self.texts(attributes), of: name)
        case .addGroup(let name): try directory.addGroup(name)
        case .deleteGroup(let name): try directory.delete(group: name)
        case .renameGroup(let name, let new): try directory.rename(group: name, to: new)
        case .addMember(let name, let group): try directory.addMember(name, to: group)
        case .removeMember(let name, let group): try directory.removeMember(name, from: group)
        case .assign(let name, let app): try directory.assign(name, to: app ?? drill.app)
        case .unassign(let name, let app): try directory.unassign(name, from: app ?? drill.app)
        case .token(.value(let token)):
            try directory.setProvisioning(of: drill.app, token: token)
        case .token(.right):
            guard let rightToken else {
                throw SimulatorFailure(
                    "the right token of the target is not known", hint: "name it with --token")
            }
            try directory.setProvisioning(of: drill.app, token: rightToken)
        case .provisioning(let settings): try change(settings)
        case .newSecret(let app, let lifetime):
            scenery.use(secret: try directory.addSecret(to: app, lifetime: lifetime), of: app)
        case .revokeConsent(let app):
            try directory.edit { edits throws(DirectoryEditError) in
                edits.snapshot.grants(of: try edits.servicePrincipal(app).id)
                    .map { .grantRevoked($0.id) }
            }
        case .grantConsent(let app, let scope):
            try directory.grantConsent(
                to: app, scopes: scope.split(separator: " ").map { String($0) })
        case .request(let method, let path, let body):
            try await request(method, path, body)
        }
    }

    /// Whatever the control API can change about the tenant.
    private func request(
        _ method: String, _ path: String, _ body: JSONValue?
    ) async throws(SimulatorFailure) {
        let token = "drill"
        let origin = services.origin
        let host = Origin.parse(origin)?.origin.hostHeader ?? ""
        let tenant = self.host.snapshot.profile.name
        var request = HTTPRequest(
            method: HTTPMethod(rawValue: method),
            target: "\(ControlRoutes.prefix)/tenants/\(tenant)/\(path)",
            headers: ["Host": host, "Authorization": "Bearer \(token)"])
        if let body {
            request.headers.append("Content-Type", "application/json")
            request.body = body.serialized
        }
        let routes = ControlRoutes(access: ControlAccess(token: token, origins: [origin]))
        switch routes.route(request) {
        case .failure(let error): throw SimulatorFailure(error)
        case .success(let command): _ = try await simulator.perform(command)
        }
    }

    private func change(_ settings: DrillJobSettings) throws(SimulatorFailure) {
        try simulator.directory.changeProvisioning(of: drill.app) { configuration in
            if let mail = settings.mailTo {
                configuration.notifications.isEnabled = true
                configuration.notifications.recipients = mail
            }
            if let threshold = settings.deleteThreshold {
                configuration.notifications.deleteThreshold = threshold
            }
            if let isAssigned = settings.assignedOnly {
                configuration.scope = isAssigned ? .assignedOnly : .all
            }
            if let groups = settings.provisionsGroups { configuration.provisionsGroups = groups }
        }
    }

    private static func texts(_ attributes: [JSONObject.Member]) -> [String: String] {
        attributes.reduce(into: [:]) { texts, member in
            texts[member.name] =
                member.value.isNull ? "" : member.value.stringValue ?? member.value.text
        }
    }
}
