import SimCore
import SimDirectory
import SimFaults

extension DrillStage {
    /// Makes an edit as an administrator would.
    func edit(_ edit: DrillEdit) throws(SimulatorFailure) {
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
