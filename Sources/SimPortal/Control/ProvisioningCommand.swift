import SimCore

/// What may be done with the provisioning job of an enterprise app. provisioning.md §1, §6.
package enum ProvisioningCommand: Hashable, Sendable {
    /// The job as Graph shows it (§6.1).
    case status
    case start
    case pause
    case restart(ResetScope)
    /// Forces a cycle now; answered when it has ended.
    ///
    /// - Parameter reset: what is cleared first, as a restart does, without another cycle between.
    case run(recordsWire: Bool, reset: ResetScope? = nil)
    /// What a cycle would send now; sends nothing that writes.
    case preview
    case logs(ProvisioningLogQuery)
    case testConnection(TestCredentials)
    /// One user, or one group with some of its members, now. provisioning.md §4.
    case onDemand(OnDemandTarget)
    /// The mappings in force, as a synchronization schema. provisioning.md §6.4.
    case schema
    /// Replaces the mappings; nil goes back to the default ones.
    case replaceSchema(JSONValue?)
    /// Which object of the target belongs to an object of the directory, by the id of either.
    /// provisioning.md §6.6.
    case connection(String)
    /// Forgets that.
    case disconnect(String)
}

/// Who is provisioned on demand, by the names people use.
package enum OnDemandTarget: Hashable, Sendable {
    case user(String)
    case group(String, members: [String])
}

/// `resetScope`: a comma-separated subset of names. provisioning.md §6.2.
package struct ResetScope: Hashable, Sendable {
    package enum Part: String, CaseIterable, Sendable {
        case none = "None"
        case connectorDataStore = "ConnectorDataStore"
        case escrows = "Escrows"
        case watermark = "Watermark"
        case quarantineState = "QuarantineState"
        case full = "Full"
        case forceDeletes = "ForceDeletes"
    }

    package let parts: Set<Part>

    package init(_ parts: Set<Part>) {
        self.parts = parts
    }

    /// The portal's "Restart provisioning", and an empty `resetScope`.
    package static let portalRestart = ResetScope([.quarantineState, .watermark, .escrows])

    /// The names in Graph's own order, comma-separated.
    package var text: String {
        Part.allCases.filter(parts.contains).map(\.rawValue).joined(separator: ", ")
    }
}

/// Which rows of the provisioning log are wanted, newest first.
package struct ProvisioningLogQuery: Hashable, Sendable {
    package static let limitBounds = 1...1_000

    package enum Status: String, CaseIterable, Sendable {
        case success, warning, failure, skipped
    }

    package let status: Status?
    /// Part of the source or target identity's display name or id, without case.
    package let identity: String?
    package let cycleID: String?
    package let limit: Int

    package init(
        status: Status? = nil, identity: String? = nil, cycleID: String? = nil, limit: Int = 50
    ) {
        self.status = status
        self.identity = identity
        self.cycleID = cycleID
        self.limit = limit
    }
}

/// Credentials to try in place of the saved ones; nil uses the saved value. Nothing is stored.
package struct TestCredentials: Hashable, Sendable {
    package let baseAddress: String?
    package let secretToken: String?
    package let authentication: AuthenticationSettings?

    package init(
        baseAddress: String? = nil, secretToken: String? = nil,
        authentication: AuthenticationSettings? = nil
    ) {
        self.baseAddress = baseAddress
        self.secretToken = secretToken
        self.authentication = authentication
    }
}
