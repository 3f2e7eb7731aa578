import SimCore

/// Policies and locations of a snapshot, in the order made.
struct AccessTable: Sendable {
    private(set) var policies = ShardedTable<AccessPolicyID, ConditionalAccessPolicy>()
    private(set) var locations = ShardedTable<NamedLocationID, NamedLocation>()
    /// Every policy: what each sign-in looks at, so it is not collected anew each time.
    private(set) var list: [ConditionalAccessPolicy] = []

    mutating func put(_ policy: ConditionalAccessPolicy) {
        policies.insert(policy, for: policy.id)
        refresh()
    }

    mutating func remove(_ id: AccessPolicyID) {
        policies.remove(id)
        refresh()
    }

    mutating func put(_ location: NamedLocation) {
        locations.insert(location, for: location.id)
    }

    mutating func remove(_ id: NamedLocationID) { locations.remove(id) }

    private mutating func refresh() {
        list = Array(policies.rows)
    }
}
