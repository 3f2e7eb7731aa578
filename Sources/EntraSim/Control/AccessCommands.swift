import SimCore
import SimDirectory
import SimPortal

/// Carries out the Conditional Access commands of one tenant.
struct AccessCommands {
    let host: TenantHost
    let now: Timestamp
    let random: any RandomSource

    func perform(_ command: AccessCommand) throws(ControlError) -> ControlAnswer {
        switch command {
        case .listPolicies, .showPolicy, .addPolicy, .setPolicy, .deletePolicy:
            return try policies(command)
        case .listLocations:
            let snapshot = host.snapshot
            return .json(["value": .array(snapshot.namedLocations.map(AccessAnswer.json))])
        case .showLocation(let name):
            let location = try look { edits throws(DirectoryEditError) in
                try edits.namedLocation(name)
            }
            return .json(AccessAnswer.json(location))
        case .addLocation(let json):
            let location = try change { edits throws(DirectoryEditError) in
                let location = try edits.addNamedLocation(json)
                return (location, [.namedLocationCreated(location)])
            }
            return .created(AccessAnswer.json(location))
        case .setLocation(let name, let json):
            let location = try change { edits throws(DirectoryEditError) in
                let location = try edits.changedNamedLocation(name, json)
                return (location, [.namedLocationChanged(location)])
            }
            return .json(AccessAnswer.json(location))
        case .deleteLocation(let name):
            try host.edit(at: now, random: random) { edits throws(DirectoryEditError) in
                try edits.deleteNamedLocation(name)
            }
            return .done
        }
    }

    private func policies(_ command: AccessCommand) throws(ControlError) -> ControlAnswer {
        switch command {
        case .showPolicy(let name):
            return .json(
                shown(try look { edits throws(DirectoryEditError) in try edits.accessPolicy(name) })
            )
        case .addPolicy(let json):
            let policy = try change { edits throws(DirectoryEditError) in
                let policy = try edits.addAccessPolicy(json)
                return (policy, [.accessPolicyCreated(policy)])
            }
            return .created(shown(policy))
        case .setPolicy(let name, let json):
            let policy = try change { edits throws(DirectoryEditError) in
                let policy = try edits.changedAccessPolicy(name, json)
                return (policy, [.accessPolicyChanged(policy)])
            }
            return .json(shown(policy))
        case .deletePolicy(let name):
            try host.edit(at: now, random: random) { edits throws(DirectoryEditError) in
                try edits.deleteAccessPolicy(name)
            }
            return .done
        case .listPolicies, .listLocations, .showLocation, .addLocation, .setLocation,
            .deleteLocation:
            let snapshot = host.snapshot
            return .json([
                "value": .array(
                    snapshot.accessPolicies.map { AccessAnswer.json($0, in: snapshot) })
            ])
        }
    }

    private func shown(_ policy: ConditionalAccessPolicy) -> JSONValue {
        AccessAnswer.json(policy, in: host.snapshot)
    }

    private func look<Value>(
        _ body: (DirectoryEdits) throws(DirectoryEditError) -> Value
    ) throws(ControlError) -> Value {
        do throws(DirectoryEditError) {
            return try body(DirectoryEdits(host.snapshot, now: now, random: random))
        } catch {
            throw ControlError(error)
        }
    }

    /// Makes an edit and answers what it made.
    private func change<Value>(
        _ body: (DirectoryEdits) throws(DirectoryEditError) -> (Value, [TenantEvent])
    ) throws(ControlError) -> Value {
        var made: Value?
        try host.edit(at: now, random: random) { edits throws(DirectoryEditError) in
            let (value, events) = try body(edits)
            made = value
            return events
        }
        guard let made else { throw .conflict("the directory changed meanwhile") }
        return made
    }
}
