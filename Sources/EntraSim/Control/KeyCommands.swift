import SimCore
import SimCrypto
import SimDirectory
import SimPortal
import SimRuntime

/// Carries out the commands on a tenant's token-signing keys. A new key takes a third of a second
/// to make, so this runs on the timeline's loop and never on one that answers requests.
struct KeyCommands {
    let host: TenantHost
    let now: Timestamp
    let random: any RandomSource

    func perform(_ command: KeyCommand) throws(ControlError) -> ControlAnswer {
        switch command {
        case .rotate(let rotation): try rotate(rotation)
        case .publish:
            try change { $0.publishSigningKey(at: now) }
        case .schedule(let interval, let ahead, let kept):
            try change { schedule in
                if let interval { schedule.rollover.interval = interval.value }
                if let ahead { schedule.rollover.publishedAhead = ahead }
                if let kept { schedule.rollover.keptAfter = kept }
            }
        case .rotateApplication(let name): try rotateApplication(name)
        case .dropApplication(let name): try dropApplication(name)
        }
        return .json(["value": .array(KeyAnswer.rows(of: host, at: now))])
    }

    /// A rollover that happens by itself: as a planned one, at this moment.
    func rollOver() throws(ControlError) { try rotate(KeyRotation()) }

    private func rotate(_ rotation: KeyRotation) throws(ControlError) {
        try change { schedule in
            switch rotation.mode {
            case .planned:
                schedule.rotate(
                    at: now, signingFrom: now + rotation.delay, keptAfter: rotation.keptAfter)
            case .emergency: schedule.replaceAll(at: now)
            case .unpublished: schedule.signUnpublished(at: now)
            }
        }
    }

    /// The keys exist before the log says that they sign.
    private func change(
        _ body: (inout SigningKeySchedule) -> Void
    ) throws(ControlError) {
        var schedule = host.snapshot.signingKeys
        body(&schedule)
        let wanted = schedule
        try prepared { () throws(KeyFailure) in try host.keys.prepare(wanted) }
        try host.edit(at: now, random: random) { _ throws(DirectoryEditError) in
            [.signingKeysChanged(wanted)]
        }
    }

    private func rotateApplication(_ name: String) throws(ControlError) {
        var principal = try principal(name)
        let number = (principal.tokenSigningKeys.last ?? 0) + 1
        let app = principal.appID
        try prepared { () throws(KeyFailure) in try host.keys.prepare(number, of: app) }
        principal.tokenSigningKeys =
            principal.tokenSigningKeys.suffix(Self.applicationKeyLimit - 1) + [number]
        try store(principal)
    }

    private func dropApplication(_ name: String) throws(ControlError) {
        var principal = try principal(name)
        principal.tokenSigningKeys = []
        try store(principal)
    }

    /// An application's own keys: the one that signs and the one before.
    private static let applicationKeyLimit = 2

    private func store(_ principal: ServicePrincipal) throws(ControlError) {
        try host.edit(at: now, random: random) { _ throws(DirectoryEditError) in
            [.servicePrincipalChanged(principal)]
        }
    }

    private func principal(_ name: String) throws(ControlError) -> ServicePrincipal {
        do throws(DirectoryEditError) {
            return try DirectoryEdits(host.snapshot, now: now, random: random)
                .servicePrincipal(name)
        } catch {
            throw ControlError(error)
        }
    }

    private func prepared(_ body: () throws(KeyFailure) -> Void) throws(ControlError) {
        do throws(KeyFailure) {
            try body()
        } catch {
            throw .failed(SimulatorFailure(error).message, hint: "check the folder of keys")
        }
    }
}

/// Keys as the control API shows them.
enum KeyAnswer {
    /// Every key of a tenant that is published, signs, or will; then those of its applications.
    static func rows(of host: TenantHost, at now: Timestamp) -> [JSONValue] {
        let snapshot = host.snapshot
        let schedule = snapshot.signingKeys
        let signing = schedule.signingKey(at: now).number
        var rows = schedule.keys.filter { $0.removedAt.map { now < $0 } ?? true }.map { entry in
            let isPublished = entry.isPublished(at: now)
            let use =
                switch (entry.number == signing, isPublished) {
                case (true, true): "signing"
                case (true, false): "signing, unpublished"
                case (false, true): entry.removedAt == nil ? "next" : "old"
                case (false, false): "later"
                }
            return row(
                host.keys.key(entry.number, app: nil), use, snapshot, app: nil, times: entry)
        }
        for principal in snapshot.servicePrincipals {
            for number in principal.tokenSigningKeys.reversed() {
                rows.append(
                    row(
                        host.keys.key(number, app: principal.appID),
                        number == principal.tokenSigningKeys.last ? "signing" : "old", snapshot,
                        app: principal.displayName, times: nil))
            }
        }
        return rows
    }

    private static func row(
        _ key: SigningKey, _ use: String, _ snapshot: DirectorySnapshot, app: String?,
        times: SigningKeySchedule.Key?
    ) -> JSONValue {
        var row: JSONObject = [
            "tenant": .string(snapshot.profile.name), "kid": .string(key.kid),
            "use": .string(use),
        ]
        row.appendIfPresent("app", app)
        if let times {
            if times.publishedAt > .epoch, times.publishedAt < .distantFuture {
                row.append("publishedAt", .string(times.publishedAt.iso8601))
            }
            if let signsAt = times.signsAt, signsAt > .epoch {
                row.append("signsAt", .string(signsAt.iso8601))
            }
            row.appendIfPresent("removedAt", times.removedAt?.iso8601)
        }
        row.append("subject", .string(key.certificate.subject))
        row.append("notBefore", .string(key.certificate.notBefore.iso8601))
        row.append("notAfter", .string(key.certificate.notAfter.iso8601))
        return .object(row)
    }
}
