import SimCore

/// Edits of Conditional Access. Policies and locations are named by display name or id; what they
/// say is Graph's JSON, with natural names where Graph has ids.
extension DirectoryEdits {
    package func accessPolicy(
        _ name: String
    ) throws(DirectoryEditError) -> ConditionalAccessPolicy {
        let all = snapshot.accessPolicies
        if let id = AccessPolicyID(name), let found = snapshot.accessPolicy(id) { return found }
        if let found = try Self.named(name, all, \.displayName, .policy) { return found }
        throw .notFound(
            .policy, name: name, nearest: NearestName.of(name, in: all.map(\.displayName)))
    }

    package func namedLocation(_ name: String) throws(DirectoryEditError) -> NamedLocation {
        let all = snapshot.namedLocations
        if let id = NamedLocationID(name), let found = snapshot.namedLocation(id) { return found }
        if let found = try Self.named(name, all, \.displayName, .location) { return found }
        throw .notFound(
            .location, name: name,
            nearest: NearestName.of(name, in: all.map(\.displayName) + ["All", "AllTrusted"]))
    }

    package func addAccessPolicy(
        _ json: JSONObject
    ) throws(DirectoryEditError) -> ConditionalAccessPolicy {
        let policy = try read(json) { $0.policy($1) }
        guard !snapshot.accessPolicies.contains(where: { $0.displayName == policy.displayName })
        else { throw .alreadyExists(.policy, name: policy.displayName) }
        return policy
    }

    /// Members of `json` replace the policy's own; its id and creation stay.
    package func changedAccessPolicy(
        _ name: String, _ json: JSONObject
    ) throws(DirectoryEditError) -> ConditionalAccessPolicy {
        let policy = try accessPolicy(name)
        var merged = policy.json()
        for member in json.members { merged[member.name] = member.value }
        merged["id"] = .string(policy.id.description)
        merged["createdDateTime"] = .string(policy.createdAt.iso8601)
        merged["modifiedDateTime"] = .string(now.iso8601)
        return try read(merged) { $0.policy($1) }
    }

    package func deleteAccessPolicy(_ name: String) throws(DirectoryEditError) -> [TenantEvent] {
        [.accessPolicyDeleted(try accessPolicy(name).id)]
    }

    package func addNamedLocation(
        _ json: JSONObject
    ) throws(DirectoryEditError) -> NamedLocation {
        let location = try read(json) { $0.location($1) }
        guard !snapshot.namedLocations.contains(where: { $0.displayName == location.displayName })
        else { throw .alreadyExists(.location, name: location.displayName) }
        return location
    }

    package func changedNamedLocation(
        _ name: String, _ json: JSONObject
    ) throws(DirectoryEditError) -> NamedLocation {
        let location = try namedLocation(name)
        var merged = location.json
        for member in json.members { merged[member.name] = member.value }
        merged["id"] = .string(location.id.description)
        merged["createdDateTime"] = .string(location.createdAt.iso8601)
        return try read(merged) { $0.location($1) }
    }

    /// A location that a policy names stays, as in the service.
    package func deleteNamedLocation(_ name: String) throws(DirectoryEditError) -> [TenantEvent] {
        let location = try namedLocation(name)
        let place = AccessConditions.Place.named(location.id)
        let user = snapshot.accessPolicies.first { policy in
            let sides = policy.conditions.locations
            return sides.map { $0.include.contains(place) || $0.exclude.contains(place) } ?? false
        }
        if let user {
            throw .inUse(.location, name: location.displayName, by: user.displayName)
        }
        return [.namedLocationDeleted(location.id)]
    }

    private static func named<Value>(
        _ name: String, _ all: [Value], _ key: KeyPath<Value, String>,
        _ kind: DirectoryEditError.Kind
    ) throws(DirectoryEditError) -> Value? {
        let wanted = foldedName(name)
        let matches = all.filter { foldedName($0[keyPath: key]) == wanted }
        guard matches.count < 2 else { throw .ambiguous(kind, name: name) }
        return matches.first
    }

    private func read<Value>(
        _ json: JSONObject, _ body: (AccessPolicyReader, FixtureObject) -> Value?
    ) throws(DirectoryEditError) -> Value {
        let text = FixtureText(file: "", bytes: json.serialized)
        let reader = AccessPolicyReader(
            names: DirectoryNames(edits: self), now: Timestamp(seconds: now.seconds),
            makeID: { _, _ in guid(.objectID) })
        let object = FixtureObject(json, at: [], in: text)
        let value = body(reader, object)
        object.finish()
        if let problem = text.problems.first { throw .malformed(problem) }
        guard let value else { throw .emptyName(.policy) }
        return value
    }
}
