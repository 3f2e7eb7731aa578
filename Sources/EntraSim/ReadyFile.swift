import SimCore
import SimDirectory
import SimRuntime

/// The ready-file: what a client needs to use a running simulator. Written when the listener
/// accepts, removed on a clean stop. Passwords and secrets in it are those of the fixture.
struct ReadyFile {
    let baseURL: String
    /// Where it listens, also when `baseURL` is a public origin that leads elsewhere.
    let listenerURL: String
    let httpBaseURL: String?
    let caFile: String?
    let controlToken: String
    let processID: Int32
    let tenants: [JSONValue]
    let targets: [JSONValue]

    /// - Parameter local: the listener's own origin, where the sample apps are reached.
    init(
        baseURL: String, httpBaseURL: String?, caFile: String?, controlToken: String,
        processID: Int32, loaded: TenantLoader.Loaded, local: String
    ) {
        self.baseURL = baseURL
        listenerURL = local
        self.httpBaseURL = httpBaseURL
        self.caFile = caFile
        self.controlToken = controlToken
        self.processID = processID
        tenants = loaded.hosts.map {
            Self.tenant($0.snapshot, fixtureSecrets: $0.secrets, origin: local)
        }
        targets = loaded.sampleApps.map { $0.readyEntry(origin: local) }
    }

    var json: JSONValue {
        var object = JSONObject()
        object.append("baseURL", .string(baseURL))
        object.append("listenerURL", .string(listenerURL))
        object.append("httpBaseURL", httpBaseURL.map { .string($0) } ?? .null)
        object.append("caFile", caFile.map { .string($0) } ?? .null)
        object.append("graphBaseURL", .string(baseURL))
        object.append("controlToken", .string(controlToken))
        object.append("pid", .int(Int64(processID)))
        object.append("version", .string(SimCore.version))
        object.append("tenants", .array(tenants))
        object.append("targets", .array(targets))
        return .object(object)
    }

    /// Readable by its owner only: it holds the control token.
    func write(to path: String) throws(FileFailure) {
        try FileAccess.writeAtomically(Array((json.prettyText + "\n").utf8), to: path, mode: 0o600)
    }

    /// One tenant as the file lists it; secrets only where the fixture has them.
    static func tenant(
        _ snapshot: DirectorySnapshot, fixtureSecrets: FixtureSecrets, origin: String
    ) -> JSONValue {
        var users: [JSONValue] = []
        for id in snapshot.userIDs.prefix(userLimit) {
            guard let user = snapshot.user(id) else { continue }
            var entry = JSONObject()
            entry.append("id", .string(user.id.description))
            entry.append("userPrincipalName", .string(user.userPrincipalName))
            entry.append(
                "password", fixtureSecrets.passwords[user.id].map { .string($0) } ?? .null)
            users.append(.object(entry))
        }
        var object = JSONObject()
        object.append("id", .string(snapshot.profile.id.description))
        object.append("domain", .string(snapshot.profile.domains.first ?? ""))
        object.append("name", .string(snapshot.profile.name))
        object.append("users", .array(users))
        object.append(
            "apps",
            .array(
                snapshot.applications.compactMap { app in
                    Self.app(app, in: snapshot, fixtureSecrets: fixtureSecrets, origin: origin)
                }))
        return .object(object)
    }

    /// A generated directory of 200,000 people does not belong in a ready-file.
    static let userLimit = 1_000

    private static func app(
        _ app: AppRegistration, in snapshot: DirectorySnapshot, fixtureSecrets: FixtureSecrets,
        origin: String
    ) -> JSONValue? {
        guard let principal = snapshot.servicePrincipal(appID: app.appID) else { return nil }
        var entry = JSONObject()
        entry.append("name", .string(app.displayName))
        entry.append("clientId", .string(app.appID.description))
        let secret = fixtureSecrets.clientSecrets[app.id]
        entry.append("clientSecret", secret.map { .string($0) } ?? .null)
        entry.append("objectId", .string(app.id.description))
        entry.append("servicePrincipalId", .string(principal.id.description))
        entry.append("redirectUris", JSONValue(strings: app.redirectURIs.map(\.uri)))
        if let provisioning = principal.provisioning {
            entry.append(
                "provisioning",
                [
                    "jobId": .string(provisioning.jobID),
                    "tenantUrl": .string(provisioning.tenantURL(at: origin)),
                ])
        } else {
            entry.append("provisioning", .null)
        }
        return .object(entry)
    }
}

/// The secrets a fixture brought along: public by nature. Ones made while running are never here.
struct FixtureSecrets: Sendable {
    var passwords: [UserID: String] = [:]
    var clientSecrets: [ApplicationID: String] = [:]
}
