import SimCore
import SimDirectory
import SimPortal

/// Carries out the app commands of one tenant.
struct ApplicationCommands {
    let host: TenantHost
    let now: Timestamp
    let random: any RandomSource
    let origin: String

    func perform(_ command: ApplicationCommand) throws(ControlError) -> ControlAnswer {
        switch command {
        case .list:
            let snapshot = host.snapshot
            return .json([
                "value": .array(
                    snapshot.applications.filter { !BuiltInApplications.isBuiltIn($0.appID) }
                        .map { .object(ApplicationAnswer.json($0, in: snapshot)) })
            ])
        case .show(let name): return .json(try shown(name))
        case .add(let displayName, let settings):
            let job = NewJob(id: newJobID(), authentication: try authentication(settings, of: nil))
            try edit { edits throws(DirectoryEditError) in
                try edits.requireAbsolute(settings.redirectURIs.flatMap(\.value))
                let events = try edits.addApplication(NewApplication(displayName: displayName))
                return events.map { applied(settings, to: $0, job) }
            }
            return .created(try shown(displayName))
        case .set(let name, let settings):
            let job = NewJob(id: newJobID(), authentication: try authentication(settings, of: name))
            try edit { edits throws(DirectoryEditError) in
                try edits.requireAbsolute(settings.redirectURIs.flatMap(\.value))
                return [
                    applied(
                        settings, to: .applicationChanged(try edits.application(name)), job),
                    applied(
                        settings, to: .servicePrincipalChanged(try edits.servicePrincipal(name)),
                        job),
                ]
            }
            return .json(try shown(settings.displayName ?? name))
        case .addSecret(let name, let displayName, let endsAt):
            return try addSecret(name, displayName, endsAt)
        case .require(let name, let api, let scopes, let roles):
            try edit { edits throws(DirectoryEditError) in
                try edits.require(scopes: scopes, roles: roles, of: api, for: name)
            }
            return .json(try shown(name))
        case .consent(let name):
            try edit { edits throws(DirectoryEditError) in try edits.consent(to: name) }
            return .json(try shown(name))
        case .config(let name, let library):
            let (registration, snapshot) = try find(name)
            return .text(
                ClientSettings(
                    registration: registration, tenant: snapshot.profile, origin: origin
                ).text(for: library))
        }
    }

    /// For a job that the settings may make. Drawn before an edit begins: an edit holds the
    /// tenant's lock, which a snapshot needs too.
    private func newJobID() -> String {
        ProvisioningConfiguration.jobID(
            tenant: host.snapshot.profile.id, template: "scim",
            guid: random.guid(for: RandomPurpose("provisioning job id")))
    }

    /// What was found out about an app's provisioning before the edit.
    private struct NewJob {
        let id: String
        /// nil when the settings do not touch it.
        let authentication: TargetAuthentication?
    }

    /// - Parameter name: nil for an app that is yet to be.
    private func authentication(
        _ settings: ApplicationSettings, of name: String?
    ) throws(ControlError) -> TargetAuthentication? {
        guard let wanted = settings.provisioning?.authentication else { return nil }
        let edits = DirectoryEdits(host.snapshot, now: now, random: random)
        var old: ProvisioningConfiguration?
        if let name {
            do throws(DirectoryEditError) {
                old = try edits.servicePrincipal(name).provisioning
            } catch {
                throw ControlError(error)
            }
        }
        guard old != nil || settings.provisioning?.tenantURL != nil else {
            throw .badRequest(
                "there is no provisioning yet to be authenticated",
                hint: "give the tenant URL with it")
        }
        return try wanted.applied(to: old?.authentication ?? .bearer(nil), in: edits)
    }

    /// The settings written into what an event creates or changes.
    private func applied(
        _ settings: ApplicationSettings, to event: TenantEvent, _ job: NewJob
    ) -> TenantEvent {
        switch event {
        case .applicationCreated(let app): .applicationCreated(settings.applied(to: app))
        case .applicationChanged(let app): .applicationChanged(settings.applied(to: app))
        case .servicePrincipalCreated(let app):
            .servicePrincipalCreated(
                settings.applied(to: app, jobID: job.id, authentication: job.authentication))
        case .servicePrincipalChanged(let app):
            .servicePrincipalChanged(
                settings.applied(to: app, jobID: job.id, authentication: job.authentication))
        case .tenantCreated, .userCreated, .userChanged, .userManagerChanged,
            .userCredentialChanged, .userSessionsRevoked, .userSituationChanged, .userDeleted,
            .userRestored, .userPurged, .groupCreated, .groupChanged, .groupDeleted, .memberAdded,
            .memberRemoved, .applicationDeleted, .servicePrincipalDeleted, .assigned,
            .unassigned, .granted, .grantRevoked, .redeemed, .deviceAuthorization, .provisioning,
            .directoryRoleAssigned, .directoryRoleUnassigned, .policiesChanged,
            .signingKeysChanged, .accessPolicyCreated, .accessPolicyChanged,
            .accessPolicyDeleted, .namedLocationCreated, .namedLocationChanged,
            .namedLocationDeleted:
            event
        }
    }

    private func addSecret(
        _ name: String, _ displayName: String, _ endsAt: Timestamp?
    ) throws(ControlError) -> ControlAnswer {
        let edits = DirectoryEdits(host.snapshot, now: now, random: random)
        do {
            let issued =
                if let endsAt {
                    try edits.addSecret(
                        to: name, displayName: displayName, lifetime: endsAt - now)
                } else {
                    try edits.addSecret(to: name, displayName: displayName)
                }
            try edit { _ throws(DirectoryEditError) in issued.events }
            let registration = try edits.application(name)
            return .created(ApplicationAnswer.newSecret(issued.credential, of: registration))
        } catch let error as DirectoryEditError {
            throw ControlError(error)
        } catch let error as ControlError {
            throw error
        } catch {
            preconditionFailure("\(error)")
        }
    }

    private func shown(_ name: String) throws(ControlError) -> JSONValue {
        let (registration, snapshot) = try find(name)
        return .object(ApplicationAnswer.json(registration, in: snapshot))
    }

    private func find(
        _ name: String
    ) throws(ControlError) -> (AppRegistration, DirectorySnapshot) {
        let snapshot = host.snapshot
        do {
            let edits = DirectoryEdits(snapshot, now: now, random: random)
            return (try edits.application(name), snapshot)
        } catch {
            throw ControlError(error)
        }
    }

    private func edit(
        _ body: (DirectoryEdits) throws(DirectoryEditError) -> [TenantEvent]
    ) throws(ControlError) {
        try host.edit(at: now, random: random, body)
    }
}
