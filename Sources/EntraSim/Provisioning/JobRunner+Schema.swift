import SimCore
import SimDirectory
import SimPortal
import SimProvisioning

/// Mappings read and replaced, and single connections. provisioning.md §6.4, §6.6.
extension JobRunner {
    /// Replaces the mappings, or goes back to the default ones with nil; the next cycle is an
    /// initial one, also when they are the same. provisioning.md §1.9.
    func replaceSchema(with schema: JSONValue?) throws(ControlError) {
        _ = try configured(schema: schema ?? ["objectMappings": []])
        guard let principal = servicePrincipal else {
            throw .conflict("the app was removed meanwhile")
        }
        try host.edit(at: environment.clock.now, random: environment.random) {
            edits throws(DirectoryEditError) in
            try edits.setProvisioning(of: principal.id.description) { $0.schema = schema }
        }
        try restartAfterChange()
    }

    /// The connection of an object by its id on either side.
    func connection(_ id: String) throws(ControlError) -> ObjectConnection {
        guard let found = ObjectConnection(id, in: jobState, snapshot: host.snapshot) else {
            throw .notFound("object connection", id)
        }
        return found
    }

    /// Forgets which target object belongs to an object, so that it is matched again. Nothing
    /// connected is fine too.
    func disconnect(_ id: String) throws(ControlError) {
        let state = jobState
        guard state.allowsDisconnecting else {
            throw .conflict(
                "the job of '\(app)' is \(state.isScheduled ? "active" : "in a cycle")",
                hint: "pause it: 'entra-sim provision pause \(app)'")
        }
        guard let found = ObjectConnection(id, in: state, snapshot: host.snapshot) else { return }
        try record([.unlinked(found.key)])
    }
}
